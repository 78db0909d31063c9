"""Data on the page: own data from the examples on screen, chosen in pictures, by inputs and by columns."""

import numpy as np
import pytest

from dnn import DATASETS
from dnn.datasets.custom_data import CustomData
from dnn.plots.theme import THEMES
from dnn.ui.session import with_defaults
from dnn.ui.widgets.thumbnails import thumbnail
from tests.ui.page import Page

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> Page:
    return Page(data="circles")


def test_own_data_begin_with_the_examples_on_screen(page: Page) -> None:
    before = page.player.run.data
    page.set("Data set", "own")
    own = page.experiment.data.dataset
    assert isinstance(own, CustomData)
    assert before.order is not None
    np.testing.assert_allclose(own.X[before.order], before.points, rtol=5.1e-4)
    np.testing.assert_array_equal(own.y[before.order], before.labels)
    assert "Samples" not in page.labels
    page.press("Undo")
    assert page.experiment.data.dataset.kind == "circles"


@pytest.mark.parametrize("name", [name for name in DATASETS if name != "own"])
def test_every_data_set_has_a_picture(name: str) -> None:
    experiment = with_defaults(DATASETS[name])
    light, dark = (thumbnail(experiment, THEMES[theme]) for theme in ("light", "dark"))
    assert light.startswith("<img")
    assert light != dark


def test_a_data_set_is_chosen_by_its_picture(page: Page) -> None:
    page.press("All data sets")
    page.press("Weather (3 inputs)")
    assert page.experiment.data.dataset == DATASETS["weather"](kind="weather")
    assert page.experiment.data.standardize == "each"
    assert page.player.run.data.X.shape == (500, 3)


def test_other_inputs_are_all_seen_and_formulas_of_inputs_that_are_gone_go(page: Page) -> None:
    page.set("Data set", "weather")
    assert page.experiment.data.features == ()
    page.unfold("Inputs and weights")
    page.set("Features", ["x1", "x3"])
    assert page.experiment.data.features == ("x1", "x3")
    page.set("Data set", "moons")
    assert page.experiment.data.features == ("x1",)
    assert page.errors == []


def test_columns_of_a_table_are_chosen(page: Page) -> None:
    page.set("Data set", "wine")
    (columns,) = page.at.multiselect
    columns.set_value(["alcohol", "hue", "proline"])
    page.run()
    assert page.player.run.data.names.inputs == ("alcohol", "hue", "proline")
    assert page.errors == []

"""How the page standardises inputs and targets, and says so."""

import pytest

from dnn.ui.controls.data import transformation
from tests.ui.controls.controls_page import ControlsPage

pytestmark = pytest.mark.slow


def test_a_target_of_numbers_can_be_standardised_and_other_data_reset_it() -> None:
    page = ControlsPage(data="plane").unfold("Inputs and weights")
    assert page.widget("Standardise the target").value is False
    page.set("Standardise the target", True)
    assert page.experiment.data.standardize_target
    assert page.link["standardize_target"] == "True"
    assert page.player.run.data.target_std is not None
    assert ControlsPage(**page.link).experiment == page.experiment
    page.set("Data set", "sine")
    assert not page.experiment.data.standardize_target
    page.set("Data set", "moons")
    assert "Standardise the target" not in page.labels


def test_targets_far_from_one_that_are_not_standardised_are_pointed_at() -> None:
    rows = {"data": "own", "data.rows": "1 2 100000~2 3 250000~3 1 180000~4 4 320000", "data.classes": ""}
    # a link from before there was such a switch
    page = ControlsPage(**rows, standardize="each").unfold("Inputs and weights")

    def said() -> bool:
        return any("The targets are far from 1" in caption.value for caption in page.at.caption)

    assert said()
    page.set("Standardise the target", True)
    assert not said()


@pytest.mark.parametrize("features", ["", "x1,x1*x2"])
def test_the_page_says_how_inputs_are_standardised(features: str) -> None:
    page = ControlsPage(data="weather", standardize="each", **({"features": features} if features else {}))
    page.unfold("Inputs and weights")
    data = page.player.run.data
    assert data.mean is not None
    assert data.std is not None
    (said,) = [each.value for each in page.at.caption if "The network sees" in each.value]
    first = features.split(",")[0] or "temperature"
    assert f"({first} − {data.mean[0]:.3g}) ÷ {data.std[0]:.3g}, " in said.replace("\\", "")
    page.set("Standardise", "none")
    assert not [each for each in page.at.caption if "The network sees" in each.value]


@pytest.mark.parametrize(
    ("mean", "std", "said"),
    [
        (1013.0, 9.14, "(a − 1013) ÷ 9.14"),
        (1013.26, 0.914, "(a − 1013.26) ÷ 0.914"),
        (14.21, 8.312, "(a − 14.2) ÷ 8.31"),
        (-0.004, 1.0, "(a − 0) ÷ 1"),
        (-0.4, 1.0, "(a + 0.4) ÷ 1"),
        (52431.7, 12345.6, "(a − 52432) ÷ 12346"),
        (0.00123, 0.000456, "(a − 0.00123) ÷ 0.000456"),
        (1e-12, 3e-12, "(a − 1e-12) ÷ 3e-12"),
        (2.5e20, 1.5e20, "(a − 2.5e+20) ÷ 1.5e+20"),
    ],
)
def test_the_transformation_has_the_digits_that_the_spread_calls_for(mean: float, std: float, said: str) -> None:
    assert transformation("a", mean, std) == said

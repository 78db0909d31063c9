"""The choice of features, and formulas of one's own."""

import pytest

from dnn import Experiment
from tests.ui.controls.controls_page import ControlsPage
from tests.ui.page import Page

pytestmark = pytest.mark.slow


def test_the_two_inputs_alone_are_no_features_at_all(page: Page) -> None:
    page.unfold("Inputs and weights")
    page.set("Features", ["x1"])
    assert page.experiment.data.features == ("x1",)
    page.set("Features", ["x2", "x1"])
    assert page.experiment.data.features == ()
    assert page.link == {}


def test_the_order_of_a_links_features_stays_until_another_is_chosen() -> None:
    page = ControlsPage(features="x2^2,x1")
    page.unfold("Inputs and weights")
    assert page.experiment.data.features == ("x2^2", "x1")
    page.set("Features", ["x1", "x2", "x2^2"])
    assert page.experiment.data.features == ("x1", "x2", "x2^2")


REFUSED = {
    "x1*": "ends too early",
    "__import__('os')": "cannot be read",
    "x3": "these data have 2 inputs",
    "1/(x1-x1)": "must be finite",
    ",".join(f"x1+{n}" for n in range(20)): "12 at most",
}


def test_a_formula_that_is_refused_gets_its_sentence_and_the_last_good_run_goes_on(page: Page) -> None:
    page.unfold("Inputs and weights")
    for power, (formula, said) in enumerate(REFUSED.items(), start=2):
        run = page.player.run
        page.set("Your own formula", formula)
        assert len(page.errors) == 1, formula
        assert said in page.errors[0], formula
        assert page.player.run is run, formula
        page.set("Your own formula", f"x1^{power}*x2")
        assert page.errors == [], formula
        assert page.experiment.data.features == ("x1", "x2", f"x1^{power}*x2"), formula


def test_one_feature_must_stay(page: Page) -> None:
    page.unfold("Inputs and weights")
    page.set("Features", [])
    assert len(page.errors) == 1
    assert "one must stay" in page.errors[0]
    assert page.experiment == Experiment()
    page.set("Your own formula", "x1*x1")
    assert page.errors == []
    assert page.experiment.data.features == ("x1*x1",)


def test_a_link_with_a_formula_that_these_data_cannot_have_is_reported() -> None:
    page = Page(features="x1,x7", seed="2")
    assert page.said.count("these data have 2 inputs") == 1
    assert page.experiment == Experiment(seed=2)

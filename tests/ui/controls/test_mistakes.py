"""What does not fit is not offered, and what is wrong is said where it was typed."""

import pytest

from dnn import LOSSES, Experiment
from dnn.ui import form
from tests.ui.controls.controls_page import LOSS, REGULARISATION
from tests.ui.page import FOLDS, Page

pytestmark = pytest.mark.slow


def test_only_losses_that_fit_the_data_are_offered_and_another_task_chooses_again(page: Page) -> None:
    page.unfold(LOSS)
    offered = page.widget("Loss").options
    assert offered == ["Chosen by the data", "Binary cross-entropy", "Squared error on tanh"]
    page.set("Loss", "tanh_squared_error")
    page.set("Data set", "plane")
    assert page.errors == []
    assert page.experiment.training.loss is None
    assert page.widget("Loss").options == ["Chosen by the data", "Mean squared error", "Huber"]
    page.set("Loss", "huber")
    page.set("Delta", 2.0)
    assert page.experiment.training.loss == LOSSES["huber"](kind="huber", delta=2.0)  # type: ignore[call-arg]
    page.set("Data set", "moons")
    assert page.widget("Loss").value == form.NOTHING


MISTAKES = [
    ("Optimiser", "adam", "Epsilon", 2.0, "Epsilon: 2.0", "1e-16 to 1"),
    ("Optimiser", "adam", "Beta 1", 1.0, "Beta1: 1.0", "0 to less than 1"),
    ("Clip the gradient", True, "Longest gradient", 0.0, "Clip norm: 0.0", "1e-06 to 1000000"),
    ("Early stopping", True, "Patience", 0, "Patience: 0", "1 to 1000000"),
    ("Early stopping", True, "Min improvement", -1.0, "Min improvement: -1.0", "0 to 1000000"),
    ("Learning-rate schedule", "warm_up", "Epochs", 0, "Epochs: 0", "1 to 1000000"),
    ("Bias initialiser", "constant", "Biases: value", 11.0, "Value: 11.0", "-10 to 10"),
]


def test_a_mistake_in_a_parameter_is_said_once_even_when_its_fold_is_closed(page: Page) -> None:
    page.unfold()
    for chooser, choice, label, wrong, said, allowed in MISTAKES:
        usual = page.widget(chooser).value
        page.set(chooser, choice)
        good, before = page.widget(label).value, page.experiment
        page.set(label, wrong)
        assert len(page.errors) == 1, label
        sentence = page.errors[0].replace("\\", "")
        assert said in sentence, label
        assert allowed in sentence, label
        assert page.experiment == before, label
        page.fold(*FOLDS)
        assert len(page.errors) == 1, label
        page.unfold()
        assert page.widget(label).value == wrong, label
        page.set(label, good)
        assert page.errors == [], label
        page.widget(chooser).set_value(usual)  # with the next choice


def test_what_was_set_in_a_fold_while_a_mistake_stood_elsewhere_counts_once_it_is_mended(page: Page) -> None:
    page.set("Samples", 5)
    page.unfold(REGULARISATION)
    page.set("L1", 0.1)
    page.fold(REGULARISATION)
    assert page.experiment == Experiment()
    page.set("Samples", 100)
    assert page.experiment == Experiment.of(data={"samples": 100}, training={"l1": 0.1})


def test_switching_a_limit_off_forgets_what_was_wrong_with_it(page: Page) -> None:
    page.unfold(REGULARISATION)
    page.set("Early stopping", True)
    page.set("Min improvement", -1.0)
    assert len(page.errors) == 1
    page.set("Early stopping", False)
    assert page.errors == []
    assert page.experiment == Experiment()

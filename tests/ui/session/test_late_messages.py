"""A browser that has not heard yet what its widgets were told: what it then says of them takes nothing back."""

from typing import Any

import pytest

from tests.ui.page import Page


class Late:
    """A page whose browser says, with its next click, what its widgets said when this was made."""

    def __init__(self, page: Page, *labels: str) -> None:
        self.page = page
        self.said: dict[str, Any] = {label: page.widget(label).value for label in labels}
        self.heard = {key: page.at.number_input(key).value for key in ("heard.data", "heard.network", "heard.training")}

    def press(self, label: str) -> None:
        for name, value in self.said.items():
            self.page.widget(name).set_value(value)
        for key, number in self.heard.items():
            self.page.at.number_input(key).set_value(number)
        self.page.press(label)


@pytest.fixture
def page() -> Page:
    return Page()


def test_a_click_that_follows_undo_at_once_does_not_bring_back_what_was_undone(page: Page) -> None:
    page.set("Units in hidden layer 1", 6)
    page.set("Noise", 0.4)
    browser = Late(page, "Units in hidden layer 1", "Noise")
    page.press("Undo")
    page.press("Undo")
    browser.press("Pause")
    assert page.experiment.network.hidden_layer_sizes == (4, 2)
    assert page.experiment.data.dataset.noise == 0.15
    assert page.widget("Units in hidden layer 1").value == 4
    assert page.widget("Noise").value == 0.15


def test_data_that_were_left_do_not_come_back_with_their_standardising(page: Page) -> None:
    page.unfold("Inputs and weights")
    page.set("Label noise", 0.2)
    page.set("Data set", "circles")
    assert page.experiment.data.label_noise == 0.0
    browser = Late(page, "Data set", "Label noise")
    page.press("Undo")
    browser.press("Pause")
    assert page.experiment.data.dataset.kind == "moons"
    assert page.experiment.data.label_noise == 0.2


def test_a_value_that_no_slider_has_any_more_is_no_other_choice() -> None:
    """The value of a link stands on its slider only while it is chosen."""
    page = Page(learning_rate="20")
    page.set("Learning rate", 0.1)
    page.press("Undo")
    browser = Late(page, "Learning rate")
    page.press("Redo")
    browser.press("Pause")
    assert page.experiment.training.learning_rate == 0.1
    page.press("Undo")
    assert page.experiment.training.learning_rate == 20.0
    page.press("Redo")
    page.press("Play")
    assert "20" not in page.widget("Learning rate").options


def test_columns_that_were_left_do_not_come_back() -> None:
    page = Page(data="iris")
    before = page.experiment.data.dataset
    page.set("Columns", ["sepal length", "sepal width"])
    browser = Late(page, "Columns")
    page.press("Undo")
    browser.press("Pause")
    assert page.experiment.data.dataset == before


def test_what_each_layer_has_to_itself_is_not_spread_again(page: Page) -> None:
    page.unfold("Initialisation and layers")
    page.set("One activation per layer", True)
    page.set("Activation of hidden layer 2", "relu")
    page.set("One activation per layer", False)
    before = page.experiment.network.activation
    browser = Late(page, "One activation per layer")
    page.press("Undo")
    each = page.experiment.network.activation
    assert each != before
    browser.press("Pause")
    assert page.experiment.network.activation == each


def test_a_widget_that_is_changed_meanwhile_keeps_what_was_chosen(page: Page) -> None:
    page.set("Units in hidden layer 1", 6)
    browser = Late(page, "Noise")
    browser.said |= {"Units in hidden layer 1": 7}
    page.press("Undo")
    browser.press("Pause")
    assert page.experiment.network.hidden_layer_sizes == (7, 2)


def test_once_heard_everything_can_be_chosen_again(page: Page) -> None:
    page.set("Units in hidden layer 1", 6)
    page.press("Undo")
    page.set("Units in hidden layer 1", 6)
    assert page.experiment.network.hidden_layer_sizes == (6, 2)
    page.press("Undo")
    page.press("Redo")
    page.set("Units in hidden layer 1", 4)
    assert page.experiment.network.hidden_layer_sizes == (4, 2)

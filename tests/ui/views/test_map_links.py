"""The link of the trainability map: it holds the window to the last digit, and says what cannot be read."""

import pytest

from dnn.sweeps.trainability import MAPS
from dnn.ui.trainability import link
from tests.ui.views.map_page import WHOLE, MapPage

pytestmark = pytest.mark.slow


def test_the_address_holds_the_window_and_opens_it_again() -> None:
    page = MapPage()
    assert page.link == {}
    page.set("Activation", "relu")
    page.set("Epochs", 200)
    page.press("Other starting weights")
    page.zoom(0.3, 0.4, 0.7, 0.8)
    window = page.window
    assert page.link.keys() == {"map", "epochs", "draw", "rates", "scales"}
    other = MapPage(**{word: str(text) for word, text in page.link.items()})
    assert other.window == window
    assert other.at.warning == []
    other.press("Back")
    assert other.window == window.model_copy(
        update={"learning_rates": MAPS["relu"].learning_rates, "scales": MAPS["relu"].scales}
    )


def test_a_link_may_have_other_epochs_than_the_page_offers() -> None:
    page = MapPage(epochs="30")
    assert page.window.epochs == 30
    assert page.widget("Epochs").value == 30
    page.set("Epochs", 50)
    assert page.window.epochs == 50


def test_a_window_goes_through_the_address_to_the_last_digit() -> None:
    window = WHOLE
    while not window.is_deepest:
        window = window.zoomed(0.3, 0.4, 0.7, 0.8)
        assert link.from_query(link.to_query(window)) == ((WHOLE, window), ())
    assert link.from_query({}) == ((WHOLE,), ())


@pytest.mark.parametrize(
    ("word", "text", "allowed"),
    [
        ("map", "sigmoid", "choose one of tanh, relu"),
        ("epochs", "0", "from 1 to 1000"),
        ("epochs", "many", "a whole number"),
        ("draw", "-1", "from 0"),
        ("rates", "1..0.1", "the smaller one first"),
        ("rates", "0.1", "like 0.1..1"),
        ("scales", "0..1", "the smaller one first"),
        ("scales", "1..1e999", "it must be 2 finite numbers"),
    ],
)
def test_what_cannot_be_read_keeps_its_default_and_is_reported(word: str, text: str, allowed: str) -> None:
    windows, (problem,) = link.from_query({word: text})
    assert windows == (WHOLE,)
    assert problem.field == word
    assert allowed in str(problem)


def test_the_page_reports_what_of_its_address_it_could_not_read() -> None:
    page = MapPage(map="sigmoid", rates="0.1..1.0")
    assert "sigmoid" in page.warnings
    assert page.window.learning_rates == (0.1, 1.0)
    page.press("Understood")
    assert page.warnings == ""
    assert page.window.learning_rates == (0.1, 1.0)

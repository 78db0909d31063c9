"""The link of the page *Sweep*: what it holds, what cannot be read, and what is beyond the page."""

import pytest

from tests.ui.views.sweep_page import SMALL, TWO, SweepPage

pytestmark = pytest.mark.slow


def test_the_link_holds_the_sweep_and_opens_it() -> None:
    page = SweepPage(**TWO, **{"sweep.seeds": "2", "sweep.epochs": "7"})
    assert page.widget("Across").value == "training.learning_rate"
    assert page.widget("Across: values").value == "0.01, 0.1"
    assert page.widget("Up: values").value == "tanh, relu"
    assert (page.sweep.seeds, page.sweep.epochs, page.sweep.runs) == (2, 7, 8)
    assert page.sweep.base.network.hidden_layer_sizes == (3,)
    page.press("Play")
    while page.player.state == "playing":
        page.player.frame()
    assert page.player.epoch == 7
    page.set("Across: values", "0.2:0.4:3")
    assert page.at.query_params["axis.1"] == "training.learning_rate:0.2,0.3,0.4"
    assert page.player.epoch == 0
    page.set("Epochs", 9)
    assert page.player.until == 9


def test_a_link_that_cannot_be_read_says_so_and_what_can_be_is_shown() -> None:
    link = TWO | {"axis.3": "training.speed:1,2", "sweep.seeds": "many", "learning_rate": "fast"}
    page = SweepPage(**link)
    assert "speed" in page.said
    assert "Seeds: 'many'" in page.said
    assert "Learning rate: 'fast'" in page.said
    assert page.sweep.runs == 4
    page.press("Understood")
    assert page.said == ""


def test_more_axes_than_the_page_shows_and_random_draws_are_said() -> None:
    more = {"axis.3": "seed:1,2", "axis.4": "draw:1,2", "sweep.draws": "3"}
    page = SweepPage(**TWO, **more)
    assert "Axes: 4 axes is not allowed; the page shows three axes and the seeds" in page.said
    assert "the page shows all combinations" in page.said
    assert page.sweep.runs == 8


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("sweep.seeds", "100", "Seeds: 100 is not allowed; it must be a whole number from 1 to 64."),
        ("sweep.epochs", "100001", "Epochs: 100001 is not allowed; it must be a whole number from 1 to 100000."),
        ("sweep.epochs", "0", "Epochs: 0 is not allowed; it must be a whole number from 1 to 100000."),
    ],
)
def test_more_seeds_or_epochs_than_the_page_has_are_said(word: str, text: str, said: str) -> None:
    page = SweepPage(**TWO, **{word: text})
    assert said in page.said
    assert (page.sweep.seeds, page.sweep.epochs, page.sweep.runs) == (1, 100, 4)


def test_settings_that_are_not_offered_come_from_a_link() -> None:
    link = SMALL | {
        "axis.1": "network.hidden_layer_sizes.1:2,3",
        "axis.2": 'training.optimizer:"adam"',
        "axis.3": "training.optimizer.beta1:0.8,0.9",
    }
    page = SweepPage(**link)
    assert page.said == ""
    assert {word: text for word, text in page.at.query_params.items() if word in link} == link
    assert [axis.name for axis in page.sweep.axes][::2] == [
        "network.hidden_layer_sizes.1",
        "training.optimizer.beta1",
    ]
    page.set("Across: values", "2, three")
    assert "is not allowed" in page.said
    page.set("Across: values", "2, 4")
    assert [run is None for run in page.player.runs] == [False] * 4


def test_as_many_values_as_the_background_trains_are_read_from_a_link() -> None:
    rates = ",".join(f"{number / 1000:g}" for number in range(1, 301))
    page = SweepPage(**SMALL, **{"axis.1": f"training.learning_rate:{rates}"})
    assert "300 runs are more than the 256" in page.said
    assert "is not allowed" not in page.said

"""Every mistake on the page gets its sentence, and the last good run goes on."""

import re

import pytest

from dnn import Experiment
from dnn.components import limits
from dnn.experiment import DataSpec
from dnn.ui.limits import WIDEST
from tests.ui.controls.controls_page import ControlsPage
from tests.ui.page import Page

pytestmark = pytest.mark.slow

SAMPLES = limits(DataSpec, "samples")

SEEDS = limits(Experiment, "seed")

MISTAKES: list[tuple[str, int, tuple[float, float], int]] = [
    ("Samples", 5, SAMPLES, 100),
    ("Samples", -1, SAMPLES, 100),
    ("Samples", 20_001, SAMPLES, 100),
    ("Seed", -1, SEEDS, 3),
    ("Seed", 2**31, SEEDS, 3),
    ("Units in hidden layer 1", 0, (1, WIDEST), 6),
    ("Units in hidden layer 2", WIDEST + 1, (1, WIDEST), 6),
    ("Units in hidden layer 2", 10**9, (1, WIDEST), 6),
]


@pytest.mark.parametrize(("label", "value", "bounds", "good"), MISTAKES, ids=[f"{m[0]} {m[1]}" for m in MISTAKES])
def test_a_mistake_gets_its_sentence_and_the_last_good_run_goes_on(
    label: str, value: int, bounds: tuple[float, float], good: int
) -> None:
    page = ControlsPage()
    page.set("Learning rate", 0.3)
    run, link = page.player.run, page.link
    page.set(label, value)
    assert len(page.errors) == 1
    numbers = re.findall(r"-?\d+", page.errors[0])
    assert str(value) in numbers
    assert f"{bounds[0]:.10g}" in numbers
    assert numbers[-1] in (f"{bounds[1]:.10g}", "1024")
    assert page.player.run is run
    assert page.player.state == "playing"
    assert page.link == link
    page.set("Test share", 0.5)  # another setting, while the mistake stands: still the last good run
    assert len(page.errors) == 1
    assert page.player.run is run
    page.set(label, good)
    assert page.errors == []
    assert page.player.run is not run
    assert page.experiment.data.test_share == 0.5  # what was set meanwhile counts now
    assert page.experiment.training.learning_rate == 0.3


def test_two_mistakes_get_two_sentences(page: Page) -> None:
    page.set("Samples", 5)
    page.set("Seed", -1)
    assert len(page.errors) == 2
    page.set("Samples", 100)
    assert len(page.errors) == 1
    assert "Seed" in page.errors[0]


def test_with_a_mistake_on_the_page_the_transport_still_works(page: Page) -> None:
    page.set("Samples", 5)
    for label in ("Step", "Reset", "New weights", "Play", "Pause"):
        page.press(label)
        assert len(page.errors) == 1
    assert page.experiment.draw == 1
    page.press("Add layer")
    page.set("Samples", 100)
    assert page.errors == []
    assert len(page.experiment.network.hidden_layer_sizes) == 3

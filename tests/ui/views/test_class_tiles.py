"""What the teacher does with the networks on the wall."""

import json

import pytest

from dnn.ui.compare import state as comparison
from tests.classroom.examples import run
from tests.ui.views.class_page import SMALL, ClassPage

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> ClassPage:
    return ClassPage(layers="5", data="circles")


def test_a_pupils_experiment_is_shown_on_all_screens(page: ClassPage) -> None:
    page.open()
    page.send("show", id=page.pupil("Fox"))
    shown = page.classroom.orders.shown
    assert shown is not None
    assert (json.loads(shown.experiment)["network"]["hidden_layer_sizes"], shown.of) == ([3], "Fox")


def test_a_copy_opens_in_the_playground_at_the_same_epoch(page: ClassPage) -> None:
    page.open()
    page.send("open", id=page.pupil("Fox", epochs=7))
    assert page.at.session_state["experiment"].network.hidden_layer_sizes == (3,)
    assert "Play" in page.buttons  # it stays there
    assert page.player.newest.epoch == 7
    trained = run(7, **SMALL)
    assert page.player.newest.history["train_cost"][7] == trained.history["train_cost"][7]


def test_chosen_networks_are_compared(page: ClassPage) -> None:
    page.open()
    fox, owl = page.pupil("Fox"), page.pupil("Owl", network={"hidden_layer_sizes": [2, 2]})
    page.send("compare", ids=[owl, fox])
    sizes = [each.network.hidden_layer_sizes for each in page.at.session_state[comparison.COMPARISON].experiments]
    assert sizes == [(2, 2), (3,)]
    assert page.compared == ["Owl", "Fox"]
    page.run()
    assert page.compared == ["Owl", "Fox"]  # though the address holds no names


def test_equal_networks_of_two_pupils_are_told_apart(page: ClassPage) -> None:
    page.open()
    page.send("compare", ids=[page.pupil("Fox"), page.pupil("Owl")])
    assert page.compared == ["Fox", "Owl"]


def test_a_pupil_is_renamed_and_removed(page: ClassPage) -> None:
    page.open()
    rude, _ = page.pupil("Rude"), page.pupil("Owl")
    page.send("rename", id=rude, name="Fox")
    assert page.names == ["Fox", "Owl"]
    page.send("remove", id=rude)
    assert page.names == ["Owl"]


NONSENSE: list[object] = [
    None,
    [],
    {"do": "open"},
    {"do": "open", "id": 99},
    {"do": "open", "id": "0"},
    {"do": "rename", "id": 0, "name": 7},
    {"do": "rename", "id": 0, "name": "\n"},
    {"do": "compare", "ids": 7},
    {"do": "compare", "ids": [0]},
    {"do": "compare", "ids": [0, 99, None, {}]},
    {"do": "compare", "ids": list(range(50))},
    {"do": "end"},
]


def test_nonsense_does_nothing(page: ClassPage) -> None:
    page.open()
    page.pupil("Fox")
    for sent in NONSENSE:
        page.at.session_state["sent"] = sent
        page.press("browser")
        assert page.names == ["Fox"], sent
        assert page.classroom.orders.shown is None, sent
        assert "Freeze" in page.buttons, sent

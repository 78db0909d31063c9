"""Which inputs the network sees, as they are switched in the diagram."""

import pytest

from tests.ui.session.diagram_page import SettingsPage, seeing

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> SettingsPage:
    return SettingsPage()


def test_inputs_are_switched_on_in_their_own_order_and_off(page: SettingsPage) -> None:
    page.send(seeing("sin(x1)"), seeing("x1^2"))
    assert page.experiment.data.features == ("x1", "x2", "x1^2", "sin(x1)")
    assert page.player.run.params.sizes[0] == 4
    page.send(seeing("x1", on=False), seeing("sin(x1)", on=False))
    assert page.experiment.data.features == ("x2", "x1^2")
    page.send(seeing("x1"), seeing("x1^2", on=False))
    assert page.experiment.data.features == ()  # as at the beginning
    page.press("undone")
    assert page.experiment.data.features == ("x1", "x2", "x1^2")


def test_a_formula_of_ones_own_follows_the_ready_made_ones(page: SettingsPage) -> None:
    page.send(seeing("x1 + 2*x2"), seeing("x1*x2"))
    assert page.experiment.data.features == ("x1", "x2", "x1*x2", "x1 + 2*x2")
    page.unfold("Inputs and weights")
    assert page.value("Your own formula") == "x1 + 2*x2"


IMPOSSIBLE_INPUTS = [
    [seeing("x1")],  # is on
    [seeing("x1^2", on=False)],  # is off
    [seeing("import os")],
    [seeing("x3")],  # no such input
    [seeing("1/(x1-x1)")],  # no finite value
    [{"do": "input", "text": "", "on": True}],
    [{"do": "input", "text": "x1^2", "on": 1}],
    [{"do": "input", "text": "x" * 100, "on": True}],
]


def test_an_input_that_cannot_be_changes_nothing(page: SettingsPage) -> None:
    before = page.experiment
    for sent in IMPOSSIBLE_INPUTS:
        page.send(*sent)
        assert page.experiment == before, sent
        assert page.possible == (False, False), sent
    page.send(seeing("x1^2"))
    assert page.possible == (True, False)


def test_the_last_input_stays(page: SettingsPage) -> None:
    page.send(seeing("x1", on=False), seeing("x2", on=False))
    assert page.experiment.data.features == ("x2",)

"""A pupil's tab that is loaded anew: who one is, the way back, and whatever else a tab may keep."""

import json

import pytest

from dnn import Experiment
from dnn.ui.pupil import membership
from tests.ui.pupil.pupil_page import PupilsPage, ReloadedPage, Teacher

pytestmark = pytest.mark.slow


def test_a_reload_keeps_the_pupil(teacher: Teacher) -> None:
    pupil = PupilsPage(**{"class": teacher.code}).join("Mia")
    kept = pupil.at.session_state[membership.TAB_TEXT]
    assert json.loads(kept)["code"] == teacher.code
    again = ReloadedPage(**{"class": teacher.code})
    again.tab_answers(kept)
    assert f"Class {teacher.code} · **Mia**" in again.text
    assert teacher.names == ["Mia"]


def test_a_reload_keeps_the_way_back(teacher: Teacher) -> None:
    page = PupilsPage(**{"class": teacher.code, "learning_rate": "0.3"}).join("Mia")
    for _ in range(3):
        page.press("Step")
        page.player.picture()
    own, mine = page.experiment, page.player.newest
    assert mine.epoch == 3
    teacher.order(teacher.classroom.orders.show(Experiment.of(seed=5).model_dump_json(), "Tom"))
    page.run()
    again = ReloadedPage(**page.link)
    again.tab_answers(page.at.session_state[membership.TAB_TEXT])
    assert again.experiment == Experiment.of(seed=5)
    assert "On screen: the network of Tom" in again.text
    again = ReloadedPage(**again.link)  # the text of the first page stays good
    again.tab_answers(page.at.session_state[membership.TAB_TEXT])
    teacher.order(teacher.classroom.orders.show(Experiment.of(seed=6).model_dump_json()))
    again.run()
    assert again.experiment == Experiment.of(seed=6)
    again.press("Back to mine")
    assert again.experiment == own
    assert again.player.newest.epoch == 3
    assert again.player.newest.params.vector.tolist() == mine.params.vector.tolist()
    assert "Back to mine" not in again.buttons
    assert "mine" not in json.loads(again.at.session_state[membership.TAB_TEXT])


@pytest.mark.parametrize("kept", ["", "{}", "[]", "null", "5", "nonsense", '{"code": 5, "id": []}', "x" * 10_000])
def test_a_tab_may_keep_anything(teacher: Teacher, kept: str) -> None:
    page = ReloadedPage(**{"class": teacher.code})
    page.tab_answers(kept)
    assert f"Your name in class {teacher.code}" in page.labels
    assert teacher.names == []

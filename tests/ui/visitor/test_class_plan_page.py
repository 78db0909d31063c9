"""A teacher's link on the page: what it hides and locks, when it plays, and the dialog that makes it."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dnn.ui.live.player import Player
from tests.ui.page import Page

pytestmark = pytest.mark.slow
TRANSPORT = {"Language", "Speed", "Epoch", "Train cost below", "Test accuracy from … % on"}  # always there
LINK = {
    "data": "circles",
    "show": "data,layers,learning_rate",
    "lock": "data",
    "title": "Bend it",
    "task": "How *many*?",
}


def test_pupils_see_what_the_teacher_chose_and_the_address_keeps_it() -> None:
    page = Page(**LINK)
    labels = {"Data set", "Noise", "Learning rate", "Units in hidden layer 1", "Units in hidden layer 2"}
    assert set(page.labels) - TRANSPORT == labels
    assert page.widget("Data set").disabled
    assert page.widget("Noise").disabled
    assert not page.widget("Learning rate").disabled
    assert {"Play", "Step", "Reset", "Undo", "Add layer"} <= set(page.buttons)
    assert not {"New weights", "Presets"} & set(page.buttons)
    assert page.link == LINK
    page.set("Learning rate", 0.3)
    page.press("Add layer")
    assert page.link == LINK | {"learning_rate": "0.3", "layers": "4-2-2"}
    assert page.player.run.experiment.data.dataset.kind == "circles"
    page.press("Undo")
    assert page.link == LINK | {"learning_rate": "0.3"}


def test_title_and_task_are_text_and_nothing_else() -> None:
    page = Page(title="<img src=x onerror=alert(1)>", task="**bold** [link](http://example.org)\n<script>1</script>")
    (found,) = [each.proto.body for each in page.at.get("html") if "<h1>" in each.proto.body]
    assert "&lt;img src=x" in found
    assert "**bold** [link]" in found
    assert "<script" not in found


def test_without_controls_there_are_no_settings_and_it_plays() -> None:
    page = Page(show="none")
    assert set(page.labels) == TRANSPORT
    assert len(page.at.subheader) == 0
    page.press("Play")
    assert page.player.state == "playing"


@pytest.mark.parametrize(
    ("link", "state"),
    [
        ({}, "playing"),
        ({"data": "xor"}, "playing"),
        ({"lang": "en"}, "playing"),
        ({"task": "Guess first"}, "paused"),
        ({"lock": "data"}, "paused"),
        ({"show": "layers", "play": "yes"}, "playing"),
        ({"play": "yes"}, "playing"),
    ],
)
def test_a_teachers_link_waits_for_play_unless_it_says_otherwise(link: dict[str, str], state: str) -> None:
    page = Page(**link)
    assert page.player.state == state
    assert page.player.run.epoch == 0
    page.run()
    assert page.player.state == state


@pytest.mark.parametrize(
    ("link", "shown"), [({}, True), ({"title": "Bend it", "play": "yes"}, False), ({"data": "circles"}, False)]
)
def test_first_steps_are_shown_to_who_comes_by_no_link(link: dict[str, str], shown: bool) -> None:
    mounted = [each.proto for each in Page(**link).at.get("bidi_component")]
    (panel,) = [json.loads(each.json) for each in mounted if each.component_name == "dnn.live_panel"]
    assert (panel["tour"] is not None) == shown


DIAGRAM = """
import streamlit as st
from dnn.ui import session
from dnn.ui.views import playground
playground.show()
st.button("browser", key="browser", on_click=lambda: session.run_actions(st.session_state["sent"]))
"""


def sent(at: AppTest) -> None:
    """What the panel sends for a layer, a unit and an input more, and for another number."""
    run = Player.of(at.session_state["token"]).run
    at.session_state["sent"] = [
        {"number": 1, "do": "layers", "by": 1},
        {"number": 2, "do": "units", "layer": 0, "by": 1},
        {"number": 3, "do": "number", "sizes": list(run.params.sizes), "place": 0, "value": 5.0, "frozen": True},
        {"number": 4, "do": "input", "text": "x1*x2", "on": True},
    ]
    at.button(key="browser").click()
    at.run()
    assert not at.exception, at.exception


@pytest.mark.parametrize("link", [{"lock": "layers,edit,features"}, {"show": "data"}, {}])
def test_a_locked_diagram_refuses_what_a_browser_asks_for_all_the_same(link: dict[str, str]) -> None:
    at = AppTest.from_string(DIAGRAM, default_timeout=60)
    at.query_params = link
    at.run()
    player = Player.of(at.session_state["token"])
    player.play(False)
    sent(at)
    if link:
        assert player.run.params.sizes == (2, 4, 2, 1)
        assert player.run.params.vector[0] != 5.0
        assert player.run.frozen is None
    else:
        assert player.run.params.sizes == (3, 5, 2, 2, 1)
    assert bool(at.session_state["changes"].history.past) == (not link)


def test_locked_buttons_are_drawn_disabled() -> None:
    page = Page(lock="layers,draw")
    assert all(page.at.button(key=key).disabled for key in ("new_weights", "add_layer", "remove_0"))
    assert page.widget("Units in hidden layer 1").disabled


def test_a_bad_word_of_a_teacher_is_reported_with_the_others() -> None:
    page = Page(show="layers,colour", learning_rate="fast")
    assert "'colour'" in page.said
    assert "'fast'" in page.said
    assert page.link == {"show": "layers"}


DIALOG = """
import streamlit as st
from dnn.ui import session
from dnn.ui.toolbar import class_link
from dnn.ui.views import playground
playground.show()
class_link.DIALOG.body()
"""


def test_the_dialog_makes_the_link() -> None:
    at = AppTest.from_string(DIALOG, default_timeout=60)
    at.query_params = {"data": "circles"}
    at.run()

    def query() -> dict[str, str]:
        return dict(parse_qsl(urlsplit(at.get("link_button")[0].proto.url).query))

    assert query() == {"data": "circles"}
    at.text_input(key="class.title").set_value("Bend it")
    at.button_group(key="class.some").set_value(True)
    at.run()
    assert query() == {"data": "circles", "title": "Bend it", "show": "data,layers,activation,learning_rate"}
    at.toggle(key="class.plays").set_value(True)
    at.run()
    assert query()["play"] == "yes"
    at.toggle(key="class.plays").set_value(False)
    at.button_group(key="class.locked").set_value(["data", "layers"])
    at.run()
    at.button_group(key="class.Data").set_value([])  # what is not seen need not be locked
    at.run()
    assert not at.exception
    assert query() == {
        "data": "circles",
        "title": "Bend it",
        "show": "layers,activation,learning_rate",
        "lock": "layers",
    }

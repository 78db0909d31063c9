"""A teacher's link: what it says comes back as it went, hides and locks what it names, and nothing gets round it."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dnn import Experiment
from dnn.experiment.links import WORDS, to_query
from dnn.experiment.presets import PRESETS, Preset
from dnn.ui.live.player import Player
from dnn.ui.visitor.class_plan import CONTROLS, LONGEST, NAMES, PART_OF, Plan, control_of, read, words
from tests.ui.page import Page

pytestmark = pytest.mark.slow

controls = st.frozensets(st.sampled_from(list(NAMES)))
texts = {word: st.text(max_size=longest).map(str.strip) for word, longest in LONGEST.items()}


# the words of the address


@given(st.builds(Plan, shown=st.none() | controls, locked=controls, plays=st.booleans(), **texts))
def test_a_plan_comes_back_from_its_words(plan: Plan) -> None:
    assert read(words(plan)) == (plan, ())


def test_the_words_are_short_and_in_the_order_of_the_page() -> None:
    assert words(Plan()) == {}
    assert words(Plan(frozenset())) == {"show": "none"}
    assert words(Plan(plays=True)) == {"play": "yes"}
    assert words(Plan(frozenset({"layers", "data"}), frozenset({"data"}))) == {"show": "data,layers", "lock": "data"}


def test_every_setting_of_a_link_has_a_control() -> None:
    assert WORDS.keys() <= NAMES.keys() | PART_OF.keys()
    assert len(NAMES) == sum(map(len, CONTROLS.values())), "a control stands in two groups"


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ({"show": "layers,nonsense"}, ["Show: 'nonsense' is not allowed; the controls are called data, samples"]),
        ({"lock": "<b>"}, ["Lock: '<b>' is not allowed"]),
        ({"play": "no"}, ["Play: 'no' is not allowed; it may be yes only"]),
        ({"title": "x" * 81}, ["Title: a text of 81 characters is not allowed; it may have 80 at most"]),
        ({"task": "x" * 501}, ["Task: a text of 501 characters is not allowed; it may have 500 at most"]),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_holds(query: dict[str, str], sentences: list[str]) -> None:
    plan, problems = read(query | ({} if "show" in query else {"show": "layers"}))
    assert plan == Plan(frozenset({"layers"}))
    for problem, sentence in zip(problems, sentences, strict=True):
        assert str(problem).startswith(sentence)


@given(st.dictionaries(st.sampled_from(["show", "lock", "title", "task", "play"]), st.text(max_size=600)))
def test_nothing_in_an_address_breaks_it(query: dict[str, str]) -> None:
    plan, _ = read(query)
    assert len(plan.title) <= LONGEST["title"]
    assert len(plan.task) <= LONGEST["task"]
    assert plan.locked <= NAMES.keys()
    assert read(words(plan)) == (plan, ())


def test_a_widget_belongs_to_its_control() -> None:
    pairs = {
        "dataset.kind": "data",
        "activation.2.slope": "activation",
        "clip_norm": "clip_norm",
        "patience": "patience",
    }
    assert {key: control_of(key) for key in pairs} == pairs


# what is held


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
@settings(max_examples=20)
@given(controls)
def test_what_is_not_allowed_stays(preset: Preset, locked: frozenset[str]) -> None:
    before, plan = Experiment(), Plan(locked=locked - {"features", "activation", "dropout", "loss"})
    held = plan.with_locked_settings(before, preset.experiment)
    changed = {word.split(".")[0] for word in to_query(held)}
    assert not {word for word in changed if not plan.allows(PART_OF.get(word, word))}
    if not any(word.split(".")[0] in locked for word in to_query(preset.experiment)):
        assert held == preset.experiment


def test_what_hangs_on_a_free_setting_follows_it() -> None:
    before = Experiment.of(network={"hidden_layer_sizes": (4, 2), "activation": ("tanh", "relu")})
    after = Experiment.of(network={"hidden_layer_sizes": (4, 2, 2), "activation": ("tanh", "relu", "relu")})
    assert Plan(locked=frozenset({"activation"})).with_locked_settings(before, after) == after
    assert Plan(locked=frozenset({"layers"})).with_locked_settings(before, after) == before
    assert Plan(locked=frozenset({"layers", "activation"})).with_locked_settings(before, after) == before


# the page

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

"""A teacher's link: what it says comes back as it went, and what it locks is held."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment
from dnn.experiment.links import WORDS, to_query
from dnn.experiment.presets import PRESETS, Preset
from dnn.ui.visitor.class_plan import CONTROLS, LONGEST, NAMES, PART_OF, Plan, control_of, read, words

pytestmark = pytest.mark.slow
controls = st.frozensets(st.sampled_from(list(NAMES)))
texts = {word: st.text(max_size=longest).map(str.strip) for word, longest in LONGEST.items()}


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

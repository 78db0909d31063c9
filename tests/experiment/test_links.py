"""An experiment as a link: nothing is lost on the way, and nothing that a link says can do harm."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from dnn import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Experiment
from dnn.activations import LeakyReLU, Tanh
from dnn.components import limits
from dnn.errors import Problem, shown
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.experiment.links import LONGEST, WORDS, from_query, to_query
from dnn.initializers import BIAS_INITIALIZERS
from dnn.schedules import DECAYS, Cosine, WarmUp
from tests.strategies import experiments, kinds

# Any valid experiment of a few shapes. For each the strategy is made once: that takes longer than to draw from it.
KINDS = {  # word: the table of what it can be
    "data": DATASETS,
    "activation": ACTIVATIONS,
    "initializer": INITIALIZERS,
    "bias_initializer": BIAS_INITIALIZERS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "schedule.then": DECAYS,
}

# (word, where its bounds are declared): every number that a link can hold, but those of kinds
NUMBERS: list[tuple[str, type[BaseModel], str]] = [
    ("samples", DataSpec, "samples"),
    ("test_share", DataSpec, "test_share"),
    ("class_balance", DataSpec, "class_balance"),
    ("label_noise", DataSpec, "label_noise"),
    ("layers", NetworkSpec, "hidden_layer_sizes"),
    ("learning_rate", TrainingSpec, "learning_rate"),
    ("batch_size", TrainingSpec, "batch_size"),
    ("l1", TrainingSpec, "l1"),
    ("l2", TrainingSpec, "l2"),
    ("dropout", TrainingSpec, "dropout"),
    ("clip_norm", TrainingSpec, "clip_norm"),
    ("patience", TrainingSpec, "patience"),
    ("min_improvement", TrainingSpec, "min_improvement"),
    ("seed", Experiment, "seed"),
    ("draw", Experiment, "draw"),
]

# (the words before it, word, kind, parameter): every number of a kind
NUMBERS_OF_KINDS = [
    pytest.param(
        ({"schedule": "warm_up"} if "." in word else {}) | {word: name},
        f"{word}.{field}",
        kind,
        field,
        id=f"{word}-{name}-{field}",
    )
    for word, table in KINDS.items()
    for name, kind in table.items()
    for field in kind.model_fields
    if abs(limits(kind, field)[0]) < float("inf")
]

HOSTILE = [
    "",
    " ",
    "nan",
    "-nan",
    "inf",
    "1e999",
    "-0",
    "-1",
    "0x10",
    "1_000",
    "٣",
    "½",
    "null",
    "None",
    "true",
    "[]",
    "{}",
    '{"kind": "relu"}',
    "[" * 5000,
    "9" * 5000,
    "a" * 10_000,
    "8-" * 5000,
    "-" * 50,
    "8-8-",
    "\0\n\r\t",
    "‮🦆\ud800",
    "__class__",
    "{0.__class__}",
    "%s%n",
    "../../etc/passwd",
    "<script>alert(1)</script>",
]


@given(experiments())
def test_an_experiment_comes_back_from_its_link_as_it_was(experiment: Experiment) -> None:
    assert from_query(to_query(experiment)) == (experiment, ())


@given(experiments())
@settings(max_examples=25)
def test_a_link_holds_no_word_too_many(experiment: Experiment) -> None:
    query = to_query(experiment)
    for word in query:
        without = {other: value for other, value in query.items() if other != word}
        assert from_query(without)[0] != experiment


def test_the_longest_lists_come_back_too() -> None:
    layers = 32
    activations = [{"kind": name} for name in ("leaky_relu", "softplus")] * (layers // 2)
    experiment = Experiment.of(
        network={"hidden_layer_sizes": [1024] * layers, "activation": activations},
        training={"dropout": [0.1 + k * 1.1e-16 for k in range(layers)]},
    )
    assert from_query(to_query(experiment)) == (experiment, ())


@pytest.mark.parametrize("word", ["batch_size", "clip_norm", "patience", "loss"])
def test_none_can_be_said(word: str) -> None:
    assert from_query({word: "none"}) == (Experiment.of(training={word: None}), ())


def test_the_default_needs_no_words() -> None:
    assert to_query(Experiment()) == {}
    assert from_query({}) == (Experiment(), ())


def test_a_link_reads_like_its_experiment() -> None:
    experiment = Experiment.of(
        data={"dataset": {"kind": "spiral", "turns": 2.0}},
        network={"hidden_layer_sizes": [8, 8], "activation": {"kind": "leaky_relu", "slope": 0.2}},
        training={"learning_rate": 0.1, "batch_size": None},
    )
    assert to_query(experiment) == {
        "data": "spiral",
        "data.turns": "2.0",
        "layers": "8-8",
        "activation": "leaky_relu",
        "activation.slope": "0.2",
        "learning_rate": "0.1",
        "batch_size": "full",
    }


def test_no_hidden_layer_has_a_word_of_its_own() -> None:
    experiment = Experiment.of(network={"hidden_layer_sizes": []})
    assert from_query(to_query(experiment)) == (experiment, ())
    assert to_query(experiment)["layers"] == "none"


@given(kinds(SCHEDULES))
def test_a_schedule_comes_back_with_the_schedule_inside_it(schedule: object) -> None:
    experiment = Experiment.of(training={"schedule": schedule})
    assert from_query(to_query(experiment)) == (experiment, ())


@given(st.lists(kinds(ACTIVATIONS), max_size=4), st.data())
@settings(max_examples=50)
def test_activations_and_dropout_of_each_layer_come_back_with_all_that_they_hold(
    activations: list[object], data: st.DataObject
) -> None:
    shares = data.draw(st.lists(st.floats(0.0, 0.9), min_size=len(activations), max_size=len(activations)))
    experiment = Experiment.of(
        network={"hidden_layer_sizes": [3] * len(activations), "activation": activations}, training={"dropout": shares}
    )
    assert from_query(to_query(experiment)) == (experiment, ())


def test_a_schedule_inside_another_reads_as_what_follows_it() -> None:
    experiment = Experiment.of(training={"schedule": WarmUp(then=Cosine(epochs=50))})
    query = {"schedule": "warm_up", "schedule.then": "cosine", "schedule.then.epochs": "50"}
    assert to_query(experiment) == query
    assert from_query(query) == (experiment, ())


def test_layers_of_their_own_read_as_a_list_and_their_parameters_follow_their_number() -> None:
    experiment = Experiment.of(
        network={"activation": [Tanh(), LeakyReLU(slope=0.2)]}, training={"dropout": [0.1, 0.5], "batch_size": None}
    )
    query = {
        "activation": "tanh-leaky_relu",
        "activation.2.slope": "0.2",
        "batch_size": "full",
        "dropout": "0.1~0.5",
    }
    assert to_query(experiment) == query
    assert from_query(query) == (experiment, ())


def test_a_share_too_small_to_be_written_without_an_exponent_is_read_back() -> None:
    experiment = Experiment.of(training={"dropout": [1e-5, 0.5]})
    assert to_query(experiment) == {"dropout": "1e-05~0.5"}
    assert from_query({"dropout": "1e-05~0.5"}) == (experiment, ())


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"activation": "tanh-relu-relu"}, "activation"),
        ({"layers": "4", "activation": "tanh-relu"}, "activation"),
        ({"layers": "none", "activation": "tanh-relu"}, "activation"),
        ({"activation": "none"}, "activation"),
        ({"dropout": "0.1~0.2~0.3"}, "dropout"),
        ({"layers": "4-4-4", "dropout": "0.1~0.2"}, "dropout"),
        ({"dropout": "none"}, "dropout"),
    ],
    ids=str,
)
def test_a_list_for_more_or_fewer_layers_than_there_are_is_reported_and_the_layers_are_kept(
    query: dict[str, str], field: str
) -> None:
    experiment, (problem,) = from_query(query)
    layers = {word: value for word, value in query.items() if word == "layers"}
    assert experiment == from_query(layers)[0]
    assert problem.field == field
    assert problem.given.startswith("a list of ")
    assert f"a list of {len(experiment.network.hidden_layer_sizes)}, one for each" in problem.allowed


NESTED = {
    "activation.3.slope": "0.2",
    "schedule.then.epochs": "50",
    "dropout": "0.1~0.2~0.3",
    "schedule.then": "cosine",
    "layers": "3-4-5",
    "activation": "tanh-relu-leaky_relu",
    "schedule": "warm_up",
    "optimizer.beta1": "0.8",
    "optimizer": "adam",
    "loss.delta": "2.0",
    "loss": "huber",
}


@given(st.permutations(list(NESTED)))
@settings(max_examples=30)
def test_nested_words_are_read_alike_in_any_order(words: list[str]) -> None:
    experiment, problems = from_query({word: NESTED[word] for word in words})
    assert problems == ()
    assert to_query(experiment) == NESTED


def test_the_order_of_the_words_does_not_matter() -> None:
    query = {"activation.slope": "0.2", "learning_rate": "0.1", "activation": "leaky_relu"}
    backwards = dict(reversed(query.items()))
    assert from_query(query) == from_query(backwards)
    assert from_query(query)[0].network.activation == ACTIVATIONS["leaky_relu"](kind="leaky_relu", slope=0.2)  # type: ignore[call-arg]


def assert_refused(before: dict[str, str], word: str, given: str, field: str, model: type[BaseModel]) -> None:
    """The bad word keeps its default, the good ones before it are kept, the sentence names field, value and range."""
    low, high = limits(model, field)
    experiment, problems = from_query({word: given, **before})
    assert experiment == from_query(before)[0]
    (problem,) = problems
    assert problem.field == field
    assert repr(given) in str(problem)
    assert f" from {low:.10g} to " in str(problem)
    assert f"{high:.10g}." in str(problem)


def bad_number(model: type[BaseModel], field: str, side: str) -> str:
    low, high = limits(model, field)
    return {"below": f"{low - 1:.10g}", "above": f"{high + 1:.10g}", "no number": "seven"}[side]


@pytest.mark.parametrize(("word", "model", "field"), NUMBERS)
@pytest.mark.parametrize("side", ["below", "above", "no number"])
def test_a_bad_number_keeps_its_default_and_the_sentence_names_value_and_range(
    word: str, model: type[BaseModel], field: str, side: str
) -> None:
    assert_refused({"activation": "relu"}, word, bad_number(model, field, side), field, model)


@pytest.mark.parametrize(("before", "word", "model", "field"), NUMBERS_OF_KINDS)
@pytest.mark.parametrize("side", ["below", "above", "no number"])
def test_a_bad_number_of_a_kind_does_so_too(
    before: dict[str, str], word: str, model: type[BaseModel], field: str, side: str
) -> None:
    assert_refused(before, word, bad_number(model, field, side), field, model)


def test_every_number_of_every_setting_is_in_the_tables_above() -> None:
    specs_ = (DataSpec, NetworkSpec, TrainingSpec, Experiment)
    bounded = {(spec, field) for spec in specs_ for field in spec.model_fields if limits(spec, field)[1] < float("inf")}
    assert {(model, field) for _, model, field in NUMBERS} == bounded


@pytest.mark.parametrize(("word", "table"), KINDS.items(), ids=KINDS)
def test_an_unknown_kind_keeps_the_default_and_the_sentence_lists_the_table(
    word: str, table: dict[str, object]
) -> None:
    before = {"schedule": "warm_up"} if "." in word else {}
    experiment, (problem,) = from_query({**before, word: "quux"})
    assert experiment == from_query(before)[0]
    assert (problem.given, problem.allowed) == ("'quux'", f"choose one of {', '.join(table)}")


@pytest.mark.parametrize("word", ["weights", "dtype"])
def test_an_unknown_choice_keeps_its_default_and_the_sentence_lists_the_choices(word: str) -> None:
    experiment, problems = from_query({word: "quux"})
    assert experiment == Experiment()
    assert len(problems) == 1
    assert "'quux'" in str(problems[0])
    assert "one of" in str(problems[0])


def unknown_part(word: str) -> str:
    """What a sentence quotes of a word: all of it, or the last part of one that begins with a setting."""
    head, _, rest = word.partition(".")
    return shown(rest.rpartition(".")[2] if head in WORDS else word)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (
            "optimzer",
            "Unknown setting 'optimzer' in this link; did you mean 'optimizer'? Known settings: data, samples, ",
        ),
        ("Learning rate", "Unknown setting 'Learning rate' in this link; did you mean 'learning_rate'?"),
        ("data.nois", "Unknown setting 'nois' in moons; did you mean 'noise'? Known settings: noise."),
        ("samples.quux", "Unknown setting 'quux' in samples, which has no settings."),
        ("activation.1.slope", "Unknown setting 'slope' in activation.1, which has no settings."),
    ],
)
def test_a_slip_of_the_keyboard_is_told_with_the_word_that_was_meant(word: str, sentence: str) -> None:
    (problem,) = from_query({word: "1"})[1]
    assert str(problem).startswith(sentence)


@pytest.mark.parametrize("word", ["quux", "version", "activation.quux", "samples.quux", "data.noise.quux", ".", ""])
def test_an_unknown_word_is_reported(word: str) -> None:
    experiment, problems = from_query({word: "1"})
    assert experiment == Experiment()
    assert [str(problem).split(" in ")[0] for problem in problems] == [f"Unknown setting {unknown_part(word)}"]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999"])
@pytest.mark.parametrize("word", ["test_share", "data.noise", "learning_rate", "l1", "l2", "dropout", "clip_norm"])
def test_only_finite_numbers_pass(word: str, number: str) -> None:
    experiment, problems = from_query({word: number})
    assert experiment == Experiment()
    assert len(problems) == 1
    assert repr(number) in str(problems[0])


def test_of_several_bad_words_each_is_reported() -> None:
    _, problems = from_query({"samples": "5", "learning_rate": "fast", "quux": "1", "layers": "4-x"})
    assert {problem.field for problem in problems} == {"samples", "learning_rate", "quux", "hidden_layer_sizes"}


# Words with dots that lead nowhere, in this experiment or in any
NOWHERE = [
    "activation.0.slope",
    "activation.3.slope",
    "activation.99.slope",
    "activation.-1.slope",
    "activation.1.slope",  # of tanh
    "activation.2.kind",
    "activation.2",
    "activation.2.slope.",
    "activation.2..slope",
    "activation.²",
    "activation.².slope",
    "activation.٣.slope",
    "activation.2e0.slope",
    "activation.+2.slope",
    "activation. 2.slope",
    "activation." + "9" * 5000 + ".slope",
    "activation." + "2." * 5000,
    "activation.slope",
    "schedule.then.then",
    "schedule.then.then.then",
    "schedule.then.epochs",  # of constant
    "schedule.then.kind",
    "schedule.then.",
    "schedule..then",
    "schedule.epochs.",
    "dropout.1",
    "dropout.0",
    "layers.1",
    "layers.0.0",
    "loss.delta",
    "loss.kind",
    "patience.x",
    "seed.0",
    "dtype.",
    ".dtype",
    ".",
    "...",
    "training.l1",
    "network",
    "version",
    "optimizer.__class__",
    "optimizer.beta",
]


@pytest.mark.parametrize("word", NOWHERE, ids=lambda word: word[:24])
def test_a_word_that_leads_nowhere_is_reported_and_changes_nothing(word: str) -> None:
    good = {"activation": "tanh-leaky_relu", "schedule": "warm_up", "dropout": "0.1~0.2"}
    experiment, problems = from_query({word: "0.5", **good})
    assert experiment == from_query(good)[0]
    assert [str(problem).split(" in ")[0] for problem in problems] == [f"Unknown setting {unknown_part(word)}"]
    assert_short_lines(problems)


@pytest.mark.parametrize(
    "value", ["~~~", "~", "0.1~", "~0.1", "0.1~~0.2", "0.1~x", "nan~nan", "0.1~0.95", "0.1-0.2", ""]
)
def test_a_list_of_shares_that_are_no_shares_is_reported(value: str) -> None:
    experiment, (problem,) = from_query({"dropout": value})
    assert experiment == Experiment()
    assert problem.field == "dropout"
    assert problem.allowed == "it must be a number from 0 to 0.9"
    assert_short_lines([problem])


@pytest.mark.parametrize("value", ["-", "tanh-", "-tanh", "tanh--relu", "tanh-quux", "TANH", "tanh~relu", ""])
def test_a_list_of_activations_that_are_no_activations_is_reported(value: str) -> None:
    experiment, (problem,) = from_query({"activation": value})
    assert experiment == Experiment()
    assert problem.allowed == f"choose one of {', '.join(ACTIVATIONS)}"


def assert_short_lines(problems: Iterable[Problem]) -> None:
    for problem in problems:
        assert len(str(problem)) < 420  # the words that a link may have are 275
        assert str(problem).isprintable()


@pytest.mark.parametrize("word", [*WORDS, "data.noise", "activation.slope", "data.kind", "schedule.then", "quux"])
def test_hostile_values_are_read_or_reported_in_a_short_line(word: str) -> None:
    for text in HOSTILE:
        experiment, problems = from_query({word: text})
        assert problems or from_query(to_query(experiment)) == (experiment, ())
        assert_short_lines(problems)


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_are_reported_in_a_short_line(word: str) -> None:
    experiment, problems = from_query({word: "1", word + ".kind": "1", "activation." + word: "1"})
    assert experiment == Experiment()
    assert problems
    assert_short_lines(problems)


@given(
    st.dictionaries(
        st.sampled_from([*WORDS, *NOWHERE, "data.noise", "data.turns", "schedule.epochs", "initializer.scale"])
        | st.text()
        | st.lists(st.sampled_from([*WORDS, "then", "slope", "kind", "1", "2", "", "²"]), max_size=5).map(".".join),
        st.text(max_size=2 * LONGEST)
        | st.integers().map(str)
        | st.floats().map(str)
        | st.lists(st.integers()).map(lambda widths: "-".join(map(str, widths)))
        | st.lists(st.floats(0.0, 1.0)).map(lambda shares: "~".join(map(str, shares)))
        | st.lists(st.sampled_from([*ACTIVATIONS, ""])).map("-".join)
        | st.sampled_from([name for table in KINDS.values() for name in table]),
        max_size=6,
    )
)
def test_whatever_a_link_says_it_gives_an_experiment_that_has_a_link(query: dict[str, str]) -> None:
    experiment, _ = from_query(query)
    assert from_query(to_query(experiment)) == (experiment, ())


def test_every_setting_has_a_word() -> None:
    """A new field of a spec must get into links too."""
    sections = {("data",): DataSpec, ("network",): NetworkSpec, ("training",): TrainingSpec}
    paths = {(*path, field) for path, model in sections.items() for field in model.model_fields}
    alone = {(field,) for field in Experiment.model_fields} - {*sections, ("version",)}
    assert set(WORDS.values()) == paths | alone

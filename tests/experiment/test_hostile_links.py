"""Nothing that a link says can do harm: it is read, or reported in a short line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import ACTIVATIONS, Experiment
from dnn.experiment.links import LONGEST, WORDS, from_query, to_query
from tests.experiment.link_words import KINDS, assert_short_lines, unknown_part

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

"""Formulas of the inputs: read as mathematics reads them, and nothing else is read at all."""

import contextlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn.components import Array
from dnn.data.features import DEEPEST, FEATURES, FUNCTIONS, LARGEST, LONGEST, expand, feature
from dnn.errors import InvalidSetting

X = np.array([[1.0, 2.0], [0.5, -3.0], [-1.5, 0.25]])
x1, x2 = X.T

MEANINGS: list[tuple[str, Array]] = [
    ("x1", x1),
    ("x2^2", x2**2),
    ("x1*x2", x1 * x2),
    ("sin(x1)", np.sin(x1)),
    ("-x1^2", -(x1**2)),
    ("(-x1)^2", x1**2),
    ("2^-x1", 2**-x1),
    ("2^3^0.5", np.full(3, 2 ** (3**0.5))),
    ("x1 - x2 - 1", x1 - x2 - 1),
    ("x1 / x2 / 2", x1 / x2 / 2),
    ("x1 - x2 * 2", x1 - 2 * x2),
    ("--x1", x1),
    ("2*-x1", -2 * x1),
    ("exp(-(x1^2 + x2^2))", np.exp(-(x1**2 + x2**2))),
    ("tanh(3*x1)/2", np.tanh(3 * x1) / 2),
    ("abs(cos(x2))", np.abs(np.cos(x2))),
    ("1e-2*x1 + .5", 0.01 * x1 + 0.5),
    ("7", np.full(3, 7.0)),
]


@pytest.mark.parametrize(("text", "expected"), MEANINGS, ids=[text for text, _ in MEANINGS])
def test_a_formula_means_what_it_says(text: str, expected: Array) -> None:
    np.testing.assert_allclose(feature(text)(X), expected, rtol=1e-14)


Meaning = Callable[[Array], Array]


def pairs(inner: st.SearchStrategy[tuple[str, Meaning]]) -> st.SearchStrategy[tuple[str, Meaning]]:
    """A formula out of two others, and what it means in NumPy."""

    def joined(left: tuple[str, Meaning], right: tuple[str, Meaning], sign: str) -> tuple[str, Meaning]:
        (a, f), (b, g) = left, right
        both: dict[str, Meaning] = {"+": lambda X: f(X) + g(X), "-": lambda X: f(X) - g(X), "*": lambda X: f(X) * g(X)}
        return f"({a}){sign}({b})", both[sign]

    def called(pair: tuple[str, Meaning], name: str) -> tuple[str, Meaning]:
        text, f = pair
        return f"{name}({text})", lambda X: FUNCTIONS[name](f(X))

    return st.builds(joined, inner, inner, st.sampled_from("+-*")) | st.builds(
        called, inner, st.sampled_from([name for name in FUNCTIONS if name != "exp"])
    )


numbers = st.integers(0, 9).map(lambda n: (str(n), lambda X: np.full(len(X), float(n))))
inputs = st.sampled_from([0, 1]).map(lambda k: (f"x{k + 1}", lambda X: X[:, k]))


@given(st.recursive(numbers | inputs, pairs, max_leaves=4).filter(lambda pair: len(pair[0]) <= LONGEST))
def test_any_formula_of_ours_is_read_as_it_was_built(pair: tuple[str, Meaning]) -> None:
    text, meaning = pair
    np.testing.assert_allclose(feature(text)(X), meaning(X), rtol=1e-12)


HOSTILE = [
    "",
    "   ",
    "x",
    "x0",
    "x1x2",
    "x1(",
    "(x1",
    "x1)",
    "x1 x2",
    "x1**2",
    "sin x1",
    "sin",
    "log(x1)",
    "x1;x2",
    "__import__('os')",
    "().__class__",
    "lambda: 1",
    "x1 if x2 else 1",
    "[x1]",
    "x1.real",
    "1_000",
    "٣",
    "½",
    "x１",
    "^2",
    "*x1",
    "x1^",
    "nan",
    "inf",
    "1e",
    "\0",
    "x1\nx2",
    "{x1}",
    "%s",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_else_is_refused_in_a_sentence_that_quotes_it(text: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        feature(text)
    assert repr(text) in str(refused.value)


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(InvalidSetting):
        assert feature(text)(X).shape == (3,)


@pytest.mark.parametrize("text", ["-" * (DEEPEST + 2) + "1", "(" * (DEEPEST + 2) + "1" + ")" * (DEEPEST + 2)])
def test_a_formula_nested_too_deeply_is_refused(text: str) -> None:
    with pytest.raises(InvalidSetting, match="deep"):
        feature(text)


def test_a_formula_may_not_be_longer_than_the_limit() -> None:
    assert feature("1+" * (LONGEST // 2 - 1) + "11").inputs == 0
    with pytest.raises(InvalidSetting, match=f"{LONGEST} characters"):
        feature("1" * (LONGEST + 1))


def test_features_stand_side_by_side_in_their_order() -> None:
    np.testing.assert_allclose(expand(FEATURES, X).T, [x1, x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)])


def test_single_precision_stays_single() -> None:
    assert expand(["x1*2", "1", "x1/3"], X.astype(np.float32)).dtype == np.float32


def test_a_formula_without_a_finite_value_names_the_place_and_is_cut_off_in_pictures() -> None:
    origin = np.array([[0.0, 1.0], [1.0, 1.0]])
    with pytest.raises(InvalidSetting, match="x1 = 0, x2 = 1"):
        expand(["1/x1"], origin)
    assert expand(["1/x1", "x1/x1"], origin, finite=True).tolist() == [[LARGEST, 0.0], [1.0, 1.0]]


def test_a_formula_that_needs_more_inputs_than_there_are_is_refused() -> None:
    with pytest.raises(InvalidSetting, match="these data have 2 inputs"):
        expand(["x3"], X)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("x1", "x₁"),
        ("x1^2", "x₁²"),
        ("x1*x2", "x₁x₂"),
        ("sin(x1)", "sin x₁"),
        ("2*x1", "2x₁"),
        ("sin(4*x1)", "sin(4x₁)"),
        ("x1 - x2", "x₁-x₂"),
    ],
)
def test_labels_are_written_as_people_write(text: str, label: str) -> None:
    assert feature(text).label == label

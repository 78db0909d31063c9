"""A component's class as plain Python: it does what the component does, or a sentence says why it cannot be written."""

from typing import Any

import numpy as np
import pytest

from dnn import ACTIVATIONS, CannotExport
from dnn.activations import Activation
from dnn.export.code.source import Source
from tests.export import other_components
from tests.export.other_components import WithMuch
from tests.new_components import Bump


def rebuilt(activation: Activation) -> Any:
    source = Source()
    made = source.instance(activation, "value", "derivative")
    names: dict[str, object] = {"np": np}
    exec(compile(source.code, "source.py", "exec"), names)
    return eval(made, names)


@pytest.mark.parametrize("activation", [*(kind(kind=name) for name, kind in ACTIVATIONS.items()), WithMuch()], ids=repr)
def test_a_class_written_out_computes_the_same_bits(activation: Activation) -> None:
    """All that are in the table too, which need helpers, constants and other components."""
    z = np.linspace(-4.0, 4.0, 101)
    made, a = rebuilt(activation), activation.value(z)
    assert made.value(z).tolist() == a.tolist()
    assert made.derivative(z, a).tolist() == activation.derivative(z, a).tolist()


def test_comments_stay_and_types_go() -> None:
    source = Source()
    source.instance(Bump(), "value", "derivative")
    assert "# this comment comes along" in source.code
    assert "Array" not in source.code
    assert "def value(self, z, out=None):" in source.code


def test_every_definition_stands_once_and_components_that_differ_have_names_that_do() -> None:
    source = Source()
    made = [source.instance(Bump(steepness=s), "value") for s in (1.0, 2.0, 1.0)]
    assert made == ["Bump()", "Bump_2()", "Bump()"]
    assert source.code.count("def _square(") == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("WithSciPy", "it uses expit, which is not in NumPy"),
        ("WithSuper", "it uses super, which is not in NumPy"),
        ("WithItself", "it uses self, which is not in NumPy"),
        ("WithFields", "it uses model_dump, which is not in NumPy"),
        ("WithCost", "the name cost has another meaning in the script"),
    ],
)
def test_what_needs_more_than_numpy_is_refused_in_a_sentence(name: str, reason: str) -> None:
    with pytest.raises(CannotExport) as caught:
        Source().instance(getattr(other_components, name)(), "value", "derivative")
    assert str(caught.value) == f"The activation “Bump” cannot be written for NumPy: {reason}."


def test_a_class_without_a_file_is_refused_too() -> None:
    names = {"Bump": Bump}
    exec("class Typed(Bump):\n    def value(self, z, out=None):\n        return z", names)
    with pytest.raises(CannotExport, match="its source cannot be read"):
        Source().instance(names["Typed"](), "value", "derivative")

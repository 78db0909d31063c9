"""A number out of its bounds is named, with what was given and what is allowed."""

from typing import Any

import pytest

from dnn import DATASETS, InvalidSetting
from dnn.components import limits, pick
from tests.experiment.refusals import JARGON, SECTIONS, complaint
from tests.strategies import EVERY_COMPONENT, TABLES


def is_finite(bounds: tuple[float, float]) -> bool:
    return max(map(abs, bounds)) < float("inf")


BOUNDED = [
    (section, field)
    for section, spec in SECTIONS.items()
    for field in spec.model_fields
    if is_finite(limits(spec, field))
]
BOUNDED_OF_COMPONENTS = [
    (component, field)
    for component in EVERY_COMPONENT
    for field in component.model_fields
    if is_finite(limits(component, field))
]


@pytest.mark.parametrize("beyond", ["below", "above", "not a number", "text", "nothing"])
@pytest.mark.parametrize(("section", "field"), BOUNDED)
def test_a_number_out_of_bounds_is_named_with_the_bounds(section: str, field: str, beyond: str) -> None:
    low, high = limits(SECTIONS[section], field)
    given: Any = {"below": low - 1, "above": high + 1, "not a number": float("nan"), "text": "much", "nothing": [None]}[
        beyond
    ]
    error = complaint(**{section: {field: [given] if field == "hidden_layer_sizes" else given}})
    (problem,) = error.problems
    assert problem.field == field
    assert problem.given == (repr(given) if beyond != "nothing" else problem.given)
    assert str(error).startswith(field.replace("_", " ").capitalize())
    assert f"from {low:.10g} to {high:.10g}" in str(error)
    assert not JARGON.search(str(error))


@pytest.mark.parametrize(("kind", "field"), BOUNDED_OF_COMPONENTS, ids=lambda part: getattr(part, "__name__", part))
@pytest.mark.parametrize("beyond", ["below", "above"])
def test_a_parameter_of_a_kind_out_of_bounds_is_named_with_the_bounds(kind: Any, field: str, beyond: str) -> None:
    table = next(table for table in TABLES.values() if kind in table.values())
    low, high = limits(kind, field)
    whole = isinstance(kind.model_fields[field].default, int)
    given = low - 0.5 if beyond == "below" else high + 0.5
    with pytest.raises(InvalidSetting) as caught:
        pick(table, "kind", {"kind": kind.model_fields["kind"].default, field: given})
    assert caught.value.problems[0].field == field
    number = "whole number" if whole else "number"
    assert f"{given!r} is not allowed; it must be a {number} from {low:.10g} to" in str(caught.value)
    assert f"{high:.10g}." in str(caught.value)


def test_a_kind_made_by_hand_is_checked_too() -> None:
    with pytest.raises(InvalidSetting, match="Noise: 7 is not allowed"):
        pick(DATASETS, "data set", {"kind": "moons", "noise": 7})

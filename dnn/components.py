"""The base classes of every setting: frozen, validated values that can be hashed, compared and saved.

A *component* is one choice out of a table, such as ``Tanh()`` out of ``ACTIVATIONS``. Its parameters, with bounds,
defaults and help texts, are declared once as pydantic fields; widgets, validation, docs and tests read them from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self, TypeVar, get_args, get_origin

import numpy as np
import numpy.typing as npt
from annotated_types import Ge, Le, Lt, MaxLen
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from dnn.errors import InvalidSetting, Problem, UnknownSetting, shown
from dnn.messages import Message

Array = npt.NDArray[np.floating[Any]]
Task = Literal["binary", "multiclass", "regression"]  # what the targets are: two classes, more, or numbers

K = TypeVar("K", bound="Component")


class Spec(BaseModel):
    """A frozen value with validated fields. Unknown fields, NaN and infinities are refused with InvalidSetting."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise InvalidSetting(problems_of(error, type(self))) from None

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # so values read from JSON bypass it


class Document(Spec):
    """A value that is the content of a file, or one entry of it."""

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Create the value from one mapping; raises InvalidSetting."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise InvalidSetting(problems_of(error, cls)) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Create the value from JSON; raises InvalidSetting."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            raise InvalidSetting(problems_of(error, cls)) from None


class Component(Spec):
    """One entry of a table: ``kind`` is its name in the table; ``label``, ``formula`` (LaTeX) and ``source`` are shown
    to people.
    """

    label: ClassVar[str]
    formula: ClassVar[str] = ""
    source: ClassVar[str] = ""

    kind: str


def choose_from(table: Mapping[str, type[K]], noun: str) -> BeforeValidator:
    """Validator that turns a name, a ``{"kind": name, ...}`` mapping or a value into a value of ``table``."""
    return BeforeValidator(lambda given: pick(table, noun, given))


def pick(table: Mapping[str, type[K]], noun: str, value: object) -> K:
    """Convert ``value`` to a value of ``table``: from its name, a mapping with its ``kind``, or the value itself.

    Raises InvalidSetting with the value that was passed and the values that are allowed.
    """
    if isinstance(value, Component):
        value = value.model_dump()
    fields = value if isinstance(value, Mapping) else {"kind": value}
    names = ", ".join(table)
    if "kind" not in fields:
        allowed = Message("it lacks its 'kind', one of {names}", names=names)
        raise InvalidSetting([Problem(noun, shown(value), allowed)])
    component = table.get(str(fields["kind"]))
    if component is None:
        raise InvalidSetting([Problem(noun, shown(fields["kind"]), Message("choose one of {names}", names=names))])
    try:
        return component.model_validate(dict(fields))
    except ValidationError as error:
        raise InvalidSetting(problems_of(error, component)) from None


def limits(model: type[BaseModel], field: str) -> tuple[float, float]:
    """The smallest and largest value that ``field`` of ``model`` allows; infinite where it declares none."""
    low, high = -np.inf, np.inf
    for bound in _metadata(model.model_fields[field]):
        match bound:
            case Ge(ge=int() | float() as value):
                low = float(value)
            case Le(le=int() | float() as value) | Lt(lt=int() | float() as value):
                high = float(value)
    return low, high


def _metadata(info: FieldInfo) -> list[Any]:
    """Return the bounds of the field and of the item or member types inside it."""
    bounds, inner = list(info.metadata), [info.annotation]
    while inner:
        annotation = inner.pop()
        for part in getattr(annotation, "__metadata__", ()):
            bounds += getattr(part, "metadata", [part])
        inner += getattr(annotation, "__args__", ())
        inner += [annotation.__origin__] if annotation is not None and hasattr(annotation, "__origin__") else []
    return bounds


def problems_of(error: ValidationError, model: type[BaseModel]) -> tuple[Problem, ...]:
    """Return one :class:`Problem` for each field of ``model`` that is named in ``error``."""
    problems: dict[str, Problem] = {}
    for entry in error.errors(include_url=False):
        cause = entry.get("ctx", {}).get("error")
        if isinstance(cause, InvalidSetting):
            problems |= {problem.field: problem for problem in cause.problems}
            continue
        owner, field = _owner(model, entry["loc"])
        if entry["type"] == "extra_forbidden":
            problems.setdefault(field, _unknown(owner, field, entry["input"]))
            continue
        text = _broken_json(entry["input"], str(cause)) if entry["type"] == "json_invalid" else shown(entry["input"])
        problems.setdefault(field, Problem(field, text, _allowed(owner, field, entry["type"])))
    return tuple(problems.values())


def _broken_json(text: str, reason: str) -> str:
    """Return the line and column of a JSON syntax error, or the text itself if it is not JSON."""
    place = re.search(r"at line (\d+) column (\d+)", reason)
    if place is None or not text.lstrip().startswith("{"):
        return shown(text)
    return Message("JSON that is broken in line {line}, column {column}", line=place[1], column=place[2])


def _owner(model: type[BaseModel], place: tuple[int | str, ...]) -> tuple[type[BaseModel], str]:
    """Return the innermost model on the path ``place`` and the name of its field, or of the model on an empty path."""
    field, entered = _noun(model), True
    for part in map(str, place):
        if part not in model.model_fields:
            return model, part if entered else field
        field, entered = part, False
        annotation = model.model_fields[part].annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel) and len(place) > 1:
            model, entered = annotation, True
    return model, field


def _allowed(model: type[BaseModel], field: str, code: str) -> str:
    if code in ("json_invalid", "model_type") or field not in model.model_fields:
        return Message("it must be an object with settings by name")
    info = model.model_fields[field]
    if info.annotation is bool:
        return Message("it must be true or false")
    whole = "int" in str(info.annotation)
    low, high = limits(model, field)
    most = next((bound.max_length for bound in _metadata(info) if isinstance(bound, MaxLen)), None)
    if code == "too_long" and most is not None:
        return Message("there may be {most} at most", most=most)
    if np.isfinite(low) and np.isfinite(high):
        below = any(isinstance(bound, Lt) for bound in _metadata(info))
        return _within(f"{low:.10g}", f"{high:.10g}", whole=whole, below=below, listed=code == "tuple_type")
    kind, inner = get_origin(info.annotation), get_args(info.annotation)
    if kind is Literal:
        return Message("it must be one of {names}", names=", ".join(map(str, inner)))
    if kind is tuple:
        return _list_of(inner)
    return Message("it must be a whole number") if whole else Message("it must be a number")


def _list_of(members: tuple[Any, ...]) -> str:
    """Describe a list by the arguments of its ``tuple`` type."""
    if any(member not in (float, ...) for member in members):
        return Message("it must be a list of values")
    if ... in members:
        return Message("it must be a list of finite numbers")
    return Message("it must be {count} finite numbers", count=len(members))


def _noun(model: type[BaseModel]) -> str:
    """Return what ``model`` is called in a message: *training* for TrainingSpec."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__.removesuffix("Spec")).lower()


def _unknown(model: type[BaseModel], name: str, value: object) -> Problem:
    """Return the problem for a setting ``name`` that ``model`` does not have."""
    component = issubclass(model, Component)
    owner = model.model_fields["kind"].default if component else _noun(model)
    names = (field for field in model.model_fields if not (component and field == "kind"))
    return UnknownSetting.of(name, value, owner, names)


def _within(low: str, high: str, *, whole: bool, below: bool, listed: bool) -> str:
    """Describe the range of a number or of a list of numbers; ``below`` excludes the upper end."""
    high = Message("less than {high}", high=high) if below else high
    if listed and whole:
        return Message("it must be a list of whole numbers, each from {low} to {high}", low=low, high=high)
    if listed:
        return Message("it must be a list of numbers, each from {low} to {high}", low=low, high=high)
    if whole:
        return Message("it must be a whole number from {low} to {high}", low=low, high=high)
    return Message("it must be a number from {low} to {high}", low=low, high=high)

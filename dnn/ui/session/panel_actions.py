"""The actions of the live panel, as the browser sends them: layers, units, inputs, parameters, examples and cures.

A browser may send anything: messages that are not valid actions are ignored.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

import numpy as np
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from dnn.components import Spec
from dnn.data.features import FEATURES, LONGEST
from dnn.data.plane import View
from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.training.run import Run

LARGEST_NUMBER = 1e6  # largest absolute value of an edited weight or bias
FIRST_WIDTH = 4  # units of a new first hidden layer

T = TypeVar("T")


class Asked(Spec):
    """An action. ``number`` increases: the browser repeats actions until they are acknowledged."""

    model_config = ConfigDict(strict=True)

    number: int = Field(ge=0)


class Layers(Asked):
    """Add or remove a hidden layer at the end."""

    do: Literal["layers"]
    by: Literal[1, -1]


class Units(Asked):
    """Add or remove a unit of a hidden layer, counted from 0."""

    do: Literal["units"]
    layer: int = Field(ge=0)
    by: Literal[1, -1]


class Input(Asked):
    """Add or remove a formula as an input."""

    do: Literal["input"]
    text: str = Field(min_length=1, max_length=LONGEST)
    on: bool


class Number(Asked):
    """Set the parameter at ``place`` of the vector (None: unchanged), and freeze it or not.

    ``sizes`` are the layer sizes that the browser knows.
    """

    do: Literal["number"]
    sizes: list[int]
    place: int = Field(ge=0)
    value: float | None = Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)
    frozen: bool


Place = Annotated[list[Annotated[float, Field(allow_inf_nan=False)]], Field(min_length=2, max_length=2)]
Places = Annotated[list[Place], Field(min_length=1, max_length=500)]


class DrawnPlane(Spec):
    """The plane that was drawn on: see ``dnn.data.plane.View``."""

    model_config = ConfigDict(strict=True)

    across: int = Field(ge=0)
    up: int = Field(ge=0)
    components: bool
    held: Annotated[list[Annotated[float, Field(allow_inf_nan=False)]], Field(max_length=100)]

    @property
    def view(self) -> View:
        """The plane as a ``View``."""
        return View(self.across, self.up, self.components, tuple(self.held))


class Stroke(Asked):
    """A change of the examples on a ``plane``; parts of one ``stroke`` are undone together."""

    stroke: int = Field(ge=0)
    plane: DrawnPlane


class Points(Stroke):
    """Add examples at places of the plane with the class or number ``target``; the next class number adds a class."""

    do: Literal["points"]
    at: Places
    target: float = Field(allow_inf_nan=False)


class Erase(Stroke):
    """Erase the examples within ``radius``, across and up, of places on the plane."""

    do: Literal["erase"]
    at: Places
    radius: Annotated[list[Annotated[float, Field(gt=0.0, allow_inf_nan=False)]], Field(min_length=2, max_length=2)]


class Clear(Stroke):
    """Erase all examples."""

    do: Literal["clear"]


class Cure(Asked):
    """Apply the cure of the finding of a rule, a key of ``dnn.analysis.health.RULES``."""

    do: Literal["cure"]
    rule: str = Field(min_length=1, max_length=40)


Drawing = Points | Erase | Clear
Resizing = Layers | Units | Input
Action = Resizing | Number | Drawing | Cure
_sent = TypeAdapter(Annotated[list[Annotated[Action, Field(discriminator="do")]], Field(max_length=50)])


def read(message: object) -> list[Action]:
    """Return the actions that a browser sent; none if they are invalid."""
    try:
        return _sent.validate_python(message)
    except ValidationError:
        return []


def with_structure(experiment: Experiment, action: Resizing, most_layers: int, widest: int) -> Experiment:
    """Return ``experiment`` with a layer, unit or input added or removed; unchanged if that is not possible."""
    if isinstance(action, Input):
        return _with_inputs(experiment, action)
    widths = experiment.network.hidden_layer_sizes
    if isinstance(action, Layers):
        wider = (*widths, widths[-1] if widths else FIRST_WIDTH) if action.by > 0 else widths[:-1]
    else:
        wider = tuple(width + action.by * (place == action.layer) for place, width in enumerate(widths))
    if wider == widths or len(wider) > most_layers or not all(1 <= width <= widest for width in wider):
        return experiment
    values = experiment.model_dump()
    network, training = values["network"], values["training"]
    network |= {"hidden_layer_sizes": wider, "activation": _for_each(network["activation"], len(wider))}
    training["dropout"] = _for_each(training["dropout"], len(wider))
    return Experiment.of(**values)


def _with_inputs(experiment: Experiment, action: Input) -> Experiment:
    """Return the experiment with the chosen inputs: predefined ones in their usual order, then formulas."""
    inputs = tuple(f"x{n}" for n in range(1, len(experiment.data.dataset.names.inputs) + 1))
    order = dict.fromkeys((*inputs, *FEATURES))
    seen = experiment.data.features or inputs
    others = [text for text in seen if text != action.text]
    chosen = [*others, action.text] if action.on else others
    texts = sorted(chosen, key=lambda text: [*order].index(text) if text in order else len(order))
    if not chosen or set(chosen) == set(seen):
        return experiment
    values = experiment.model_dump()
    values["data"]["features"] = () if tuple(texts) == inputs else tuple(texts)
    try:
        return Experiment.of(**values)
    except InvalidSetting:
        return experiment


def with_number(run: Run, action: Number) -> Run | None:
    """Return ``run`` with the parameter set, frozen or released; None if its layer sizes differ from the action's."""
    vector = run.params.vector.copy()
    if tuple(action.sizes) != run.params.sizes or action.place >= len(vector):
        return None
    frozen = np.zeros(len(vector)) if run.frozen is None else run.frozen.copy()
    frozen[action.place] = action.frozen
    if action.value is not None:
        vector[action.place] = action.value
    return run.with_params(vector, frozen)


def _for_each(setting: T | tuple[T, ...], layers: int) -> T | tuple[T, ...]:
    """Adapt a setting with one value per hidden layer to ``count`` layers: new layers repeat the last value."""
    if not isinstance(setting, tuple):
        return setting
    return (*setting, *setting[-1:] * layers)[:layers] or setting[0]

"""What can be done in the network diagram, as the browser asks for it: layers, units, inputs, and single numbers.

Whatever comes from a browser may be anything: what is not an action is ignored.
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

LARGEST_NUMBER = 1e6  # that a weight or bias may be set to
FIRST_WIDTH = 4  # units of a hidden layer that is the only one

T = TypeVar("T")


class Asked(Spec):
    """``number`` grows from action to action: the browser sends again what it does not know to be done."""

    model_config = ConfigDict(strict=True)

    number: int = Field(ge=0)


class Layers(Asked):
    """One hidden layer more or less, at the end."""

    do: Literal["layers"]
    by: Literal[1, -1]


class Units(Asked):
    """One unit more or less in a hidden layer, counted from 0."""

    do: Literal["units"]
    layer: int = Field(ge=0)
    by: Literal[1, -1]


class Input(Asked):
    """A formula that the network shall see as one of its inputs, or see no more."""

    do: Literal["input"]
    text: str = Field(min_length=1, max_length=LONGEST)
    on: bool


class Number(Asked):
    """Another value for the number at ``place`` of the parameter vector (none: as it is), held in training or not.

    ``sizes`` are the layers for which it was meant.
    """

    do: Literal["number"]
    sizes: list[int]
    place: int = Field(ge=0)
    value: float | None = Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)
    frozen: bool


Place = Annotated[list[Annotated[float, Field(allow_inf_nan=False)]], Field(min_length=2, max_length=2)]
Places = Annotated[list[Place], Field(min_length=1, max_length=500)]


class DrawnPlane(Spec):
    """The plane that was drawn on: see ``dnn.data.plane.Look``."""

    model_config = ConfigDict(strict=True)

    across: int = Field(ge=0)
    up: int = Field(ge=0)
    components: bool
    held: Annotated[list[Annotated[float, Field(allow_inf_nan=False)]], Field(max_length=100)]

    @property
    def view(self) -> View:
        """The same as the plane's own value."""
        return View(self.across, self.up, self.components, tuple(self.held))


class Stroke(Asked):
    """What is done to the examples on a ``plane``; parts of one ``stroke`` are undone together."""

    stroke: int = Field(ge=0)
    plane: DrawnPlane


class Points(Stroke):
    """Examples at places of the plane, with the class or number ``target``; one beyond the last class is another."""

    do: Literal["points"]
    at: Places
    target: float = Field(allow_inf_nan=False)


class Erase(Stroke):
    """No examples within ``radius``, across and up, of places on the plane."""

    do: Literal["erase"]
    at: Places
    radius: Annotated[list[Annotated[float, Field(gt=0.0, allow_inf_nan=False)]], Field(min_length=2, max_length=2)]


class Clear(Stroke):
    """No examples at all."""

    do: Literal["clear"]


Drawing = Points | Erase | Clear
Resizing = Layers | Units | Input
Action = Resizing | Number | Drawing
_sent = TypeAdapter(Annotated[list[Annotated[Action, Field(discriminator="do")]], Field(max_length=50)])


def read(sent: object) -> list[Action]:
    """The actions that a browser sent; none if it sent anything else."""
    try:
        return _sent.validate_python(sent)
    except ValidationError:
        return []


def resized(experiment: Experiment, action: Resizing, most_layers: int, widest: int) -> Experiment:
    """``experiment`` with a layer, unit or input more or less; as it is where that is too many, too few or nowhere."""
    if isinstance(action, Input):
        return _seeing(experiment, action)
    widths = experiment.network.hidden_layer_sizes
    if isinstance(action, Layers):
        wider = (*widths, widths[-1] if widths else FIRST_WIDTH) if action.by > 0 else widths[:-1]
    else:
        wider = tuple(width + action.by * (place == action.layer) for place, width in enumerate(widths))
    if wider == widths or len(wider) > most_layers or not all(1 <= width <= widest for width in wider):
        return experiment
    given = experiment.model_dump()
    network, training = given["network"], given["training"]
    network |= {"hidden_layer_sizes": wider, "activation": _for_each(network["activation"], len(wider))}
    training["dropout"] = _for_each(training["dropout"], len(wider))
    return Experiment.of(**given)


def _seeing(experiment: Experiment, action: Input) -> Experiment:
    """The ready-made inputs keep their own order, whichever was switched on first, and formulas follow them."""
    inputs = tuple(f"x{n}" for n in range(1, len(experiment.data.dataset.names.inputs) + 1))
    order = dict.fromkeys((*inputs, *FEATURES))
    seen = experiment.data.features or inputs
    others = [text for text in seen if text != action.text]
    chosen = [*others, action.text] if action.on else others
    ordered = sorted(chosen, key=lambda text: [*order].index(text) if text in order else len(order))
    if not chosen or set(chosen) == set(seen):
        return experiment
    given = experiment.model_dump()
    given["data"]["features"] = () if tuple(ordered) == inputs else tuple(ordered)
    try:
        return Experiment.of(**given)
    except InvalidSetting:
        return experiment


def renumbered(run: Run, action: Number) -> Run | None:
    """``run`` with the number set and held, or let go; None where its layers are not, or no longer, those meant."""
    vector = run.params.vector.copy()
    if tuple(action.sizes) != run.params.sizes or action.place >= len(vector):
        return None
    held = np.zeros(len(vector)) if run.frozen is None else run.frozen.copy()
    held[action.place] = action.frozen
    if action.value is not None:
        vector[action.place] = action.value
    return run.with_params(vector, held)


def _for_each(setting: T | tuple[T, ...], layers: int) -> T | tuple[T, ...]:
    """A setting that has one value for each hidden layer, for so many: the last one's also for those that are new."""
    if not isinstance(setting, tuple):
        return setting
    return (*setting, *setting[-1:] * layers)[:layers] or setting[0]

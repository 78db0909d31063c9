"""Components that the package does not know: each is one class, written as somebody would who adds it to a table."""

import math
from typing import Any, ClassVar, Literal

import numpy as np
import pytest
from pydantic import Field

from dnn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Experiment, Run, advance, start
from dnn.activations import Activation, Tanh
from dnn.components import Array, Task
from dnn.initializers import BIAS_INITIALIZERS, Generator, Initializer
from dnn.losses import Loss
from dnn.optimizers.base import Beta, Optimizer, Rate, State
from dnn.schedules import DECAYS, Decay

HALF = 0.5
GRID = np.linspace(0.0, 1.0, 3)


def _square(z: Array, out: Array | None = None) -> Array:
    """Used by the class below."""
    return np.multiply(z, z, out)  # this comment comes along


class Bump(Activation):
    """Answers to z near zero only, as README's "bell" does: \\(e^{-z^2}\\)."""

    kind: Literal["bump"] = "bump"
    label: ClassVar[str] = "Bump"
    formula: ClassVar[str] = r"g(z) = e^{-s z^2}"
    slope_formula: ClassVar[str] = r"g'(z) = -2 s z a"
    bounds: ClassVar[tuple[float, float]] = (0.0, 1.0)

    steepness: float = Field(1.0, ge=0.1, le=10.0, description="steepness s", json_schema_extra={"step": 0.1})

    def value(self, z: Array, out: Array | None = None) -> Array:
        out = np.multiply(_square(z, out), self.steepness, out)
        return np.exp(np.negative(out, out), out)

    def derivative(
        self,
        z: Array,
        a: Array,
        out: Array | None = None,
    ) -> Array:
        return np.multiply(np.multiply(z, -2.0 * self.steepness, out), a, out)


class Fan(Initializer):
    """Normal numbers that are smaller the more inputs a unit has."""

    kind: Literal["fan"] = "fan"
    label: ClassVar[str] = "Fan"
    formula: ClassVar[str] = r"W \sim \mathcal{N}(0, 1) / n_{in}"

    share: float = Field(1.0, ge=0.0, le=10.0, description="share", json_schema_extra={"step": 0.1})

    def draw(self, rng: Generator, n_in: int, n_out: int) -> Array:
        return self._spread(n_in) * rng.standard_normal((n_out, n_in)).T

    def _spread(self, n_in: int) -> float:
        return self.share / math.sqrt(n_in + GRID[0])


class SquaredHinge(Loss):
    """Squared hinge: nothing for an example that is right by a margin, the squared distance for all others."""

    kind: Literal["squared_hinge"] = "squared_hinge"
    label: ClassVar[str] = "Squared hinge"
    formula: ClassVar[str] = r"J = \frac{1}{2m}\sum_i \max(0, 1 - t_i z_i)^2,\; t_i = 2 y_i - 1"
    output: ClassVar[Activation] = Tanh()
    tasks: ClassVar[tuple[Task, ...]] = ("binary",)

    def per_example(self, z: Array, y: Array) -> Array:
        short = self._short(np.tanh(z), y)
        return np.asarray(HALF * (short * short).sum(axis=-1))

    def slope(self, a: Array, y: Array, out: Array | None = None) -> Array:
        return np.multiply(self._short(a, y) * (1.0 - 2.0 * y), 1.0 - a * a, out)

    def probability(self, a: Array) -> Array:
        return HALF * (a + 1.0)

    def correct(self, z: Array, y: Array) -> Array:
        return np.asarray(((z > 0.0) == (y > HALF)).all(axis=-1))

    @staticmethod
    def _short(a: Array, y: Array) -> Array:
        return np.maximum(0.0, 1.0 - (2.0 * y - 1.0) * a)


class Shortened(Activation):
    """The outputs of an example divided by 1 and their length: it couples them."""

    kind: Literal["shortened"] = "shortened"
    label: ClassVar[str] = "Shortened"
    formula: ClassVar[str] = r"a = z / (1 + \lVert z \rVert)"

    def value(self, z: Array, out: Array | None = None) -> Array:
        return np.divide(z, 1.0 + np.sqrt((z * z).sum(axis=-1, keepdims=True)), out)

    def derivative(self, z: Array, a: Array, out: Array | None = None) -> Array:
        raise NotImplementedError


class MeanOfOutputs(Loss):
    """The mean of several outputs' squared errors, with an output activation that is new too."""

    kind: Literal["mean_of_outputs"] = "mean_of_outputs"
    label: ClassVar[str] = "Mean of outputs"
    formula: ClassVar[str] = r"J = \frac{1}{mK}\sum_i \lVert a_i - y_i \rVert^2"
    output: ClassVar[Activation] = Shortened()
    tasks: ClassVar[tuple[Task, ...]] = ("regression",)

    def per_example(self, z: Array, y: Array) -> Array:
        difference = self.output.value(z) - y
        return np.asarray((difference * difference).mean(axis=-1))

    def slope(self, a: Array, y: Array, out: Array | None = None) -> Array:
        return np.multiply(a - y, 2.0 / a.shape[-1], out)

    def correct(self, z: Array, y: Array) -> Array:
        return np.zeros(z.shape[:-1], dtype=bool)


class Straight(Optimizer):
    """Steps of one length for the whole network: the mean gradient divided by its length."""

    kind: Literal["straight"] = "straight"
    label: ClassVar[str] = "Normalised gradient"
    formula: ClassVar[str] = r"m \leftarrow \beta m + dW,\; W \leftarrow W - \alpha\, m / \lVert m \rVert"
    state_names: ClassVar[tuple[str, ...]] = ("m", "steps")

    beta: Beta = Field(0.9, description="share β of the last mean that is kept")

    def _step(self, g: Array, state: State, rate: Rate, params: Array | None, out: Array) -> None:
        m, steps = state
        steps += 1.0
        np.add(np.multiply(m, self.beta, m), g, m)
        length: Any = np.sqrt((m * m).sum(axis=-1, keepdims=True))
        np.multiply(m, -rate / (length + 1e-12), out)


class Root(Decay):
    """Down with the root of the epochs."""

    kind: Literal["root"] = "root"
    label: ClassVar[str] = "Root"
    formula: ClassVar[str] = r"\alpha = \alpha_0 / \sqrt{1 + e / n}"

    epochs: int = Field(10, ge=1, le=1000, description="epochs n", json_schema_extra={"step": 1})

    def share(self, epoch: Array) -> Array:
        return 1.0 / np.sqrt(1.0 + epoch / self.epochs)


EPOCHS = 12
# What each new component needs in an experiment, by its name, and the formats that cannot write it.
LIBRARIES = {"pytorch", "keras"}
NEW: dict[str, tuple[dict[str, Any], set[str]]] = {
    "bump": ({"network": {"activation": {"kind": "bump", "steepness": 0.7}}}, {*LIBRARIES, "onnx"}),
    "two bumps": ({"network": {"activation": ["bump", {"kind": "bump", "steepness": 2.0}]}}, {*LIBRARIES, "onnx"}),
    "fan": ({"network": {"initializer": {"kind": "fan", "share": 0.8}, "bias_initializer": "fan"}}, set()),
    "squared_hinge": ({"training": {"loss": "squared_hinge"}}, {*LIBRARIES, "onnx"}),
    "straight": ({"training": {"optimizer": {"kind": "straight", "beta": 0.8}}}, LIBRARIES),
    "root": ({"training": {"schedule": {"kind": "root", "epochs": 5}}}, set()),
    "warm-up, then root": ({"training": {"schedule": {"kind": "warm_up", "epochs": 3, "then": "root"}}}, set()),
}  # fmt: skip


def add_to_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each component, until the test is over."""
    tables: list[tuple[Any, type]] = [(ACTIVATIONS, Bump), (INITIALIZERS, Fan), (BIAS_INITIALIZERS, Fan)]
    tables += [
        (LOSSES, SquaredHinge),
        (LOSSES, MeanOfOutputs),
        (OPTIMIZERS, Straight),
        (SCHEDULES, Root),
        (DECAYS, Root),
    ]
    for table, component in tables:
        monkeypatch.setitem(table, component.model_fields["kind"].default, component)


def experiment_with(name: str) -> Experiment:
    plain: dict[str, dict[str, Any]] = {
        "data": {"dataset": "moons", "samples": 50},
        "network": {"hidden_layer_sizes": (5, 3)},
        "training": {"learning_rate": 0.05, "l2": 0.1},
    }
    sections, _ = NEW[name]
    return Experiment.of(
        **{section: {**usual, **sections.get(section, {})} for section, usual in plain.items()}, seed=4
    )


def run_with(name: str) -> Run:
    return advance(start(experiment_with(name)), EPOCHS)

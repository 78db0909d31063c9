"""An experiment: all settings of data, network and training and the seed, as one frozen value.

Two equal experiments give the same run to the last bit, so an experiment is also what a file or a link holds:
``model_dump_json`` and ``Experiment.model_validate_json`` for files, ``dnn.experiment.links`` for links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from dnn.activations import Tanh
from dnn.components import Array, Document, Spec, Task
from dnn.data import Data
from dnn.data.data import Standardize
from dnn.data.sampling import Places, flip_labels, sample_unbalanced, select_unbalanced
from dnn.datasets.custom_data import CustomData
from dnn.errors import InvalidSetting, Problem, shown
from dnn.experiment.fields import (
    AnyDataset,
    BatchSize,
    Formula,
    HiddenActivation,
    Rate,
    Width,
    of_one,
    one_a_layer,
)
from dnn.initializers import AnyBiasInitializer, AnyInitializer, GlorotUniform, Zeros
from dnn.losses import LOSSES, AnyLoss, BinaryCrossEntropy, Loss, MeanSquaredError, SoftmaxCrossEntropy
from dnn.messages import Message
from dnn.network import Network
from dnn.optimizers import SGD, AnyOptimizer
from dnn.random_streams import DATA, SPLIT, VALIDATION
from dnn.schedules import AnySchedule, ConstantRate

DEFAULT_LOSSES: dict[Task, Loss] = {
    "binary": BinaryCrossEntropy(),
    "multiclass": SoftmaxCrossEntropy(),
    "regression": MeanSquaredError(),
}


class DataSpec(Spec):
    """Settings of the data: the data set, its size, the share of test examples, features and weights."""

    dataset: AnyDataset = Field(default="moons", validate_default=True, description="Where the examples come from")
    samples: int = Field(500, ge=10, le=20_000, description="Number of examples, training and test together")
    class_balance: float = Field(
        1.0, ge=0.02, le=1.0, description="Size of the last class beside each other one; 1: as the data have it"
    )
    label_noise: float = Field(0.0, ge=0.0, le=0.5, description="Share of the examples that get a wrong class")
    features: Annotated[tuple[Formula, ...], Field(max_length=12)] = Field(
        (), description="Formulas of x1, x2, … that the network sees; none: the inputs themselves"
    )
    standardize: Standardize = Field(
        "none",
        description="Whether what the network sees is moved and scaled to mean 0 and standard deviation 1 over the "
        "training examples: each input or feature by itself, or, a mistake, all with one mean and deviation",
    )
    standardize_target: bool = Field(
        False,
        description="Whether the network learns targets that are numbers moved and scaled to mean 0 and standard "
        "deviation 1; answers and costs stay in the data's units",
    )
    test_share: float = Field(0.3, ge=0.0, le=0.9, description="Share of the examples kept back for testing")
    validation_share: float = Field(
        0.0, ge=0.0, le=0.9, description="Share of the training examples held out for validation"
    )
    weights: Literal["equal", "balanced"] = Field(
        "equal", description="How much an example counts: all alike, or so that all classes count alike"
    )

    @model_validator(mode="before")
    @classmethod
    def _standardized_by_default(cls, values: Any) -> Any:
        """Standardise numeric targets of custom data by default in programs; links and files state it explicitly."""
        if isinstance(values, Mapping) and "standardize_target" not in values:
            dataset = values.get("dataset")
            numbers = isinstance(dataset, CustomData) and dataset.task == "regression" and len(dataset.rows) > 0
            return {**values, "standardize_target": numbers}
        return values

    def sample(self, seed: int) -> tuple[Array, Array, Places | None]:
        """Return X (m, inputs) and y (m,) before the split, with the requested class balance and label noise.

        The third value holds the row numbers (m,) in the data set's sample; None means all rows.
        """
        classes = len(self.dataset.names.classes)
        if self.class_balance == 1.0 or not classes:
            X, y = self.dataset.sample(self.samples, seed)
            rows = None
        elif self.dataset.is_table:
            X, y = self.dataset.sample(self.samples, seed)
            rows = select_unbalanced(y, self.class_balance, classes)
        else:
            X, y = self.dataset.sample(4 * self.samples, seed)  # enough rows of every class
            rows = sample_unbalanced(y, self.class_balance, classes, self.samples)
        X, y = (X, y) if rows is None else (X[rows], y[rows])
        if self.label_noise and classes:
            y = flip_labels(y, self.label_noise, classes, np.random.default_rng([seed, DATA, 2]))
        return X, y, rows


class NetworkSpec(Spec):
    """Settings of the hidden layers: their sizes, activations and initialisers."""

    hidden_layer_sizes: tuple[Width, ...] = Field((4, 2), max_length=32, description="Units in each hidden layer")
    activation: HiddenActivation = Field(Tanh(), description="What every hidden unit does to its weighted sum")
    initializer: AnyInitializer = Field(GlorotUniform(), description="How the starting weights are drawn")
    bias_initializer: AnyBiasInitializer = Field(Zeros(), description="How the starting biases are drawn")

    @model_validator(mode="after")
    def _one_activation_a_layer(self) -> Self:
        if isinstance(self.activation, tuple):
            count, layers = len(self.activation), len(self.hidden_layer_sizes)
            one_a_layer("activation", Message("a list of {count} activations", count=count), count, layers)
        return self


class TrainingSpec(Spec):
    """Settings of training. All but the loss and the precision may change during a run."""

    loss: AnyLoss | None = Field(None, description="What is made small; none: chosen by the data")
    optimizer: AnyOptimizer = Field(SGD(), description="How a gradient becomes a step")
    learning_rate: float = Field(0.03, ge=1e-6, le=100.0, description="Size of the step against the gradient")
    schedule: AnySchedule = Field(ConstantRate(), description="How the learning rate changes from epoch to epoch")
    batch_size: BatchSize = Field(10, description="Examples in each update; none or full: all of them at once")
    l1: float = Field(0.0, ge=0.0, le=100.0, description="λ of the penalty λ/m Σ|W|, which makes weights zero")
    l2: float = Field(0.0, ge=0.0, le=100.0, description="λ of the penalty λ/(2m) ΣW², which keeps weights small")
    dropout: Annotated[Rate | tuple[Rate, ...], BeforeValidator(of_one)] = Field(
        0.0, description="Share of the units left out in each update: one for all hidden layers, or one for each"
    )
    clip_norm: Annotated[float, Field(ge=1e-6, le=1e6)] | None = Field(
        None, description="Longest gradient that is used as it is, a longer one is shortened to it; none: no limit"
    )
    patience: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Epochs without improvement after which training stops; none: it never does"
    )
    min_improvement: float = Field(
        1e-4, ge=0.0, le=1e6, description="How much smaller the cost must become to be an improvement"
    )
    dtype: Literal["float64", "float32"] = Field("float64", description="Precision of the numbers")

    def dropout_of(self, hidden_layers: int) -> tuple[float, ...]:
        """Return the dropout rate of each of ``layers`` hidden layers."""
        return self.dropout if isinstance(self.dropout, tuple) else (self.dropout,) * hidden_layers


class Experiment(Document):
    """Everything that determines a run. ``draw`` numbers the draws of starting weights under one seed.

    ``version`` is the version of the file format; older versions can be read.
    """

    version: Literal[2] = 2
    data: DataSpec = Field(default_factory=DataSpec)
    network: NetworkSpec = Field(default_factory=NetworkSpec)
    training: TrainingSpec = Field(default_factory=TrainingSpec)
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Start of all random numbers: data, split, weights, order")
    draw: int = Field(0, ge=0, le=2**31 - 1, description="Which draw of the starting weights")

    @model_validator(mode="before")
    @classmethod
    def _from_older_versions(cls, values: Any) -> Any:
        """Accept version 1, which has fewer settings in the same form."""
        if not isinstance(values, Mapping) or "version" not in values:
            return values
        if values["version"] not in (1, 2):
            raise InvalidSetting([Problem("version", shown(values["version"]), Message("it must be 2; 1 is read too"))])
        return {**values, "version": 2}

    @model_validator(mode="after")
    def _one_dropout_a_layer(self) -> Self:
        if isinstance(self.training.dropout, tuple):
            count, layers = len(self.training.dropout), len(self.network.hidden_layer_sizes)
            one_a_layer("dropout", Message("a list of {count} shares", count=count), count, layers)
        return self

    @classmethod
    def of(cls, **sections: object) -> Self:
        """Create an experiment from nested plain values; raises InvalidSetting with a message for each invalid one."""
        return cls.model_validate(sections)

    def make_data(self) -> Data:
        """Generate and split the examples; every call returns equal arrays."""
        dataset = self.data.dataset
        X, y, rows = self.data.sample(self.seed)
        if not len(X):
            nothing = Data.empty(dataset.names, dataset.task)
            return nothing.expanded(self.data.features) if self.data.features else nothing
        data = Data.split(
            X,
            y,
            test_share=self.data.test_share,
            rng=np.random.default_rng([self.seed, SPLIT, 0]),
            task=dataset.task,
            names=dataset.names,
            together=dataset.is_table,
        )
        if share := self.data.validation_share:
            rng = np.random.default_rng([self.seed, VALIDATION, 0])
            data = data.with_validation(share, rng, together=dataset.is_table)
        data = replace(data, order=rows[data.order]) if dataset.editable and rows is not None else data
        data = data.expanded(self.data.features) if self.data.features else data
        data = data.standardized(self.data.standardize)
        data = data.with_standardized_targets() if self.data.standardize_target else data
        return data.balanced() if self.data.weights == "balanced" and data.task != "regression" else data

    def make_network(self, data: Data) -> Network:
        """Return the hidden activations and the loss; without a chosen loss, the default for the task.

        Raises InvalidSetting if the chosen loss does not fit the task.
        """
        loss = self.training.loss or DEFAULT_LOSSES[data.task]
        if data.task not in loss.tasks:
            raise InvalidSetting([loss_problem(loss.kind, data.task)])
        return Network(self.network.activation, loss)

    def continues(self, other: Experiment, *, other_data: bool = False) -> bool:
        """Whether a run of ``other`` can continue with this experiment: same data, network, loss, precision and seeds.

        With ``other_data`` the data may differ, if the caller replaces them.
        """
        return self._start() == other._start() and (other_data or self.data == other.data)

    def _start(self) -> tuple[object, ...]:
        return self.network, self.training.loss, self.training.dtype, self.seed, self.draw


def loss_problem(given: str, task: Task) -> Problem:
    """Return the problem of a loss that does not fit the ``task``."""
    fitting = [name for name, loss in LOSSES.items() if task in loss.tasks]
    allowed = Message("this data ({task}) needs {losses}", task=task, losses=" or ".join(fitting))
    return Problem("loss", shown(given), allowed)

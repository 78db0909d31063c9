"""An experiment is everything a person can choose, as one frozen value: data, network, training and seed.

Two equal experiments give the same run to the last bit, so an experiment is also what a file or a link holds:
``model_dump_json`` and ``Experiment.model_validate_json`` for files, ``dnn.links`` for links.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field, SerializeAsAny, ValidationError

from dnn.activations import AnyActivation, Tanh
from dnn.data import Data, Task
from dnn.errors import InvalidSetting
from dnn.initializers import AnyInitializer, GlorotUniform
from dnn.kinds import Array, Kind, Spec, pick, problems_of
from dnn.losses import LOSSES, AnyLoss
from dnn.network import Network
from dnn.optimizers import SGD, AnyOptimizer

# Streams of random numbers: default_rng([seed, stream, number]) is the same whatever else was drawn before it.
DATA, SPLIT, WEIGHTS, SHUFFLE = 0, 1, 2, 3

LOSS_OF_TASK: dict[Task, str] = {
    "binary": "binary_cross_entropy",
    "multiclass": "softmax_cross_entropy",
    "regression": "mean_squared_error",
}


class Dataset(Kind):
    """A generator of examples. The kinds are in ``dnn.datasets``, which enters its table ``DATASETS`` here."""

    known: ClassVar[dict[str, type[Dataset]]] = {}
    task: ClassVar[Task] = "binary"

    @abstractmethod
    def sample(self, samples: int, seed: int = 0) -> tuple[Array, Array]:
        """X (samples, inputs), and y (samples,): class numbers, or real targets for regression."""


AnyDataset = Annotated[SerializeAsAny[Dataset], BeforeValidator(lambda given: pick(Dataset.known, "data set", given))]
Width = Annotated[int, Field(ge=1, le=1024)]
BatchSize = Annotated[
    Annotated[int, Field(ge=1, le=20_000)] | None, BeforeValidator(lambda given: None if given == "full" else given)
]


class DataSpec(Spec):
    """Which data, how much of it, and how much is kept back for testing."""

    dataset: AnyDataset = Field(default="moons", validate_default=True, description="Where the examples come from")
    samples: int = Field(500, ge=10, le=20_000, description="Number of examples, training and test together")
    test_share: float = Field(0.3, ge=0.0, le=0.9, description="Share of the examples kept back for testing")


class NetworkSpec(Spec):
    """The hidden layers: how many units in each, how they bend, and where their weights start."""

    hidden_layer_sizes: tuple[Width, ...] = Field((4, 2), max_length=32, description="Units in each hidden layer")
    activation: AnyActivation = Field(Tanh(), description="What every hidden unit does to its weighted sum")
    initializer: AnyInitializer = Field(GlorotUniform(), description="How the starting weights are drawn")


class TrainingSpec(Spec):
    """How the network learns. All of it may change while a run goes on, but the loss and the precision."""

    loss: AnyLoss | None = Field(None, description="What is made small; none: chosen by the data")
    optimizer: AnyOptimizer = Field(SGD(), description="How a gradient becomes a step")
    learning_rate: float = Field(0.03, ge=1e-6, le=100.0, description="Size of the step against the gradient")
    batch_size: BatchSize = Field(10, description="Examples in each update; none or full: all of them at once")
    l2: float = Field(0.0, ge=0.0, le=100.0, description="λ of the penalty λ/(2m) ΣW², which keeps weights small")
    dtype: Literal["float64", "float32"] = Field("float64", description="Precision of the numbers")


class Experiment(Spec):
    """Everything that decides a run. ``draw`` counts the draws of starting weights under one seed."""

    version: Literal[1] = 1
    data: DataSpec = Field(default_factory=DataSpec)
    network: NetworkSpec = Field(default_factory=NetworkSpec)
    training: TrainingSpec = Field(default_factory=TrainingSpec)
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Start of all random numbers: data, split, weights, order")
    draw: int = Field(0, ge=0, le=2**31 - 1, description="Which draw of the starting weights")

    @classmethod
    def of(cls, **sections: object) -> Self:
        """An experiment from nested plain values; raises InvalidSetting with a sentence for each bad one."""
        try:
            return cls.model_validate(sections)
        except ValidationError as error:
            raise InvalidSetting(problems_of(error, cls)) from None

    def make_data(self) -> Data:
        """The examples, generated and split: the same arrays every time."""
        X, y = self.data.dataset.sample(self.data.samples, self.seed)
        rng = np.random.default_rng([self.seed, SPLIT, 0])
        return Data.split(X, y, test_share=self.data.test_share, rng=rng, task=self.data.dataset.task)

    def make_network(self, data: Data) -> Network:
        """The hidden activations and the loss, which is the data's own where none was chosen."""
        loss = self.training.loss or LOSSES[LOSS_OF_TASK[data.task]](kind=LOSS_OF_TASK[data.task])
        return Network(self.network.activation, loss)

    def continues(self, other: Experiment) -> bool:
        """Whether a run of ``other`` may go on as this one: same data, network, loss, precision and seeds."""
        return self._start() == other._start()

    def _start(self) -> tuple[object, ...]:
        return self.data, self.network, self.training.loss, self.training.dtype, self.seed, self.draw

"""A run is a network on its way: the weights of one epoch, how they came about, and what they predict."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.experiment import Experiment
from dnn.network import Network, forward
from dnn.optimizers import State
from dnn.params import Params
from dnn.training.history import History
from dnn.training.workspace import Workspace

Measure = Literal["examples", "batches"]


@dataclass(frozen=True, eq=False)
class Best:
    """What early stopping would go back to: the epoch of the lowest cost so far, its weights and its history row."""

    cost: float
    epoch: int
    vector: Array
    latest: dict[str, float]

    @classmethod
    def at(cls, epoch: int, latest: dict[str, float], vector: Array, *, tested: bool) -> Best:
        """The state of one epoch. What counts is the test cost, or the train cost where there are no test examples."""
        cost = latest["test_cost"] if tested else latest["train_cost"]
        return cls(np.inf if np.isnan(cost) else cost, epoch, vector.copy(), latest)

    def or_better(self, other: Best, min_improvement: float) -> Best:
        """``other`` if its cost is lower by more than ``min_improvement``, else this."""
        return other if other.cost < self.cost - min_improvement else self


@dataclass(frozen=True, eq=False)
class Run:
    """A network after ``epoch`` epochs of training, and how it got there.

    ``params`` are its weights and biases, ``history`` its costs, ``stopped`` a sentence saying why it cannot go on, or
    empty while it can; ``diverged`` says whether it stopped for numbers that became infinite. After early stopping
    ``params`` and ``latest`` are those of the best epoch.
    """

    experiment: Experiment
    data: Data
    network: Network
    params: Params
    state: State
    history: History
    latest: dict[str, float]  # the history row of this very epoch, by column name
    epoch: int = 0
    stopped: str = ""
    diverged: bool = False
    measure: Measure = "examples"
    best: Best | None = field(default=None, repr=False)
    batch: int = 0  # updates done in the epoch that has begun and is not over
    frozen: Array | None = field(default=None, repr=False)  # 1 for numbers of the vector that training leaves alone
    origin: Array | None = field(default=None, repr=False)  # the starting vector, where it was given and not drawn
    changed: bool = False  # settings or numbers were changed on the way: the experiment alone does not lead here
    _spare: list[Workspace] = field(default_factory=list, repr=False)  # buffers, handed on to the next run

    def __getstate__(self) -> dict[str, Any]:
        """For pickle: everything but the buffers."""
        return self.__dict__ | {"_spare": []}

    def predict_proba(self, X: object) -> Array:
        """P(class) for points ``X`` (m, inputs): (m, 2), or (m, K) for K classes. For regression the outputs (m, K)."""
        with np.errstate(all="ignore"):  # far from the examples large weights may overflow
            seen = self.data.transform(np.asarray(X, self.params.vector.dtype), finite=True)
            output = forward(self.params, seen, self.network).output
        output = self.network.loss.probability(output)
        return np.hstack([1.0 - output, output]) if self.data.task == "binary" else output

    def predict(self, X: object) -> Array:
        """Class number of each example, (m,): the likeliest, 1 if above 0.5. For regression the outputs (m, K)."""
        output = self.predict_proba(X)
        return output if self.data.task == "regression" else output.argmax(axis=1)

    @property
    def begun(self) -> bool:
        """Whether there was an update yet."""
        return self.epoch > 0 or self.batch > 0

    @property
    def tested(self) -> bool:
        """Whether there are test examples."""
        return self.data.n_train < len(self.data.X)

    def fits(self, data: Data) -> bool:
        """Whether the network can go on with ``data``: as many inputs and outputs, and targets of the same kind."""
        sizes = self.params.sizes
        return (data.X.shape[1], data.y.shape[1], data.task) == (sizes[0], sizes[-1], self.data.task)

    def retuned(self, experiment: Experiment, data: Data | None = None) -> Run:
        """This run, to go on under ``experiment``: another learning rate, batch size, penalty or optimiser.

        ``data``, with as many inputs and outputs, replaces the examples. Raises ValueError where data, network, loss,
        precision or seeds differ otherwise: that is another run, to start afresh.
        """
        if not experiment.continues(self.experiment, other_data=data is not None):
            raise ValueError("the experiment has another start (data, network, loss, precision or seed)")
        before, after = self.experiment.training.optimizer, experiment.training.optimizer
        state = self.state if type(before) is type(after) else after.init(self.params.vector)
        latest = self.latest | {"epoch": float(self.epoch)}  # after early stopping that of the weights brought back
        same = data is None and experiment.training.batch_size == self.experiment.training.batch_size
        run = replace(self, experiment=experiment, state=state, latest=latest, stopped="", diverged=False, best=None)
        if data is not None or (run.begun and experiment.training != self.experiment.training):
            run = replace(run, changed=True)
        run = run if same else replace(run, batch=0)  # an epoch that has begun begins again
        if data is None:
            return run
        if not self.fits(data):
            raise ValueError("the data have other inputs, outputs or another task than this run was started with")
        unknown = Best(np.inf, self.epoch, self.params.vector, self.latest)  # what the weights cost on these data
        return replace(run, data=data, best=unknown, _spare=[])

"""A run is a network on its way: the weights of one epoch, how they came about, and what they predict."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.errors import InvalidParams
from dnn.experiment import Experiment
from dnn.network import Network, forward
from dnn.optimizers import State
from dnn.params import Params
from dnn.training.early_stopping import Best
from dnn.training.history import COLUMNS, History, as_dict
from dnn.training.stopping import TOO_LARGE
from dnn.training.workspace import Measure, hyperparameters_of, rows_before_training


@dataclass(frozen=True, eq=False)
class Run:
    """A network after ``epoch`` epochs of training, and how it got there.

    ``params`` are its weights and biases, ``history`` its costs, ``stopped`` a message saying why it cannot go on, or
    empty while it can; ``diverged`` says whether it stopped for numbers that became infinite. After early stopping
    ``params`` and ``latest`` are those of the best epoch. ``measure`` is explained at ``start``.
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

    as_html: ClassVar[Callable[[Run], str] | None] = None  # draws it; `dnn` sets it, for pictures are built on runs

    def becoming(self, **changes: Any) -> Run:
        """Return this run with other values of some fields: ``dataclasses.replace``, in a tenth of the time."""
        later = object.__new__(Run)
        later.__dict__.update(self.__dict__, **changes)
        return later

    def predict_proba(self, X: object) -> Array:
        """P(class) for points ``X`` (m, inputs): (m, 2), or (m, K) for K classes. For regression the answers (m, K)."""
        with np.errstate(all="ignore"):  # far from the examples large weights may overflow
            seen = self.data.transform(np.asarray(X, np.float64), finite=True)
            output = forward(self.params, seen.astype(self.params.vector.dtype), self.network).output
        output = self.data.in_units(self.network.loss.probability(output))
        return np.hstack([1.0 - output, output]) if self.data.task == "binary" else output

    def predict(self, X: object) -> Array:
        """Class number of each example, (m,): the likeliest, 1 if above 0.5. For regression the answers (m, K).

        Answers are in the units of the targets, also where those are standardised for the network.
        """
        output = self.predict_proba(X)
        return output if self.data.task == "regression" else output.argmax(axis=1)

    @property
    def has_started(self) -> bool:
        """Whether there was an update yet."""
        return self.epoch > 0 or self.batch > 0

    @property
    def has_test_data(self) -> bool:
        """Whether there are test examples."""
        return self.data.first_test < len(self.data.X)

    @property
    def has_validation_data(self) -> bool:
        """Whether some training examples are held out for validation."""
        return self.data.n_validation > 0

    @property
    def batch_size(self) -> int:
        """Examples in each of its updates but an epoch's last."""
        return min(self.experiment.training.batch_size or self.data.n_train, self.data.n_train)

    @property
    def updates_per_epoch(self) -> int:
        """Updates in each of its epochs."""
        return -(-self.data.n_train // max(1, self.batch_size))

    def fits(self, data: Data) -> bool:
        """Whether the network can go on with ``data``: as many inputs and outputs, and targets of the same kind."""
        sizes = self.params.sizes
        return (data.X.shape[1], data.y.shape[1], data.task) == (sizes[0], sizes[-1], self.data.task)

    def with_settings(self, experiment: Experiment, data: Data | None = None) -> Run:
        """Return this run under ``experiment``, to continue with another learning rate, batch size or optimiser.

        ``data``, with as many inputs and outputs, replaces the examples; their cost is not measured. Raises ValueError
        where data, network, loss, precision or seeds differ otherwise: that is another run, which must start from epoch
        0.
        """
        if not experiment.continues(self.experiment, other_data=data is not None):
            raise ValueError("the experiment has another start (data, network, loss, precision or seed)")
        before, after = self.experiment.training.optimizer, experiment.training.optimizer
        state = self.state if type(before) is type(after) else after.init(self.params.vector)
        latest = self.latest | {"epoch": float(self.epoch)}  # after early stopping that of the weights brought back
        same = data is None and experiment.training.batch_size == self.experiment.training.batch_size
        run = replace(self, experiment=experiment, state=state, latest=latest, stopped="", diverged=False, best=None)
        if data is not None or (run.has_started and experiment.training != self.experiment.training):
            run = replace(run, changed=True)
        run = run if same else replace(run, batch=0)  # an epoch that has begun begins again
        if data is None:
            return run
        if not self.fits(data):
            raise ValueError("the data have other inputs, outputs or another task than this run was started with")
        unknown = Best(np.inf, self.epoch, self.params.vector, self.latest)  # what the weights cost on these data
        return replace(run, data=data, best=unknown)

    def with_data(self, experiment: Experiment, data: Data) -> Run:
        """Return this run with its weights and other examples: ``data`` are those of ``experiment``.

        Raises ValueError where they do not fit its network (:meth:`fits`), or more than the data differs.
        """
        if not self.data.n_train and not self.epoch:  # it has not begun
            fresh = new_run(
                experiment,
                data,
                self.params,
                origin=self.params.vector,
                history_limit=self.history.limit,
                measure=self.measure,
            )
            return first_measured([fresh])[0]
        later = self.with_settings(experiment, data)
        if not data.n_train:
            return replace(later, latest=dict.fromkeys(self.latest, np.nan) | {"epoch": float(self.epoch)})
        return later.measured()

    def with_params(self, vector: Array, frozen: Array | None = None) -> Run:
        """Return this run with other parameters (P,); ``frozen`` (P,) is 1 for those that training does not change.

        Raises InvalidParams for numbers that are not finite or not as many as the network has.
        """
        vector = np.array(vector, self.params.vector.dtype)
        if vector.shape != self.params.vector.shape or not np.isfinite(vector).all():
            raise InvalidParams(f"the network has {self.params.vector.size} parameters, and all of them must be finite")
        fixed = None if frozen is None or not np.any(frozen) else np.array(frozen, np.float64)
        later = replace(
            self, params=Params(self.params.sizes, vector), frozen=fixed, best=None, stopped="", diverged=False
        )
        if self.has_started:
            return replace(later, changed=True).measured()
        # the run begins here, and not with what was drawn
        history = History(self.history.layers, self.history.limit)
        return replace(later, origin=vector, history=history).measured(keep=True)

    def measured(self, *, keep: bool = False) -> Run:
        """Return this run with ``latest`` measured again; ``keep`` adds it to the history."""
        rates = hyperparameters_of([self]).rates(self.epoch)
        with np.errstate(all="ignore"):
            row = rows_before_training([self], self.epoch, rates, norms=keep)
        later = replace(self, latest=as_dict(row[0], has_validation=self.has_validation_data))
        return replace(later, history=self.history.extended(row)) if keep else later

    def _repr_html_(self) -> str | None:
        """The run as a notebook shows it; None, for text, where nothing draws it."""
        draw = type(self).as_html
        return None if draw is None else draw(self)

    # names of the last version

    def retuned(self, experiment: Experiment, data: Data | None = None) -> Run:
        """The old name of :meth:`with_settings`."""
        _renamed("Run.retuned", "Run.with_settings")
        return self.with_settings(experiment, data)

    @property
    def begun(self) -> bool:
        """The old name of ``has_started``."""
        _renamed("Run.begun", "Run.has_started")
        return self.has_started

    @property
    def tested(self) -> bool:
        """The old name of ``has_test_data``."""
        _renamed("Run.tested", "Run.has_test_data")
        return self.has_test_data


def new_run(
    experiment: Experiment,
    data: Data,
    params: Params,
    *,
    origin: Array | None = None,
    history_limit: int | None = None,
    measure: Measure = "examples",
) -> Run:
    """A run with these starting weights, not measured yet."""
    state = experiment.training.optimizer.init(params.vector)
    history = History(len(params), history_limit, has_validation=data.n_validation > 0)
    network = experiment.make_network(data)
    return Run(experiment, data, network, params, state, history, {}, measure=measure, origin=origin)


def first_measured(runs: Sequence[Run]) -> list[Run]:
    """Runs of one shape with the first row of their histories; stopped where their starting weights are too large."""
    if not runs[0].data.n_train:  # nothing to learn from yet
        rows = np.full((len(runs), len(COLUMNS) + len(runs[0].params)), np.nan)
        rows[:, 0] = 0.0
        fine = np.ones(len(runs), bool)
    else:
        with np.errstate(all="ignore"):
            rows = rows_before_training(runs, 0, hyperparameters_of(runs).rates(0), norms=True)
        costs = rows[:, COLUMNS.index("train_cost")]
        finite = np.isfinite(np.stack([run.params.vector for run in runs])).all(axis=1)
        fine = finite & (np.isfinite(costs) | (runs[0].measure == "batches"))
    histories = History.extended_group([run.history for run in runs], list(rows[:, None]))
    return [
        run.becoming(
            history=history,
            latest=as_dict(row, has_validation=runs[0].has_validation_data),
            stopped="" if fine_one else TOO_LARGE,
            diverged=not fine_one,
        )
        for run, history, row, fine_one in zip(runs, histories, rows, fine, strict=True)
    ]


def _renamed(old: str, new: str) -> None:
    warnings.warn(f"{old} is now {new}; the old name goes with the next version", DeprecationWarning, stacklevel=3)

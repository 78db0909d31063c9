"""The arrays that training needs beside a run, kept by callers that advance it often: the player, ``train``, a sweep.

A :class:`Run` is a value and holds none of them. ``advance(run, epochs, workspace=workspace)`` takes them from a
workspace, and creates them first where those of the last call do not fit. A workspace is for one thread at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import Literal, Protocol

import numpy as np

from dnn.components import Array
from dnn.data import Data
from dnn.experiment import Experiment
from dnn.network import Network
from dnn.params import Params
from dnn.training.evaluation import Evaluation
from dnn.training.history import COLUMNS, VALIDATION_COLUMNS
from dnn.training.hyperparameters import Hyperparameters
from dnn.training.record import Record
from dnn.training.trainer import Trainer

Measure = Literal["examples", "batches"]
TRAIN_COST = COLUMNS.index("train_cost")


class Trainable(Protocol):
    """A run, as far as its arrays depend on it."""

    @property
    def experiment(self) -> Experiment: ...
    @property
    def data(self) -> Data: ...
    @property
    def network(self) -> Network: ...
    @property
    def params(self) -> Params: ...
    @property
    def measure(self) -> Measure: ...
    @property
    def frozen(self) -> Array | None: ...
    @property
    def batch_size(self) -> int: ...


class Buffers:
    """Arrays to train and evaluate ``runs`` of one shape in lockstep; a single run goes without the runs axis."""

    def __init__(self, runs: Sequence[Trainable]) -> None:
        first = runs[0]
        self.params, self.network = first.params, first.network
        self.data, self.frozen = [run.data for run in runs], [run.frozen for run in runs]
        self.key = self._key(runs)
        vector = _vectors(runs)
        frozen = None
        if first.frozen is not None:
            frozen = np.stack([each for each in self.frozen if each is not None]).reshape(vector.shape)
        self.trainer = Trainer(
            Params(first.params.sizes, vector),
            first.network,
            self.data,
            first.batch_size,
            [run.experiment.seed for run in runs],
            _dropped(runs),
            batch_costs=first.measure == "batches",
            frozen=frozen,
        )
        self.evaluation = evaluation_of(runs)
        self._hyperparameters: Hyperparameters | None = None
        self.record = Record(self.trainer.params, self.trainer.batches.m if self.trainer.evaluates else 0)

    def fit(self, runs: Sequence[Trainable]) -> bool:
        """Whether they can train ``runs``: those they were made for, or runs of the same data and shape."""
        return (
            len(runs) == len(self.data)
            and all(run.data is data for run, data in zip(runs, self.data, strict=True))
            and all(run.frozen is frozen for run, frozen in zip(runs, self.frozen, strict=True))
            and runs[0].network == self.network
            and self._key(runs) == self.key
        )

    def load(self, runs: Sequence[Trainable]) -> None:
        """Go on with the parameters of ``runs``."""
        vectors = _vectors(runs)
        if not np.array_equal(vectors, self.trainer.params.vector):  # else its last pass may still be of use
            self.trainer.load(vectors)

    def hyperparameters_of(self, runs: Sequence[Trainable]) -> Hyperparameters:
        """The settings of ``runs``, made anew where they have changed."""
        trainings = [run.experiment.training for run in runs]
        hyperparameters = self._hyperparameters
        if hyperparameters is None or not all(map(is_, trainings, hyperparameters.trainings)):
            hyperparameters = self._hyperparameters = hyperparameters_of(runs)
        return hyperparameters

    def rows(self, numbers: Array, rates: Array, vectors: Array, measured: Array) -> Array:
        """History rows (K, R, columns) of the epochs ``numbers`` (K,), whose parameters (K, R, P) are in the record.

        Costs are NaN but for those ``measured`` (K,). ``rates`` (K, R) are the learning rates of the next epochs.
        """
        trainer, record, epochs = self.trainer, self.record, len(numbers)
        rows = np.full((epochs, len(self.data), _width(self.evaluation, self.params)), np.nan)
        rows[:, :, 0] = numbers[:, None]
        rows[:, :, len(COLUMNS) - 1] = rates
        norms = Params(self.params.sizes, record.gradients[:epochs]).layer_norms()
        rows[:, :, _norms(self.params)] = norms.reshape(epochs, len(self.data), -1)
        columns = slice(None) if measured.all() else measured
        train = not trainer.evaluates and not trainer.batch_costs
        any_measured = bool(measured.any())
        if any_measured and (train or self.evaluation.has_other_data):
            found = np.moveaxis(self.evaluation.columns(vectors[columns], train=train), 0, -1)
            rows[columns, :, 1:5] = found[..., :4]
            if self.evaluation.has_validation:
                rows[columns, :, -len(VALIDATION_COLUMNS) :] = found[..., 4:]
        if any_measured and trainer.evaluates:
            logits = record.logits[:epochs][columns]
            cost, accuracy = self.evaluation.of_logits(logits)
            shape = len(logits), len(self.data)
            rows[columns, :, 1], rows[columns, :, 3] = cost.reshape(shape), accuracy.reshape(shape)
        if trainer.batch_costs:
            rows[:, :, TRAIN_COST] = record.batch_costs[:epochs] * self.evaluation.cost_scale
        return rows

    def _key(self, runs: Sequence[Trainable]) -> tuple[object, ...]:
        first = runs[0]
        sizes = first.params.sizes, first.params.vector.dtype, first.batch_size, first.measure
        return sizes, _dropped(runs), tuple(run.experiment.seed for run in runs)


class Workspace:
    """Empty at first; fills with the arrays of the runs that are advanced with it."""

    def __init__(self) -> None:
        self._buffers: dict[int, Buffers] = {}

    def buffers_of(self, runs: Sequence[Trainable], place: int = 0) -> Buffers:
        """Arrays with ``runs`` loaded: those of the last call for this ``place``, if they fit."""
        buffers = self._buffers.get(place)
        if buffers is None or not buffers.fit(runs):
            buffers = self._buffers[place] = Buffers(runs)
        else:
            buffers.load(runs)
        return buffers

    def keep(self, places: int) -> None:
        """Release the arrays of all but the first ``places`` places."""
        for place in [place for place in self._buffers if place >= places]:
            del self._buffers[place]


def rows_before_training(runs: Sequence[Trainable], epoch: int, rates: Array, *, norms: bool) -> Array:
    """The history row of each run (R, columns) at its parameters; with the gradient's ``norms`` over all examples."""
    first = runs[0]
    params, train = Params(first.params.sizes, _vectors(runs)), first.measure == "examples"
    full_batch = first.batch_size == first.data.n_train and not _dropped(runs)
    evaluation = evaluation_of(runs)
    return measured_rows(evaluation, params, epoch, rates, train=train, norms=norms, full_batch=full_batch)


def measured_rows(
    evaluation: Evaluation,
    params: Params,
    epoch: int,
    rates: Array,
    *,
    train: bool = True,
    norms: bool = False,
    full_batch: bool = False,
) -> Array:
    """The history row of each of R networks (R, columns); NaN for what ``train`` and ``norms`` leave out.

    Costs are summed in the order of the later rows: those of a ``full_batch`` come from a pass of its own.
    """
    rows = np.full((len(rates), _width(evaluation, params)), np.nan)
    rows[:, 0], rows[:, len(COLUMNS) - 1] = epoch, rates
    vectors = params.vector.reshape(len(rates), -1)
    alone = len(rates) == 1 and not full_batch  # then exported scripts sum over training and test examples at once
    columns = evaluation.columns(vectors[None], train=train and (alone or not norms))[:, 0].T
    rows[:, 1:5] = columns[:, :4]
    if evaluation.has_validation:
        rows[:, -len(VALIDATION_COLUMNS) :] = columns[:, 4:]
    if norms:
        found = evaluation.of_full_batch(vectors)
        rows[:, _norms(params)] = found[:, 2:]
        if train and not alone:
            rows[:, 1], rows[:, 3] = found[:, 0], found[:, 1]
    return rows


def _norms(params: Params) -> slice:
    """The columns of the gradient's norms, one for each layer."""
    return slice(len(COLUMNS), len(COLUMNS) + len(params))


def _width(evaluation: Evaluation, params: Params) -> int:
    """The columns of a history row."""
    return len(COLUMNS) + len(params) + len(VALIDATION_COLUMNS) * evaluation.has_validation


def evaluation_of(runs: Sequence[Trainable]) -> Evaluation:
    """What evaluates runs of one shape on their data."""
    params = runs[0].params
    return Evaluation(params.sizes, params.vector.dtype, runs[0].network, [run.data for run in runs])


def _vectors(runs: Sequence[Trainable]) -> Array:
    return runs[0].params.vector if len(runs) == 1 else np.stack([run.params.vector for run in runs])


def hyperparameters_of(runs: Sequence[Trainable]) -> Hyperparameters:
    """The training settings of runs of one shape, as numbers or columns."""
    params = runs[0].params
    return Hyperparameters([run.experiment.training for run in runs], len(params) - 1, params.vector.dtype)


def _dropped(runs: Sequence[Trainable]) -> frozenset[int]:
    """The hidden layers in which any of ``runs`` has dropout."""
    hidden = range(len(runs[0].params) - 1)
    shares = {run.experiment.training.dropout for run in runs}
    if not any(np.any(share) for share in shares):
        return frozenset()
    each = [run.experiment.training.dropout_of(len(hidden)) for run in runs]
    return frozenset(layer for layer in hidden if any(of_run[layer] for of_run in each))

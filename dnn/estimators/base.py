"""The base class of classifier and regressor: arguments and training as in scikit-learn."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from dnn.components import Array, Task
from dnn.data import Data
from dnn.errors import InvalidParams
from dnn.estimators.checks import arrays_of, check_goes_on, check_parameters, held_back, is_whole
from dnn.estimators.fitted import FittedAttributes
from dnn.experiment import Experiment
from dnn.params import Params
from dnn.training import Run, Workspace, advance, start

AUTO_BATCH = 200  # examples in a batch for batch_size="auto", as in scikit-learn; with fewer in all, all of them


class DNN(FittedAttributes, BaseEstimator):
    """A network behind scikit-learn's interface.

    Parameters
    ----------
    hidden_layer_sizes : units of each hidden layer; () for none.
    activation : name or value out of ``dnn.ACTIVATIONS``, or a list with one for each hidden layer.
    optimizer, schedule, initializer, bias_initializer : name or value out of their tables in ``dnn``.
    loss : name or value out of ``dnn.LOSSES``; None: cross-entropy for classes, mean squared error for numbers.
    learning_rate : size of the steps, before the schedule.
    batch_size : examples in each update, 20 000 at most unless they are all; "auto": 200, or all where there are fewer;
        None or "full": all.
    epochs : passes over the training examples, at most.
    l1, l2 : strengths λ of the penalties λ/m Σ|W| and λ/(2m) ΣW², m the examples in the batch.
    dropout : share of units left out, one for all hidden layers or one for each.
    clip_norm : longest gradient that is used as it is; None: no limit.
    early_stopping : hold back ``validation_fraction`` of the examples (the same of every class, where each has two),
        stop after ``patience`` epochs in which their cost has not fallen by ``min_improvement``, and go back to the
        best weights.
    warm_start : whether ``fit`` goes on from the last weights.
    dtype : "float64" or "float32", the precision of the computation.
    random_state : seed, RandomState or None.
    verbose : whether ``fit`` shows a progress bar; 0 is no, any other whole number yes.

    Attributes
    ----------
    coefs_, intercepts_ : W (n_in, n_out) and b (n_out,) of each layer.
    loss_curve_ : one number for each epoch, the mean of its batch costs, each with penalties and before its update.
    validation_loss_curve_ : the cost of the examples held back after each epoch, with ``early_stopping`` only; the
        classifier has their accuracy too, ``validation_scores_``, as scikit-learn's ``MLPClassifier`` has.
    loss_ : the last of ``loss_curve_``.
    n_iter_ : epochs trained.
    n_features_in_, feature_names_in_ : the inputs seen by ``fit``.
    """

    def __init__(
        self,
        hidden_layer_sizes: int | Sequence[int] = (8, 8),
        activation: Any = "tanh",
        optimizer: Any = "sgd",
        learning_rate: float = 0.03,
        batch_size: int | str | None = "auto",
        epochs: int = 200,
        l1: float = 0.0,
        l2: float = 0.0,
        dropout: float | Sequence[float] = 0.0,
        initializer: Any = "glorot_uniform",
        random_state: Any = None,
        *,
        bias_initializer: Any = "zeros",
        schedule: Any = "constant",
        loss: Any = None,
        clip_norm: float | None = None,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        patience: int = 10,
        min_improvement: float = 1e-4,
        warm_start: bool = False,
        dtype: str = "float64",
        verbose: bool = False,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.l1 = l1
        self.l2 = l2
        self.dropout = dropout
        self.initializer = initializer
        self.random_state = random_state
        self.bias_initializer = bias_initializer
        self.schedule = schedule
        self.loss = loss
        self.clip_norm = clip_norm
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.patience = patience
        self.min_improvement = min_improvement
        self.warm_start = warm_start
        self.dtype = dtype
        self.verbose = verbose

    def fit(
        self,
        X: Any,
        y: Any,
        sample_weight: Any = None,
        coefs_init: Sequence[Any] | None = None,
        intercepts_init: Sequence[Any] | None = None,
    ) -> Self:
        """Train on ``X`` (m, n) and ``y`` with optional ``sample_weight`` (m,).

        ``coefs_init`` and ``intercepts_init`` replace the starting weights, W (n_in, n_out) and b (n_out,) of each
        layer; either may be omitted, and with either of them ``warm_start`` has no effect. Raises ValueError
        (InvalidSetting, InvalidParams) for invalid arguments. Warns with ConvergenceWarning if training diverged; the
        last finite weights are kept.
        """
        check_parameters(self.get_params(deep=False))
        has_init = coefs_init is not None or intercepts_init is not None
        going_on = self.warm_start and not has_init and hasattr(self, "_run")
        X, targets, task = self._read(X, y, first=not going_on)
        data = self._split(X, targets, task, sample_weight)
        if going_on:
            run = self._continued_run(data)
        else:
            experiment = self._experiment(data, check_random_state(self.random_state).randint(2**31 - 1))
            run = start(experiment, data=data, measure="batches")
            if has_init:
                initial = list(zip(*run.params, strict=True))
                coefs = arrays_of(initial[0] if coefs_init is None else coefs_init, "coefs_init")
                intercepts = arrays_of(initial[1] if intercepts_init is None else intercepts_init, "intercepts_init")
                if {len(coefs), len(intercepts)} != {len(run.params)}:
                    counts = f"coefs_init has {len(coefs)} arrays and intercepts_init {len(intercepts)}"
                    raise InvalidParams(f"{counts}; this network has {len(run.params)} layers")
                layers = list(zip(coefs, intercepts, strict=True))
                run = start(experiment, data=data, params=layers, measure="batches")
        return self._train(run, int(self.epochs))

    def _partial_fit(self, X: Any, y: Any, sample_weight: Any, classes: Any = None) -> Self:
        check_parameters(self.get_params(deep=False))
        if self.early_stopping:
            raise ValueError("partial_fit holds no examples back; set early_stopping=False to use it")
        first = not hasattr(self, "_run")
        X, targets, task = self._read(X, y, first=first, classes=classes)
        data = Data(X, targets, len(X), task, _weights(sample_weight, X))
        if first:
            seed = check_random_state(self.random_state).randint(2**31 - 1)
            run = start(self._experiment(data, seed), data=data, measure="batches")
        else:
            run = self._continued_run(data)
        return self._train(run, 1)

    def _continued_run(self, data: Data) -> Run:
        """Return the last run, to continue with ``data`` and the current parameters."""
        experiment = self._experiment(data, self._run.experiment.seed)
        check_goes_on(self._run.experiment, experiment)
        return self._run.with_settings(experiment, data)

    def _read(self, X: Any, y: Any, *, first: bool, classes: Any = None) -> tuple[Array, Array, Task]:
        """Return checked inputs (m, n), targets (m, K) and the task; ``first``: store the inputs' names and the
        classes.
        """
        raise NotImplementedError

    def _split(self, X: Array, targets: Array, task: Task, sample_weight: Any) -> Data:
        weights = _weights(sample_weight, X)
        if not self.early_stopping:
            return Data(X, targets, len(X), task, weights)
        seed = check_random_state(self.random_state).randint(2**31 - 1)
        order, n_train = held_back(self.validation_fraction, targets, classes=task != "regression", seed=seed)
        weights = None if weights is None else weights[order]
        return Data(X[order], targets[order], n_train, task, weights, n_validation=len(X) - n_train)

    def _experiment(self, data: Data, seed: int) -> Experiment:
        """Return the parameters as an experiment; raises InvalidSetting."""
        network = {
            "hidden_layer_sizes": np.atleast_1d(np.array(self.hidden_layer_sizes, object)).tolist(),
            "activation": self.activation,
            "initializer": self.initializer,
            "bias_initializer": self.bias_initializer,
        }
        names = ("optimizer", "learning_rate", "schedule", "loss", "l1", "l2", "dropout", "clip_norm", "dtype")
        training = {name: getattr(self, name) for name in names} | {
            "batch_size": self._batch_size(data.n_train),
            "patience": self.patience if self.early_stopping else None,
            "min_improvement": self.min_improvement,
        }
        return Experiment.of(network=_native(network), training=_native(training), seed=int(seed))

    def _batch_size(self, examples: int) -> Any:
        if self.batch_size == "auto":
            return min(AUTO_BATCH, examples)
        return None if is_whole(self.batch_size, examples) else self.batch_size

    def _train(self, run: Run, epochs: int) -> Self:
        last, workspace = run.epoch + epochs, Workspace()
        with self._bar(epochs) as bar:
            while run.epoch < last and not run.stopped:
                before = run.epoch
                run = advance(run, last - before if bar is None else 1, workspace=workspace)
                if bar is not None:
                    bar.update(run.epoch - before)
                    bar.set_postfix(loss=f"{run.latest['train_cost']:.4g}")
        if run.diverged:
            warnings.warn(run.stopped, ConvergenceWarning, stacklevel=3)
        if run.best is not None:  # also if the epochs ended before the patience
            reset = run.experiment.training.optimizer.init(run.best.vector)
            run = replace(run, params=Params(run.params.sizes, run.best.vector), state=reset, latest=run.best.latest)
        # An estimator does not keep its examples; an empty slice would still keep all of them in memory.
        nothing = Data(run.data.X[:0].copy(), run.data.y[:0].copy(), 0, run.data.task)
        self._run = replace(run, data=nothing, stopped="", diverged=False, best=None)
        return self

    def _bar(self, epochs: int) -> Any:
        if not self.verbose:
            return nullcontext()
        from tqdm import tqdm  # start-up time: only a progress bar needs it

        return tqdm(total=epochs, unit="epoch", desc=type(self).__name__)

    def _outputs(self, X: Any) -> Array:
        """Return the outputs for ``X``: probabilities (m, classes), or numbers (m, outputs)."""
        check_is_fitted(self)
        return self._run.predict_proba(validate_data(self, X, dtype=np.float64, reset=False))


def _weights(sample_weight: Any, X: Array) -> Array | None:
    if sample_weight is None:
        return None
    weights: Array = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
    return weights


def _native(parameters: dict[str, Any]) -> dict[str, Any]:
    """Convert NumPy scalars to Python values."""
    return {name: value.item() if isinstance(value, np.generic) else value for name, value in parameters.items()}

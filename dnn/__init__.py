"""A deep neural network in bare NumPy: the library behind the playground.

>>> from dnn import Experiment, advance, start
>>> run = advance(start(Experiment()), epochs=50)
>>> run.history["train_cost"].shape
(51,)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dnn.activations import ACTIVATIONS
from dnn.analysis.gradient_check import gradient_check
from dnn.data import Data
from dnn.datasets import DATASETS
from dnn.errors import CannotExport, DnnError, InvalidData, InvalidFile, InvalidParams, InvalidSetting
from dnn.experiment import Experiment
from dnn.export import EXPORTS, load
from dnn.initializers import INITIALIZERS, init_params
from dnn.losses import LOSSES
from dnn.network import Network, backward, forward
from dnn.optimizers import OPTIMIZERS
from dnn.params import Params
from dnn.schedules import SCHEDULES
from dnn.training import (
    Run,
    Workspace,
    advance,
    advance_batch,
    advance_many,
    advance_updates,
    edited,
    start,
    start_many,
    train,
)

if TYPE_CHECKING:
    from dnn.estimators import DNNClassifier, DNNRegressor
    from dnn.lessons import LESSONS

__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "EXPORTS",
    "INITIALIZERS",
    "LESSONS",
    "LOSSES",
    "OPTIMIZERS",
    "SCHEDULES",
    "CannotExport",
    "DNNClassifier",
    "DNNRegressor",
    "Data",
    "DnnError",
    "Experiment",
    "InvalidData",
    "InvalidFile",
    "InvalidParams",
    "InvalidSetting",
    "Network",
    "Params",
    "Run",
    "Workspace",
    "advance",
    "advance_batch",
    "advance_many",
    "advance_updates",
    "backward",
    "edited",
    "forward",
    "gradient_check",
    "init_params",
    "load",
    "start",
    "start_many",
    "train",
]


_LATER = {
    "DNNClassifier": "dnn.estimators",
    "DNNRegressor": "dnn.estimators",
    "LESSONS": "dnn.lessons",
    "live": "dnn.ui.notebook",
}


def _as_html(run: Run) -> str:
    """Draw a run for a notebook."""
    html: str = import_module("dnn.plots.run_html").run_html(run)  # start-up time: only notebooks need it
    return html


Run.as_html = staticmethod(_as_html)


def __getattr__(name: str) -> Any:
    """Import slow parts on first use: the estimators (scikit-learn), the lessons and the widget of a notebook."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)  # start-up time: most programs do not need them
    raise AttributeError(f"module 'dnn' has no attribute {name!r}")

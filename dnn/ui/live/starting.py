"""How a run on the page starts. Large ones start one after the other: together they would slow everybody."""

from __future__ import annotations

import threading

from dnn.data import Data
from dnn.experiment import Experiment
from dnn.params import Params
from dnn.training import start
from dnn.training.run import Run
from dnn.ui.turns import SCRIPTS

HISTORY_LIMIT = 16_384  # rows: enough for every epoch of a long lesson, and memory stays flat after that
HEAVY = 2e7  # multiplications in one pass over all examples from which on a run takes turns with others of its kind
HEAVY_TURN = threading.Lock()  # held while such a run starts


def started(experiment: Experiment, data: Data | None = None) -> Run:
    """Return a run before its first update, on ``data`` or the experiment's own. A large one waits for its turn."""
    data = experiment.make_data() if data is None else data
    sizes = (data.X.shape[1], *experiment.network.hidden_layer_sizes, data.y.shape[1])
    if multiplications(Params.count(sizes), data) <= HEAVY:
        return start(experiment, data=data, history_limit=HISTORY_LIMIT)
    with SCRIPTS.left(), HEAVY_TURN:
        return start(experiment, data=data, history_limit=HISTORY_LIMIT)


def is_heavy(run: Run) -> bool:
    """Whether the run is so large that its frames take turns with those of other large runs."""
    return multiplications(run.params.vector.size, run.data) > HEAVY


def multiplications(parameters: int, data: Data) -> float:
    """How many multiplications one pass over all examples takes."""
    return float(parameters) * len(data.X)

"""Engines: ways to train the blocks of a sweep. Each takes blocks and yields their outcomes, in any order.

The one with several processes, in ``processes.py``, is imported by whoever uses it, because joblib takes long to load.
"""

from dnn.sweeps.engines.base import Engine, Outcome, Work
from dnn.sweeps.engines.cluster import Cluster
from dnn.sweeps.engines.one_process import one_process

__all__ = ["Cluster", "Engine", "Outcome", "Work", "one_process"]

"""Engines: ways to train the blocks of a sweep. Each takes blocks and yields their outcomes, in any order."""

from dnn.sweeps.engines.base import Engine, Outcome, Work
from dnn.sweeps.engines.cluster import Cluster
from dnn.sweeps.engines.one_process import one_process
from dnn.sweeps.engines.processes import Processes

__all__ = ["Cluster", "Engine", "Outcome", "Processes", "Work", "one_process"]

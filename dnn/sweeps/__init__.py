"""Sweeps: many experiments that differ in a few settings, trained in lockstep, and their results."""

from dnn.sweeps.axes import Axis
from dnn.sweeps.cells import Cell
from dnn.sweeps.results import Result, ResultsFile
from dnn.sweeps.run import run_sweep
from dnn.sweeps.sweep import Sweep

__all__ = ["Axis", "Cell", "Result", "ResultsFile", "Sweep", "run_sweep"]

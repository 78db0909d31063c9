"""Take it with you: a run as a file of another kind, one function for each format in ``EXPORTS``.

``EXPORTS["script"](run)`` gives the bytes of the file. Adding a format is a file here and a line in the table.
"""

from __future__ import annotations

from dnn.export.base import Export
from dnn.export.model import csv, load, model
from dnn.export.script import script

EXPORTS: dict[str, Export] = {
    "script": Export("NumPy script", "Trains again with nothing but NumPy", ".py", "text/x-python", script),
    "npz": Export(
        "Model file", "Goes on here later, where it stopped, to the last bit", ".npz", "application/octet-stream", model
    ),
    "csv": Export("History", "Costs and accuracies of every epoch, for a spreadsheet", ".csv", "text/csv", csv),
}

__all__ = ["EXPORTS", "Export", "load"]

"""Take it with you: a run as a file of another kind, one function for each format in ``EXPORTS``.

``EXPORTS["script"](run)`` gives the bytes of the file. Adding a format is a file here and a line in the table.
"""

from __future__ import annotations

from dnn.export.base import Export
from dnn.export.model import csv, load, model
from dnn.export.pytorch import pytorch
from dnn.export.script import script
from dnn.export.sklearn import estimator, mlp

EXPORTS: dict[str, Export] = {
    "script": Export("NumPy script", "Trains again with nothing but NumPy", ".py", "text/x-python", script),
    "sklearn": Export(
        "scikit-learn", "The same with DNNClassifier or DNNRegressor", ".sklearn.py", "text/x-python", estimator
    ),
    "mlp": Export("scikit-learn's own", "What MLPClassifier can do of it", ".mlp.py", "text/x-python", mlp),
    "pytorch": Export(
        "PyTorch", "The same layers, weights and training in PyTorch", ".torch.py", "text/x-python", pytorch
    ),
    "npz": Export(
        "Model file", "Goes on here later, where it stopped, to the last bit", ".npz", "application/octet-stream", model
    ),
    "csv": Export("History", "Costs and accuracies of every epoch, for a spreadsheet", ".csv", "text/csv", csv),
}

__all__ = ["EXPORTS", "Export", "load"]

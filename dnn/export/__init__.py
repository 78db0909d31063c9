"""Take it with you: a run as a file of another kind, one function for each format in ``EXPORTS``.

``EXPORTS["script"](run)`` gives the bytes of the file. Adding a format is a file here and a line in the table.
"""

from __future__ import annotations

from dnn.export.base import Export
from dnn.export.keras import keras
from dnn.export.model import csv, load, model
from dnn.export.notebook import notebook
from dnn.export.onnx import onnx
from dnn.export.pytorch import pytorch
from dnn.export.replay import replay
from dnn.export.script import script
from dnn.export.sklearn import estimator, mlp

PYTHON = "text/x-python"
EXPORTS: dict[str, Export] = {
    "script": Export("NumPy script", "Trains again with nothing but NumPy", ".py", PYTHON, script),
    "notebook": Export(
        "Notebook", "The same in cells, with equations and plots", ".ipynb", "application/json", notebook
    ),
    "sklearn": Export("scikit-learn, ours", "With DNNClassifier or DNNRegressor", ".sklearn.py", PYTHON, estimator),
    "mlp": Export("scikit-learn, its own", "What MLPClassifier can do of it", ".mlp.py", PYTHON, mlp),
    "pytorch": Export("PyTorch", "The same layers, weights and training", ".torch.py", PYTHON, pytorch),
    "keras": Export("Keras", "The same layers and weights", ".keras.py", PYTHON, keras),
    "onnx": Export(
        "ONNX", "The network as it is now, for other programs", ".onnx", "application/octet-stream", onnx, "onnx"
    ),
    "npz": Export("Model file", "Goes on here later, to the last bit", ".npz", "application/octet-stream", model),
    "csv": Export("History", "Cost and accuracy of every epoch", ".csv", "text/csv", csv),
    "replay": Export(
        "Replay", "A page that plays the training again, without network", ".html", "text/html", replay, "plotly"
    ),
}

__all__ = ["EXPORTS", "Export", "load"]

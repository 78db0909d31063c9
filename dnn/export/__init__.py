"""Export: convert a run to a file, with one entry for each format in ``EXPORTS``.

``EXPORTS["script"](run)`` returns the bytes of the file. ``EXPORTS["script"].why_not(run)`` returns why a run cannot be
exported, or "". To add a format, add a module here and a line in the table.

NumPy scripts include the source of a component that has no code in :mod:`dnn.export.code`. PyTorch, Keras and ONNX have
tables of code by component class; other components are refused with a message.
"""

from __future__ import annotations

from dnn.export import keras, onnx, pytorch, sklearn
from dnn.export.base import Export
from dnn.export.code import context
from dnn.export.model import load, write_csv, write_model
from dnn.export.notebook import write_notebook
from dnn.export.replay import write_replay
from dnn.export.script import write_script

PYTHON, JSON, BINARY = "text/x-python", "application/json", "application/octet-stream"
EXPORTS: dict[str, Export] = {
    "script": Export(
        "NumPy script", "Trains again with nothing but NumPy", ".py", PYTHON, write_script, context.refuses
    ),
    "notebook": Export(
        "Notebook", "The same in cells, with equations and plots", ".ipynb", JSON, write_notebook, context.refuses
    ),
    "sklearn": Export(
        "scikit-learn, ours",
        "With DNNClassifier or DNNRegressor",
        ".sklearn.py",
        PYTHON,
        sklearn.write_estimator,
        sklearn.refuses,
    ),
    "mlp": Export(
        "scikit-learn, its own",
        "What MLPClassifier can do of it",
        ".mlp.py",
        PYTHON,
        sklearn.write_mlp,
        sklearn.refuses,
    ),
    "pytorch": Export(
        "PyTorch",
        "The same layers, weights and training",
        ".torch.py",
        PYTHON,
        pytorch.write_pytorch,
        pytorch.refuses,
    ),
    "keras": Export("Keras", "The same layers and weights", ".keras.py", PYTHON, keras.write_keras, keras.refuses),
    "onnx": Export(
        "ONNX",
        "The network as it is now, for other programs",
        ".onnx",
        BINARY,
        onnx.write_onnx,
        onnx.refuses,
        needs="onnx",
    ),
    "npz": Export("Model file", "Goes on here later, to the last bit", ".npz", BINARY, write_model),
    "csv": Export("History", "Cost and accuracy of every epoch", ".csv", "text/csv", write_csv),
    "replay": Export(
        "Replay",
        "A page that plays the training again, without network",
        ".html",
        "text/html",
        write_replay,
    ),
}

__all__ = ["EXPORTS", "Export", "load"]

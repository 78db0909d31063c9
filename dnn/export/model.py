"""The model file: a whole run, which can be continued exactly.

It is NumPy's ``.npz``, a zip file of arrays with a JSON header. It contains no code and is never unpickled; every array
is numeric, and its size is checked before it is read. ``load`` returns an identical run: parameters, optimiser state,
history and data, including standardisation.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import IO, Any, get_type_hints

import numpy as np
from pydantic import TypeAdapter, ValidationError

from dnn.data import Data
from dnn.errors import InvalidFile, shown
from dnn.experiment import Experiment
from dnn.export.archive import Archive
from dnn.export.progress import describe, packed, reading, restored
from dnn.messages import Message
from dnn.training.history import COLUMNS, VALIDATION_COLUMNS
from dnn.training.run import Run

FORMAT, VERSION = "dnn run", 1
MOST_BYTES = 2_000_000_000  # most bytes of an unpacked file: more than any run needs
# Fields of the data; notes about reading them are not stored.
TYPES = {name: kind for name, kind in get_type_hints(Data).items() if name != "notes"}


def write_model(run: Run) -> bytes:
    """Return the file's bytes for ``run``."""
    arrays, header = describe(run)
    data = {name: getattr(run.data, name) for name in TYPES}
    arrays |= {f"data_{name}": value for name, value in data.items() if isinstance(value, np.ndarray)}
    header |= {
        "format": FORMAT,
        "version": VERSION,
        "experiment": run.experiment.model_dump(mode="json"),
        "data": {
            name: _adapter(name).dump_python(value, mode="json")
            for name, value in data.items()
            if value is not None and not isinstance(value, np.ndarray)
        },
    }
    return packed(arrays, header)


def load(source: str | Path | bytes | IO[bytes], *, most_bytes: int = MOST_BYTES) -> Run:
    """Load the run in a model file: a path, its bytes, or an open file.

    Raises InvalidFile for a file that is damaged, truncated, of another type or unpacked larger than ``most_bytes``;
    OSError if the file cannot be read.
    """
    file: Any = io.BytesIO(source) if isinstance(source, bytes) else source
    with reading(), Archive(file, most_bytes) as archive:
        return _run(archive)


def _run(archive: Archive) -> Run:
    header = archive.header()
    if header.get("format") != FORMAT:
        raise InvalidFile(Message("this is another program's file: it has no header of a dnn run"))
    if header.get("version") != VERSION:
        versions = {"version": shown(header.get("version")), "known": VERSION}
        raise InvalidFile(Message("this file has version {version}; this program reads version {known}", **versions))
    experiment = Experiment.model_validate(header["experiment"])
    data = _data(archive, header["data"])
    return restored(archive, header, experiment, data)


def _data(archive: Archive, header: dict[str, Any]) -> Data:
    """Read the data field by field; examples must be finite and of equal length."""
    arrays: dict[str, Any] = {
        name: archive.array(f"data_{name}", None, None) for name in TYPES if f"data_{name}" in archive
    }
    X, y = arrays["X"], arrays["y"]
    if X.ndim != 2 or y.ndim != 2 or len(X) != len(y) or 0 in (X.shape[1], y.shape[1]):
        raise InvalidFile(
            Message(
                "its data have shapes {first} and {second}; they must be tables with one row per example",
                first=X.shape,
                second=y.shape,
            )
        )
    names = header.keys() & TYPES.keys() - arrays.keys()
    plain = {name: _valid(name, header[name]) for name in names}
    n_train, task = plain["n_train"], plain["task"]
    if not 0 <= n_train <= len(X):
        counts = {"count": len(X), "part": n_train}
        raise InvalidFile(Message("its data have {count} examples, of which {part} cannot be for training", **counts))
    if not 0 <= plain.get("n_validation", 0) <= len(X) - n_train:
        counts = {"count": len(X) - n_train, "part": plain["n_validation"]}
        raise InvalidFile(
            Message(
                "beside training its data have {count} examples, of which {part} cannot be for validation", **counts
            )
        )
    if task != "regression" and (task == "binary") != (y.shape[1] == 1):
        values = {"task": task, "count": y.shape[1]}
        raise InvalidFile(Message("its data are for {task}, with {count} columns of targets", **values))
    data = Data(**plain, **arrays)
    scales = ("mean", "std", "target_mean", "target_std")
    if any(len(array) != len(X) for name, array in arrays.items() if name not in scales):
        raise InvalidFile(Message("its data have another number of points or weights than of examples"))
    scale = [arrays[name] for name in scales[2:] if name in arrays]
    if scale and ({array.shape for array in scale} != {y.shape[1:]} or len(scale) != 2 or not (scale[1] > 0).all()):
        raise InvalidFile(Message("its targets and their scale do not belong together"))
    if data.transform(data.points[:1]).shape[1:] != X.shape[1:]:
        raise InvalidFile(Message("its features and its data do not belong together"))
    return data


def _valid(name: str, value: object) -> Any:
    """Return a field of the data that is not an array, from the header."""
    try:
        return _adapter(name).validate_python(value)
    except ValidationError:
        value = {"name": shown(name), "value": shown(value)}
        raise InvalidFile(Message("its data have {value} as {name}, which cannot be", **value)) from None


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    """Return the type adapter for a field of the data that is not an array."""
    return TypeAdapter(TYPES[name])


def write_csv(run: Run) -> bytes:
    """Return the history as CSV: a line for each epoch, exact numbers, and empty cells for missing values."""
    names = [*COLUMNS, *(f"gradient_norm_{layer}" for layer in range(1, len(run.params) + 1))]
    names += VALIDATION_COLUMNS if run.history.has_validation else ()
    lines = [",".join("" if np.isnan(value) else repr(value) for value in row) for row in run.history.table().tolist()]
    return "\r\n".join([",".join(names), *lines, ""]).encode()

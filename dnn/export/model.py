"""The model file: a whole run, which can be continued exactly.

It is NumPy's ``.npz``, a zip file of arrays with a JSON header. It contains no code and is never unpickled; every array
is numeric, and its size is checked before it is read. ``load`` returns an identical run: parameters, optimiser state,
history and data, including standardisation.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import IO, Any, get_type_hints

import numpy as np
from pydantic import TypeAdapter, ValidationError

from dnn.data import Data
from dnn.errors import DnnError, InvalidFile, shown
from dnn.experiment import Experiment
from dnn.export.archive import Archive
from dnn.messages import Message
from dnn.params import Params
from dnn.training.early_stopping import Best
from dnn.training.history import COLUMNS, VALIDATION_COLUMNS, History
from dnn.training.run import Run

FORMAT, VERSION = "dnn run", 1
MOST_BYTES = 2_000_000_000  # most bytes of an unpacked file: more than any run needs
PLAIN = ("epoch", "stopped", "diverged", "measure", "batch", "changed")  # fields of a run that are stored in JSON
# Fields of the data; notes about reading them are not stored.
TYPES = {name: kind for name, kind in get_type_hints(Data).items() if name != "notes"}
VECTORS = ("frozen", "origin")  # fields that are shaped like the parameters


def write_model(run: Run) -> bytes:
    """Return the file's bytes for ``run``."""
    arrays: dict[str, np.ndarray] = {"params": run.params.vector, "history": run.history.table()}
    arrays |= {f"state_{place}": array for place, array in enumerate(run.state)}
    arrays |= {name: array for name in VECTORS if (array := getattr(run, name)) is not None}
    data = {name: getattr(run.data, name) for name in TYPES}
    arrays |= {f"data_{name}": value for name, value in data.items() if isinstance(value, np.ndarray)}
    header: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "experiment": run.experiment.model_dump(mode="json"),
        "run": {name: getattr(run, name) for name in PLAIN},
        "latest": _finite(run.latest),
        "history": {"limit": run.history.limit, "stride": run.history.stride},
        "data": {
            name: _adapter(name).dump_python(value, mode="json")
            for name, value in data.items()
            if value is not None and not isinstance(value, np.ndarray)
        },
    }
    if run.best is not None:
        arrays["best"] = run.best.vector
        header["best"] = {
            "epoch": run.best.epoch,
            **_finite({"cost": run.best.cost}),
            "latest": _finite(run.best.latest),
        }
    text = json.dumps(header, allow_nan=False).encode()
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, header=np.frombuffer(text, np.uint8), **arrays)
    return file.getvalue()


def load(source: str | Path | bytes | IO[bytes], *, most_bytes: int = MOST_BYTES) -> Run:
    """Load the run in a model file: a path, its bytes, or an open file.

    Raises InvalidFile for a file that is damaged, truncated, of another type or unpacked larger than ``most_bytes``;
    OSError if the file cannot be read.
    """
    file: Any = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        with Archive(file, most_bytes) as archive:
            return _run(archive)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InvalidFile(Message("this is no model file, or it is damaged")) from error
    except InvalidFile:
        raise
    except DnnError as error:
        raise _damaged(error.message) from None
    except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise InvalidFile(Message("this model file is damaged or was changed")) from error


def _damaged(reason: str) -> InvalidFile:
    return InvalidFile(Message("this model file is damaged or was changed: {reason}", reason=reason))


def _run(archive: Archive) -> Run:
    header = archive.header()
    if header.get("format") != FORMAT:
        raise InvalidFile(Message("this is another program's file: it has no header of a dnn run"))
    if header.get("version") != VERSION:
        versions = {"version": shown(header.get("version")), "known": VERSION}
        raise InvalidFile(Message("this file has version {version}; this program reads version {known}", **versions))
    experiment = Experiment.model_validate(header["experiment"])
    data = _data(archive, header["data"])
    network, dtype = experiment.make_network(data), np.dtype(experiment.training.dtype)
    sizes = (data.X.shape[1], *experiment.network.hidden_layer_sizes, data.y.shape[1])
    count = (Params.count(sizes),)
    params = Params(sizes, archive.array("params", dtype, count))
    empty = experiment.training.optimizer.init(params.vector)
    state = tuple(archive.array(f"state_{n}", np.dtype(each.dtype), each.shape) for n, each in enumerate(empty))
    plain = {name: header["run"][name] for name in PLAIN}
    types = {"epoch": int, "batch": int, "stopped": str, "diverged": bool, "changed": bool, "measure": str}
    if any(type(plain[name]) is not kind for name, kind in types.items()) or min(plain["epoch"], plain["batch"]) < 0:
        raise InvalidFile(Message("the header says nothing sensible of how far the run is"))
    if plain["measure"] not in ("examples", "batches"):
        raise InvalidFile(Message("the header names another measure of the cost than examples or batches"))
    history, latest = _history(archive, header["history"], len(params)), _latest(header["latest"])
    run = Run(experiment, data, network, params, state, history, latest, **plain)
    for name in VECTORS:
        if name in archive:
            kind = np.dtype(np.float64) if name == "frozen" else dtype
            vectors: dict[str, Any] = {name: archive.array(name, kind, count)}
            run = replace(run, **vectors)
    if "best" in header:
        best = header["best"]
        cost = np.inf if best["cost"] is None else float(best["cost"])
        vector = archive.array("best", dtype, count)
        run = replace(run, best=Best(cost, int(best["epoch"]), vector, _latest(best["latest"])))
    return run


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


def _history(archive: Archive, header: dict[str, Any], layers: int) -> History:
    table = archive.array("history", np.dtype(np.float64), None, finite=False)
    count = len(COLUMNS) + layers
    widths = (count, count + len(VALIDATION_COLUMNS))
    if table.ndim != 2 or table.shape[1] not in widths or not len(table):
        values = {"shape": table.shape, "count": count}
        raise InvalidFile(Message("its history has shape {shape}; {count} columns were expected", **values))
    return History.of(table, layers, header["limit"], header["stride"])


def _finite(numbers: dict[str, float]) -> dict[str, float | None]:
    """Replace NaN by None, because JSON has no NaN."""
    return {name: value if np.isfinite(value) else None for name, value in numbers.items()}


def _latest(header: dict[str, Any]) -> dict[str, float]:
    names = (*COLUMNS, *(name for name in VALIDATION_COLUMNS if name in header))
    return {name: np.nan if header[name] is None else float(header[name]) for name in names}


def write_csv(run: Run) -> bytes:
    """Return the history as CSV: a line for each epoch, exact numbers, and empty cells for missing values."""
    names = [*COLUMNS, *(f"gradient_norm_{layer}" for layer in range(1, len(run.params) + 1))]
    names += VALIDATION_COLUMNS if run.history.has_validation else ()
    lines = [",".join("" if np.isnan(value) else repr(value) for value in row) for row in run.history.table().tolist()]
    return "\r\n".join([",".join(names), *lines, ""]).encode()

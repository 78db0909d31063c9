"""How far a run is: its numbers without the experiment and the data that lead to them, in a model file or alone.

With experiment and data a run continues from it exactly: a browser's tab keeps it in case its server is lost.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np

from dnn.data import Data
from dnn.errors import DnnError, InvalidFile
from dnn.experiment import Experiment
from dnn.export.archive import Archive
from dnn.messages import Message
from dnn.params import Params
from dnn.training.early_stopping import Best
from dnn.training.history import COLUMNS, VALIDATION_COLUMNS, History
from dnn.training.run import Run

PLAIN = ("epoch", "stopped", "diverged", "measure", "batch", "changed")  # fields of a run that are stored in JSON
VECTORS = ("frozen", "origin")  # fields that are shaped like the parameters
FORMAT = "dnn progress 1"
OTHER_RUN = Message("its model file is of another run")


def write_progress(run: Run, rows: int, note: dict[str, Any]) -> bytes:
    """Return how far ``run`` is, with ``rows`` of its history at most, and a ``note`` of JSON values."""
    history = History.of(run.history.table(), run.history.layers, max(2, rows), run.history.stride)
    arrays, header = describe(replace(run, history=history))
    header["history"]["limit"] = run.history.limit
    header |= {"format": FORMAT, "of": fingerprint(run.experiment), "note": note}
    return packed(arrays, header, compressed=True)


def load_progress(source: bytes, experiment: Experiment, data: Data, *, most_bytes: int) -> tuple[Run, dict[str, Any]]:
    """Return the run of ``experiment`` on its ``data`` that :func:`write_progress` wrote, and the note.

    Raises InvalidFile for what is damaged, of another experiment, or unpacked larger than ``most_bytes``.
    """
    with reading(), Archive(io.BytesIO(source), most_bytes) as archive:
        header = archive.header()
        if (header.get("format"), header.get("of")) != (FORMAT, fingerprint(experiment)):
            raise InvalidFile(OTHER_RUN)
        return restored(archive, header, experiment, data), dict(header["note"])


@lru_cache(maxsize=64)
def fingerprint(experiment: Experiment) -> str:
    """Return what tells ``experiment`` from any other."""
    return sha256(experiment.model_dump_json().encode()).hexdigest()


def describe(run: Run) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Return the arrays and the header for ``run``, without experiment and data."""
    arrays: dict[str, np.ndarray] = {"params": run.params.vector, "history": run.history.table()}
    arrays |= {f"state_{place}": array for place, array in enumerate(run.state)}
    arrays |= {name: array for name in VECTORS if (array := getattr(run, name)) is not None}
    header: dict[str, Any] = {
        "run": {name: getattr(run, name) for name in PLAIN},
        "latest": _finite(run.latest),
        "history": {"limit": run.history.limit, "stride": run.history.stride},
    }
    if run.best is not None:
        arrays["best"] = run.best.vector
        header["best"] = {
            "epoch": run.best.epoch,
            **_finite({"cost": run.best.cost}),
            "latest": _finite(run.best.latest),
        }
    return arrays, header


def packed(arrays: dict[str, np.ndarray], header: dict[str, Any], *, compressed: bool = False) -> bytes:
    """Return an archive of ``arrays`` and a JSON ``header``."""
    text = json.dumps(header, allow_nan=False).encode()
    file = io.BytesIO()
    write = np.savez_compressed if compressed else np.savez
    write(file, allow_pickle=False, header=np.frombuffer(text, np.uint8), **arrays)
    return file.getvalue()


@contextmanager
def reading() -> Iterator[None]:
    """Raise InvalidFile for whatever a damaged archive may cause."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InvalidFile(Message("this is no model file, or it is damaged")) from error
    except InvalidFile:
        raise
    except DnnError as error:
        raise InvalidFile(
            Message("this model file is damaged or was changed: {reason}", reason=error.message)
        ) from None
    except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise InvalidFile(Message("this model file is damaged or was changed")) from error


def restored(archive: Archive, header: dict[str, Any], experiment: Experiment, data: Data) -> Run:
    """Return the run that :func:`describe` described. Raises InvalidFile where its numbers cannot be."""
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

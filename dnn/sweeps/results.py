"""Results of a sweep, one for each run, and the file that holds them: one JSON object a line, the sweep in the first.

A line is on disk before its result is reported. Whatever stops the program leaves whole lines and, at most, the
beginning of one, which is cut off when the file is opened to go on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter

from dnn.errors import InvalidFile, shown
from dnn.messages import Message
from dnn.sweeps.sweep import Sweep

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_NB, flock

MOST_DIFFERENCES = 5


@dataclass(frozen=True)
class Result:
    """What came of one run.

    Costs and accuracies are those of the last epoch, or of the best one after early stopping; None where there is none
    (test costs without test examples, accuracies of regression, everything where ``problem`` says why the settings do
    not fit). ``epochs`` is how many were done, ``stopped`` why no more, ``seconds`` its share of the time of the runs
    that were trained with it, ``link`` opens it on the page; it is empty where its data are too many for a link.
    ``history`` has the lists ``epoch``, ``train_cost`` and ``test_cost`` of 20 epochs at most, and the first.
    """

    index: int
    settings: dict[str, Any]
    seed: int
    epochs: int = 0
    train_cost: float | None = None
    test_cost: float | None = None
    train_accuracy: float | None = None
    test_accuracy: float | None = None
    stopped: str = ""
    diverged: bool = False
    problem: str = ""
    seconds: float = 0.0
    link: str = ""
    history: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def line(self) -> str:
        """Return the result as one line of JSON."""
        return f"{json.dumps(asdict(self), allow_nan=False, separators=(',', ':'))}\n"


_RESULT = TypeAdapter(Result)


class ResultsFile:
    """A results file that is being written. Use it in a ``with`` statement, or :meth:`close` it.

    Opening a file that has results of the same sweep already goes on with it if ``resume``; ``done`` are the numbers of
    the runs in it. Raises InvalidFile if it exists and ``resume`` is off, if it is no results file, and, with what
    differs, if it belongs to another sweep, or if another process writes it; OSError if it cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str], sweep: Sweep, *, resume: bool = False) -> None:
        self.path = Path(path)
        self.done: set[int] = set()
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0)
        try:
            if not _locked(self._file.fileno()):
                raise InvalidFile(Message("{path} is being written by another sweep.", path=str(path)))
            self._go_on(sweep, self._file.readall() if self.path.is_file() else b"", resume=resume)
        except BaseException:
            self._file.close()
            raise

    def _go_on(self, sweep: Sweep, content: bytes, *, resume: bool) -> None:
        """Check what is in the file already, and go to the end of its last whole line."""
        header = f"{json.dumps({'sweep': sweep.model_dump(mode='json')}, separators=(',', ':'))}\n".encode()
        if content and not resume:
            raise InvalidFile(Message("{path} exists already; resume goes on with it.", path=str(self.path)))
        whole = content[: content.rfind(b"\n") + 1]
        if whole:
            existing, results = _parse(whole, self.path)
            if existing != sweep:
                raise InvalidFile(_other_sweep(self.path, existing, sweep))
            self.done = {result.index for result in results}
        elif not header.startswith(content):
            raise _no_results_file(self.path, 1)
        if len(whole) < len(content):
            self._file.truncate(len(whole))
        self._file.seek(len(whole))
        if not whole:
            self._write(header)

    def append(self, *results: Result) -> None:
        """Write a line for each of ``results``; they are on disk when this returns.

        Raises OSError if the disk is full; the file then ends with the line before, and can be gone on with.
        """
        self._write("".join(result.line() for result in results).encode())
        self.done.update(result.index for result in results)

    def _write(self, lines: bytes) -> None:
        place, view = self._file.tell(), memoryview(lines)
        try:
            while view:
                view = view[self._file.write(view) or 0 :]
            os.fsync(self._file.fileno())
        except OSError as error:
            with suppress(OSError):  # of a device
                self._file.truncate(place)
                self._file.seek(place)
            raise OSError(error.errno, error.strerror, str(self.path)) from None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @staticmethod
    def read(path: str | os.PathLike[str]) -> tuple[Sweep, list[Result]]:
        """Return the sweep and the results in a file, in the order of its lines.

        The file may still be written: a last line that is not whole is left out. Raises InvalidFile if it is no results
        file, OSError if it cannot be read.
        """
        return ResultsFile.parse(Path(path).read_bytes(), path)

    @staticmethod
    def parse(content: bytes, path: str | os.PathLike[str] = "results.jsonl") -> tuple[Sweep, list[Result]]:
        """Return the sweep and the results in the bytes of a results file, as :meth:`read` does."""
        return _parse(content[: content.rfind(b"\n") + 1], Path(path))


def _locked(descriptor: int) -> bool:
    """Lock a file for this process until it is closed; return whether nobody else has it. Windows has no such lock."""
    if sys.platform != "win32":
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # some file systems have no locks
            return True
    return True


def _parse(whole: bytes, path: Path) -> tuple[Sweep, list[Result]]:
    """Return the sweep and the results of whole lines."""
    sweep: Sweep | None = None
    results: dict[int, Result] = {}
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            if sweep is None:
                sweep = Sweep.model_validate(json.loads(line)["sweep"])
            else:
                result = _RESULT.validate_json(line, strict=True)
                results.setdefault(range(sweep.runs)[result.index], result)
        except (ValueError, TypeError, LookupError, RecursionError):
            raise _no_results_file(path, number) from None
    if sweep is None:
        raise _no_results_file(path, 1)
    return sweep, list(results.values())


def _no_results_file(path: Path, line: int) -> InvalidFile:
    return InvalidFile(
        Message("{path} is no results file of a sweep: line {line} cannot be read.", path=str(path), line=line)
    )


def _other_sweep(path: Path, existing: Sweep, sweep: Sweep) -> Message:
    """Return the sentence that names what differs between the sweep of a file and the one to be run."""
    here, there = _flat("", sweep.model_dump(mode="json")), _flat("", existing.model_dump(mode="json"))
    names = [name for name in {**here, **there} if here.get(name, "") != there.get(name, "")]
    nothing = Message("missing")
    parts = {
        f"part_{number}": Message(
            "{name} is {there}, not {here}", name=name, there=there.get(name, nothing), here=here.get(name, nothing)
        )
        for number, name in enumerate(names[:MOST_DIFFERENCES])
    }
    if len(names) > MOST_DIFFERENCES:
        parts["more"] = Message("and {count} more", count=len(names) - MOST_DIFFERENCES)
    return Message(
        "{path} has the results of another sweep: there {differences}.",
        path=str(path),
        differences=Message("; ".join(f"{{{part}}}" for part in parts), **parts),
    )


def _flat(name: str, value: Any) -> dict[str, str]:
    """Return the values in nested mappings by their dotted names, shown as text."""
    if name == "axes":
        return {f"the axis {axis['name']}": shown(axis["values"]) for axis in value}
    if isinstance(value, dict):
        parts: Iterable[tuple[str, Any]] = value.items()
        flat: dict[str, str] = {}
        for key, each in parts:
            flat |= _flat(f"{name}.{key}" if name else key, each)
        return flat
    return {name: shown(value)}

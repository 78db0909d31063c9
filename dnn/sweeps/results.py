"""Results of a sweep, one for each run, and the file that holds them: one JSON object a line, the sweep in the first.

A line is on disk before its result is reported. Whatever stops the program leaves whole lines and, at most, the
beginning of one, which is cut off when the file is opened to go on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from pydantic import TypeAdapter

from dnn.errors import InvalidFile
from dnn.messages import Message
from dnn.sweeps.difference import difference
from dnn.sweeps.sweep import Sweep

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_NB, flock

VALIDATION = ("validation_cost", "validation_accuracy")


@dataclass(frozen=True)
class Result:
    """What came of one run.

    Costs and accuracies are those of the last epoch, or of the best one after early stopping; None where there is none
    (test costs without test examples, validation costs without validation examples, accuracies of regression,
    everything where ``problem`` says why the settings do not fit). ``epochs`` is how many were done, ``stopped`` why no
    more, ``seconds`` its share of the time of the runs that were trained with it, ``link`` opens it on the page; it is
    empty where its data are too many for a link. ``history`` has the lists ``epoch``, ``train_cost``, ``test_cost``
    and, with validation examples only, ``validation_cost`` of 20 epochs at most, and the first.
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
    validation_cost: float | None = None
    validation_accuracy: float | None = None

    def line(self) -> str:
        """Return the result as one line of JSON; numbers of validation examples only where there are any."""
        values = {name: value for name, value in asdict(self).items() if name not in VALIDATION or value is not None}
        return f"{json.dumps(values, allow_nan=False, separators=(',', ':'))}\n"

    @property
    def watched(self) -> str:
        """The examples whose cost tells how good its settings are: "validation", else "test", else "train"."""
        if self.validation_cost is not None:
            return "validation"
        return "train" if self.test_cost is None else "test"


_RESULT = TypeAdapter(Result)
CHUNK = 1 << 16  # bytes


class ResultsFile:
    """A results file that is being written. Use it in a ``with`` statement, or :meth:`close` it.

    Opening a file that has results of the same sweep already goes on with it if ``resume``; ``done`` are the numbers of
    the runs in it. Raises InvalidFile if it has results and ``resume`` is off, if it is no results file, and, with what
    differs, if it belongs to another sweep, or if another process writes it; OSError if it cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str], sweep: Sweep, *, resume: bool = False) -> None:
        self.path = Path(path)
        self.done: set[int] = set()
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0)
        try:
            if not _locked(self._file.fileno()):
                raise InvalidFile(Message("{path} is being written by another sweep.", path=str(path)))
            self._go_on(sweep, resume=resume)
        except BaseException:
            self._file.close()
            raise

    def _go_on(self, sweep: Sweep, *, resume: bool) -> None:
        """Check what is in the file already, and go to the end of its last whole line."""
        header = f"{json.dumps({'sweep': sweep.model_dump(mode='json')}, separators=(',', ':'))}\n".encode()
        size = self.path.stat().st_size if self.path.is_file() else 0
        end = 0
        with self.path.open("rb") if size else BytesIO() as stream:
            beginning = stream.read(len(header))
            stream.seek(0)
            if not resume and (len(beginning) < size or not header.startswith(beginning)):
                raise InvalidFile(Message("{path} exists already; resume goes on with it.", path=str(self.path)))
            if b"\n" in beginning or len(beginning) < size:
                existing, results = _parse(stream, self.path)
                if existing != sweep:
                    names = {"path": str(self.path), "differences": difference(existing, sweep)}
                    raise InvalidFile(Message("{path} has the results of another sweep: there {differences}.", **names))
                self.done = {result.index for result in results}
                end = _end(stream)
            elif not header.startswith(beginning):
                raise _no_results_file(self.path, 1)
        if end < size:
            self._file.truncate(end)
        self._file.seek(end)
        if not end:
            self._write(header)

    def append(self, *results: Result) -> None:
        """Write a line for each of ``results``; they are on disk when this returns.

        Raises OSError if the disk is full; the file then ends with the line before, and can be continued.
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
        with open(path, "rb") as stream:
            sweep, results = _parse(stream, Path(path))
            return sweep, list(results)

    @staticmethod
    def parse(content: bytes, path: str | os.PathLike[str] = "results.jsonl") -> tuple[Sweep, list[Result]]:
        """Return the sweep and the results in the bytes of a results file, as :meth:`read` does."""
        sweep, results = _parse(BytesIO(content), Path(path))
        return sweep, list(results)


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


def _parse(stream: BinaryIO, path: Path) -> tuple[Sweep, Iterator[Result]]:
    """Return the sweep and the results of the whole lines of a file, one after the other."""
    line = stream.readline()
    try:
        sweep = Sweep.model_validate(json.loads(line)["sweep"])
    except (ValueError, TypeError, LookupError, RecursionError):
        raise _no_results_file(path, 1) from None
    return sweep, _parsed(stream, range(sweep.runs), path)


def _parsed(stream: BinaryIO, runs: range, path: Path) -> Iterator[Result]:
    done = set[int]()
    for number, line in enumerate(stream, start=2):
        if not line.endswith(b"\n"):
            return
        try:
            result = _RESULT.validate_json(line, strict=True)
        except ValueError:
            raise _no_results_file(path, number) from None
        if result.index not in runs:
            raise _no_results_file(path, number)
        if result.index not in done:
            done.add(result.index)
            yield result


def _end(stream: BinaryIO) -> int:
    """Return where the last whole line of a file ends."""
    place = stream.seek(0, os.SEEK_END)
    while place:
        start = max(0, place - CHUNK)
        stream.seek(start)
        found = stream.read(place - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        place = start
    return 0


def _no_results_file(path: Path, line: int) -> InvalidFile:
    return InvalidFile(
        Message("{path} is no results file of a sweep: line {line} cannot be read.", path=str(path), line=line)
    )

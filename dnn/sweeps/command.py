"""The command ``dnn sweep``: read the sweep, run it with a progress bar, and sum up the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tqdm import tqdm

from dnn.errors import InvalidFile
from dnn.messages import Message
from dnn.sweeps.results import Result, ResultsFile
from dnn.sweeps.run import run_sweep
from dnn.sweeps.sweep import Sweep

MOST_MEGABYTES = 10
OUTCOMES = ("done", "diverged", "failed")
GO_ON = "the same command with --resume goes on"


@dataclass
class Tally:
    """The results so far: how many runs are done, diverged or failed, and the best of them."""

    counts: Counter[str] = field(default_factory=Counter)
    best: Result | None = None

    @classmethod
    def of(cls, results: Iterable[Result]) -> Self:
        """Return the tally of ``results``."""
        tally = cls()
        for result in results:
            tally.add(result)
        return tally

    def add(self, result: Result) -> None:
        """Count ``result``."""
        self.counts["failed" if result.problem else "diverged" if result.diverged else "done"] += 1
        cost = _cost(result)
        if cost is not None and not result.diverged and (self.best is None or cost < (_cost(self.best) or 0.0)):
            self.best = result

    def lines(self) -> Iterator[str]:
        """Yield the lines of the summary that is printed at the end."""
        yield f"{sum(self.counts.values())} runs: " + ", ".join(f"{self.counts[k]} {k}" for k in OUTCOMES)
        if self.best is not None:
            settings = ", ".join(f"{name} {value}" for name, value in self.best.settings.items())
            yield f"Lowest {self.best.watched} cost {_cost(self.best)!r}: {settings}, seed {self.best.seed}"
            yield self.best.link


def _cost(result: Result) -> float | None:
    cost: float | None = getattr(result, f"{result.watched}_cost")
    return cost


def read_sweep(path: Path) -> Sweep:
    """Return the sweep in a file of JSON. Raises InvalidFile, InvalidSetting or OSError."""
    content = path.read_bytes()
    if len(content) > MOST_MEGABYTES * 1_000_000:
        names = {"path": str(path), "size": MOST_MEGABYTES}
        raise InvalidFile(Message("{path} is too large for a sweep; it may have {size} MB.", **names))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidFile(Message("{path} is no text; it must be the JSON of a sweep.", path=str(path))) from None
    return Sweep.model_validate_json(text)


def run_with_bar(
    sweep: Sweep, out: Path, *, jobs: int, cluster: str | None, resume: bool, address: str, quiet: bool
) -> tuple[Tally, bool]:
    """Run ``sweep`` with a progress bar; return the tally of its results and whether it was interrupted.

    Raises what ``run_sweep`` does; where the file cannot be written any more, the OSError says how to continue.
    """
    resumed = resume and out.is_file() and b"\n" in out.read_bytes()
    tally = Tally.of(ResultsFile.read(out)[1] if resumed else ())
    done = sum(tally.counts.values())
    with ResultsFile(out, sweep, resume=resume) as file:
        results = run_sweep(sweep, jobs=jobs, cluster=cluster, out=file, address=address)
        with closing(results), tqdm(total=sweep.runs, initial=done, unit="run", disable=quiet) as bar:
            try:
                for result in results:
                    tally.add(result)
                    bar.update()
                    if tally.best is not None:
                        bar.set_postfix(best=f"{_cost(tally.best):.4g}", refresh=False)
            except OSError as error:
                if error.filename != str(out):
                    raise
                raise OSError(error.errno, f"{error.strerror}; when there is space again, {GO_ON}", str(out)) from None
            except KeyboardInterrupt:  # some results may be in the file that were not reported yet
                return Tally.of(ResultsFile.read(out)[1]) if out.is_file() else tally, True
    return tally, False

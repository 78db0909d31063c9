"""Large sweeps as background jobs of the server: each in a process of its own, a few at once, the others wait.

A process trains, so the server's event loop and the pages of other visitors do not wait for it. It writes its results
to a file in a folder of its own, and the page reads that. A job ends with its tab, unless it was asked to be kept.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import dnn
from dnn.errors import DnnError, InvalidFile
from dnn.messages import Message
from dnn.sweeps import Result, ResultsFile, Sweep

MOST_RUNS = 10_000  # of a job; larger sweeps are for the command line
MOST_RUNNING = max(1, (os.cpu_count() or 2) // 2)
MOST_WAITING = 8
MOST_KEPT = 16  # ended jobs whose results are kept for a link
LONGEST = 6 * 3600.0  # seconds that a job may train
KEPT = 24 * 3600.0  # seconds for which results are kept
EVERY = 0.5  # seconds between two looks at all jobs
GENTLE = 10  # niceness: pages come first

State = Literal["waiting", "running", "done", "stopped", "failed"]

STOPPED = Message("Stopped; the results so far are here.")
TOO_LONG = Message(
    "It took more than {hours} hours, and was stopped; the results so far are here.", hours=int(LONGEST / 3600)
)


class TooManyJobs(DnnError):
    """No job more can wait."""


class Job:
    """A sweep that trains in a process, and its results so far. ``is_watched`` says whether its tab is open."""

    def __init__(self, sweep: Sweep, is_watched: Callable[[], bool], *, keep: bool = False) -> None:
        self.sweep, self.is_watched, self.keep = sweep, is_watched, keep
        self.token = secrets.token_urlsafe(16)
        self.state: State = "waiting"
        self.message: str = ""  # why it ended without all results
        self.seen = self.changed = time.monotonic()
        self.seconds = 0.0  # that it trained
        self.folder = Path(tempfile.mkdtemp(prefix="dnn-sweep-"))
        self.file = self.folder / "results.jsonl"
        self._process: subprocess.Popen[bytes] | None = None
        self._counted, self._offset = -1, 0  # lines, without the first; bytes in which they were counted
        self._read: tuple[int, list[Result]] = (0, [])

    @property
    def has_ended(self) -> bool:
        """Whether it is over: done, stopped or failed."""
        return self.state in ("done", "stopped", "failed")

    @property
    def done(self) -> int:
        """How many runs have results."""
        if self.file.exists():
            with self.file.open("rb") as file:
                file.seek(self._offset)
                new = file.read()
            self._counted, self._offset = self._counted + new.count(b"\n"), self._offset + len(new)
        return max(0, self._counted)

    def results(self) -> list[Result]:
        """Return the results so far."""
        size = self.file.stat().st_size if self.file.exists() else 0
        if size != self._read[0]:
            try:
                self._read = size, ResultsFile.read(self.file)[1]
            except InvalidFile:  # its first line is being written
                return []
        return self._read[1]

    def start(self) -> None:
        """Start the process. Raises OSError."""
        (self.folder / "sweep.json").write_text(self.sweep.model_dump_json(), encoding="utf-8")
        command = [sys.executable, "-m", "dnn", "sweep", "sweep.json", "--out", self.file.name, "--quiet"]
        paths = [str(Path(dnn.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, GENTLE)
        self._enter("running")

    def look(self, now: float) -> None:
        """Update the state from the process; stop it where it takes too long."""
        if self._process is None or self.state != "running":
            return
        code = self._process.poll()
        if code is None:
            if now - self.changed > LONGEST:
                self.stop(TOO_LONG)
        elif self.done >= self.sweep.runs:
            self._enter("done")
        else:
            self.fail(self._last_words() or Message("Its process ended with code {code}.", code=code))

    def stop(self, message: str = STOPPED) -> None:
        """End the process, and keep the results so far."""
        if self.has_ended:
            return
        if self._process is not None:
            self._process.kill()  # every line is written whole, so nothing has to be tidied up
            self._process.wait()
        self.message = message
        self._enter("stopped")

    def fail(self, message: str) -> None:
        """End it because of an error."""
        self.message = message
        self._enter("failed")

    def discard(self) -> None:
        """Stop it and delete its files."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _enter(self, state: State) -> None:
        now = time.monotonic()
        if self.state == "running":
            self.seconds = now - self.changed
        self.state, self.changed = state, now

    def _last_words(self) -> str:
        lines = (self.folder / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1].removeprefix("dnn: ")[:500] if lines else ""


class Jobs:
    """All jobs of the server. ``grace`` says for how many seconds a job outlives its tab."""

    def __init__(self, grace: Callable[[], float], most_running: int = MOST_RUNNING) -> None:
        self._grace, self._most_running = grace, most_running
        self._jobs: dict[str, Job] = {}
        self._lock = threading.RLock()
        self._tending: threading.Thread | None = None

    def of(self, token: str) -> Job | None:
        """Return the job with this token."""
        return self._jobs.get(token)

    def submit(self, sweep: Sweep, is_watched: Callable[[], bool], *, keep: bool = False) -> Job:
        """Start a job, or let it wait for its turn. Raises TooManyJobs."""
        with self._lock:
            if sum(job.state == "waiting" for job in self._jobs.values()) >= MOST_WAITING:
                raise TooManyJobs(Message("Too many sweeps wait for their turn already. Try again later."))
            job = Job(sweep, is_watched, keep=keep)
            self._jobs[job.token] = job
            self.tend()
            if self._tending is None or not self._tending.is_alive():
                self._tending = threading.Thread(target=self._tend_on, name="sweep jobs", daemon=True)
                self._tending.start()
            return job

    def ahead(self, job: Job) -> int:
        """Return how many jobs are started before this one."""
        waiting = [each for each in tuple(self._jobs.values()) if each.state == "waiting"]
        return waiting.index(job) if job in waiting else 0

    def remove(self, job: Job) -> None:
        """Stop a job and delete its results."""
        with self._lock:
            self._jobs.pop(job.token, None)
            job.discard()
            self.tend()

    def tend(self) -> None:
        """Update all jobs: start those whose turn it is, and stop those whose tab is closed."""
        with self._lock:
            now, grace = time.monotonic(), self._grace()
            for job in tuple(self._jobs.values()):
                job.look(now)
                if job.is_watched():
                    job.seen = now
                elif not job.keep and now - job.seen > grace:
                    self._drop(job)
            kept = [job for job in self._jobs.values() if job.keep and job.has_ended]
            kept.sort(key=lambda job: job.changed)
            for place, job in enumerate(kept):
                if now - job.changed > KEPT or place < len(kept) - MOST_KEPT:
                    self._drop(job)
            running = sum(job.state == "running" for job in self._jobs.values())
            waiting = [job for job in self._jobs.values() if job.state == "waiting"]
            for job in waiting[: max(0, self._most_running - running)]:
                try:
                    job.start()
                except OSError as error:  # the disk is full, or no process more is allowed
                    job.fail(error.strerror or str(error))

    def close(self) -> None:
        """Stop and forget all jobs: the server ends."""
        with self._lock:
            for job in tuple(self._jobs.values()):
                self._drop(job)

    def _drop(self, job: Job) -> None:
        self._jobs.pop(job.token, None)
        job.discard()

    def _tend_on(self) -> None:
        while True:
            time.sleep(EVERY)
            with self._lock:
                if not self._jobs:
                    self._tending = None
                    return
                self.tend()

"""Findings about the run on screen: what is wrong with it, and its dead and saturated units.

A diagnosis takes about a millisecond. While a run plays it is made once a second, more seldom beside many others, and
for large runs in a thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dnn.analysis.health import Finding, diagnose, health
from dnn.analysis.health.measures import MOST_EXAMPLES
from dnn.experiment import Experiment
from dnn.training.run import Run
from dnn.ui.catalogue import translated
from dnn.ui.live.sharing import diagnosis_interval

SHARE = 20.0  # a thread that diagnoses takes a twentieth of the time at most
DEAD, SATURATED = 1, 2  # what is known of a hidden unit, as the browser gets it; 0 for a unit that works
# Above these numbers a diagnosis takes more than a millisecond, and a thread makes it:
MOST_MULTIPLICATIONS = 300_000  # in one pass over the examples that are looked at
MOST_ROWS = 5_000  # of targets and of the history
THREAD = ThreadPoolExecutor(1, thread_name_prefix="diagnosis")


class Diagnosis(NamedTuple):
    """The diagnosis of a ``run``: its ``findings``, and for each hidden unit 0, DEAD or SATURATED, (units,)."""

    run: Run | None = None
    findings: tuple[Finding, ...] = ()
    units: npt.NDArray[np.uint8] = np.zeros(0, np.uint8)

    @classmethod
    def of(cls, run: Run) -> Diagnosis:
        """Diagnose ``run``."""
        if not run.data.n_train:
            return cls(run)
        measured = health(run)
        flags = [DEAD * layer.dead + SATURATED * layer.saturated for layer in measured.hidden]
        units = np.concatenate(flags).astype(np.uint8) if flags else np.zeros(0, np.uint8)
        return cls(run, tuple(diagnose(run, measured)), units)

    def leads_to(self, run: Run) -> bool:
        """Whether ``run`` is a later epoch of the run that was diagnosed."""
        return self.run is not None and run.experiment is self.run.experiment and run.epoch >= self.run.epoch


class Findings:
    """Diagnoses the run on screen, seldom enough to cost nothing.

    ``changed`` is called when a thread has finished a diagnosis while nothing plays: no frame would be requested
    otherwise.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._last, self._made = Diagnosis(), 0.0
        self._seconds = 0.0  # that a thread took
        self._busy = self._playing = self._held = False
        self._offered: dict[str, tuple[Experiment, Finding]] = {}
        self._words: list[dict[str, Any]] = []  # of the diagnosis described last
        self._described_last = Diagnosis()
        self._how: tuple[object, ...] = ()
        self._lock = threading.Lock()
        self.allowed: Callable[[Experiment, Experiment], bool] = forbids  # whether the visitor may apply a cure

    def of(self, run: Run, *, playing: bool, beside: int = 1) -> Diagnosis:
        """The diagnosis of ``run``; while it plays, one of so many that do, one that may be a second old or more."""
        last, now, self._playing = self._last, time.perf_counter(), playing
        known = last.leads_to(run)
        interval = max(diagnosis_interval(beside), SHARE * self._seconds)
        if run is last.run or (known and playing and now - self._made < interval):
            return last
        if not is_large(run):
            self._seconds = 0.0
            return self._keep(Diagnosis.of(run))
        if not self._busy:
            self._busy, self._made = True, now
            THREAD.submit(self._diagnose, run)
        return last if known else Diagnosis(run)

    def offered(self, rule: str, experiment: Experiment) -> Finding | None:
        """Return the last finding of ``rule`` in a run of ``experiment``; None where the browser was not shown one."""
        before, finding = self._offered.get(rule, (None, None))
        return finding if before == experiment else None

    def described(self, diagnosis: Diagnosis, language: str) -> list[dict[str, Any]]:
        """The findings of ``diagnosis`` in words, as the browser gets them."""
        run, how = diagnosis.run, (self.allowed, language)
        if run is None or not diagnosis.findings:
            return []
        if self._described_last is not diagnosis or self._how != how:
            self._words = [self._words_of(each, run, language) for each in diagnosis.findings]
            self._described_last, self._how = diagnosis, how
        return self._words

    def _words_of(self, finding: Finding, run: Run, language: str) -> dict[str, Any]:
        """``cure`` is how its cure is applied: "on" to the run as it is, "anew" from epoch 0; None if not at all."""
        cure = finding.cure
        may = cure is not None and self.allowed(run.experiment, cure)
        return {
            "rule": finding.rule,
            "title": translated(finding.title, language),
            "evidence": translated(finding.evidence, language),
            "advice": translated(finding.advice or "", language),
            "cure": ("on" if finding.goes_on(run.experiment) else "anew") if may else None,
        }

    def _diagnose(self, run: Run) -> None:
        began = time.perf_counter()
        try:
            self._keep(Diagnosis.of(run))
        finally:
            self._seconds = time.perf_counter() - began
            self._busy = False
        if not self._playing:
            self._changed()

    def _keep(self, diagnosis: Diagnosis) -> Diagnosis:
        last, run = self._last, diagnosis.run
        # while it plays a finding must be gone twice, so that nothing blinks
        self._held = (
            self._playing and not diagnosis.findings and not self._held and run is not None and last.leads_to(run)
        )
        if self._held:
            diagnosis = diagnosis._replace(findings=last.findings)
        with self._lock:
            self._last, self._made = diagnosis, time.perf_counter()
            if diagnosis.run is not None:
                offers = {each.rule: (diagnosis.run.experiment, each) for each in diagnosis.findings}
                self._offered = {**self._offered, **offers}
        return diagnosis


def forbids(before: Experiment, after: Experiment) -> bool:
    """Allow no change, whatever it is."""
    return False


def is_large(run: Run) -> bool:
    """Whether a diagnosis of ``run`` takes more than about a millisecond."""
    looked_at = min(run.data.n_train, MOST_EXAMPLES)
    rows = max(run.data.n_train, len(run.history.table()))
    return run.params.vector.size * looked_at > MOST_MULTIPLICATIONS or rows > MOST_ROWS

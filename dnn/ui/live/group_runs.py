"""The runs of a group: how they start, and how all of them reach the same epoch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext

from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.training import Workspace, advance_many, start_many
from dnn.training.loop import groups_of
from dnn.training.run import Run
from dnn.ui.limits import estimated_multiplications
from dnn.ui.live.missing_data import NOTHING_YET
from dnn.ui.live.starting import HEAVY, HEAVY_TURN, multiplications

MOST_RUNS = 256
HISTORY_LIMIT = 1024  # rows that each run keeps

Start = Experiment | Run | str | None  # a run begins or goes on; or there is none, for the reason in a message
Runs = tuple[Run | None, ...]


def start_all(starts: Sequence[Start]) -> tuple[Runs, dict[int, str]]:
    """The runs, and for each place whose experiment could not start why. Raises ValueError for more than 256."""
    if len(starts) > MOST_RUNS:
        raise ValueError(f"{len(starts)} runs are more than the {MOST_RUNS} that can play together")
    runs: list[Run | None] = [start if isinstance(start, Run) else None for start in starts]
    wanted = {place: start for place, start in enumerate(starts) if isinstance(start, Experiment)}
    problems = {place: start for place, start in enumerate(starts) if isinstance(start, str)}
    is_heavy = sum(map(estimated_multiplications, wanted.values())) > HEAVY
    with HEAVY_TURN if is_heavy else nullcontext():
        try:
            found = start_many(list(wanted.values()), history_limit=HISTORY_LIMIT)
        except InvalidSetting:
            found = []
            for place, experiment in wanted.items():
                try:
                    found += start_many([experiment], history_limit=HISTORY_LIMIT)
                except InvalidSetting as error:
                    problems[place] = error.message
    for place, run in zip([place for place in wanted if place not in problems], found, strict=True):
        runs[place] = run
    for place, there in enumerate(runs):
        if there is not None and not there.data.n_train:  # it would stay at epoch 0 for ever
            runs[place], problems[place] = None, NOTHING_YET
    return tuple(runs), problems


class GroupTraining:
    """Advances the runs of a group. Its workspaces are kept from one frame to the next."""

    def __init__(self) -> None:
        self._workspaces: dict[int, Workspace] = {}

    def advanced(self, runs: Runs, epochs: int, wanted: Callable[[], bool]) -> Runs:
        """Return ``runs`` after ``epochs`` more, those of one shape in lockstep; stop when no longer ``wanted``."""
        going = [(place, run) for place, run in enumerate(runs) if run is not None and not run.stopped]
        later = list(runs)
        for number, group in enumerate(groups_of([run for _, run in going])):
            if not wanted():
                break
            workspace = self._workspaces.setdefault(number, Workspace())
            advanced = advance_many([going[index][1] for index in group], epochs, workspace=workspace)
            for index, run in zip(group, advanced, strict=True):
                later[going[index][0]] = run
        return tuple(later)


def epoch_of(runs: Runs) -> int:
    """Return the epoch of the runs that have not stopped; if all have, that of the run that got furthest."""
    shown_runs = [run for run in runs if run is not None]
    going = [run.epoch for run in shown_runs if not run.stopped]
    return max(going or [run.epoch for run in shown_runs], default=0)


def is_heavy_group(runs: Runs) -> bool:
    """Whether all of them together take turns with other large runs."""
    return sum(multiplications(run.params.vector.size, run.data) for run in runs if run is not None) > HEAVY

"""The visitor's actions on the shelf, for callbacks. All of them but opening a file can be undone one by one."""

from __future__ import annotations

import time

from dnn.errors import DnnError
from dnn.messages import Message
from dnn.training import advance, advance_updates
from dnn.training.run import Run
from dnn.ui.live.starting import started
from dnn.ui.session.arrival import open_run
from dnn.ui.session.changes import SHELF, Change, apply, shelf, undo_history
from dnn.ui.session.history import Snapshot
from dnn.ui.session.playing import experiment, shown_run
from dnn.ui.session.shelf import MOST, Kept, Shelf
from dnn.ui.turns import long_computation
from dnn.ui.visitor.store import put

SAID = "shelf.said"  # in the store: what the last action came to, until it is shown
SECONDS = 5.0  # of training when a kept run is opened
SLICE = 0.2  # seconds between two looks at the clock


def keep() -> None:
    """Put the run on screen onto the shelf."""
    if (run := shown_run()) is not None:
        keep_runs(run)


def keep_runs(*runs: Run) -> None:
    """Put runs onto the shelf, or store the reason why not."""
    before = shelf()
    try:
        after = before.adding(*(Kept.of(run) for run in runs))
    except DnnError as refused:
        put({SAID: refused.message})
        return
    if after == before:
        put({SAID: Message("This run is on the shelf already.")})
        return
    _replace(after)
    put({SAID: Message("Kept: {count} of {most} on the shelf.", count=len(after.kept), most=MOST)})


def remove(number: int) -> None:
    """Take a run from the shelf."""
    _replace(shelf().without(number))


def remove_all() -> None:
    """Take all runs from the shelf."""
    _replace(Shelf())


def rename(number: int, name: str) -> None:
    """Give a kept run another name; an empty one is made of what differs."""
    _replace(shelf().renamed(number, name))


def add_shelf(other: Shelf) -> None:
    """Put the runs of another shelf, from a file, behind those that are there. Raises ShelfFull."""
    _replace(shelf().adding(*other.kept))


def restore_shelf(other: Shelf) -> None:
    """Put back the runs that the browser's tab stored, before those that were kept meanwhile; not an action."""
    put({SHELF: merged(other, shelf())})


def merged(first: Shelf, second: Shelf) -> Shelf:
    """Return the runs of ``first``, and those of ``second`` behind them as long as there is room."""
    for kept in second.kept:
        try:
            first = first.adding(kept)
        except DnnError:
            break
    return first


def open_kept(number: int) -> None:
    """Go on with a kept run in the playground. For callbacks.

    It is trained again to its epoch, or so far as a few seconds allow; then the page says so.
    """
    kept = shelf().of(number)
    if kept is None:
        return
    run = kept.run() or trained_again(kept)
    open_run(run)
    if run.epoch < kept.epoch and not run.stopped:
        text = Message("It is at epoch {now} of {epoch}: press Play to train it on.", now=run.epoch, epoch=kept.epoch)
        put({SAID: text})


@long_computation()
def trained_again(kept: Kept, seconds: float = SECONDS) -> Run:
    """Return the kept run, trained again from its experiment for ``seconds`` seconds at most."""
    run, began, epochs = started(kept.experiment), time.perf_counter(), 1
    while run.epoch < kept.epoch and not run.stopped and (elapsed := time.perf_counter() - began) < seconds:
        before = run.epoch
        run = advance(run, min(epochs, kept.epoch - run.epoch))
        pace = (time.perf_counter() - began - elapsed) / max(1, run.epoch - before)
        epochs = max(1, min(2 * epochs, int(SLICE / max(pace, 1e-9))))
    if run.epoch == kept.epoch and kept.batch and not run.stopped:
        run = advance_updates(run, kept.batch)
    return run


def _replace(after: Shelf) -> None:
    def make_change() -> Change | None:
        before = shelf()
        if after == before:
            return None
        now = experiment()
        return Change(now, undo_history().push(Snapshot(now, shelf=before)), shelf=after)

    apply(make_change)

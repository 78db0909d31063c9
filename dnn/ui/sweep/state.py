"""The sweep on the page: as its widgets and its link describe it, and the player of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dnn.errors import InvalidSetting, Problem
from dnn.experiment import Experiment
from dnn.messages import Message
from dnn.sweeps import Axis, Sweep
from dnn.ui import session
from dnn.ui.controls.speeds import GROUP_SPEED
from dnn.ui.limits import within_limits
from dnn.ui.live.cleanup import grace
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.group_runs import MOST_RUNS
from dnn.ui.sweep import offers, values
from dnn.ui.sweep.grid import Grid, starts, work
from dnn.ui.visitor import address, language, store

SWEEP, TOKEN, PLAYED, PROBLEMS = "sweep.shown", "sweep.token", "sweep.played", "sweep.problems"  # in the store
NAMES = tuple(f"sweep.axis.{number}.name" for number in range(3))  # keys of the widgets
TEXTS = tuple(f"sweep.axis.{number}.values" for number in range(3))
SEEDS, EPOCHS = "sweep.seeds", "sweep.epochs"
NOTHING = ""  # in the picker of an axis: none
USUAL = (offers.ACROSS, offers.UP, NOTHING)
MOST_SEEDS, MOST_EPOCHS = 64, 100_000
MOST_WORK = 2e9  # multiplications of all cells in one pass over their examples: an epoch takes a second or more

TOO_MANY_AXES = Message("the page shows three axes and the seeds")
NO_DRAWS = Message("the page shows all combinations; random draws are for the command line")


def shown() -> Sweep | None:
    """Return the sweep on screen: the last one whose settings could be read; None before the first."""
    sweep: Sweep | None = store.value(SWEEP)
    return sweep


def open_address() -> None:
    """Show the sweep of the address, on arrival and after the browser's back button."""
    session.apply_pending()
    arrives = session.experiment() is None
    if arrives or address.navigated():
        query = address.query()
        words, plan_problems = address.page_part(query)
        address.set_page_words(words)
        sweep, problems = Sweep.from_query({w: text for w, text in query.items() if w not in address.PAGE_WORDS})
        if arrives or sweep.base != session.experiment():
            session.open(sweep.base, from_address=True)
        found = (*problems, *plan_problems, *_beyond(sweep), *within_limits(sweep.base)[1])
        store.put({PROBLEMS: found})
        if sweep.axes:  # else the address is that of a cell that was opened
            _write_widgets(sweep)
            store.put({} if found else {SWEEP: sweep})
    if store.value(NAMES[0]) is None:
        _write_widgets(Sweep(base=session.experiment()))


def _beyond(sweep: Sweep) -> Iterable[Problem]:
    """Return the problems of a sweep that this page cannot show."""
    if len(sweep.axes) > len(NAMES):
        yield Problem("axes", Message("{count} axes", count=len(sweep.axes)), TOO_MANY_AXES)
    if sweep.draws is not None:
        yield Problem("draws", str(sweep.draws), NO_DRAWS)
    for name, value, most in (("seeds", sweep.seeds, MOST_SEEDS), ("epochs", sweep.epochs, MOST_EPOCHS)):
        if not 1 <= value <= most:
            allowed = Message("it must be a whole number from {low} to {high}", low=1, high=most)
            yield Problem(name, str(value), allowed)


def _write_widgets(sweep: Sweep) -> None:
    """Set the widgets to a sweep; one without axes gets the usual ones."""
    axes = sweep.axes[: len(NAMES)] or _usual(sweep.base)
    written: dict[str, Any] = {
        SEEDS: sweep.seeds if sweep.seeds <= MOST_SEEDS else Sweep.model_fields["seeds"].default,
        EPOCHS: sweep.epochs if 1 <= sweep.epochs <= MOST_EPOCHS else Sweep.model_fields["epochs"].default,
    }
    for number, (name, text) in enumerate(zip(NAMES, TEXTS, strict=True)):
        axis = axes[number] if number < len(axes) else None
        written |= {name: axis.name if axis else NOTHING, text: values.text_of(axis.name, axis.values) if axis else ""}
    store.put(written)


def _usual(base: Experiment) -> tuple[Axis, ...]:
    return tuple(Axis(name=name, values=offers.offered(name, base)) for name in USUAL if name)


def update(sweep: Sweep) -> None:
    """Show this sweep from now on, in the address too, unless it came from there."""
    if sweep != shown() or not any(word.startswith("axis.") for word in address.query()):
        store.put({SWEEP: sweep})
        address.write(sweep.to_query())


def read() -> tuple[Sweep | None, dict[int, str]]:
    """Return the sweep that the widgets describe, None if they describe none, and the problem of each axis."""
    base, axes, problems = session.experiment(), list[Axis](), dict[int, str]()
    for number, (name, text) in enumerate(zip(NAMES, TEXTS, strict=True)):
        if not (chosen := store.value(name)):
            continue
        try:
            axes.append(values.axis(chosen, store.value(text) or ""))
        except InvalidSetting as error:
            problems[number] = error.message
    if problems:
        return None, problems
    try:
        return Sweep(base=base, axes=tuple(axes), seeds=store.value(SEEDS), epochs=store.value(EPOCHS)), {}
    except InvalidSetting as error:
        return None, {0: error.message}


def is_live(sweep: Sweep) -> bool:
    """Whether the page can play all cells at once."""
    return not why_not_live(sweep)


def why_not_live(sweep: Sweep) -> str:
    """Why the page cannot play all cells at once, in a message; empty where it can."""
    if sweep.runs > MOST_RUNS:
        return Message(
            "{count} runs are more than the {most} that can be watched while they learn. Take fewer values or seeds, "
            "or train them in the background.",
            count=sweep.runs,
            most=MOST_RUNS,
        )
    if work(sweep) > MOST_WORK:
        return Message(
            "Together these runs are too large to be watched. Take fewer or smaller ones, or fewer examples, or train "
            "them in the background."
        )
    return ""


def player(sweep: Sweep) -> GroupPlayer:
    """Return the player of the sweep's cells, with the browser's appearance and language."""
    played = sweep.model_copy(update={"epochs": 0})  # how long it plays changes no run
    current = GroupPlayer.of(store.value(TOKEN) or "")
    if current is None:  # a new visitor, or one whose player has expired
        GroupPlayer.sweep(grace())
        grid = Grid(sweep)
        current = GroupPlayer(starts(sweep), layers=grid.layers(), side=grid.side, playing=False, speed=GROUP_SPEED)
        store.put({TOKEN: current.token, PLAYED: played})
    elif store.value(PLAYED) != played:
        grid = Grid(sweep)
        current.use(starts(sweep), grid.layers(), grid.side)
        store.put({PLAYED: played})
    current.stop_at(sweep.epochs)
    current.show(session.appearance(), language.current())
    return current

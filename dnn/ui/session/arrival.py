"""A visitor comes by an address, or back to it."""

from __future__ import annotations

from dnn.errors import Problem
from dnn.experiment import Experiment
from dnn.experiment.links import ELSEWHERE, from_query
from dnn.ui.session.changes import catch_up, leave_for
from dnn.ui.visitor import class_plan
from dnn.ui.visitor.address import PAGE_WORDS, navigated, own_words, plan, query
from dnn.ui.visitor.store import put, value


def visited() -> tuple[Experiment, tuple[Problem, ...]] | None:
    """What the address describes, and what of it cannot be: on the first visit and after the browser's back button.

    At other times the address is not asked: the one that a browser sends along lags behind quick changes.
    """
    catch_up()
    if value("experiment") is not None and not navigated():
        return None
    said = query()
    words, unread = own_words(said)
    put({"words": words})
    said = {word: text for word, text in said.items() if word not in PAGE_WORDS}
    put({"without data": said if said.get("data") == ELSEWHERE else None})
    experiment, problems = from_query(said)
    return experiment, (*problems, *unread)


def arrive(experiment: Experiment, problems: tuple[Problem, ...]) -> None:
    """Begin with what the address described."""
    leave_for(experiment)
    plain = experiment == Experiment() and plan() == class_plan.Plan() and not problems
    put({"problems": problems, "newcomer": plain, "experiment": experiment})


def newcomer() -> bool:
    """Whether the visitor came by the bare address, and not by a link that somebody made."""
    found: bool = value("newcomer") or False
    return found


def without_data() -> dict[str, str] | None:
    """The words of the address that the visitor came by, if its data are elsewhere and have not been found."""
    found: dict[str, str] | None = value("without data")
    return found


def found_data() -> None:
    """They need not be looked for any more."""
    put({"without data": None})


def problems() -> tuple[Problem, ...]:
    """What the address said that could not be read."""
    found: tuple[Problem, ...] = value("problems") or ()
    return found


def forget_problems() -> None:
    """The visitor has read them."""
    put({"problems": ()})

"""The one way in: ``open`` plays an experiment from a link, a file, a preset, a lesson or a gallery."""

from __future__ import annotations

from dnn.errors import Problem
from dnn.experiment import Experiment
from dnn.experiment.links import ELSEWHERE, from_query
from dnn.training.run import Run
from dnn.ui.limits import within_limits
from dnn.ui.session.changes import Change, apply, apply_pending, pushed, undo_history
from dnn.ui.session.history import Snapshot
from dnn.ui.session.playing import experiment, present_run
from dnn.ui.visitor import address, class_plan
from dnn.ui.visitor.store import put, value

PROBLEMS, NEWCOMER, WITHOUT_DATA = "problems", "newcomer", "without data"  # in the store


def open(experiment: Experiment, *, from_address: bool = False) -> None:
    """Play ``experiment`` as a whole: every widget follows, and undo goes back to what was on screen.

    Defaults stand in for settings beyond the page's limits. An experiment that comes ``from_address`` is not held back
    by a teacher's plan, which came with it. For callbacks, and for the page before its widgets are drawn.
    """
    fitted, _ = within_limits(experiment)
    apply(lambda: Change(fitted, pushed(fitted), all_widgets=True, from_address=from_address))


def open_run(run: Run) -> None:
    """Go on with ``run``, which came from a file; undo goes back to what was on screen."""
    apply(lambda: Change(run.experiment, undo_history().push(Snapshot(experiment(), present_run())), run))


def open_address() -> bool:
    """Open what the address describes, on the first visit and after the browser's back button; whether it did.

    At other times the address is not read: the one that a browser sends along lags behind quick changes.
    """
    apply_pending()
    if experiment() is not None and not address.navigated():
        return False
    query = address.query()
    words, unread = address.page_part(query)
    address.set_page_words(words)
    query = {word: text for word, text in query.items() if word not in address.PAGE_WORDS}
    put({WITHOUT_DATA: query if query.get("data") == ELSEWHERE else None})
    described, problems = from_query(query)
    open(described, from_address=True)
    problems = (*problems, *unread, *within_limits(described)[1])
    plain = experiment() == Experiment() and address.plan() == class_plan.Plan() and not problems
    put({PROBLEMS: problems, NEWCOMER: plain})
    return True


def is_newcomer() -> bool:
    """Whether the visitor came by the bare address, and not by a link that somebody made."""
    found: bool = value(NEWCOMER) or False
    return found


def without_data() -> dict[str, str] | None:
    """The words of the address that the visitor came by, if its data are elsewhere and have not been found."""
    found: dict[str, str] | None = value(WITHOUT_DATA)
    return found


def found_data() -> None:
    """The data need not be looked for any more."""
    put({WITHOUT_DATA: None})


def problems_found() -> tuple[Problem, ...]:
    """What could not be read of the address."""
    found: tuple[Problem, ...] = value(PROBLEMS) or ()
    return found


def forget_problems() -> None:
    """The visitor has read them."""
    put({PROBLEMS: ()})

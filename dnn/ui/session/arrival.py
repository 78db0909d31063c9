"""Open experiments: ``open`` plays one from a link, a file, a preset, a lesson or a gallery."""

from __future__ import annotations

from dnn.experiment import Experiment
from dnn.experiment.links import ELSEWHERE, from_query
from dnn.training.run import Run
from dnn.ui.limits import within_limits
from dnn.ui.session.changes import WITHOUT_DATA, Change, apply, apply_pending, pushed_history, undo_history
from dnn.ui.session.history import Snapshot
from dnn.ui.session.playing import experiment, present_run
from dnn.ui.visitor import address, class_plan
from dnn.ui.visitor.store import put, value

PROBLEMS, NEWCOMER = "problems", "newcomer"  # in the store


def open(experiment: Experiment, *, from_address: bool = False, unrestricted: bool = False) -> None:
    """Play ``experiment`` and set every widget; undo returns to the previous experiment.

    Defaults replace settings beyond the page's limits. An experiment ``from_address`` is not restricted by the
    teacher's plan of the same address, nor is an ``unrestricted`` one, which the teacher opens. For callbacks, and for
    the page before its widgets are drawn.
    """
    fitted, _ = within_limits(experiment)
    apply(
        lambda: Change(
            fitted,
            pushed_history(fitted),
            all_widgets=True,
            from_address=from_address,
            unrestricted=unrestricted,
        )
    )


def open_run(run: Run, *, unrestricted: bool = False) -> None:
    """Continue ``run``, which came from a file or is the visitor's own; undo returns to the previous experiment."""
    before = Snapshot(experiment(), present_run())
    apply(lambda: Change(run.experiment, undo_history().push(before), run, unrestricted=unrestricted))


def open_address(*, from_another_page: bool = False) -> bool:
    """Open the experiment of the address on arrival and after the browser's back button; return whether it did.

    At other times the address is not read, because the browser's address lags behind quick changes. When the back
    button led here ``from_another_page``, it may still be the address of that page, which is no experiment.
    """
    apply_pending()
    if experiment() is not None and (not address.navigated() or (from_another_page and not _is_experiment())):
        return False
    words, plan_problems = address.page_part(address.query())
    address.set_page_words(words)
    query = _words()
    put({WITHOUT_DATA: query if query.get("data") == ELSEWHERE else None})
    described, problems = from_query(query)
    open(described, from_address=True)
    problems = (*problems, *plan_problems, *within_limits(described)[1])
    alone = address.plan() == class_plan.Plan() and not address.class_code()
    plain = experiment() == Experiment() and alone and not problems
    put({PROBLEMS: problems, NEWCOMER: plain})
    return True


def _words() -> dict[str, str]:
    """Return the words of the address without those of the page."""
    return {word: text for word, text in address.query().items() if word not in address.PAGE_WORDS}


def _is_experiment() -> bool:
    """Whether the address describes an experiment, and nothing else."""
    words = _words()
    return bool(words) and not from_query(words)[1]


def is_newcomer() -> bool:
    """Whether the visitor opened the plain address, not a link, and has not joined a class since."""
    newcomer: bool = value(NEWCOMER) or False
    return newcomer and not address.class_code()


def words_without_data() -> dict[str, str] | None:
    """Return the words of the visitor's address while its data, stored elsewhere, are being looked for."""
    words: dict[str, str] | None = value(WITHOUT_DATA)
    return words


def end_data_search() -> None:
    """Stop looking for the data."""
    put({WITHOUT_DATA: None})


def forget_problems() -> None:
    """Forget the problems of the address after the visitor has read them."""
    put({PROBLEMS: ()})

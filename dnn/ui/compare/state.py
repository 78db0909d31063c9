"""Which experiments are compared, where they come from, and the player that trains them in step."""

from __future__ import annotations

from collections.abc import Iterable

from dnn.errors import Problem
from dnn.experiment import Experiment
from dnn.experiment.comparisons import FEWEST, MOST, RUNS, Comparison, comparison_from_query, comparison_to_query
from dnn.experiment.links import from_query
from dnn.experiment.variants import variants
from dnn.ui import session
from dnn.ui.controls.speeds import GROUP_SPEED
from dnn.ui.limits import within_limits
from dnn.ui.live.cleanup import grace
from dnn.ui.live.group import GroupPlayer
from dnn.ui.visitor import address, language, store

COMPARISON, PLAYED, TOKEN, PROBLEMS = "comparison", "comparison.played", "comparison.token", "comparison.problems"
WHOSE = "comparison.whose"  # in the store, as those
SIDE = 72  # points on a side of a map


def comparison() -> Comparison:
    """Return what is compared; to begin with, the experiment on screen and a copy that learns three times as fast."""
    chosen: Comparison | None = store.value(COMPARISON)
    return chosen or beside_variant(session.experiment())


def beside_variant(experiment: Experiment) -> Comparison:
    """Return the experiment beside its first variant with a larger learning rate, or another one."""
    others = variants(experiment)
    faster = (each for each in others if each.training.learning_rate > experiment.training.learning_rate)
    return Comparison(experiments=(experiment, next(faster, others[0])))


def whose() -> tuple[str, ...]:
    """Return the names of the pupils who made what is compared, "" for a run of nobody; () where no class is."""
    names: tuple[str, ...] = store.value(WHOSE) or ()
    return names


def compare(*experiments: Experiment, of: Iterable[str] = ()) -> None:
    """Compare these from now on: the first six of them. ``of`` are the names of the pupils who made them."""
    chosen = tuple(within_limits(each)[0] for each in experiments[:MOST])
    if len(chosen) >= FEWEST:
        after, names = Comparison(experiments=chosen), tuple(of)[:MOST]
        if not names and store.value(COMPARISON) == after:
            names = whose()  # the address holds the same, without names
        store.put({COMPARISON: after, PROBLEMS: (), WHOSE: names})


def add(experiment: Experiment) -> None:
    """Add one more run to what is compared, if there is room."""
    names = whose()
    compare(*comparison().experiments, experiment, of=(*names, "") if names else ())


def leave_out(place: int) -> None:
    """Compare the others, if at least two are left."""
    others = [each for at, each in enumerate(comparison().experiments) if at != place]
    compare(*others, of=[name for at, name in enumerate(whose()) if at != place])


def open_address() -> None:
    """Compare what the address holds, on arrival and after the browser's back button; else write the address."""
    session.apply_pending()
    arrives = session.experiment() is None
    if arrives or address.navigated():
        words, plan_problems = address.page_part(address.query())
        address.set_page_words(words)
        query = {word: text for word, text in address.query().items() if word not in address.PAGE_WORDS}
        found, problems = comparison_from_query(query)
        beyond: Iterable[Problem] = ()
        if found:
            beyond = [problem for each in found.experiments for problem in within_limits(each)[1]]
            compare(*found.experiments)
        if arrives:
            session.open(found.experiments[0] if found else _alone(query), from_address=True)
        store.put({PROBLEMS: (*problems, *plan_problems, *dict.fromkeys(beyond))})
    address.write(comparison_to_query(comparison()))


def _alone(query: dict[str, str]) -> Experiment:
    """Return the experiment of an address that has no other run to compare it with."""
    return within_limits(from_query({word: text for word, text in query.items() if word != RUNS})[0])[0]


def player() -> GroupPlayer:
    """Return the player of the comparison, with the browser's appearance and language."""
    chosen, current = comparison(), GroupPlayer.of(store.value(TOKEN) or "")
    if current is None:  # a new visitor, or one whose player has expired
        GroupPlayer.sweep(grace())
        current = GroupPlayer(chosen.experiments, side=SIDE, weights=True, costs=True, speed=GROUP_SPEED)
        store.put({TOKEN: current.token, PLAYED: chosen})
    elif store.value(PLAYED) != chosen:
        current.use(chosen.experiments)
        store.put({PLAYED: chosen})
    current.show(session.appearance(), language.current())
    return current

"""The results of a sweep in sentences: the best cell, where runs diverge, and which setting matters more.

Each sentence is left out where it does not hold; ``variance`` has the criterion by which one setting matters more than
another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from dnn.experiment.setting_names import setting_title, settings_text, value_text
from dnn.messages import Message, Translate
from dnn.sweeps.axes import Axis, is_numeric
from dnn.sweeps.outcomes import Measure, Outcome, best, outcomes, table_of
from dnn.sweeps.results import Result
from dnn.sweeps.sweep import Sweep
from dnn.sweeps.variance import Variance, complete_part

MOST_TABLE = 1_000_000  # values of the largest grid that is analysed


def summary(sweep: Sweep, results: Sequence[Result], measure: Measure, say: Translate = str) -> tuple[Message, ...]:
    """Return the sentences about ``results``, which may be those of a part of ``sweep``.

    Names of settings and values are translated by ``say``; the sentences are templates that can be translated.
    """
    found = outcomes(sweep, results, measure)
    return (
        *_best(found, measure, say),
        *_diverging(sweep, found, say),
        *_problems(found, say),
        *_compared(sweep, found, measure, say),
    )


def _best(found: list[Outcome], measure: Measure, say: Translate) -> Iterator[Message]:
    top = best(found, measure)
    if top is None:
        return
    values = {
        "settings": settings_text(top.settings, say) or say(Message("the only cell")),
        "measure": say(measure.short),
        "value": measure.text(top.mean, top.spread),
    }
    yield Message("Best: {settings}: {measure} {value}.", **values)
    if top.spread is None:
        return
    sign = 1.0 if measure.largest_is_best else -1.0
    near = [
        outcome
        for outcome in found
        if outcome is not top
        and not np.isnan(outcome.values).any()
        and sign * outcome.mean >= sign * top.mean - top.spread
    ]
    if len(near) == 1:
        other = settings_text(near[0].settings, say)
        yield Message("{settings} is as good within the spread over seeds.", settings=other)
    elif near:
        yield Message("{count} other cells are as good within the spread over seeds.", count=len(near))


def _diverging(sweep: Sweep, found: list[Outcome], say: Translate) -> Iterator[Message]:
    """Say beyond which number every run diverges, or with which choices; else how many runs diverge."""
    started = [outcome for outcome in found if outcome.started]
    if not any(outcome.diverged for outcome in started):
        return
    if all(outcome.diverges for outcome in started) and len(started) > 1:
        yield Message("Every run diverges.")
        return
    sentences = [sentence for number in range(len(sweep.axes)) for sentence in _on_axis(sweep, found, number, say)]
    yield from sentences
    if not sentences:
        runs = sum(outcome.started for outcome in started)
        yield Message("{count} of {all} runs diverge.", count=sum(outcome.diverged for outcome in started), all=runs)


def _on_axis(sweep: Sweep, found: list[Outcome], number: int, say: Translate) -> Iterator[Message]:
    axis = sweep.axes[number]
    levels: list[list[Outcome]] = [[] for _ in axis.values]
    for outcome in found:
        levels[outcome.place[number]].append(outcome)
    # values with which nothing could start say nothing
    order = [place for place, level in enumerate(levels) if any(outcome.started for outcome in level)]
    diverging = {place: _all_diverge(sweep, axis, levels[place], len(found)) for place in order}
    title = say(setting_title(axis.name))

    def text(place: int) -> str:
        return value_text(axis.name, axis.values[place], say)

    if not is_numeric(axis.values):
        for place in order:
            if diverging[place]:
                yield Message("{axis} {value}: every run diverges.", axis=title, value=text(place))
        return
    order.sort(key=lambda place: axis.values[place])
    others = [place for place in order if not diverging[place]]
    if others and diverging[order[-1]]:
        yield Message("{axis} above {value}: every run diverges.", axis=title, value=text(others[-1]))
    if others and diverging[order[0]]:
        yield Message("{axis} below {value}: every run diverges.", axis=title, value=text(others[0]))


def _all_diverge(sweep: Sweep, axis: Axis, level: list[Outcome], combinations: int) -> bool:
    """Whether all runs with one value of ``axis`` are there and all that could start diverged."""
    grid = sweep.draws is None
    whole = len(level) == sweep.combinations // len(axis.values) if grid else combinations == sweep.combinations
    complete = whole and all(len(outcome.results) == sweep.seeds for outcome in level)
    return complete and all(outcome.diverges for outcome in level if outcome.started)


def _problems(found: list[Outcome], say: Translate) -> Iterator[Message]:
    failed = [result.problem for outcome in found for result in outcome.results if result.problem]
    if len(failed) == 1:
        yield Message("One run could not start: {problem}", problem=say(failed[0]))
    elif failed:
        first = say(failed[0])
        yield Message("{count} runs could not start, the first of them: {problem}", count=len(failed), problem=first)


def _compared(sweep: Sweep, found: list[Outcome], measure: Measure, say: Translate) -> Iterator[Message]:
    """Say which settings matter less than the one that explains most of the variance."""
    if sweep.draws is not None or not len(sweep.axes) > 1 or sweep.runs > MOST_TABLE:
        return
    whole = table_of(sweep, found)
    values = complete_part(whole)
    if not measure.is_share:
        if not (values > 0.0).all():
            return
        values = np.log10(values)  # costs lie decades apart
    axes = [axis for axis, count in enumerate(values.shape[:-1]) if count > 1]
    variance = Variance.of(values) if len(axes) > 1 else None
    if variance is None:
        return
    top = max(axes, key=lambda axis: float(variance.omega_squared[axis]))
    has_sentence = False
    for axis in axes:
        if axis != top and variance.outweighs(top, axis):
            has_sentence = True
            yield Message(
                "*{less}* matters less than *{more}*: it explains {small} of the variance, the other {large}.",
                less=say(setting_title(sweep.axes[axis].name)),
                more=say(setting_title(sweep.axes[top].name)),
                small=f"{max(0.0, float(variance.omega_squared[axis])):.0%}".replace("%", " %"),
                large=f"{float(variance.omega_squared[top]):.0%}".replace("%", " %"),
            )
    if has_sentence and values.size < whole.size:
        yield Message("This compares the {count} runs with those values with which none diverged.", count=values.size)

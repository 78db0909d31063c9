"""The choice of a copy of an experiment with one setting changed, to compare it with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

import streamlit as st

from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.experiment.differences import Difference, differences
from dnn.experiment.variants import variants, with_setting
from dnn.ui.limits import check_limits
from dnn.ui.visitor import store
from dnn.ui.visitor.language import say_again, tr
from dnn.ui.widgets.guard import callback


def pick_variant(base: Experiment, key: str, label: str, button: str, on_pick: Callable[[Experiment], None]) -> bool:
    """Draw the choice and a button that calls ``on_pick``; return whether it was pressed."""
    offered = offered_variants(base)
    say_again(key)
    if store.value(key) not in range(len(offered)):  # of another experiment, or a label in another language
        store.put({key: 0})
    labels = [f"{tr(difference.title)}: {tr(difference.texts[1])}" for _, difference in offered]
    place = st.selectbox(label, range(len(offered)), key=key, format_func=lambda at: labels[at])
    return st.button(
        button,
        key=f"{key}.use",
        type="primary",
        icon=":material/compare:",
        on_click=callback(on_pick),
        args=(offered[place][0],),
        width="stretch",
    )


def offered_variants(base: Experiment) -> list[tuple[Experiment, Difference]]:
    """Return the variants of ``base`` that this page allows, each with the setting that differs."""
    numbers = {"draw": base.draw, "seed": base.seed}
    offered = []
    for each, difference in _offered(base.model_copy(update=dict.fromkeys(numbers, 0))):
        if difference.setting not in numbers:
            offered.append((each.model_copy(update=numbers), difference))
            continue
        with suppress(InvalidSetting):  # there is no higher one
            other = with_setting(base, (difference.setting,), numbers[difference.setting] + 1)
            offered.append((other, differences((base, other))[0]))
    return offered


@lru_cache(maxsize=32)
def _offered(base: Experiment) -> tuple[tuple[Experiment, Difference], ...]:
    """The same, kept: it takes long, and *New weights* asks for it each time with the same settings but one."""
    return tuple((each, differences((base, each))[0]) for each in variants(base) if _is_allowed(each))


def _is_allowed(experiment: Experiment) -> bool:
    try:
        check_limits(experiment)
    except InvalidSetting:
        return False
    return True

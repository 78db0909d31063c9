"""The settings of the script that draws a comparison: names, colours, the empty cost chart and what differs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from dnn.experiment.comparisons import Comparison
from dnn.experiment.differences import differences, names
from dnn.plots.comparison import group_costs_figure, line_looks
from dnn.plots.theme import Theme
from dnn.ui.visitor.language import tr


def settings(comparison: Comparison, theme: Theme, *, whose: Sequence[str] = (), opens: bool = True) -> dict[str, Any]:
    """Return the settings of ``compare.js``, in the visitor's language; ``opens`` lets a click open a run.

    ``whose`` are the names of the pupils who made the runs; one without a name is called by what differs.
    """
    experiments = comparison.experiments
    called = tuple(pupil or name for pupil, name in zip_longest(whose, names(experiments, say=tr), fillvalue=""))
    looks = line_looks(theme, len(experiments))
    return {
        "opens": opens,
        "names": list(called),
        "colors": [color for color, _ in looks],
        "dashes": [dash for _, dash in looks],
        "rows": [
            {
                "title": tr(difference.title),
                "texts": [tr(text) for text in difference.texts],
                "marked": list(difference.marked()),
            }
            for difference in differences(experiments)
        ],
        "figure": json.loads(group_costs_figure(called, theme, tr).to_json()),
    }

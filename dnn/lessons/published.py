"""Published results that stand beside a pupil's own: one for each option of a step's setting."""

from __future__ import annotations

from dataclasses import dataclass

from dnn.analysis.textbook import published
from dnn.lessons.measures import TRAIN_ACCURACY, Measure
from dnn.messages import Message


@dataclass(frozen=True)
class PublishedFigures:
    """What was printed, as a share of 1, by the label of an option of the step's first setting.

    ``title`` says of what and by whom; ``measure`` reads the same of the pupil's run.
    """

    title: str
    measure: Measure
    by_option: tuple[tuple[str, float], ...]


def flower_widths() -> PublishedFigures:
    """Return the train accuracies that Andrew Ng's course printed for widths of the hidden layer."""
    case = next(case for case in published()["cases"] if case["id"] == "train_planar_hidden_size_sweep")
    widths = {name.removeprefix("accuracy_percent_nh"): value for name, value in case["expected"].items()}
    return PublishedFigures(
        Message("Train accuracy: printed by Andrew Ng's course, after 5000 updates on its own flower, and yours"),
        TRAIN_ACCURACY,
        tuple((width, percent / 100) for width, percent in widths.items()),
    )

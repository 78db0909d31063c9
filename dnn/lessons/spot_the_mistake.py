"""Lesson 10: networks with a mistake in them, to be found from what they do."""

from __future__ import annotations

from dnn.lessons.lesson import Lesson, Mystery, Step
from dnn.mistakes import MISTAKES


def _step(title: str, text: str, mistake: str, *others: str, epochs_shown: int | None = None) -> Step:
    setting = MISTAKES[mistake].setting
    suspects = tuple(name for name in MISTAKES if name in (mistake, *others))
    return Step(
        title=title,
        text=text,
        experiment=setting.experiment,
        epochs=setting.epochs,
        mystery=Mystery(mistake, suspects, epochs_shown),
    )


LESSON = Lesson(
    id="spot-the-mistake",
    title="Spot the mistake",
    summary="Six networks with a flaw that some tutorial prints: find it from the symptoms.",
    steps=(
        _step(
            "The boundary stays straight",
            """
You know the right network by now, and each of these has one mistake in it that a tutorial prints. Two runs are shown,
from the same data and the same random numbers: the right rule, and the flawed one.

Four hidden units of tanh, the moons. The flawed network trains and its cost falls. Look at its boundary.
""",
            "output_reads_z",
            "last_layer_stays",
            "summed_bias",
        ),
        _step(
            "The cost does not move",
            """
Four hidden layers. At the end the right network's cost is below 0.1, and the flawed one's is still 0.693.

What holds it there?
""",
            "tiny_start",
            "last_layer_stays",
            "wrong_count",
        ),
        _step(
            "The cost does not settle",
            """
The flawed cost leaps, with a learning rate that suits the right network well. Twice the examples would make the leaps
twice as long.
""",
            "wrong_count",
            "unscaled_start",
            "summed_bias",
        ),
        _step(
            "A first cost that is far too high",
            r"""
No network has learnt anything at epoch 0, and answering one half to everything costs ln 2 ≈ 0.69. The flawed one
begins at more than 10 and is past $10^{70}$ after seven epochs. Then it falls, and ends at ln 2.

The chart has the first 15 epochs. The planes show the answers of both at the end.
""",
            "unscaled_start",
            "divides_by_output",
            "wrong_count",
            epochs_shown=15,
        ),
        _step(
            "The cost is no number any more",
            """
The cost falls as it should. Then the curve ends, at the cross: from one epoch to the next the cost is not a number any
more.
""",
            "divides_by_output",
            "tiny_start",
            "one_mean",
        ),
        _step(
            "Better in training, not in the test",
            """
Few examples and much noise. The flawed network's train cost falls further than the right one's, and its test accuracy
is no better for it.

For a new example it is not even clear which of its numbers belong to it.
""",
            "bias_per_example",
            "one_mean",
            "last_layer_stays",
        ),
    ),
)

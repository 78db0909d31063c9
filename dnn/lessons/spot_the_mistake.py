"""Lesson 10: networks with a mistake in them, to be found from what they do."""

from __future__ import annotations

from dnn.lessons.drawings import CrossEntropy, Drawing, FaultCurves, SymptomCurves
from dnn.lessons.lesson import Lesson, Mystery, Step
from dnn.lessons.symptoms import (
    BREAKS_OFF,
    ENDS_HIGHER,
    ENDS_LOWER,
    HALVES,
    LEAPING,
    SAME_START,
    STARTS_HIGH,
    STILL,
    STRAIGHT,
    TEST_WORSE,
    Symptom,
)
from dnn.mistakes import MISTAKES


def _step(
    title: str,
    text: str,
    mistake: str,
    *others: str,
    symptoms: tuple[Symptom, ...],
    epochs_shown: int | None = None,
    drawing: Drawing | None = None,
) -> Step:
    setting = MISTAKES[mistake].setting
    suspects = tuple(name for name in MISTAKES if name in (mistake, *others))
    return Step(
        title=title,
        text=text,
        experiment=setting.experiment,
        epochs=setting.epochs,
        mystery=Mystery(mistake, suspects, symptoms, epochs_shown),
        drawing=drawing,
    )


LESSON = Lesson(
    id="spot-the-mistake",
    title="Spot the mistake",
    summary="Six networks with a flaw that some tutorial prints: name two symptoms, then find the flaw.",
    steps=(
        _step(
            "Four units and the moons",
            """
You know the right network by now, and each of these has one mistake in it that a tutorial prints. Two runs are shown,
from the same data and the same random numbers: the right rule, and the flawed one.

Look first: tick two symptoms that you see. Then choose the mistake that has them.

Here are four hidden units of tanh and the moons. The flawed network trains, and its cost falls.

The drawing has six cost curves, each of another mistake beside the right network's. One [ends higher]{.ends_higher},
one [hardly changes]{.still}, one [leaps up]{.leaping}, one [starts far too high]{.starts_high}, one
[breaks off]{.breaks_off}, and one [ends lower]{.ends_lower}.
""",
            "output_reads_z",
            "last_layer_stays",
            "summed_bias",
            symptoms=(STILL, STRAIGHT, BREAKS_OFF, ENDS_HIGHER, HALVES),
            drawing=SymptomCurves(),
        ),
        _step(
            "Four hidden layers",
            """
Four hidden layers of eight ReLU units. At the end the right network's cost is below 0.1. What holds the flawed one?
""",
            "tiny_start",
            "last_layer_stays",
            "wrong_count",
            symptoms=(LEAPING, HALVES, SAME_START, STILL, BREAKS_OFF),
        ),
        _step(
            "Six units at a learning rate of 1",
            """
Six hidden units of tanh, with a learning rate that suits the right network well: its cost falls in every epoch.

One more observation: with twice the examples the flawed network's steps are twice as long.
""",
            "wrong_count",
            "unscaled_start",
            "summed_bias",
            symptoms=(HALVES, STARTS_HIGH, LEAPING, BREAKS_OFF, SAME_START),
        ),
        _step(
            "Five hidden layers",
            """
Five hidden layers of 16 ReLU units. No network has learnt anything at epoch 0, and answering [one half]{.half} to
everything costs ln 2 ≈ [0.69]{.half}. The flawed cost is past $10^{70}$ after seven epochs: so large are its sums $z$,
from which the cost is computed (lesson 5). Then it falls, and ends at ln 2.

The chart has the first 15 epochs. The planes show the answers of both at the end.
""",
            "unscaled_start",
            "divides_by_output",
            "wrong_count",
            symptoms=(SAME_START, STARTS_HIGH, ENDS_LOWER, STILL, HALVES),
            epochs_shown=15,
            drawing=CrossEntropy({"half": 0.5}),
        ),
        _step(
            "Two clouds",
            """
Two clouds of examples that are easily parted, and three hidden layers of ReLU. At first the cost falls as it should.
""",
            "divides_by_output",
            "tiny_start",
            "one_mean",
            symptoms=(LEAPING, SAME_START, STARTS_HIGH, STILL, BREAKS_OFF),
        ),
        _step(
            "Seventy noisy examples",
            """
Seventy training examples and much noise.

One more observation: the flawed network has some numbers for each training example. For a new example it has none.
""",
            "bias_per_example",
            "one_mean",
            "last_layer_stays",
            symptoms=(ENDS_LOWER, LEAPING, STILL, TEST_WORSE, HALVES),
            drawing=FaultCurves(),
        ),
    ),
)

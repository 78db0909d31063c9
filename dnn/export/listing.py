"""The experiment of a run as a listing of plain NumPy functions, in sections with a sentence each.

Scripts and notebooks consist of these sections. The listing does the same operations as the engine in the same order:
examples are columns, and every matrix of activations has a last row of ones. So one product with W, whose last row is
b, computes A W + b. Only code that this experiment needs is included.
"""

from __future__ import annotations

from dnn.export.code.context import Context, Section
from dnn.export.code.forward_backward import backward, cost, forward, hidden_activations
from dnn.export.code.loop import chance, train, update
from dnn.export.code.setup import initialise, load, numbers, settings
from dnn.training.run import Run

CHANGED = (
    "Settings or numbers were changed while the run in the playground went on. This code trains with the last settings "
    "from the beginning, so its costs differ from those that the playground showed."
)


def listing(run: Run) -> list[Section]:
    """Return the sections for ``run``: settings and numbers, then data, initial parameters and training."""
    context = Context(run)
    parts = [settings(context), numbers(context), load(context), initialise(context)]
    parts += [hidden_activations(context)] if context.hidden else []
    parts += [forward(context), cost(context), backward(context), update(context)]
    parts += [Section("Learning rate", "How it changes from epoch to epoch.", context.rate)] if context.rate else []
    parts += [chance(context)] if context.shuffles or context.drops else []
    parts += [train(context)]
    if context.source.definitions:  # last, because every part adds the classes that it needs
        text = "What has no shorter form, as it stands in the playground's own source."
        parts.insert(2, Section("Classes", text, context.source.code))
    return parts

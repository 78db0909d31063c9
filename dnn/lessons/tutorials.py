"""The five tutorials that lessons retell: what each builds and teaches, and the course behind them."""

from __future__ import annotations

from dnn.lessons.lesson import Lesson, Step

# Of a lesson: its tutorial, with the settings that it prints.
TUTORIALS = {
    "sigmoid-net": "The tutorial `sigmoid-net` builds a network of any depth with a sigmoid in every layer; its figure"
    " has 3, 4, 3 and 1 units. Weights and biases start from 𝒩(0, 1). It shows that one neuron cannot "
    "bend its boundary, and that a stack of them can.",
    "one-hidden": "The tutorial `one-hidden` builds one hidden layer of 4 tanh units with a sigmoid output: weights "
    "from 0.01 · 𝒩(0, 1), a learning rate of 1.2, and 10,000 iterations. It writes the recipe as six "
    "small functions.",
    "relu-net": "The tutorial `relu-net` builds a network of any depth with ReLU in its hidden layers: weights from"
    " 𝒩(0, 1), a learning rate of 0.001, and 1,000 iterations. It explains why ReLU is used.",
    "modular": "The tutorial `modular` cuts the forward and the backward pass into a linear and an activation "
    "half, and keeps a table of the shapes. Its weights start from 0.01 · 𝒩(0, 1).",
    "weather": "The tutorial `weather` tells rain from temperature, humidity and pressure. It standardises the "
    "inputs, and speaks of starting weights, overfitting and its cures, and better optimisers.",
}

COURSE = (
    "Five published tutorials build such networks in bare NumPy, and each prints at least one mistake; "
    "the short names are ours. They retell parts of the *Deep Learning Specialization* on Coursera. "
    "*Against the textbook* has runs of it with their published figures; the other numbers of the "
    "lessons are measured here."
)


def told_of(lesson: Lesson, step: Step) -> tuple[str, ...]:
    """Return the description of the tutorials that the step's text mentions, in paragraphs; empty without any."""
    if "tutorial" not in step.text and "printed" not in step.text:
        return ()
    return (TUTORIALS[lesson.id], COURSE) if lesson.id in TUTORIALS else (COURSE,)

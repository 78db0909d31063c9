"""Words that the lessons use, each in a sentence or two that needs none of the others' formulas."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """``forms`` are the ways in which it stands in a text, parted by bars; a translation has its own."""

    name: str
    forms: str
    meaning: str


GLOSSARY: tuple[Word, ...] = (
    Word(
        "boundary",
        "decision boundary|boundary|boundaries|border|borders",
        "The line on which the network is undecided: on one side it answers class 1, on the other class 0.",
    ),
    Word(
        "cost",
        "cost|costs",
        "One number for how wrong the answers are, averaged over the examples. Training makes it small; 0 is perfect.",
    ),
    Word("epoch", "epoch|epochs", "One pass through all training examples."),
    Word(
        "batch",
        "batch|batches|mini-batches|mini-batch",
        "The examples that are looked at together before the weights change. A small part of all: a mini-batch.",
    ),
    Word(
        "weight",
        "weight|weights",
        "A number on a connection: how strongly one unit listens to another. Blue lines are positive, orange ones "
        "negative, thick ones large.",
    ),
    Word(
        "bias",
        "bias|biases",
        "A number that a unit adds to its weighted sum: it moves the place where the unit changes over.",
    ),
    Word(
        "gradient",
        "gradient|gradients",
        "For every weight: how much the cost would change if the weight grew a little. It points uphill.",
    ),
    Word(
        "learning rate",
        "learning rate|learning rates",
        "How far each update steps against the gradient. Too small is slow; too large jumps across the valley.",
    ),
    Word(
        "activation",
        "activation|activations",
        "The bend that a unit gives to its weighted sum, such as ReLU or tanh. Without it many layers are worth one.",
    ),
    Word(
        "overfitting",
        "overfitting|overfit|by heart",
        "Learning the training examples by heart, noise and all, and doing worse on new ones.",
    ),
    Word(
        "landscape",
        "landscape|landscapes",
        "The cost as the height of a place, where the place is given by the weights. Training walks downhill in it.",
    ),
    Word(
        "curvature",
        "curvature|curvatures",
        "How quickly the slope changes along a direction: large in a narrow valley, small in a flat one, negative "
        "where the ground curves down.",
    ),
    Word(
        "ravine",
        "ravine|ravines|narrow valley",
        "A valley that is steep across and flat along: the way down is long, and the walls are near.",
    ),
    Word(
        "saddle",
        "saddle|saddles",
        "A place without a slope, from which some directions lead up and others down, as on a mountain pass.",
    ),
    Word(
        "sharpness",
        "sharpness",
        "The largest curvature in any direction. Above 2 over the learning rate, plain steps leap across the valley.",
    ),
)

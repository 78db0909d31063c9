"""How each lesson ends, in three lines, and a question about the lesson before with which it begins."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dnn.lessons.lesson import Lesson, Recall


@dataclass(frozen=True)
class Closing:
    """What was ``learnt`` in a lesson, and what of the lesson before is asked at its start."""

    learnt: tuple[str, str, str]
    recall: Recall | None = None


CLOSINGS = {
    "one-neuron": Closing(
        learnt=(
            "The decision boundary of one neuron is a straight line.",
            "Where no straight line separates the classes, longer training does not help. Other inputs do: with "
            "squares the neuron drew a closed curve around the disc.",
            "With too small a learning rate the cost falls slowly. With too large a rate it rises in some epochs.",
        ),
    ),
    "one-hidden": Closing(
        learnt=(
            "With weights near zero the first cost is about ln 2 = 0.69: every answer is one half.",
            "Four tanh units are enough for a boundary that follows the petals; one unit draws a straight line.",
            "Without an activation function a hidden layer adds nothing: the boundary stays straight.",
        ),
        recall=Recall(
            question="From lesson 1: what shape has the decision boundary of one neuron?",
            choices=(
                "A straight line in what it sees",
                "A circle around one class",
                "Any curve, after enough epochs",
            ),
            right=0,
            why="The weighted sum is linear in the inputs, and the boundary lies where it is 0. With squares as "
            "inputs it can be a closed curve over x₁ and x₂.",
        ),
    ),
    "sigmoid-net": Closing(
        learnt=(
            "The slope of a sigmoid is a quarter at most, and backpropagation multiplies the slopes of all layers.",
            "In eight layers of sigmoids almost no gradient reaches the first layer: the vanishing gradient.",
            "Tanh has slopes of up to 1, and all eight layers learn.",
        ),
        recall=Recall(
            question="From lesson 2: how many hidden tanh units does the flower need at least, from any starting "
            "weights?",
            choices=(
                "One",
                "Four",
                "Twenty",
            ),
            right=1,
            why="One and two units bend the boundary too little. Three are enough from some starting weights "
            "only, four from all that were tried.",
        ),
    ),
    "relu-net": Closing(
        learnt=(
            "ReLU turns about half of the hidden activations into exactly 0.",
            "With He's starting weights the gradient keeps about its length through eight layers, and all"
            " of them learn.",
            "With a learning rate of 5 half of the units die in the first epoch. A dead unit returns 0 "
            "for every example.",
        ),
        recall=Recall(
            question="From lesson 3: why does the first of eight sigmoid layers hardly learn?",
            choices=(
                "It has too few units",
                "Its gradient is the product of many slopes of a quarter or less",
                "It starts at zero",
            ),
            right=1,
            why="Eight such slopes multiply to less than 1/65 000. The gradient vanishes on its way back.",
        ),
    ),
    "modular": Closing(
        learnt=(
            "Layers of 2, 5, 3 and 1 units have 2·5 + 5·3 + 3·1 = 28 weights: a row for each unit that they come "
            "from, a column for each that they lead to.",
            "The difference of answer and target stays a number where the printed division by the answer does not.",
            "Starting weights with a spread of 0.01 stall a network of three ReLU layers or more.",
        ),
        recall=Recall(
            question="From lesson 4: what is a dead unit?",
            choices=(
                "One whose weights are all 0",
                "One that returns 0 for some examples",
                "One that returns 0 for every example",
            ),
            right=2,
            why="Then its slope is 0 for all examples, its gradient is 0, and its weights no longer change. "
            "To return 0 for some examples is what ReLU units are for.",
        ),
    ),
    "starting-points": Closing(
        learnt=(
            "If all weights start at zero they stay at zero, and only the bias of the output moves.",
            "Equal weights keep the units of a layer equal. Random weights break the symmetry.",
            "He's rule keeps the spread of the numbers through eight ReLU layers. Xavier's rule is for tanh: with ReLU "
            "the spread becomes more than fifty times smaller.",
        ),
        recall=Recall(
            question="From lesson 5: five ReLU layers start with a spread of 0.01. What happens?",
            choices=(
                "The cost stays near 0.69",
                "The cost leaps up and down",
                "It learns as with one layer",
            ),
            right=0,
            why="The signal shrinks in each layer, and so does the gradient on its way back. The network stalls.",
        ),
    ),
    "overfitting": Closing(
        learnt=(
            "A network with more weights than examples can learn noise by heart. Then the test cost rises"
            " while the train cost falls.",
            "The test cost is lowest early in training. Early stopping ends there; it watches a "
            "validation set, not the test set.",
            "L2, dropout and more examples all make the test cost lower here.",
        ),
        recall=Recall(
            question="From lesson 6: all weights of a layer start at 0.5. What does the layer learn?",
            choices=(
                "Nothing: all gradients are 0",
                "As much as a layer of one unit",
                "As much as with random weights",
            ),
            right=1,
            why="Equal units get equal gradients and take equal steps, so they stay one unit many times.",
        ),
    ),
    "faster": Closing(
        learnt=(
            "Mini-batches make many updates in an epoch: the cost falls further for the same work, and it"
            " fluctuates more.",
            "In a narrow valley momentum makes steps along it up to ten times as long.",
            "Adam's steps are about as long in all layers. A falling learning rate lets the cost settle at the end.",
        ),
        recall=Recall(
            question="From lesson 7: the train cost falls and the test cost rises. What is this called?",
            choices=(
                "Overfitting",
                "A vanishing gradient",
                "A learning rate that is too large",
            ),
            right=0,
            why="What the network learns then holds for the training examples only. L2, dropout, more "
            "examples and early stopping are the cures.",
        ),
    ),
    "weather": Closing(
        learnt=(
            "Inputs in units of their own can kill most hidden units in the first epoch. Standardised, "
            "one learning rate suits all of them.",
            "Mean and standard deviation are taken for each input by itself. One for the whole table "
            "leaves the inputs off centre and makes their differences tiny.",
            "A lower threshold finds more rainy days, for more false alarms.",
        ),
        recall=Recall(
            question="From lesson 8: what does momentum add to each step?",
            choices=(
                "Noise",
                "A share of the step before",
                "A price on large weights",
            ),
            right=1,
            why="Steps in one direction add up, steps to and fro cancel out.",
        ),
    ),
    "spot-the-mistake": Closing(
        learnt=(
            "A boundary that stays straight: the output reads what the hidden layer computed before its activation "
            "function. A cost that stays at 0.693: the starting weights are so small that signal and gradient fade.",
            "A first cost far above ln 2 = 0.69: the starting weights are too large for the number of inputs. A cost "
            "that leaps and does not settle: the gradient is not divided by the number of examples.",
            "A cost that is suddenly infinite or no number: suspect the learning rate first, then the starting "
            "weights. Where both are good, look for a division by an answer that was rounded to 0 or 1. A train "
            "cost that falls while test examples gain nothing: a bias for each example learns the noise.",
        ),
        recall=Recall(
            question="From lesson 9: why is the test set not used for the mean and the standard deviation?",
            choices=(
                "It is too small",
                "It must stay unknown, as new days are",
                "Its numbers have other units",
            ),
            right=1,
            why="The test examples stand for days that nobody has seen yet. What is computed from them cannot"
            " tell any more how good the network is on new ones.",
        ),
    ),
    "valleys": Closing(
        learnt=(
            "Plain gradient descent is stable for learning rates below 2/λ, where λ is the largest curvature.",
            "With all weights zero the network stands on a saddle: in some directions the cost curves "
            "down, in others up.",
            "A run with all examples in a batch ends where the largest curvature is about 2/α. Batches of"
            " ten end in a flatter valley here.",
        ),
        recall=Recall(
            question="From lesson 10: four hidden units of tanh, and the boundary stays straight. What should you "
            "check first?",
            choices=(
                "Whether the output reads the activations",
                "Whether the learning rate is too large",
                "Whether there are enough examples",
            ),
            right=0,
            why="If it reads what comes before the activation function, two linear layers are one, and the "
            "boundary is a straight line.",
        ),
    ),
    "own-network": Closing(
        learnt=(
            "Training examples are learnt from, the validation set chooses the network, and the test examples judge "
            "it.",
            "The best of a hundred networks looks good by chance where nothing can be learnt: test once.",
            "A network with 32 and 32 units learns by heart, and its validation cost rises; two layers of eight are "
            "enough for the moons.",
        ),
        recall=Recall(
            question="From lesson 11: all weights are zero. What does the gradient there tell?",
            choices=(
                "It is exactly 0, though some directions lead down",
                "It is exactly 0, so this is the floor of a valley",
                "It points to the nearest valley",
            ),
            right=0,
            why="At a saddle the slope is 0 as well. Only the curvature tells it from the floor of a valley.",
        ),
    ),
}


def closed(lesson: Lesson) -> Lesson:
    """``lesson`` with its closing, if it has one."""
    closing = CLOSINGS.get(lesson.id)
    return lesson if closing is None else replace(lesson, learnt=closing.learnt, recall=closing.recall)

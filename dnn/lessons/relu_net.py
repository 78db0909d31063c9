"""Lesson 4, after the tutorial ``relu-net``: why ReLU, how many of its units sleep, and how it dies or explodes."""

from __future__ import annotations

from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import ASLEEP, DEAD, LOUDNESS, TEST_ACCURACY, TEST_COST, VANISHED
from dnn.lessons.recipes import CIRCLES, HE_RELU, MOONS, UNSCALED, made
from dnn.lessons.settings import chosen, rates, starts

LESSON = Lesson(
    id="relu-net",
    title="ReLU",
    summary="A hinge instead of a curve: quick, sparse, and with two ways to go wrong.",
    steps=(
        Step(
            title="A hinge",
            text=r"""
$$\mathrm{ReLU}(z) = \max(0, z)$$

No exponential, one comparison: nothing is cheaper. For $z > 0$ the slope is 1, so a gradient passes through as it is,
however large $z$ grows. A sigmoid there is flat.

Each hidden unit is a plane folded along one line: white where it is silent, coloured on the other side. The border is
made of straight pieces that meet at the folds.
""",
            experiment=made(CIRCLES, (8, 8), network=HE_RELU, training={"learning_rate": 0.1}),
            epochs=100,
        ),
        Step(
            title="Who is silent?",
            text="""
A unit that is silent for an example costs nothing and changes nothing for it. Every example uses another part of the
network: the activations are *sparse*.

Watch the white parts of the small pictures, and guess.
""",
            experiment=made(MOONS, (8, 8, 8, 8), network=HE_RELU, training={"learning_rate": 0.03}),
            epochs=60,
            prediction=Prediction(
                question="How many of all hidden activations will be exactly 0?",
                choices=("Next to none", "About half", "Nearly all"),
                measure=ASLEEP,
                limits=(0.2, 0.8),
                why="A weighted sum is as often negative as positive, and ReLU turns every negative one into 0. With "
                "tanh not a single one would be exactly 0.",
            ),
        ),
        Step(
            title="Eight layers deep",
            text="""
Eight layers of sigmoids learnt nothing in the last lesson. Here are eight of ReLU with He's starting weights.
""",
            experiment=made(MOONS, (8,) * 8, network=HE_RELU, training={"learning_rate": 0.03}),
            epochs=60,
            prediction=Prediction(
                question="How many times longer will the last layer's gradient be than the first one's?",
                choices=("Up to 10 times", "10 to 1000 times", "More than 1000 times"),
                measure=VANISHED,
                limits=(10.0, 1000.0),
                why="Where a unit is awake its slope is 1, so nothing shrinks the gradient but the weights, and He's "
                "rule chooses those so that it neither shrinks nor grows.",
            ),
        ),
        Step(
            title="Weights of size one explode",
            text=r"""
The tutorial `relu-net` draws its weights from $\mathcal N(0, 1)$, whatever the number of inputs. With 16 inputs a
unit adds up 16 such products, and the sum is about $\sqrt{16}$ times as large as each. ReLU halves the square of
that, and the next layer does it again.

Here are six layers of 16, before any training that is worth the name.
""",
            experiment=made(
                MOONS,
                (16,) * 6,
                network={"activation": "relu", "initializer": UNSCALED},
                training={"learning_rate": 1e-6, "batch_size": None},
            ),
            epochs=5,
            prediction=Prediction(
                question="How large will the last hidden layer's numbers be, compared with the inputs?",
                choices=("Smaller", "1 to 50 times as large", "More than 50 times as large"),
                measure=LOUDNESS,
                limits=(1.0, 50.0),
                why=r"Each layer multiplies by about $\sqrt{16/2} \approx 2.8$, six of them by several hundred. "
                "The first "
                "cost is then in the hundreds, where ln 2 = 0.693 would say: I know nothing yet.",
            ),
        ),
        Step(
            title="Scale by the number of inputs",
            text=r"""
He's rule divides that growth away: weights of spread $\sqrt{2 / n_\text{in}}$. Switch between the two rules and
compare the first cost, and how it goes on.

The printed code hides the trouble behind a learning rate of 0.001. That is small enough for exploded numbers, and too
small for anything else.
""",
            experiment=made(
                MOONS,
                (16,) * 6,
                network={"activation": "relu", "initializer": UNSCALED},
                training={"learning_rate": 0.001},
            ),
            epochs=100,
            settings=(
                starts(normal_1_0="Normal, spread 1", he_normal="He"),
                rates(0.001, 0.01, 0.1),
            ),
            checkpoint=Checkpoint(
                "Test accuracy of 95 % or more, and a test cost of 0.2 or less",
                (Condition(TEST_ACCURACY, least=0.95), Condition(TEST_COST, most=0.2)),
            ),
        ),
        Step(
            title="Dead units",
            text="""
A step that is too large can throw a unit to where it is silent for *every* example. There its slope is 0, its
gradient is 0, and it never comes back: it is dead.

Here is a learning rate of 5.
""",
            experiment=made(MOONS, (12, 12), network=HE_RELU, training={"learning_rate": 5.0}),
            epochs=60,
            prediction=Prediction(
                question="How many of the hidden units will be dead after 60 epochs?",
                choices=("At most one in ten", "Up to one in three", "More than half"),
                measure=DEAD,
                limits=(0.1, 0.5),
                why="A dead unit passes nothing on. So few are left that nearly every example gets the same answer, of "
                "whichever class it is, and that costs more than saying one half to all. Look: the pictures of dead "
                "units have no colour at all.",
            ),
        ),
        Step(
            title="Keep them alive",
            text="""
Smaller steps throw fewer units out, and a hinge that leaks has a slope on both sides, so that no unit dies. At a rate
of 5 the leak alone is no help, for the cost runs away; at 0.01 sixty epochs are too few for either hinge.

Get to 90 % with no dead unit.
""",
            experiment=made(MOONS, (12, 12), network=HE_RELU, training={"learning_rate": 5.0}),
            epochs=60,
            settings=(
                rates(0.01, 0.1, 0.3, 1.0, 5.0),
                chosen("Activation", "activation", relu="ReLU", leaky_relu="Leaky ReLU"),
            ),
            checkpoint=Checkpoint(
                "Test accuracy of 90 % or more and no dead unit",
                (Condition(TEST_ACCURACY, least=0.9), Condition(DEAD, most=0.0)),
            ),
        ),
    ),
)

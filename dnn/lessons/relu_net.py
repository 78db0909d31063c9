"""Lesson 4, after the tutorial ``relu-net``: why ReLU, how many of its units sleep, and how it dies or explodes."""

from __future__ import annotations

from dnn.lessons.drawings import DeadUnits, Rectifier
from dnn.lessons.equations.network import RELU
from dnn.lessons.equations.training import HE, RELU_HALVES, VARIANCE_OF_SUM
from dnn.lessons.lesson import Checkpoint, Condition, Lesson, Prediction, Step
from dnn.lessons.measures import DEAD, EPOCHS, GRADIENT_RATIO, SPREAD_RATIO, TEST_ACCURACY, TEST_COST, ZERO_ACTIVATIONS
from dnn.lessons.recipes import CIRCLES, HE_RELU, MOONS, UNSCALED, experiment_of
from dnn.lessons.settings import chosen, rates, starts

_FLOWER = {"dataset": "flower", "samples": 400}

LESSON = Lesson(
    id="relu-net",
    title="ReLU",
    summary="Why deep networks use ReLU, what starting weights it needs, and how its units die.",
    steps=(
        Step(
            title="ReLU and its slope",
            text="""
[ReLU]{.relu}, the *rectified linear unit*, needs one comparison and no exponential. For $z > 0$ its slope is
[1]{.slope}, however large $z$ grows, so a gradient passes unchanged. The slope of a sigmoid comes close to 0 as $z$
grows. For $z < 0$ ReLU and its slope are 0. A [leaky ReLU]{.leaky} keeps a small slope there, as a rule 0.01.

Look at the units of the first hidden layer: each is 0 (white) on one side of a straight line, and rises on the other.
So the decision boundary is made of straight pieces.
""",
            experiment=experiment_of(CIRCLES, (8, 8), network=HE_RELU, training={"learning_rate": 0.1}),
            epochs=100,
            equations=(RELU,),
            drawing=Rectifier(),
        ),
        Step(
            title="How many activations are 0?",
            text="""
A unit that gives 0 for an example adds nothing to its answer, and this example does not change its weights. Every
example uses another part of the network: the activations are *sparse*.

Watch the white parts of the small pictures, and guess.
""",
            experiment=experiment_of(MOONS, (8, 8, 8, 8), network=HE_RELU, training={"learning_rate": 0.03}),
            epochs=60,
            shows="health",
            prediction=Prediction(
                question="How many of all hidden activations will be exactly 0?",
                choices=("Few", "About half", "Most"),
                measure=ZERO_ACTIVATIONS,
                limits=(0.3, 0.7),
                why="About half of the weighted sums are negative, and ReLU turns each of these into 0. With tanh "
                "not a single activation would be exactly 0.",
            ),
        ),
        Step(
            title="Eight layers deep",
            text="""
Eight layers of sigmoids learnt nothing in the last lesson. Here are eight hidden layers of 16 ReLU units. Their
starting weights follow the rule of Kaiming He (step 5). The data are the flower: no straight line divides its petals.

Afterwards watch the same with sigmoids beside it. The cost chart has a logarithmic axis here (*log y*): a cost that
falls to a tenth takes the same height everywhere.
""",
            experiment=experiment_of(_FLOWER, (16,) * 8, network=HE_RELU, training={"learning_rate": 0.1}),
            beside=experiment_of(
                _FLOWER, (16,) * 8, network=HE_RELU | {"activation": "sigmoid"}, training={"learning_rate": 0.1}
            ),
            epochs=100,
            shows="health",
            logarithmic=("cost",),
            prediction=Prediction(
                question="How many times longer will the last layer's gradient be than the first one's?",
                choices=("", "", ""),
                measure=GRADIENT_RATIO,
                limits=(10.0, 1000.0),
                why="Where a unit is active its slope is exactly 1, and He's rule chooses weights that keep the "
                "length of the gradient: after the first epoch the two differ by no more than a factor of 5, and "
                "after 100 epochs by no more than one of 10. All eight layers learn, and about nine in ten test "
                "examples are right. With sigmoids it is about half.",
            ),
        ),
        Step(
            title="Weights of size one explode",
            text=r"""
The tutorial `relu-net` draws its weights from $\mathcal N(0, 1)$, whatever the number of inputs. With
$n_\text{in} = 16$ inputs a unit adds up 16 such products. Some are positive and some negative, so they partly cancel:
the sum is about $\sqrt{16} = 4$ times as large as each, not 16 times.

In the equations *Var*, the *variance*, is the square of the spread, and $\overline{a^2}$ the mean of $a^2$. Variances
of independent numbers add up. ReLU sets about half of the sums to 0, which halves the mean of their squares. Every
further layer does both again.

Here are six layers of 16, before any training that is worth the name.
""",
            experiment=experiment_of(
                MOONS,
                (16,) * 6,
                network={"activation": "relu", "initializer": UNSCALED},
                training={"learning_rate": 1e-6, "batch_size": None},
            ),
            epochs=5,
            equations=(VARIANCE_OF_SUM, RELU_HALVES),
            prediction=Prediction(
                question="How widely will the last hidden layer's numbers spread, compared with the inputs?",
                choices=("Less widely", "Somewhat more widely", "Far more widely"),
                measure=SPREAD_RATIO,
                limits=(1.0, 50.0),
                why=r"From the second layer on each multiplies by about $\sqrt{16/2} \approx 2.8$, five of them "
                "together by about 100 to 300. So the first cost is more than twenty times ln 2 = 0.693, the "
                "cost of answering one half to everything.",
            ),
        ),
        Step(
            title="Scale by the number of inputs",
            text=r"""
He's rule divides that growth away: weights with a standard deviation of $\sqrt{2 / n_\text{in}}$. Here are six layers
of 32 units. Switch between the two rules and compare the first cost, and how it goes on. (A cost of 1000 means sums $z$
of some thousand: a sure and wrong answer costs about $|z|$, as lesson 5 shows.)

The printed code uses a learning rate of 0.001. With weights of size one and a larger rate the cost is soon no number
any more, and the run stops. At 0.001 nearly all answers become right here, but the wrong ones are so sure that the test
cost stays high. For He's weights 0.001 is too small.
""",
            experiment=experiment_of(
                MOONS,
                (32,) * 6,
                network={"activation": "relu", "initializer": UNSCALED},
                training={"learning_rate": 0.001},
            ),
            epochs=100,
            equations=(HE,),
            settings=(
                starts(normal_1_0="Normal, spread 1", he_normal="He"),
                rates(0.001, 0.01, 0.1),
            ),
            checkpoint=Checkpoint(
                "Test accuracy of 95 % or more, and a test cost of 0.2 or less",
                (Condition(TEST_ACCURACY, least=0.95), Condition(TEST_COST, most=0.2)),
                why="With He's weights the first cost is about 1, not above 1000, so a rate of 0.01 or 0.1 is safe, "
                "and quick enough for 100 epochs. With a spread of 1 no rate here reaches the goal.",
            ),
        ),
        Step(
            title="Dead units",
            text="""
An update that is too large can move a unit to where it is 0 for *every* example. There its slope is 0, its gradient is
0, and its weights no longer change: the unit is dead.

Here is a learning rate of 5. *Health* counts the dead units of each layer.
""",
            experiment=experiment_of(MOONS, (12, 12), network=HE_RELU, training={"learning_rate": 5.0}),
            epochs=60,
            back_to=1,
            shows="health",
            prediction=Prediction(
                question="How many of the hidden units will be dead after 60 epochs?",
                choices=("Few of them", "Some of them", "Most of them"),
                measure=DEAD,
                limits=(0.1, 0.55),
                why="Half of them die in the first epoch. A dead unit passes nothing on. So few are left that nearly "
                "every example gets the same answer, of whichever class it is, and that costs more than "
                "answering one half to all. The pictures of dead units have no colour at all.",
            ),
        ),
        Step(
            title="Keep them alive",
            text="""
Each row of the drawing is a unit, each column a training example. A [sparse unit]{.sparse} is 0 for some examples and
learns from the others. A [dead unit]{.dead} is 0 for all of them. A leaky ReLU has a [small slope]{.leaky} of 0.01
where its sum is negative, so no unit dies.

At a rate of 5 the leak alone does not help: the weights still change far too much. At 0.01 sixty epochs are too few.

Get to 93 % with no dead unit, after at least 50 epochs.
""",
            experiment=experiment_of(MOONS, (12, 12), network=HE_RELU, training={"learning_rate": 5.0}),
            epochs=60,
            drawing=DeadUnits(),
            settings=(
                rates(0.01, 0.1, 0.3, 1.0, 5.0),
                chosen("Activation", "activation", relu="ReLU", leaky_relu="Leaky ReLU"),
            ),
            checkpoint=Checkpoint(
                "Test accuracy of 93 % or more and no dead unit, after 50 epochs",
                (Condition(TEST_ACCURACY, least=0.93), Condition(DEAD, most=0.0), Condition(EPOCHS, least=50)),
                why="At rates of 0.1 to 1 the updates are small enough to learn from, and with the leak no unit dies. "
                "Without the leak a rate of 0.3 works, too.",
            ),
        ),
    ),
)

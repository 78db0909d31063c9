"""The sheets of lessons 1 to 5: what networks are made of."""

from __future__ import annotations

from dnn.lessons.sheets.sheet import Misunderstanding, Sheet

SHEETS = (
    Sheet(
        "one-neuron",
        35,
        aims=(
            "Say what a neuron computes, name its weights and its bias, and say what softmax does with three classes.",
            "Explain why the decision boundary of one neuron is a straight line.",
            "Choose a learning rate by looking at the cost curve.",
        ),
        further="Draw a data set of your own on which one neuron gets every example right, and one on which it cannot. "
        "Step 7: which probabilities have the three classes where the three pieces of the boundary meet?",
        misunderstandings=(
            Misunderstanding(
                "It only has to train longer.",
                "On the ring, and on the moons, more epochs do not help: no straight line parts the classes.",
                3,
            ),
            Misunderstanding(
                "A few outliers among many examples change next to nothing.",
                "Each pulls at the weights more than 30 times as strongly as another example: it is sure and wrong.",
                6,
            ),
            Misunderstanding(
                "The larger the learning rate, the faster it learns.",
                "At a rate of 100 the updates jump across the valley, and the cost rises.",
                5,
            ),
        ),
    ),
    Sheet(
        "one-hidden",
        40,
        aims=(
            "Say what a hidden layer adds to a single neuron.",
            "Name the six parts of every training: layers, starting weights, forward, cost, backward, update.",
            "Explain why a network without activation functions is one neuron.",
        ),
        further="Choose 20 units. Which of them would you leave out, judging by their small pictures?",
        misunderstandings=(
            Misunderstanding(
                "A layer of one unit is no hidden layer, or does nothing.",
                "It is one, and it has an activation function; but its boundary is still a straight line.",
                4,
            ),
            Misunderstanding(
                "A first cost of 0.693 means that something has been learnt.",
                "It is ln 2, the cost of answering one half to everything.",
                2,
            ),
            Misunderstanding(
                "More layers can always do more, with or without an activation function.",
                "Linear layers one after the other are one linear layer.",
                6,
            ),
        ),
    ),
    Sheet(
        "sigmoid-net",
        40,
        aims=(
            "Give the largest slope of the sigmoid, and multiply it through eight layers.",
            "Recognise a vanishing gradient by its numbers, and by a cost that stays at ln 2.",
            "Say why tanh passes more of the gradient on.",
        ),
        further="Open step 3 in the playground, and look at the gradient of each layer in the tab Health.",
        misunderstandings=(
            Misunderstanding(
                "The deeper a network, the better it learns.",
                "With sigmoids more layers only make it slower here: less of the gradient gets through.",
                4,
            ),
            Misunderstanding(
                "A larger learning rate makes up for a small gradient.",
                "None of the rates here does: it would have to be thousands of times larger for the first layer only.",
                6,
            ),
            Misunderstanding(
                "If the cost stands still, the network is as good as it can be.",
                "The first layers have hardly changed since the start.",
                3,
            ),
        ),
    ),
    Sheet(
        "relu-net",
        45,
        aims=(
            "Draw ReLU and its slope, and compare it with a sigmoid.",
            "Tell a sparse unit from a dead one.",
            "Explain what He's starting weights depend on, and why.",
        ),
        further="Open step 6 in the playground. From which learning rate on does a unit die?",
        misunderstandings=(
            Misunderstanding(
                "A unit that gives 0 is dead.",
                "About half of the activations are 0. A unit is dead if it is 0 for every example.",
                2,
            ),
            Misunderstanding(
                "Leaky ReLU cures every learning rate that is too large.",
                "No unit dies, but at a rate of 5 the weights are thrown about all the same.",
                7,
            ),
            Misunderstanding(
                "Starting weights of size one are a neutral choice.",
                "With 16 inputs a unit adds up 16 of them, and six layers make the numbers more than fifty times "
                "larger.",
                4,
            ),
        ),
    ),
    Sheet(
        "modular",
        45,
        aims=(
            "Write down the shape of every W, b, Z and A for given layer sizes.",
            "Say what each half of a layer keeps for the way back.",
            "Recognise weights that are too small by a cost that stays at ln 2.",
        ),
        further="In the shape clinic, break one line and read the message of NumPy before you look at the explanation.",
        misunderstandings=(
            Misunderstanding(
                "The bias needs a number for each example.",
                "It has one number for each unit, however many examples there are.",
                1,
            ),
            Misunderstanding(
                "dW has the shape of the activations.",
                "A gradient always has the shape of what it is the gradient of.",
                2,
            ),
            Misunderstanding(
                "If starting weights of 0.01 are good for one hidden layer, they are good for five.",
                "Each layer makes the signal some fifty times smaller, and the gradient as well on its way back.",
                4,
            ),
        ),
    ),
)

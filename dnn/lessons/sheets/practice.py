"""The sheets of lessons 6 to 12: how networks are started, trained, tested and repaired."""

from __future__ import annotations

from dnn.lessons.sheets.sheet import Misunderstanding, Sheet

SHEETS = (
    Sheet(
        "starting-points",
        40,
        aims=(
            "Explain why the starting weights have to be random.",
            "Compare the spread of the last layer's numbers with that of the inputs.",
            "Choose between He's and Xavier's starting weights.",
        ),
        further="Open step 2 in the playground, and change one weight a little. Which units part from the others?",
        misunderstandings=(
            Misunderstanding(
                "Zero is a fair starting point.",
                "With zeros no weight has a gradient: only the bias of the output ever moves.",
                1,
            ),
            Misunderstanding(
                "Any equal numbers will do, training makes them different.",
                "Equal units get equal gradients and stay equal: a layer of eight is worth one.",
                2,
            ),
            Misunderstanding(
                "Random is enough.",
                "Too small and the signal fades, too large and it explodes. The size has to fit the number of inputs.",
                4,
            ),
        ),
    ),
    Sheet(
        "overfitting",
        45,
        aims=(
            "Recognise overfitting by the curves of train cost and test cost.",
            "Name four cures: L2, dropout, early stopping, more examples.",
            "Say why test examples must never be learnt from.",
        ),
        further="Step 6: how far does the test cost fall with more examples only?",
        misunderstandings=(
            Misunderstanding(
                "The lower the train cost, the better the network.",
                "The test cost is lowest within the first thirty epochs; what is learnt later is noise.",
                2,
            ),
            Misunderstanding(
                "The higher the price on weights, the better.",
                "At a price of 1 or more the network does not learn the moons any more.",
                6,
            ),
            Misunderstanding(
                "Dropout also leaves units out when the network answers.",
                "Only in training. When predicting, all units are there.",
                4,
            ),
        ),
    ),
    Sheet(
        "faster",
        45,
        aims=(
            "Say how many updates an epoch has for a given batch size.",
            "Explain momentum with a ball in a valley.",
            "Compare plain descent, momentum and Adam at the same learning rate.",
        ),
        further="Open step 7 in the playground. Which optimiser and rate get there from three different seeds?",
        misunderstandings=(
            Misunderstanding(
                "Mini-batches are only there to save memory.",
                "Twenty-one rough steps get further than one exact step, for the same work.",
                2,
            ),
            Misunderstanding(
                "Adam needs no learning rate.",
                "Its steps are about as long as the rate: at 0.03 it is too fast here from most starting weights.",
                7,
            ),
            Misunderstanding(
                "A cost that fluctuates is a mistake in the program.",
                "It is the noise of small batches, and a smaller rate at the end reduces it.",
                6,
            ),
        ),
    ),
    Sheet(
        "weather",
        45,
        aims=(
            "Standardise inputs with the mean and standard deviation of the training days.",
            "Compute precision and recall from the counts of right and wrong answers.",
            "Read a ROC curve, and choose a threshold by what each kind of error costs.",
        ),
        further="Step 5: let a missed rainy day cost 5. Which threshold is cheapest? Why choose it on validation days?",
        misunderstandings=(
            Misunderstanding(
                "One mean for the whole table is enough.",
                "Temperature and pressure need one each: otherwise what tells the days apart becomes tiny.",
                4,
            ),
            Misunderstanding(
                "A high accuracy means that no rainy day is missed.",
                "Accuracy counts both kinds of error alike. Recall counts the rainy days that were found.",
                5,
            ),
            Misunderstanding(
                "More layers are always better.",
                "With one neuron nearly nine in ten days are right. Hidden layers help where the boundary bends.",
                6,
            ),
        ),
    ),
    Sheet(
        "spot-the-mistake",
        45,
        aims=(
            "Describe what a run does before saying what is wrong with it.",
            "Link a symptom to its cause in the code.",
            "Say which mistakes a gradient check finds, and which it does not.",
        ),
        further="Plant two mistakes at once on the page Plant a mistake. Can a partner tell both?",
        misunderstandings=(
            Misunderstanding(
                "A cost that falls proves that the code is right.",
                "In step 1 the cost falls, and the boundary stays a straight line.",
                1,
            ),
            Misunderstanding(
                "A gradient check finds every mistake.",
                "Starting weights that are too small have a correct gradient. It is only very short.",
                2,
            ),
            Misunderstanding(
                "A better result in training is a better network.",
                "A bias for each example learns the examples, and has none for a new one.",
                6,
            ),
        ),
    ),
    Sheet(
        "valleys",
        45,
        aims=(
            "Explain curvature as the change of the slope along a direction.",
            "Compute the largest safe learning rate from the curvature.",
            "Tell a saddle from the floor of a valley.",
        ),
        further="Open step 1 in the playground, look at the landscape, and set a learning rate just below and above 2.",
        misunderstandings=(
            Misunderstanding(
                "A gradient of 0 means that training has arrived.",
                "At a saddle it is 0 too, and some directions lead down.",
                5,
            ),
            Misunderstanding(
                "A cost that stands still will not fall any more.",
                "On the plateau the weights grow although the cost does not change, and later the cost falls.",
                6,
            ),
            Misunderstanding(
                "If one direction is safe at a learning rate, all are.",
                "The direction with the largest curvature decides.",
                2,
            ),
        ),
    ),
    Sheet(
        "own-network",
        45,
        aims=(
            "Part examples into training, validation and test, and say what each part is for.",
            "Choose a network by the validation cost, and ask the test examples once.",
            "Find forward, cost, backward and update in a script.",
        ),
        further="Draw data on which your partner's network fails. What does the validation cost say?",
        misunderstandings=(
            Misunderstanding(
                "The test examples may be asked until the result is good.",
                "Among a hundred results of chance there is a high one, and new examples do not confirm it.",
                3,
            ),
            Misunderstanding(
                "The larger the network, the better.",
                "The validation cost decides: two layers of eight are enough for the moons.",
                4,
            ),
            Misunderstanding(
                "A program that does the same has the same lines.",
                "The script has examples in columns and the reference in rows, and both compute the same network.",
                6,
            ),
        ),
    ),
)

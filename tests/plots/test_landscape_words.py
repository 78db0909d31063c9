"""A landscape in words has the numbers of its picture."""

from dataclasses import replace

import numpy as np

from dnn import Experiment, advance, start
from dnn.analysis.landscape import landscape
from dnn.plots.landscape_words import landscape_words

RUN = advance(start(Experiment.of(data={"samples": 60}, training={"learning_rate": 0.3, "l2": 0.5})), 10)
FOUND = landscape(RUN, side=11)


def test_it_says_the_cost_here_the_lowest_and_the_share() -> None:
    costs = FOUND.costs._replace(test=np.arange(121.0, 0.0, -1.0).reshape(11, 11))
    here, lowest, share = landscape_words(replace(FOUND, costs=costs), "test")
    assert here == "Here: test cost 61."
    assert lowest == f"The lowest on this plane is 1, at {FOUND.across[-1]:.3g} across and {FOUND.up[-1]:.3g} up."
    assert share == f"The plane holds {FOUND.share:.0%} of the variance of the path."
    middle = FOUND.costs.total[5, 5]
    assert landscape_words(FOUND, "total")[0] == f"Here: cost and penalties {middle:.4g}."


def test_what_is_not_finite_is_no_number() -> None:
    wild = np.full((11, 11), np.inf)
    found = replace(FOUND, costs=FOUND.costs._replace(train=wild), share=float("nan"))
    assert landscape_words(found) == ("Here: cost no finite number.",)
    wild[3, 4] = 2.0
    assert landscape_words(found)[1].startswith(f"The lowest on this plane is 2, at {FOUND.across[4]:.3g} across")

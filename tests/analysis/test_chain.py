"""The chain rule at one weight: its paths and its examples add up to the engine's gradient and to the numeric one."""

import numpy as np
import pytest

from dnn import ACTIVATIONS, LOSSES, Experiment, start
from dnn.analysis.chain import MOST_PATHS, chain
from dnn.analysis.walkthrough import walkthrough
from tests.analysis.walked import run_of


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("layer", [1, 2, 3])
def test_paths_and_examples_add_up_to_the_gradient(activation: str, loss: str, layer: int) -> None:
    run = run_of(loss, activation=activation, l2=0.2)
    found = chain(run, [0, 2, 4], layer, 1, 0)
    assert found.gradient == walkthrough(run, [0, 2, 4]).gradients[layer - 1][0][1, 0]
    assert sum(share.product for share in found.shares) + found.penalty == pytest.approx(found.gradient, abs=1e-14)
    for share in found.shares:
        assert len(share.paths) == found.ways == np.prod(run.params.sizes[layer + 1 :])
        assert sum(path.product for path in share.paths) == pytest.approx(share.product, abs=1e-14)
        sizes = [abs(path.product) for path in share.paths]
        assert sizes == sorted(sizes, reverse=True)
    assert found.numeric is not None
    assert found.numeric == pytest.approx(found.gradient, abs=1e-8)


def test_a_path_names_its_factors_in_order() -> None:
    run = run_of("binary_cross_entropy")
    path = chain(run, [0], 1, 2, 3).shares[0].paths[0]
    k = path.units[0] + 1
    assert [factor.symbol for factor in path.factors] == [
        "x_{3}",
        "g'(z^{[1]}_{4})",
        f"W^{{[2]}}_{{4,{k}}}",
        f"g'(z^{{[2]}}_{{{k}}})",
        f"W^{{[3]}}_{{{k},1}}",
        r"\partial J / \partial z^{[3]}_{1}",
    ]


def test_more_paths_than_can_be_read_are_not_multiplied_out() -> None:

    run = start(Experiment.of(network={"hidden_layer_sizes": (2, 70, 70)}))
    found = chain(run, [0], 1, 0, 0)
    assert found.ways == 4900 > MOST_PATHS
    assert found.shares[0].paths == ()
    assert found.shares[0].product == pytest.approx(found.gradient, rel=1e-12)


@pytest.mark.parametrize("place", [(0, 0, 0), (4, 0, 0), (1, 3, 0), (1, 0, 4), (1, -1, 0)])
def test_a_weight_that_is_not_there_is_an_error(place: tuple[int, int, int]) -> None:
    with pytest.raises(IndexError, match="no weight from unit"):
        chain(run_of("mean_squared_error"), [0], *place)

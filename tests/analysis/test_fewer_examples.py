"""A run with fewer examples keeps its weights, and has some of the examples, each with its own target and weight."""

import numpy as np
import pytest

from dnn import Data, Experiment, Run, advance, start
from dnn.analysis.costs_at import costs_at
from dnn.analysis.fewer_examples import with_fewer_examples


def run_of(test_share: float = 0.25) -> Run:
    experiment = Experiment.of(data={"samples": 200, "test_share": test_share, "features": ["x1", "x2", "x1*x2"]})
    return advance(start(experiment), 3)


def test_few_enough_examples_stay_as_they_are() -> None:
    run = run_of()
    assert with_fewer_examples(run, run.data.n_train) is run


@pytest.mark.parametrize("most", [1, 7, 40, 149])
def test_some_of_the_examples_are_left_each_once_with_all_that_belongs_to_it(most: int) -> None:
    run = run_of()
    data = with_fewer_examples(run, most).data
    assert data.n_train == most
    assert len(data.X) - most == -(-50 * most // 150)
    assert run.data.order is not None
    assert data.order is not None
    places = [run.data.order.tolist().index(row) for row in data.order]
    assert len(set(places)) == len(places)
    assert all(place < run.data.n_train for place in places[:most])
    assert all(place >= run.data.n_train for place in places[most:])
    for few, all_of_them in ((data.X, run.data.X), (data.y, run.data.y), (data.points, run.data.points)):
        np.testing.assert_array_equal(few, all_of_them[places])


def test_their_cost_is_that_of_the_examples_alone() -> None:
    run = run_of(test_share=0.0)
    fewer = with_fewer_examples(run, 20)
    rows = np.arange(20) * 10
    np.testing.assert_array_equal(fewer.data.X, run.data.X[rows])
    data = Data.split(run.data.points[rows], run.data.labels[rows].astype(int), test_share=0.0)
    few = start(run.experiment, data=data.expanded(run.data.features))
    alone = costs_at(few, run.params.vector[None]).train
    np.testing.assert_allclose(costs_at(fewer, run.params.vector[None]).train, alone, rtol=1e-12)


def test_weights_go_with_their_examples() -> None:
    rng = np.random.default_rng(0)
    data = Data.split(rng.standard_normal((60, 2)), rng.integers(0, 2, 60), test_share=0.2).balanced()
    run = start(Experiment(), data=data)
    few = with_fewer_examples(run, 12).data
    assert few.weights is not None
    assert data.weights is not None
    np.testing.assert_array_equal(few.weights[:12], data.weights[:48:4])

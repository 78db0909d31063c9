"""A history never changes, however many longer ones grow out of it, and stays bounded if told to."""

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, advance, start
from dnn.components import Array
from dnn.training.history import COLUMNS, History

LAYERS = 2


def row(epoch: int, mark: float = 0.0) -> Array:
    """A history row (1, columns) of ``epoch``, told from others of the same epoch by ``mark``."""
    return np.concatenate([[epoch], np.full(len(COLUMNS) - 1 + LAYERS, mark)])[None]


def grown(epochs: int, limit: int | None = None) -> History:
    history = History(LAYERS, limit)
    for epoch in range(epochs):
        history = history.extended(row(epoch)) if history.wants(epoch) else history
    return history


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 80)), max_size=12), st.sampled_from([None, 6]))
def test_histories_that_branch_never_disturb_each_other(branches: list[tuple[int, int]], limit: int | None) -> None:
    histories = [grown(3, limit)]
    tables = [histories[0].table().copy()]
    for mark, (parent, length) in enumerate(branches, start=1):
        history = histories[parent % len(histories)]
        expected = list(history.table())
        for epoch in range(int(history["epoch"][-1]) + 1, int(history["epoch"][-1]) + 1 + length):
            if history.wants(epoch):
                history = history.extended(row(epoch, mark))
                expected.append(row(epoch, mark)[0])
        expected = [each for each in expected if each[0] % history.stride == 0]
        np.testing.assert_array_equal(history.table(), expected)
        histories.append(history)
        tables.append(history.table().copy())
    for history, table in zip(histories, tables, strict=True):
        np.testing.assert_array_equal(history.table(), table)


@given(st.integers(2, 40), st.integers(1, 600))
def test_a_limit_bounds_the_rows_and_keeps_them_evenly_spaced_from_the_start(limit: int, epochs: int) -> None:
    history = grown(epochs, limit)
    kept = history["epoch"]
    assert len(kept) <= limit
    assert kept.tolist() == list(range(0, epochs, history.stride))
    if epochs > limit > 3:
        assert len(kept) >= limit // 2 - 1  # thinned, not emptied


@given(st.integers(2, 20), st.integers(0, 90))
@settings(max_examples=25)
def test_a_bounded_history_holds_rows_of_the_unbounded_one(limit: int, epochs: int) -> None:
    experiment = Experiment.of(
        data={"samples": 10}, network={"hidden_layer_sizes": []}, training={"batch_size": "full"}
    )
    full = advance(start(experiment), epochs).history
    bounded = advance(start(experiment, history_limit=limit), epochs).history
    np.testing.assert_array_equal(bounded.table(), full.table()[:: bounded.stride])


def test_without_a_limit_every_epoch_is_kept() -> None:
    history = grown(1000)
    assert history["epoch"].tolist() == list(range(1000))
    assert history.stride == 1


def test_columns_have_names_and_the_gradient_norms_a_column_for_each_layer() -> None:
    history = History(LAYERS).extended(np.arange(len(COLUMNS) + LAYERS, dtype=float)[None])
    assert list(history) == [*COLUMNS, "gradient_norm"]
    assert len(history) == len(list(history))
    assert {name: history[name].tolist() for name in COLUMNS} == {name: [k] for k, name in enumerate(COLUMNS)}
    assert history["gradient_norm"].tolist() == [[len(COLUMNS), len(COLUMNS) + 1]]
    assert history.last() == {name: float(k) for k, name in enumerate(COLUMNS)}
    assert dict(history).keys() == {*COLUMNS, "gradient_norm"}


def test_an_unknown_column_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(KeyError, match="no column 'cost'; there are epoch, train_cost"):
        grown(1)["cost"]


def test_a_history_cannot_be_written_to() -> None:
    history = grown(3)
    for name in history:
        with pytest.raises(ValueError, match="read-only"):
            history[name][0] = 1.0


@pytest.mark.parametrize("limit", [1, 0, -5])
def test_a_limit_too_small_to_show_anything_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match=f"limit is {limit}; it must be 2 or more"):
        History(LAYERS, limit)


def test_two_threads_that_go_on_from_one_history_each_get_their_own() -> None:
    parent = grown(64)  # as many rows as fit, so that going on needs more room

    def longer(mark: int) -> History:
        history = parent
        for epoch in range(64, 400):
            history = history.extended(row(epoch, mark))
        return history

    with ThreadPoolExecutor(4) as pool:
        for mark, history in enumerate(pool.map(longer, range(8))):
            assert history["epoch"].tolist() == list(range(400))
            assert set(history["train_cost"][64:]) == {mark}
    assert parent["epoch"].tolist() == list(range(64))


def pickled(history: History) -> History:
    copied: History = pickle.loads(pickle.dumps(history))
    return copied


@pytest.mark.parametrize("limit", [None, 6])
@pytest.mark.parametrize("epochs", [0, 1, 5, 200])
@pytest.mark.parametrize("again", [pickled, copy.deepcopy], ids=["pickle", "deepcopy"])
def test_a_history_goes_on_after_it_was_packed_and_unpacked(
    again: Callable[[History], History], epochs: int, limit: int | None
) -> None:
    history = grown(epochs, limit)
    other = again(history)
    assert (other.limit, other.stride, other.layers) == (limit, history.stride, LAYERS)
    np.testing.assert_array_equal(other.table(), history.table())
    for epoch in range(epochs, epochs + 150):
        if history.wants(epoch):
            history, other = history.extended(row(epoch, 1)), other.extended(row(epoch, 2))
    assert len(history.table()) == len(other.table())
    np.testing.assert_array_equal(history["epoch"], other["epoch"])
    assert set(history["train_cost"][history["epoch"] >= epochs]) == {1.0}
    assert set(other["train_cost"][other["epoch"] >= epochs]) == {2.0}


def test_a_history_is_packed_without_the_rows_of_longer_ones() -> None:
    short = grown(3)
    longer = short
    for epoch in range(3, 60):
        longer = longer.extended(row(epoch))
    assert len(pickle.dumps(short)) < len(pickle.dumps(longer)) / 5
    assert pickled(short)["epoch"].tolist() == [0, 1, 2]


def test_an_unpacked_history_cannot_be_written_to_either() -> None:
    with pytest.raises(ValueError, match="read-only"):
        pickled(grown(3))["epoch"][0] = 1.0

"""The shelf as a value: what is kept returns to the last bit, and files of nonsense are named."""

import json
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, Run, advance, advance_batch, start
from dnn.datasets.custom_data import CustomData
from dnn.datasets.rows import Rows
from dnn.errors import DnnError
from dnn.plots.boundary_picture import SIDE, levels_of, picture
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.session import shelf_actions
from dnn.ui.session.shelf import FULL, KEPT_ROWS, LONGEST, LONGEST_NAME, MOST, Kept, Shelf, ShelfFull, read
from tests.strategies import small_experiments

pytestmark = pytest.mark.slow

SMALL = Experiment.of(data={"samples": 40}, network={"hidden_layer_sizes": [3]}, training={"learning_rate": 0.1})
TASKS: dict[str, Experiment] = {
    "two classes": SMALL,
    "three classes": Experiment.of(data={"dataset": {"kind": "blobs", "classes": 3}, "samples": 40}),
    "regression": Experiment.of(data={"dataset": "bumps", "samples": 40}),
    "one input": Experiment.of(data={"dataset": "sine", "samples": 40}),
}


def same(run: Run, other: Run) -> bool:
    return (run.epoch, run.batch) == (other.epoch, other.batch) and np.array_equal(
        run.params.vector, other.params.vector
    )


def changed(run: Run) -> Run:
    """The run with another learning rate from here on, and one weight set by hand and frozen."""
    plain = run.experiment.model_dump()
    plain["training"]["learning_rate"] = 0.5
    run = advance(run.with_settings(Experiment.of(**plain)), 2)
    vector, frozen = run.params.vector.copy(), np.zeros(len(run.params.vector))
    vector[0], frozen[0] = 2.5, 1.0
    return run.with_params(vector, frozen)


kept_runs = st.builds(
    Kept,
    experiment=small_experiments(),
    epoch=st.integers(0, 1000),
    name=st.text(max_size=LONGEST_NAME),
    train_cost=st.none() | st.floats(0.0, 10.0),
    diverged=st.booleans(),
)
shelves = st.lists(kept_runs, max_size=4).map(lambda kept: Shelf().adding(*kept))


@settings(max_examples=30)
@given(shelves)
def test_a_file_brings_the_same_shelf(shelf: Shelf) -> None:
    assert read(shelf.model_dump_json()) == shelf
    assert read(shelf.model_dump_json(indent=2).encode("utf-8-sig")) == shelf


@settings(max_examples=30)
@given(small_experiments(), st.integers(0, 3), st.integers(0, 2))
def test_a_kept_run_is_trained_again_to_the_same_bit(experiment: Experiment, epochs: int, batches: int) -> None:
    run = advance(start(experiment), epochs)
    for _ in range(batches):
        run = advance_batch(run)
    kept = Kept.of(run)
    assert not kept.was_changed
    assert kept.run() is None
    assert same(shelf_actions.trained_again(kept), run)


def test_a_run_that_was_changed_on_the_way_is_kept_with_its_weights() -> None:
    run = changed(advance(start(SMALL), 3))
    kept = Kept.of(run)
    assert kept.was_changed
    again = Kept.model_validate_json(kept.model_dump_json()).run()
    assert again is not None
    assert same(again, run)
    assert same(advance(again, 4), advance(run, 4))
    assert not same(advance(start(run.experiment), run.epoch), run)  # its settings alone do not lead there


def test_a_long_history_is_thinned() -> None:
    run = changed(advance(start(SMALL), 3 * KEPT_ROWS))
    again = Kept.of(run).run()
    assert again is not None
    assert len(again.history["epoch"]) < KEPT_ROWS
    assert again.history["train_cost"][-1] == run.history["train_cost"][again.history["epoch"].astype(int)[-1]]


@pytest.mark.parametrize("task", TASKS)
def test_the_picture_shows_the_answers(task: str) -> None:
    run = advance(start(TASKS[task]), 20)
    levels = levels_of(run)
    kept = Kept.of(run)
    assert len(levels) == SIDE * SIDE
    assert kept.levels == levels
    assert len(set(levels)) >= 2
    classes = len(run.data.names.classes)
    assert picture(levels, run.data.task, classes, LIGHT).startswith("data:image/png;base64,iVBORw0KGgo")
    assert picture(levels, run.data.task, classes, LIGHT) != picture(levels, run.data.task, classes, DARK)


def test_the_picture_is_that_of_the_predictions() -> None:
    run = advance(start(TASKS["three classes"]), 60)
    assert set(levels_of(run)) == {0, 1, 2}
    corner = np.frombuffer(levels_of(run), np.uint8).reshape(SIDE, SIDE)
    points, labels = run.data.points, run.data.labels
    left = points[:, 0].argmin()
    assert corner[:, 0].tolist().count(int(labels[left])) > 0


def test_damaged_pictures_are_plain() -> None:
    for text in ("", "AAAA", "no base64", "eJwDAAAAAAE="):
        assert Kept(experiment=SMALL, picture=text).levels == bytes([128]) * (SIDE * SIDE)


# adding, removing, names


def test_one_run_is_kept_once() -> None:
    run = advance(start(SMALL), 3)
    shelf = Shelf().adding(Kept.of(run))
    assert shelf.adding(Kept.of(run)) == shelf
    assert len(shelf.adding(Kept.of(advance(run, 1))).kept) == 2


def test_the_twenty_fifth_is_refused() -> None:
    full = Shelf().adding(*(Kept(experiment=SMALL, epoch=epoch) for epoch in range(MOST)))
    assert len(full.kept) == MOST
    with pytest.raises(ShelfFull, match="it holds 24 runs"):
        full.adding(Kept(experiment=SMALL, epoch=MOST))
    assert str(FULL) == "The shelf is full: it holds 24 runs. Remove one to keep another."


def test_no_more_is_kept_than_a_file_can_hold() -> None:
    many = [Rows(np.random.default_rng(number).standard_normal((8_000, 5))) for number in range(12)]
    kept = [Kept(experiment=Experiment.of(data={"dataset": CustomData(rows=rows)})) for rows in many]
    sizes = accumulate(len(each.model_dump_json()) for each in kept)
    most = next(count for count, size in enumerate(sizes) if size > LONGEST)
    shelf = Shelf().adding(*kept[:most])
    with pytest.raises(ShelfFull, match="with this run its file would be too large to be opened again"):
        shelf.adding(kept[most])
    assert read(shelf.model_dump_json(indent=2)) == shelf


def test_numbers_stay_when_others_leave() -> None:
    shelf = Shelf().adding(*(Kept(experiment=SMALL, epoch=epoch) for epoch in range(3)))
    assert [each.number for each in shelf.without(1).kept] == [0, 2]
    assert [each.number for each in shelf.without(1).adding(Kept(experiment=SMALL, epoch=9)).kept] == [0, 2, 3]
    assert shelf.of(2) is shelf.kept[2]
    assert shelf.of(9) is None


def test_a_name_of_ones_own_stands_before_the_made_one() -> None:
    plain = SMALL.model_dump()
    plain["training"]["learning_rate"] = 0.3
    shelf = Shelf().adding(Kept(experiment=SMALL), Kept(experiment=Experiment.of(**plain)))
    assert shelf.names() == ("0.1", "0.3")
    assert shelf.renamed(0, "  the\n slow one ").names() == ("the slow one", "0.3")
    assert shelf.renamed(0, "x" * 100).names()[0] == "x" * LONGEST_NAME
    assert shelf.renamed(0, "mine").renamed(0, " ") == shelf


# files


def document(**kept: Any) -> str:
    return json.dumps({"kept": [{"experiment": {}, **kept}]})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "Shelf: a file that is not text"),
        ("", "it must be the JSON of a shelf, as Download gives it"),
        ("[]", "Shelf: [] is not allowed; it must be an object with settings by name"),
        ('{"version": 9}', "Version: 9 is not allowed"),
        ('{"kept": 7}', "Kept: 7 is not allowed; it must be a list of up to 24 runs."),
        (json.dumps({"kept": [{"experiment": {}}] * 25}), "Kept: 25 of them is not allowed"),
        ('{"kept": [7]}', "Kept: 7 is not allowed; it must be an object with settings by name"),
        ('{"kept": [{}]}', "Experiment: "),
        (document(epoch=-1), "Epoch: -1 is not allowed; it must be a whole number from 0 to 10000000."),
        (document(colour="red"), "Unknown setting 'colour'"),
        (document(experiment={"training": {"learning_rate": -1}}), "Learning rate: -1 is not allowed"),
        (document(experiment={"network": {"hidden_layer_sizes": [500]}}), "500 units is not allowed"),
        (document(experiment={"data": {"features": ["1/(x1-x1)"]}}), "1/(x1-x1)"),
        (document(model="AAAA"), "what is kept of a run is damaged"),
        (document(model="eJwrTi0uTiwBAAiLAoI="), "what is kept of a run is damaged|no model file"),
        (document(model="x" * 1_000_001), "Model: "),
        (document(train_cost="NaN"), "Train cost: "),
        (" " * 11_000_000, "Shelf: a text of 11.0 MB is not allowed; it may have 10 MB at most."),
    ],
)
def test_nonsense_is_refused_in_a_sentence(content: bytes | str, said: str) -> None:
    with pytest.raises(DnnError) as refused:
        read(content)
    assert any(part in refused.value.message for part in said.split("|"))
    assert len(refused.value.message) < 400


def test_a_model_of_another_run_is_refused() -> None:
    kept = Kept.of(changed(advance(start(SMALL), 3)))
    with pytest.raises(DnnError, match="its model file is of another run"):
        read(Shelf(kept=(kept.model_copy(update={"epoch": 99}),)).model_dump_json())


def test_equal_numbers_in_a_file_are_told_apart() -> None:
    twice = {"kept": [{"experiment": {}, "number": 3}, {"experiment": {}, "epoch": 1, "number": 3}]}
    assert [each.number for each in read(json.dumps(twice)).kept] == [0, 1]


def test_a_changed_run_of_very_many_examples_is_refused() -> None:
    rows = np.random.default_rng(0).standard_normal((20_000, 6))
    rows[:, -1] = rows[:, 0] > 0
    many = Experiment.of(
        data={"dataset": CustomData(rows=Rows(rows)), "samples": 20_000}, training={"batch_size": None}
    )
    run = start(many)
    Kept.of(run)  # its settings lead to it
    with pytest.raises(ShelfFull, match="too large for the shelf"):
        Kept.of(run.with_params(np.zeros_like(run.params.vector)))


def test_a_run_without_examples_is_kept() -> None:
    nothing = Experiment.of(data={"dataset": CustomData(rows=Rows(np.zeros((0, 3))), classes=("no", "yes"))})
    kept = Kept.of(start(nothing))
    assert kept.train_cost is None
    assert len(kept.levels) == SIDE * SIDE
    assert read(Shelf().adding(kept).model_dump_json()) == Shelf().adding(kept)

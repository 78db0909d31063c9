"""Examples drawn and erased on the plane: the change by itself."""

from typing import Any

import numpy as np
import pytest

from dnn import Experiment, advance, start
from dnn.data.plane import View
from dnn.datasets import CustomData
from dnn.ui.session import panel_actions
from tests.ui.session.strokes import FLAT, MOONS, done, erase, own, points, rows


def test_drawing_on_a_generated_data_set_makes_it_ones_own_with_its_rows() -> None:
    after = done(MOONS, points((0.5, 0.25), (-0.5, 0.0), target=0))
    assert isinstance(after.data.dataset, CustomData)
    before, now = MOONS.make_data(), after.make_data()
    assert len(now.X) == 62
    np.testing.assert_allclose(np.sort(now.points[:, 0])[[0, -1]], np.sort(before.points[:, 0])[[0, -1]], rtol=1e-3)
    assert {(0.5, 0.25, 0.0), (-0.5, 0.0, 0.0)} <= rows(now)
    assert (after.network, after.training, after.seed) == (MOONS.network, MOONS.training, MOONS.seed)


def test_wrong_labels_and_balance_are_in_the_rows_and_not_made_twice() -> None:
    spoilt = Experiment.of(data={"samples": 60, "label_noise": 0.3, "class_balance": 0.5})
    after = done(spoilt, points((9.0, 9.0)))
    labels = dict.fromkeys(rows(after.make_data()) - {(9.0, 9.0, 1.0)})
    expected = spoilt.make_data()
    assert len(labels) == len(expected.X)
    assert sorted(label for *_, label in labels) == sorted(expected.labels)


def test_another_class_is_drawn_with_the_loss_that_fits_and_ten_are_enough() -> None:
    two = Experiment.of(**MOONS.model_dump(exclude={"training"}), training={"loss": "binary_cross_entropy"})
    three = done(two, points((0.5, 0.25), (0.6, 0.3), target=2))
    assert three.data.dataset.names.classes == ("0", "1", "2")
    assert three.training.loss is None
    run = advance(start(three), 2)
    assert run.params.sizes[-1] == 3
    assert {(0.5, 0.25, 2.0), (0.6, 0.3, 2.0)} <= rows(run.data)
    ten = three
    for target in range(3, 12):
        ten = done(ten, points((0.1 * target, 0.0), target=target))
    assert len(ten.data.dataset.names.classes) == 10
    named = own([[0.0, 0.0], [1.0, 1.0]], [0, 1], classes=["2", "yes"])
    assert done(named, points((0.0, 1.0), target=2)).data.dataset.names.classes == ("2", "yes", "3")


def test_the_eraser_takes_what_it_reaches_and_nothing_else() -> None:
    data = MOONS.make_data()
    place = tuple(data.points[7])
    near = np.hypot(*(data.points - place).T) <= 0.3
    after = done(MOONS, erase(place))  # type: ignore[arg-type]
    assert 1 <= near.sum() < 60
    kept = np.column_stack([data.points, data.labels])[~near]
    np.testing.assert_allclose(sorted(rows(after.make_data())), sorted(map(tuple, kept)), atol=2e-3)


def test_where_nothing_is_reached_nothing_changes() -> None:
    assert done(MOONS, erase((50.0, 50.0))) is MOONS


def test_nearly_all_examples_stay_training_or_test_examples() -> None:
    first = done(MOONS, points((0.0, 0.0)))
    then = done(first, points((0.1, 0.1)))
    before, after = first.make_data(), then.make_data()
    moved = {tuple(x) for x in before.X_test.tolist()} ^ {tuple(x) for x in after.X_test.tolist()}
    assert len(moved) <= 2


def test_a_point_on_a_plane_of_three_inputs_has_what_the_third_is_held_at() -> None:
    rng = np.random.default_rng(0)
    three = own(rng.standard_normal((20, 3)), np.arange(20) % 2, classes=["no", "yes"])
    view = View(2, 0, held=(None, 0.75, None))
    plane = {"across": 2, "up": 0, "components": False, "held": [0.0, 0.75, 0.0]}
    after = done(three, points((0.5, -0.5), plane=plane), view)
    assert (-0.5, 0.75, 0.5, 1.0) in rows(after.make_data())


def test_with_a_single_input_the_height_is_the_number() -> None:
    line = own(np.linspace(-1, 1, 10)[:, None], np.linspace(0, 1, 10))
    assert (0.25, 0.875) in rows(done(line, points((0.25, 0.875), target=0)).make_data())


def test_numbers_are_drawn_as_chosen() -> None:
    bumps = Experiment.of(data={"dataset": "bumps", "samples": 30})
    assert (0.25, 0.5, 0.125) in rows(done(bumps, points((0.25, 0.5), target=0.125)).make_data())


@pytest.mark.parametrize("target", [3, -1, 0.5])
def test_a_class_that_there_is_not_is_not_drawn(target: float) -> None:
    assert done(MOONS, points((0, 0), target=target)) is MOONS


def test_a_point_at_which_a_formula_has_no_value_is_not_drawn() -> None:
    inverse = Experiment.of(data={"samples": 60, "features": ["1/x1", "x2"]})
    assert done(inverse, points((0.0, 0.5))) is inverse
    assert done(inverse, points((0.5, 0.5))) is not inverse


def test_a_class_that_lost_all_its_points_keeps_its_output() -> None:
    three = own(np.eye(3)[:, :2], [0, 1, 2], classes=["a", "b", "c"])
    after = done(three, erase((0.0, 0.0), radius=0.2)).make_data()
    assert len(after.X) == 2
    assert after.y.shape == (2, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        points((0, 0)) | {"at": []},
        points((0, 0)) | {"at": [[0.0]]},
        points((0, 0)) | {"at": [[0.0, float("nan")]]},
        points((0, 0)) | {"at": [[0.0, 0.0]] * 501},
        points((0, 0)) | {"target": "1"},
        points((0, 0)) | {"plane": FLAT | {"held": [float("inf")]}},
        erase((0, 0)) | {"radius": [0.0, 1.0]},
        points((0, 0)) | {"stroke": -1},
    ],
    ids=["nowhere", "half a place", "NaN", "too many", "text", "infinite", "no radius", "no stroke"],
)
def test_what_is_no_drawing_is_passed_over(wrong: dict[str, Any]) -> None:
    assert panel_actions.read([{"number": 1, **wrong}]) == []

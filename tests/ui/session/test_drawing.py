"""Examples drawn and erased on the plane: the change by itself, and through the whole page without a browser."""

from typing import Any

import numpy as np
import pytest

from dnn import Data, Experiment, advance, start
from dnn.data.plane import Plane, View
from dnn.datasets import CustomData
from dnn.ui.live.lacking import NOTHING_YET, ONE_CLASS
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from dnn.ui.session import panel_actions
from dnn.ui.session.drawing import with_drawing
from tests.ui.session.diagram_page import DiagramPage, number

FLAT = {"across": 0, "up": 1, "components": False, "held": [0.0, 0.0]}
MOONS = Experiment.of(data={"samples": 60, "test_share": 0.2}, network={"hidden_layer_sizes": [3]})


def points(*at: tuple[float, float], target: float = 1, stroke: int = 1, plane: Any = FLAT) -> dict[str, Any]:
    places = [list(map(float, each)) for each in at]
    return {"do": "points", "at": places, "target": target, "stroke": stroke, "plane": plane}


def erase(*at: tuple[float, float], radius: float = 0.3, stroke: int = 2) -> dict[str, Any]:
    places = [list(map(float, each)) for each in at]
    return {"do": "erase", "at": places, "radius": [radius, radius], "stroke": stroke, "plane": FLAT}


CLEAR = {"do": "clear", "stroke": 3, "plane": FLAT}


def done(experiment: Experiment, sent: dict[str, Any], view: View | None = None) -> Experiment:
    (action,) = panel_actions.read([{"number": 1, **sent}])
    assert isinstance(action, panel_actions.Drawing)
    data = experiment.make_data()
    return with_drawing(experiment, data, action, Plane.of(data, view))


def rows(data: Data) -> set[tuple[float, ...]]:
    return {tuple(row) for row in np.column_stack([data.points, data.labels]).round(3).tolist()}


def own(X: object, y: object, **names: object) -> Experiment:
    inputs = np.shape(X)[1]
    kept = {"rows": np.column_stack([X, y]), "inputs": [f"x{k + 1}" for k in range(inputs)], **names}  # type: ignore[arg-type]
    return Experiment.of(data={"dataset": {"kind": "own", **kept}}, network={"hidden_layer_sizes": [3]})


# the change by itself


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


# the run goes on


def test_a_run_goes_on_with_its_weights_and_the_costs_of_its_new_examples() -> None:
    run = advance(start(MOONS), 3)
    after = done(MOONS, points((0.0, 0.0), (0.1, 0.0), target=0))
    later = run.with_data(after, after.make_data())
    assert later.epoch == 3
    np.testing.assert_array_equal(later.params.vector, run.params.vector)
    np.testing.assert_array_equal(later.history.table(), run.history.table())
    fresh = start(after, params=run.params)
    for name in ("train_cost", "test_cost", "train_accuracy", "test_accuracy"):
        assert later.latest[name] == fresh.latest[name]
    assert advance(later, 1).epoch == 4


def test_a_run_without_examples_waits_and_begins_with_the_first() -> None:
    nothing = done(MOONS, CLEAR)
    run = start(nothing)
    assert advance(run, 5) is run
    assert np.isnan(run.latest["train_cost"])
    first = done(nothing, points((0.5, 0.5)))
    begun = run.with_data(first, first.make_data())
    assert np.isfinite(begun.history["train_cost"]).all()
    np.testing.assert_array_equal(begun.params.vector, run.params.vector)
    assert advance(begun, 2).epoch == 2


def test_emptied_in_the_middle_it_waits_where_it_is() -> None:
    run = advance(start(MOONS), 3)
    nothing = done(MOONS, CLEAR)
    waiting = run.with_data(nothing, nothing.make_data())
    assert advance(waiting, 1) is waiting
    again = waiting.with_data(MOONS, MOONS.make_data())
    assert advance(again, 1).params.vector.tolist() == advance(run, 1).params.vector.tolist()


def test_the_plane_stays_where_it_is_while_there_is_room_on_it() -> None:
    player = Player(MOONS, playing=False)
    player.frame()
    assert player.camera.scene is not None
    bounds, scene = player.camera.scene.bounds, player.camera.scene.id
    player.redraw(done(MOONS, erase((1.9, 0.3), radius=0.5)))
    player.frame()
    assert player.camera.scene.bounds == bounds
    assert player.camera.scene.id != scene  # other examples
    player.redraw(done(player.run.experiment, points((30.0, 0.0))))
    player.frame()
    assert player.camera.scene.bounds[1] > 30


@pytest.mark.parametrize("kind", ["moons", "bumps"])
def test_a_player_without_examples_says_so_and_waits(kind: str) -> None:
    empty = done(Experiment.of(data={"dataset": kind}), CLEAR)
    player = Player(empty)
    header, parts = unpack(player.frame())
    assert header["reason"] == NOTHING_YET
    assert header["state"] == player.state == "paused"
    assert header["numbers"]["train_cost"] is None
    assert "scene" in parts
    player.step()
    player.frame()
    assert player.run.epoch == 0
    some = done(empty, points((0.5, 0.5), (0.4, 0.5), (0.5, 0.4)))
    player.redraw(done(some, points((0.2, 0.2), (0.1, 0.2), (0.2, 0.1), target=0)))
    player.play()
    assert player.state == "playing"
    player.set_speed(UNLIMITED)
    player.frame()
    assert player.run.epoch > 0


def test_a_player_with_one_class_says_so_and_waits_for_another() -> None:
    empty = done(MOONS, CLEAR)
    lonely = done(empty, points((-0.5, 0.5), (-0.6, 0.4), (-0.4, 0.6), target=0))
    player = Player(empty, speed=UNLIMITED)
    player.redraw(lonely)
    before = player.run.params.vector
    for _ in range(3):
        header, _ = unpack(player.frame())
    assert header["reason"] == ONE_CLASS
    assert header["state"] == player.state == "paused"
    assert player.run.epoch == 0
    np.testing.assert_array_equal(player.run.params.vector, before)
    player.step()  # who asks for an epoch gets it
    player.play()
    player.frame()
    assert player.run.epoch == 0  # play takes the step back
    player.redraw(done(lonely, points((0.5, -0.5), (0.6, -0.4), (0.4, -0.6), target=1)))
    header, _ = unpack(player.frame())
    assert header["reason"] == ""
    assert player.state == "playing"
    assert player.run.epoch > 0
    while player.run.epoch < 400:
        player.frame()
    assert player.run.latest["train_accuracy"] == 1.0


def test_numbers_that_are_all_alike_are_learnt_from() -> None:
    flat = done(done(Experiment.of(data={"dataset": "bumps"}), CLEAR), points((0.1, 0.2), (0.3, 0.4), target=0.5))
    player = Player(flat, speed=UNLIMITED)
    player.frame()
    assert player.run.epoch > 0


# the whole page


@pytest.fixture
def page() -> DiagramPage:
    return DiagramPage(samples="60")


def test_drawn_points_are_in_the_data_and_the_run_goes_on(page: DiagramPage) -> None:
    page.player.run = advance(page.player.run, 5)
    before = page.player.run
    page.send(points((0.5, 0.25)), erase((-1.0, 0.5)))
    now = page.player.run
    assert isinstance(page.experiment.data.dataset, CustomData)
    assert (0.5, 0.25, 1.0) in rows(now.data)
    assert now.epoch == 5
    np.testing.assert_array_equal(now.params.vector, before.params.vector)


def test_a_stroke_is_undone_at_once_and_what_was_learnt_stays(page: DiagramPage) -> None:
    generated = page.experiment
    page.send(points((0.5, 0.25), stroke=7))
    page.send(points((0.6, 0.25), stroke=7), points((0.7, 0.25), stroke=7))
    page.send(points((0.0, 0.9), stroke=8))
    page.player.run = advance(page.player.run, 3)
    weights = page.player.run.params.vector
    assert len(page.player.run.data.X) == 64
    page.press("undone")
    assert len(page.player.run.data.X) == 63
    page.press("undone")
    assert page.experiment == generated
    assert page.player.run.epoch == 3
    np.testing.assert_array_equal(page.player.run.params.vector, weights)
    page.press("redone")
    page.press("redone")
    assert len(page.player.run.data.X) == 64
    np.testing.assert_array_equal(page.player.run.params.vector, weights)


def test_nothing_is_drawn_twice_however_often_it_is_sent(page: DiagramPage) -> None:
    sent = [{"number": 5, **points((0.5, 0.25))}]
    page.send_raw(sent)
    page.send_raw(sent)
    page.send_raw([*sent, {"number": 6, **points((0.6, 0.25))}])
    assert len(page.experiment.make_data().X) == 62


def test_drawing_and_editing_a_weight_in_one_message(page: DiagramPage) -> None:
    page.send(number(0, 0.5), points((0.5, 0.25)))
    assert page.player.run.params.vector[0] == 0.5
    assert (0.5, 0.25, 1.0) in rows(page.player.run.data)
    page.send(points((0.6, 0.25)), {"do": "layers", "by": 1})
    assert page.experiment.network.hidden_layer_sizes == (4, 2, 2)
    assert (0.6, 0.25, 1.0) in rows(page.player.run.data)


def test_from_an_empty_plane_to_a_run(page: DiagramPage) -> None:
    page.send(CLEAR)
    assert len(page.player.run.data.X) == 0
    page.send(*(points((x, x), target=k % 2, stroke=10 + k) for k, x in enumerate(np.linspace(-1, 1, 10).tolist())))
    page.player.run = advance(page.player.run, 2)
    assert page.player.run.epoch == 2
    assert len(page.experiment.make_data().X) == 10

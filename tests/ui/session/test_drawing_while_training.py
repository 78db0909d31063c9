"""A run goes on with examples that are drawn or erased, waits without, and begins with the first."""

import numpy as np
import pytest

from dnn import Experiment, advance, start
from dnn.ui.live.missing_data import NOTHING_YET, ONE_CLASS
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from tests.ui.session.strokes import CLEAR, MOONS, done, erase, points


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

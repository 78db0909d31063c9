"""Many players, and all who watch one: each run stays its own, and every change is heard of."""

import gc
import threading
import weakref
from collections.abc import Callable

import numpy as np
import pytest

from dnn import advance, start
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.live.base_player import ACTIVE, MANY, RECOUNT, BasePlayer
from dnn.ui.live.field_size import CROWD
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.starting import HEAVY_TURN, is_heavy
from dnn.ui.live.wire import unpack
from tests.ui.live.clock import Clock
from tests.ui.live.players import SMALL, changed, play_on, same, settled

# those who listen


def test_whoever_waits_is_woken_by_every_change() -> None:
    player = Player(SMALL, playing=False)
    woken: list[int] = []
    stop = player.on_change(lambda: woken.append(1))
    changes: list[Callable[[], None]] = [
        player.play,
        lambda: player.play(False),
        player.step,
        player.reset,
        lambda: player.set_speed(5),
        lambda: player.show(DARK),
        lambda: player.use(changed(SMALL, training={"l2": 1.0})),
        lambda: player.use(changed(SMALL, seed=3)),
    ]
    for number, change in enumerate(changes, start=1):
        change()
        assert len(woken) == number
    stop()
    player.play()
    assert len(woken) == len(changes)


# many players


def test_players_are_independent(clock: Clock) -> None:
    one, other = Player(SMALL, speed=60), Player(changed(SMALL, seed=1), speed=30)
    assert one.token != other.token
    assert Player.of(one.token) is one
    assert Player.of(other.token) is other
    for _ in range(60):
        clock.now += 1 / 60
        one.frame()
        other.frame()
    one.play(False)
    one.use(changed(SMALL, training={"learning_rate": 1.0}))
    assert other.state == "playing"
    assert one.run.epoch == pytest.approx(60, abs=1)
    assert other.run.epoch == pytest.approx(30, abs=1)
    assert same(other.run, advance(start(changed(SMALL, seed=1)), other.run.epoch))


def test_few_who_play_are_counted_exactly_and_many_as_they_were_a_moment_ago(clock: Clock) -> None:
    clock.now += 10.0  # whatever other tests have left plays no more
    players = [Player(changed(SMALL, seed=seed), speed=1) for seed in range(MANY + 2)]
    for number, player in enumerate(players[:-1], start=1):
        player.frame()
        assert BasePlayer.active() == number
    players[-1].frame()
    assert BasePlayer.active() == len(players) - 1
    clock.now += 1.1 * RECOUNT
    assert BasePlayer.active() == len(players)
    clock.now += 1.1 * ACTIVE
    players[0].frame()
    assert BasePlayer.active() == 1


def test_scenes_are_coarse_only_if_they_are_made_while_many_play(clock: Clock) -> None:
    def side(player: Player) -> int:
        return int(unpack(player.frame())[1]["field"].shape[0])

    clock.now += 10.0
    players = [Player(SMALL, speed=1) for _ in range(CROWD + 1)]
    assert {side(player) for player in players} == {100}
    clock.now += 1.1 * RECOUNT
    assert side(Player(SMALL, speed=1)) == 60
    first = players[0]
    assert side(first) == 100  # it stays as it is
    first.use(changed(SMALL, draw=1))
    assert side(first) == 60
    clock.now += 1.1 * ACTIVE
    assert side(first) == 60
    first.use(changed(SMALL, draw=2))
    assert side(first) == 100


def test_a_token_that_nobody_has_finds_nobody() -> None:
    Player(SMALL)
    assert Player.of("") is None
    assert Player.of("guess") is None


def test_a_player_that_nobody_watches_is_let_go_after_its_grace(clock: Clock) -> None:
    watched, left, fresh = Player(SMALL), Player(SMALL), None
    watched.watchers += 1
    watched_token, left_token, gone = watched.token, left.token, weakref.ref(left)
    del left
    clock.now += 100
    fresh = Player(SMALL)
    Player.sweep(grace=120)
    assert Player.of(left_token) is not None
    clock.now += 21
    Player.sweep(grace=120)
    assert Player.of(left_token) is None
    gc.collect()
    assert gone() is None
    assert Player.of(watched_token) is watched
    assert Player.of(fresh.token) is fresh


def test_from_many_threads_at_once_the_run_stays_one_run() -> None:
    """Two threads pull frames while a third turns every knob: what is left is a run that can be repeated."""
    player = Player(SMALL, speed=UNLIMITED)
    over, failures = threading.Event(), []

    def pull() -> None:
        scene = -1
        try:
            while not over.is_set():
                header, parts = unpack(player.frame(scene))
                if "scene" in parts:
                    assert header["epoch"] >= 0
                    scene = player.camera.scene.id if player.camera.scene else -1
                player.wait(scene)
        except BaseException as error:  # a thread's own failure must fail the test
            failures.append(error)
            raise

    pullers = [threading.Thread(target=pull) for _ in range(2)]
    for thread in pullers:
        thread.start()
    rng = np.random.default_rng(0)
    try:
        for turn in range(30):
            layers = [int(n) for n in rng.integers(1, 6, rng.integers(0, 3))]
            player.use(changed(SMALL, network={"hidden_layer_sizes": layers}, data={"samples": int(40 + turn)}))
            player.use(changed(player.run.experiment, training={"learning_rate": float(rng.choice([0.01, 0.3]))}))
            player.use(changed(player.run.experiment, training={"batch_size": int(rng.choice([5, 10]))}))
            player.show(DARK if turn % 2 else LIGHT)
            player.set_speed(float(rng.choice([30.0, UNLIMITED])))
            [player.play, player.step, player.reset, lambda: player.play(False)][turn % 4]()
        final = changed(SMALL, seed=9)
        player.use(final)
        player.set_speed(UNLIMITED)
        player.play()
        while player.run.epoch < 30 and not failures:
            over.wait(0.001)
    finally:
        over.set()
        for thread in pullers:
            thread.join()
    assert failures == []
    assert player.run.experiment == final
    assert same(player.run, advance(start(final), player.run.epoch))
    np.testing.assert_array_equal(
        player.run.history["train_cost"], advance(start(final), player.run.epoch).history["train_cost"]
    )


def test_while_a_large_run_starts_the_one_before_it_plays_on() -> None:
    """Large runs start one after the other; a light one does not wait for them."""
    player = Player(SMALL, speed=UNLIMITED)
    large = changed(SMALL, data={"samples": 20_000}, network={"hidden_layer_sizes": (64, 64)})
    with HEAVY_TURN:
        starting = threading.Thread(target=player.use, args=(large,))
        starting.start()
        epochs = []
        for _ in range(3):
            player.frame()
            epochs.append(player.run.epoch)
        assert epochs == sorted(set(epochs))
        assert player.run.experiment == SMALL
        light = Player(SMALL)
        light.use(changed(SMALL, seed=1))
        assert light.run.experiment.seed == 1
    starting.join()
    assert player.run.experiment == large
    assert is_heavy(player.run)
    assert not is_heavy(light.run)


def test_somebody_else_may_let_training_wait(clock: Clock) -> None:
    player = Player(SMALL, speed=60.0)
    play_on(player, clock, 0.1)
    player.hold("Wait.")
    before, revision = player.run.epoch, player._revision
    player.hold("Wait.")
    assert player._revision == revision
    for act in (player.step, player.step_batch, player.play):
        act()
        header, _ = unpack(player.frame())
        assert (header["epoch"], header["batch"], header["state"], header["reason"]) == (
            before,
            None,
            "paused",
            "Wait.",
        )
    player.hold("")
    play_on(player, clock, 0.1)
    assert player.run.epoch > before
    assert player.state == "playing"


def test_the_page_hears_of_what_is_new(clock: Clock) -> None:
    player = Player(SMALL, playing=False)
    scene = settled(player)
    assert player.wait(scene) == UNLIMITED
    player.notify()
    assert player.wait(scene) == 0
    header, _ = unpack(player.frame(scene))
    assert header["notice"] == 1

"""The tape deck: what each button and each setting does to the run, and when there is something new to see."""

import gc
import threading
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dnn import Experiment, Run, advance, start
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.live import pace, sharing
from dnn.ui.live.camera import CURVES_EVERY
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.sharing import SLICE
from dnn.ui.live.starting import HEAVY_TURN, HISTORY_LIMIT, is_heavy
from dnn.ui.live.wire import unpack
from tests.strategies import small_experiments
from tests.ui.live.clock import Clock

SMALL = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]})
WILD = Experiment.of(
    data={"samples": 60}, network={"hidden_layer_sizes": [8, 8], "activation": "linear"}, training={"learning_rate": 9}
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.of_players(monkeypatch)


def changed(experiment: Experiment, **sections: dict[str, Any]) -> Experiment:
    plain = experiment.model_dump()
    for section, values in sections.items():
        plain[section] = plain[section] | values if isinstance(values, dict) else values
    return Experiment.of(**plain)


def settled(player: Player) -> int:
    """Ask for frames until there is nothing new to wait for at once; gives the scene's number."""
    scene = -1
    for _ in range(5):
        _, parts = unpack(player.frame(scene))
        if "scene" in parts:
            assert player.camera.scene is not None
            scene = player.camera.scene.id
        if player.wait(scene) > 0:
            return scene
    raise AssertionError("always something new")


def settled_scene(player: Player) -> int:
    """The number of the scene, after the first frame."""
    return player.picture()[1]


def play_on(player: Player, clock: Clock, seconds: float, scene: int = -1, every: float = 1 / 60) -> list[bytes]:
    frames = []
    end = clock.now + seconds
    while clock.now < end - 1e-9:
        clock.now += every
        frames.append(player.frame(scene))
    return frames


def same(run: Run, other: Run) -> bool:
    return run.epoch == other.epoch and np.array_equal(run.params.vector, other.params.vector)


# what a person sees first


def test_a_new_player_plays_from_epoch_0(clock: Clock) -> None:
    player = Player(SMALL, speed=30)
    assert player.state == "playing"
    assert player.wait(-1) == 0
    header, parts = unpack(player.frame())
    assert header["epoch"] == 0
    assert header["state"] == "playing"
    assert header["reason"] == ""
    assert {"field", "maps", "edges", "weights", "biases", "scene", "curves"} <= set(parts)
    np.testing.assert_allclose(
        parts["curves"][:, -1], [0, player.run.latest["train_cost"], player.run.latest["test_cost"]]
    )


def test_the_header_carries_the_numbers_of_this_epoch(clock: Clock) -> None:
    player = Player(SMALL, speed=30)
    header, _ = unpack(play_on(player, clock, 1)[-1])
    expected = advance(start(SMALL), header["epoch"]).latest
    assert header["numbers"] == pytest.approx(expected)


def test_without_test_examples_their_numbers_are_missing_not_nan() -> None:
    header, _ = unpack(Player(changed(SMALL, data={"test_share": 0.0})).frame())
    assert header["numbers"]["test_cost"] is None
    assert header["numbers"]["test_accuracy"] is None
    assert header["numbers"]["train_cost"] > 0


# speed


@pytest.mark.parametrize("speed", [1.0, 30.0, 120.0])
@pytest.mark.parametrize("every", [1 / 60, 1 / 25, 0.011])
def test_the_speed_is_kept_whatever_the_frames_a_second(clock: Clock, speed: float, every: float) -> None:
    player = Player(SMALL, speed=speed)
    settled(player)
    play_on(player, clock, 0.5, every=every)  # how long an epoch takes is not known at first
    before, since = player.run.epoch, clock.now
    play_on(player, clock, 4, every=every)
    assert player.run.epoch - before == pytest.approx(speed * (clock.now - since), abs=1.01)


def test_at_a_slow_speed_the_next_frame_is_due_with_the_next_epoch(clock: Clock) -> None:
    player = Player(SMALL, speed=2)
    scene = settled(player)
    assert player.wait(scene) == pytest.approx(0.5)
    clock.now += 0.3
    assert player.wait(scene) == pytest.approx(0.2)
    clock.now += 0.2001
    assert player.wait(scene) == 0
    player.frame(scene)
    assert player.run.epoch == 1
    assert player.wait(scene) == pytest.approx(0.5, abs=0.001)


def test_what_was_missed_while_nobody_looked_is_not_made_up_for(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    settled(player)
    clock.now += 3600
    player.frame()
    jump = player.run.epoch
    play_on(player, clock, 2)
    assert jump < 600
    assert player.run.epoch - jump == pytest.approx(120, abs=2)


def test_as_fast_as_it_can_always_has_something_new() -> None:
    player = Player(SMALL, speed=UNLIMITED)
    for _ in range(20):
        before = player.run.epoch
        player.frame()
        assert player.run.epoch > before
        assert player.wait(player.camera.scene.id if player.camera.scene else -1) == 0


def test_a_change_of_what_an_epoch_costs_is_approached_with_care() -> None:
    """Else hundreds of cheap epochs a frame become hundreds of dear ones, and the page stands still."""
    cheap = changed(SMALL, data={"samples": 10}, training={"batch_size": None})
    player = Player(cheap, speed=UNLIMITED)
    for _ in range(50):
        player.frame()
    before = player.run.epoch
    player.frame()
    assert player.run.epoch - before > 1
    player.use(changed(cheap, training={"batch_size": 1}))
    before = player.run.epoch
    player.frame()
    assert player.run.epoch - before == 1
    player.use(changed(cheap, data={"samples": 2000}))
    player.frame()
    assert player.run.epoch == 1


def test_an_epoch_too_long_for_a_frame_is_spread_over_several_with_the_same_result() -> None:
    large = changed(SMALL, data={"samples": 20_000}, network={"hidden_layer_sizes": (8, 8)})
    player = Player(large, speed=UNLIMITED)
    scene, parts = settled_scene(player), 0
    while player.run.epoch < 1:
        header, _ = unpack(player.frame(scene))
        parts += player.run.batch > 0
        assert header["batch"] is None or header["batch"]["rows"] == []
    assert parts > 3
    assert player.run.batch == 0  # the epoch ended with a frame: somebody looks whether a goal is met
    assert same(player.run, advance(start(large), 1))


def test_paused_within_an_epoch_the_page_says_where() -> None:
    player = Player(changed(SMALL, data={"samples": 20_000}), speed=UNLIMITED)
    while not player.run.batch:
        player.frame()
    player.play(False)
    header, _ = unpack(player.frame())
    assert header["batch"]["done"] == player.run.batch
    assert header["batch"]["of"] == 1400
    assert len(header["batch"]["rows"]) == 10
    player.step()
    player.frame()
    assert (player.run.epoch, player.run.batch) == (1, 0)


def test_the_speed_is_kept_where_an_epoch_takes_many_frames(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    player = Player(changed(SMALL, data={"samples": 2000}), speed=2)
    player.pace.update_seconds = 2e-8  # by a clock that stands still
    monkeypatch.setattr(sharing, "BUDGET", 5e-7)
    play_on(player, clock, 0.25, every=1 / 60)
    assert player.run.epoch == 0
    assert player.run.batch == pytest.approx(70, abs=3)  # half of the epoch's 140 updates


# transport


def test_paused_nothing_moves_and_nothing_is_owed(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 1)
    player.play(False)
    assert player.state == "paused"
    scene = settled(player)
    assert player.wait(scene) == UNLIMITED
    epoch = player.run.epoch
    play_on(player, clock, 5, scene)
    assert player.run.epoch == epoch
    clock.now += 100
    player.play()
    assert player.state == "playing"
    assert player.wait(scene) == 0
    player.frame(scene)
    assert player.run.epoch == epoch
    play_on(player, clock, 1, scene)
    assert player.run.epoch - epoch == pytest.approx(60, abs=1)


def test_a_step_is_one_epoch_and_pauses(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 0.5)
    epoch, scene = player.run.epoch, settled(player)
    player.step()
    assert player.state == "paused"
    assert player.wait(scene) == 0
    header, _ = unpack(player.frame(scene))
    assert header["epoch"] == player.run.epoch == epoch + 1
    assert same(player.run, advance(start(SMALL), epoch + 1))
    settled(player)
    assert player.run.epoch == epoch + 1


def test_steps_that_came_before_the_next_frame_are_all_taken() -> None:
    player = Player(SMALL, playing=False)
    scene = settled(player)
    for _ in range(3):
        player.step()
    player.frame(scene)
    assert player.run.epoch == 3


@given(small_experiments(batch_size=st.sampled_from([1, 3, None])), st.integers(0, 5), st.integers(1, 3))
@settings(max_examples=20)
def test_beside_others_a_step_comes_in_slices_to_the_same_result(
    experiment: Experiment, batches: int, epochs: int
) -> None:
    """Two updates fit into a slice, by a clock that stands still while it computes."""
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock.of_players(patch)
        other, player = Player(SMALL, speed=1), Player(experiment, playing=False)
        other.frame()
        for _ in range(batches):
            player.step_batch()
        player.frame()
        before = player.run.epoch
        for _ in range(epochs):
            player.step()
        expected = advance(player.run, epochs)
        assume(not expected.stopped)
        slices = 0
        while player._steps:
            clock.now += 0.01
            other.frame()
            player.pace.update_seconds = SLICE / 2
            at = player.run.epoch * player.run.updates_per_epoch + player.run.batch
            player.frame()
            slices += 1
            assert player.run.epoch * player.run.updates_per_epoch + player.run.batch <= at + 2
            assert player.state == "paused"
        assert slices >= epochs * player.run.updates_per_epoch / 2 - batches
        assert (player.run.epoch, player.run.batch) == (before + epochs, 0)
        assert same(player.run, expected)


@pytest.mark.parametrize("playing", [True, False])
def test_reset_goes_back_to_the_same_weights_and_leaves_play_or_pause_alone(clock: Clock, playing: bool) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 1)
    player.play(playing)
    scene = settled(player)
    player.reset()
    assert same(player.run, start(SMALL))
    assert len(player.run.history["epoch"]) == 1
    assert player.state == ("playing" if playing else "paused")
    assert player.wait(scene) == 0
    _, parts = unpack(player.frame(scene))
    assert "scene" not in parts  # the same data: the stage stands


def test_a_reset_after_a_step_forgets_the_step() -> None:
    player = Player(SMALL, playing=False)
    settled(player)
    player.step()
    player.reset()
    player.frame()
    assert player.run.epoch == 0


# settings


@pytest.mark.parametrize(
    "training",
    [{"learning_rate": 0.5}, {"batch_size": 3}, {"batch_size": None}, {"l2": 1.0}],
    ids=str,
)
@pytest.mark.parametrize("playing", [True, False])
def test_training_settings_change_in_place(clock: Clock, training: dict[str, Any], playing: bool) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 1)
    player.play(playing)
    scene, before = settled(player), player.run
    assert before.epoch > 0
    after = changed(SMALL, training=training)
    player.use(after)
    assert player.run.experiment == after
    assert same(player.run, before)
    assert player.state == ("playing" if playing else "paused")
    assert player.wait(scene) == 0
    player.play()
    play_on(player, clock, 1, scene)
    later = player.run.epoch - before.epoch
    assert later > 30
    assert same(player.run, advance(advance(start(SMALL), before.epoch).with_settings(after), later))
    assert not same(player.run, advance(start(SMALL), player.run.epoch))  # the change was felt


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"dataset": "xor"}},
        {"data": {"samples": 80}},
        {"data": {"test_share": 0.5}},
        {"network": {"hidden_layer_sizes": [3, 3]}},
        {"network": {"hidden_layer_sizes": []}},
        {"network": {"activation": "relu"}},
        {"network": {"initializer": "he_normal"}},
        {"seed": 7},
        {"draw": 1},
    ],
    ids=str,
)
@pytest.mark.parametrize("playing", [True, False])
def test_other_data_or_another_network_start_from_epoch_0(clock: Clock, change: dict[str, Any], playing: bool) -> None:
    player = Player(SMALL, speed=60)
    play_on(player, clock, 1, every=1 / 15)
    player.play(playing)
    scene, after = settled(player), changed(SMALL, **change)
    player.use(after)
    assert same(player.run, start(after))
    assert player.state == ("playing" if playing else "paused")
    header, parts = unpack(player.frame(scene))
    assert header["epoch"] == 0
    assert "scene" in parts
    assert parts["curves"].shape[1] == 1
    play_on(player, clock, 1, every=1 / 15)
    assert (player.run.epoch > 30) is playing
    assert same(player.run, advance(start(after), player.run.epoch))


def test_the_same_settings_again_change_nothing(clock: Clock) -> None:
    player = Player(SMALL, speed=60, playing=False)
    scene, run = settled(player), player.run
    player.use(changed(SMALL))
    player.show(LIGHT)
    player.set_speed(60)
    assert player.run is run
    assert player.wait(scene) == UNLIMITED


def test_another_appearance_is_another_scene_of_the_same_run(clock: Clock) -> None:
    player = Player(SMALL, playing=False)
    player.step()
    scene, run = settled(player), player.run
    player.show(DARK)
    assert player.wait(scene) == 0
    _, parts = unpack(player.frame(scene))
    assert DARK.paper in parts["scene"].tobytes().decode()
    assert player.run is run


# divergence


def test_a_run_that_diverges_stops_and_says_why() -> None:
    player = Player(WILD, speed=UNLIMITED)
    for _ in range(200):
        header, _ = unpack(player.frame())
    assert player.state == header["state"] == "diverged"
    assert "learning rate" in header["reason"]
    assert f"epoch {header['epoch'] + 1}" in header["reason"]
    assert np.isfinite(player.run.params.vector).all()
    assert player.wait(settled(player)) == UNLIMITED


@pytest.fixture
def diverged() -> Player:
    player = Player(WILD, speed=UNLIMITED)
    for _ in range(200):
        player.frame()
    assert player.state == "diverged"
    return player


def test_after_diverging_neither_play_nor_step_goes_on_for_ever(diverged: Player) -> None:
    scene, epoch = settled(diverged), diverged.run.epoch
    for press in (diverged.play, diverged.step):
        press()
        settled(diverged)
        assert diverged.wait(scene) == UNLIMITED
        assert diverged.state == "diverged"
        assert diverged.run.epoch == epoch
    diverged.use(changed(WILD, training={"learning_rate": 1e-4}))
    settled(diverged)
    assert diverged.run.epoch == epoch  # the step that could not be taken is not taken now


def test_after_diverging_a_smaller_learning_rate_goes_on_from_the_last_finite_state(diverged: Player) -> None:
    epoch = diverged.run.epoch
    diverged.use(changed(WILD, training={"learning_rate": 1e-6}))
    assert diverged.state == "playing"
    assert diverged.run.epoch == epoch


def test_after_diverging_reset_plays_again(diverged: Player) -> None:
    diverged.reset()
    assert diverged.state == "playing"
    assert diverged.run.epoch == 0
    assert unpack(diverged.frame())[0]["reason"] == "" or diverged.run.stopped


# early stopping


def test_a_run_that_no_longer_improves_ends_and_shows_its_best_weights() -> None:
    player = Player(changed(SMALL, training={"learning_rate": 1.0, "patience": 3}), speed=UNLIMITED)
    for _ in range(400):
        header, _ = unpack(player.frame())
    assert player.state == header["state"] == "ended"
    assert f"epoch {header['numbers']['epoch']:g}" in header["reason"]
    assert header["numbers"]["epoch"] == player.run.latest["epoch"] == player.run.epoch - 3
    assert player.wait(settled(player)) == UNLIMITED
    player.use(changed(SMALL, training={"learning_rate": 0.1}))
    assert player.state == "playing"


# what a frame carries


def test_the_scene_travels_only_to_those_who_do_not_show_it(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    scene = settled(player)
    assert all("scene" not in unpack(frame)[1] for frame in play_on(player, clock, 1, scene))
    assert "scene" in unpack(player.frame(-1))[1]
    player.use(changed(SMALL, training={"learning_rate": 0.5}))
    assert "scene" not in unpack(player.frame(scene))[1]


@pytest.mark.parametrize("playing", [True, False])
def test_one_who_has_no_picture_need_not_wait_for_a_change(clock: Clock, playing: bool) -> None:
    """A panel that is mounted again while the run is paused must not stay empty."""
    player = Player(SMALL, speed=1, playing=playing)
    scene = settled(player)
    assert player.wait(scene) > 0
    assert player.wait(-1) == 0


def test_curves_are_sent_when_they_grew_and_not_too_often(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    scene = settled(player)
    times, longest = [], 0
    for _ in range(600):
        clock.now += 1 / 60
        _, parts = unpack(player.frame(scene))
        if "curves" in parts:
            times.append(clock.now)
            assert parts["curves"].shape[1] > longest
            longest = parts["curves"].shape[1]
    gaps = np.diff(times)
    assert gaps.min() > CURVES_EVERY
    assert gaps.max() < CURVES_EVERY + 2 / 60


def test_curves_that_did_not_grow_are_not_sent(clock: Clock) -> None:
    player = Player(SMALL, speed=1)
    scene = settled(player)
    sent = sum("curves" in unpack(frame)[1] for frame in play_on(player, clock, 10, scene))
    assert sent == player.run.epoch == pytest.approx(10, abs=1)


def test_when_it_pauses_the_newest_points_are_sent_once(clock: Clock) -> None:
    player = Player(SMALL, speed=60)
    scene = settled(player)
    play_on(player, clock, 1.05, scene)
    player.play(False)
    curves = [parts["curves"] for parts in (unpack(player.frame(scene))[1] for _ in range(5)) if "curves" in parts]
    assert len(curves) <= 1
    assert player.wait(scene) == UNLIMITED
    player.step()
    _, parts = unpack(player.frame(scene))
    assert parts["curves"][0, -1] == player.run.epoch


def test_curves_of_another_run_of_the_same_length_are_sent() -> None:
    player = Player(SMALL, playing=False)
    player.step()
    scene = settled(player)
    player.use(changed(SMALL, training={"learning_rate": 1.0}))
    player.reset()
    player.step()
    _, parts = unpack(player.frame(scene))
    assert player.run.epoch == 1
    np.testing.assert_allclose(parts["curves"][1], player.run.history["train_cost"], rtol=1e-6)


def test_the_history_of_a_player_is_bounded() -> None:
    player = Player(SMALL)
    assert player.run.history.limit == HISTORY_LIMIT
    player.reset()
    assert player.run.history.limit == HISTORY_LIMIT
    player.use(changed(SMALL, seed=1))
    assert player.run.history.limit == HISTORY_LIMIT


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


# fast, and fair


@pytest.mark.parametrize("update_seconds", [1e-6, 1e-5, 1e-4, 1e-3, 1e-2])
@pytest.mark.parametrize("budget", [0.0005, 0.0125])
def test_the_highest_speed_is_never_slower_than_another(clock: Clock, update_seconds: float, budget: float) -> None:
    run = start(SMALL)
    trained = {}
    for speed in (1.0, 120.0, UNLIMITED):
        paced = pace.Pace(speed)
        paced.update_seconds = update_seconds
        portions = [paced.portion(run, 1 / 60, budget) for _ in range(60)]
        trained[speed] = sum(most * (run.updates_per_epoch if whole else 1) for most, whole in portions)
        assert trained[speed] * update_seconds <= 60 * max(budget, update_seconds) + 1e-9
    assert trained[1.0] <= trained[120.0] <= trained[UNLIMITED]


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


def test_within_an_epoch_the_chart_is_not_sent_again_until_it_pauses(clock: Clock) -> None:
    player = Player(changed(SMALL, data={"samples": 20_000}), speed=UNLIMITED)
    player.pace.update_seconds = 1.0  # one update for each frame
    scene = settled_scene(player)
    for _ in range(3):
        clock.now += 2 * CURVES_EVERY
        player.pace.update_seconds = 1.0
        header, parts = unpack(player.frame(scene))
    assert (player.run.epoch, player.run.batch) == (0, 4)
    assert "chart" not in header
    assert "answers" in parts  # which examples are wrong is news
    player.play(False)
    header, _ = unpack(player.frame(scene))
    assert header["chart"]["report"]["part"] == "test"


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

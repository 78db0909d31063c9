"""How fast a run plays: as it was asked to, whatever an epoch takes, and never longer than a frame may."""

import pytest

from dnn import advance, start
from dnn.ui.live import pace, sharing
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from tests.ui.live.clock import Clock
from tests.ui.live.players import SMALL, changed, play_on, same, settled, settled_scene


@pytest.mark.parametrize(("speed", "seconds"), [(1.0, 4), (30.0, 1), (120.0, 1)])
@pytest.mark.parametrize("every", [1 / 60, 1 / 25, 0.011])
def test_the_speed_is_kept_whatever_the_frames_a_second(
    clock: Clock, speed: float, seconds: float, every: float
) -> None:
    player = Player(SMALL, speed=speed)
    scene = settled(player)
    play_on(player, clock, 0.5, scene, every)  # how long an epoch takes is not known at first
    before, since = player.run.epoch, clock.now
    play_on(player, clock, seconds, scene, every)
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

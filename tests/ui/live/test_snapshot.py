"""What the tab keeps of a run that plays: asked for over the socket, and read again whatever a browser makes of it."""

from base64 import b64encode
from collections.abc import Iterator

import numpy as np
import pytest

from dnn import Experiment, InvalidFile
from dnn.export.progress import write_progress
from dnn.ui.live import snapshot
from dnn.ui.live.pace import UNLIMITED
from dnn.ui.live.player import Player
from dnn.ui.live.snapshot import KEEP, MOST_BYTES, read
from dnn.ui.live.wire import unpack

EXPERIMENT = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]})


@pytest.fixture
def player() -> Iterator[Player]:
    yield Player(EXPERIMENT, playing=False, speed=UNLIMITED)
    Player._all.clear()


def kept(player: Player) -> str:
    assert player.request(KEEP)
    _, parts = unpack(player.frame())
    return b64encode(parts["snapshot"].tobytes()).decode()


def test_it_is_in_one_picture_after_it_was_asked_for_also_while_paused(player: Player) -> None:
    assert "snapshot" not in unpack(player.frame())[1]
    scene = player.picture()[1]
    assert player.wait(scene) == UNLIMITED
    player.request(KEEP)
    assert player.wait(scene) == 0.0
    assert player.at_once(scene) is None  # packing it takes long for the event loop
    assert "snapshot" in unpack(player.picture(scene)[0])[1]
    assert "snapshot" not in unpack(player.picture(scene)[0])[1]
    assert player.wait(scene) == UNLIMITED


def test_it_is_of_the_newest_run_and_says_how_it_plays(player: Player) -> None:
    for _ in range(30):
        player.step()
    player.frame()
    player.look(10)
    player.settle()
    run, speed = read(kept(player), EXPERIMENT, EXPERIMENT.make_data())
    assert (run.epoch, speed) == (30, UNLIMITED)
    np.testing.assert_array_equal(run.params.vector, player.newest.params.vector)
    player.set_speed(15.0)
    assert read(kept(player), EXPERIMENT, EXPERIMENT.make_data()).speed == 15.0


def test_of_a_run_that_is_too_large_none_is_kept(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MOST_BYTES", 100)
    assert kept(player) == ""


def test_the_largest_network_of_the_page_is_not_too_large() -> None:
    largest = Experiment.of(
        data={"samples": 20}, network={"hidden_layer_sizes": [64] * 8}, training={"optimizer": "adam", "patience": 9}
    )
    try:
        player = Player(largest, playing=False)
        player.step()
        assert len(kept(player)) > 100_000
    finally:
        Player._all.clear()


def test_any_other_text_is_refused(player: Player) -> None:
    run = player.newest
    notes: list[dict[str, object]] = [{}, *({"speed": speed} for speed in ("fast", 0, -1.0, [1.0]))]
    wrong = [b64encode(write_progress(run, 9, note)).decode() for note in notes]
    for text in ("", "é", "AAAA", "{}", "A" * (2 * MOST_BYTES + 4), kept(player)[:-8], *wrong):
        with pytest.raises(InvalidFile):
            read(text, EXPERIMENT, run.data)

"""One unit of the network, large for as long as it is looked at."""

import numpy as np
import pytest
from starlette.testclient import TestClient

from dnn.ui.live.player import Player
from dnn.ui.live.socket import MOST_ASKED
from dnn.ui.live.wire import unpack
from tests.ui.live.sockets import ask, connect, view


def test_a_unit_is_large_from_when_it_is_looked_at_until_it_is_not(client: TestClient, player: Player) -> None:
    with connect(client, player.token) as socket:
        assert "unit" not in ask(socket)[1]
        view(socket, 3)
        for _ in range(3):
            header, parts = ask(socket)
            assert header["unit"]["place"] == 3
            assert parts["unit"].shape == parts["field"].shape
        view(socket, None)
        header, parts = ask(socket)
        assert "unit" not in parts
        assert "unit" not in header


def test_paused_a_request_that_waits_is_answered_when_a_unit_is_looked_at(client: TestClient, player: Player) -> None:
    player.play(False)
    with connect(client, player.token) as socket:
        ask(socket)
        assert player.camera.scene is not None
        for unit in (0, 2, 5):
            socket.send_text(str(player.camera.scene.id))
            view(socket, unit)
            header, _ = unpack(socket.receive_bytes())
            assert header["unit"]["place"] == unit
    assert player.run.epoch == 0


def test_a_look_is_no_request_for_a_frame(client: TestClient, player: Player) -> None:
    player.play(False)
    with connect(client, player.token) as socket:
        ask(socket)
        for unit in range(3 * MOST_ASKED):
            view(socket, unit)
        assert ask(socket)[0]["state"] == "paused"  # neither refused nor sent more than was asked for
        player.step()
        assert ask(socket)[0]["epoch"] == 1


@pytest.mark.parametrize("unit", [6, 7, 999_999_999])
def test_a_unit_that_is_not_there_is_not_shown(client: TestClient, player: Player, unit: int) -> None:
    with connect(client, player.token) as socket:
        view(socket, unit)
        assert "unit" not in ask(socket)[1]


def test_the_large_unit_is_the_one_of_the_network(client: TestClient, player: Player) -> None:
    """Inputs x1, x2, hidden units 2 to 4, output 5; all numbers as the run has them."""
    held = np.zeros(player.run.params.vector.size)
    held[4] = 1.0  # from x2 to hidden unit 3
    player.play(False)
    player.restore(player.run.with_params(player.run.params.vector + 0.1, held))
    (W, b), (V, c) = player.run.params
    with connect(client, player.token) as socket:
        for unit, incoming, frozen in (
            (0, [], []),
            (3, [*W[:, 1], b[1]], [0, 1, 0]),
            (4, [*W[:, 2], b[2]], [0, 0, 0]),
            (5, [*V[:, 0], c[0]], [0, 0, 0, 0]),
        ):
            view(socket, unit)
            header, parts = ask(socket)
            np.testing.assert_array_equal(parts["incoming"], np.array(incoming, np.float32))
            assert parts["held"].tolist() == frozen
            assert header["unit"]["low"] < header["unit"]["high"]
            side = parts["maps"].shape[-1]
            if unit < 5:  # the small map is a choice of its points; one without limits has its own largest value
                step = parts["unit"].shape[0] // side
                small = parts["unit"][step // 2 :: step, step // 2 :: step].astype(int)
                assert np.abs(small - parts["maps"][unit]).max() <= (3 if unit < 2 else 0)
            else:
                np.testing.assert_array_equal(parts["unit"], parts["field"] >> 8)
    x_low, x_high = player.camera.scene.bounds[:2] if player.camera.scene else (0, 0)
    with connect(client, player.token) as socket:
        view(socket, 0)
        large = ask(socket)[0]["unit"]
        assert (large["low"], large["high"]) == pytest.approx((x_low, x_high))

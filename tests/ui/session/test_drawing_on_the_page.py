"""Examples drawn and erased through the whole page, without a browser."""

import numpy as np
import pytest

from dnn import advance
from dnn.datasets import CustomData
from tests.ui.session.diagram_page import DiagramPage, number
from tests.ui.session.strokes import CLEAR, erase, points, rows


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

"""Results on the page *Sweep*: of the cells in the grid, of a sweep in the background, and of a file."""

import time

import pytest

from dnn.sweeps import Sweep, run_sweep
from dnn.sweeps.documents import to_lines
from dnn.ui.sweep import background
from dnn.ui.sweep.marks import MARKS, Marks
from tests.ui.views.sweep_page import TWO, SweepPage

pytestmark = pytest.mark.slow

RATES = ",".join(f"{number / 100:g}" for number in range(1, 101))
MANY = TWO | {"axis.1": f"training.learning_rate:{RATES}", "sweep.seeds": "2", "sweep.epochs": "2"}


def texts(page: SweepPage) -> str:
    kinds = ("markdown", "caption", "subheader", "success", "info", "error")
    return "\n".join(each.value for kind in kinds for each in page.at.get(kind))


def test_results_of_the_grid_are_those_of_the_library_once_it_is_at_its_end() -> None:
    page = SweepPage(**TWO, **{"sweep.epochs": "3"})
    assert "Best:" not in texts(page)
    page.press("Play")
    while page.player.epoch < 3:
        page.player.frame()
    page.run()
    assert "at epoch 3" in texts(page)
    assert "Best:" in texts(page)
    taken = page.at.session_state["sweep.taken"].results
    expected = list(run_sweep(page.sweep))
    assert [result.test_cost for result in taken] == [result.test_cost for result in expected]
    assert [result.settings for result in taken] == [result.settings for result in expected]


def test_results_can_be_seen_before_the_end_and_belong_to_their_sweep() -> None:
    page = SweepPage(**TWO)
    page.press("Step")
    page.player.frame()
    page.press("Results of this moment")
    assert "at epoch 1" in texts(page)
    page.press("Step")
    page.player.frame()
    page.press("Update")
    assert "at epoch 2" in texts(page)
    page.set("Seeds", 2)
    assert "Best:" not in texts(page)


def test_a_cell_that_cannot_start_is_in_the_results_with_its_reason() -> None:
    page = SweepPage(**(TWO | {"axis.2": 'training.loss:"binary_cross_entropy","softmax_cross_entropy"'}))
    page.press("Step")
    page.player.frame()
    page.press("Results of this moment")
    assert "2 runs could not start" in texts(page)


def test_one_marked_cell_is_opened_in_the_playground() -> None:
    page = SweepPage(**TWO)
    page.press("Step")
    page.player.frame()
    page.press("Results of this moment")
    page.at.session_state[MARKS] = Marks(page.sweep, frozenset({3}))
    page.run()
    page.press("Open in the playground")
    assert page.at.session_state["page"] == "Playground"
    assert page.at.session_state["experiment"].training.learning_rate == 0.1


def test_a_large_sweep_trains_in_the_background_and_shows_its_results() -> None:
    page = SweepPage(**MANY)
    assert "400 runs are more than the 256" in page.said
    page.press("Train 400 runs in the background")
    job = background.JOBS.of(page.at.session_state["sweep.job"])
    assert job is not None
    job.is_watched = lambda: True  # there is no browser here
    try:
        assert "Stop" in [button.label for button in page.at.button]
        deadline = time.monotonic() + 60
        while not job.has_ended:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        page.run()
        assert "All 400 runs are done." in texts(page)
        assert "Best:" in texts(page)
        page.press("Train again")
        assert "Train 400 runs in the background" in [button.label for button in page.at.button]
        assert not job.folder.exists()
    finally:
        background.JOBS.close()


def test_a_sweep_in_the_background_is_stopped_and_its_file_can_be_asked_for() -> None:
    page = SweepPage(**(MANY | {"sweep.epochs": "100000"}))
    next(toggle for toggle in page.at.toggle).set_value(True)
    page.run()
    page.press("Train 400 runs in the background")
    job = background.JOBS.of(page.at.session_state["sweep.job"])
    assert job is not None
    try:
        assert page.at.code[0].value.endswith(f"/sweep-results/{job.token}.jsonl")
        page.press("Stop")
        page.run()
        assert "Stopped" in texts(page)
        assert job.state == "stopped"
        page.set("Epochs", 2)
        page.press("Train 400 runs in the background")
        assert background.JOBS.of(job.token) is job  # its link was given
        assert page.at.session_state["sweep.job"] != job.token
    finally:
        background.JOBS.close()


def test_more_runs_than_a_job_may_have_are_for_the_command_line() -> None:
    page = SweepPage(**(MANY | {"sweep.seeds": "64"}))
    assert "12800 runs are too many for this page" in texts(page)


def test_what_this_page_does_not_allow_is_not_trained_in_the_background_either() -> None:
    page = SweepPage(**(MANY | {"axis.2": "network.hidden_layer_sizes:[4],[500]"}))
    page.press("Train 400 runs in the background")
    assert "500 units is not allowed" in page.said
    assert "sweep.job" not in page.at.session_state


def test_a_file_of_another_sweep_is_shown_in_place_of_the_grid_until_it_is_closed() -> None:
    page = SweepPage(**TWO)
    other = Sweep(base=page.sweep.base, axes=page.sweep.axes[:1], epochs=2)
    content = to_lines(other, run_sweep(other))
    page.at.file_uploader[0].set_value(("mine.jsonl", content, "application/jsonl"))
    page.run()
    assert "mine.jsonl has the results of another sweep" in texts(page).replace("\\", "")
    page.press("Open that sweep instead")
    assert "Results of a file" in texts(page)
    assert "Play" not in [button.label for button in page.at.button]
    page.press("Close")
    assert "Play" in [button.label for button in page.at.button]


def test_a_cell_of_the_grid_is_marked_with_all_its_seeds_and_its_mark_taken_away() -> None:
    page = SweepPage(**TWO, **{"sweep.seeds": "3"})
    assert page.settings["marked"] == []
    page.send({"do": "mark", "run": 4})
    assert page.settings["marked"] == [3, 4, 5]
    page.send({"do": "mark", "run": 0})
    assert page.settings["marked"] == [0, 1, 2, 3, 4, 5]
    page.send({"do": "mark", "run": 5})
    assert page.settings["marked"] == [0, 1, 2]
    page.send({"do": "mark", "run": 77})
    assert page.settings["marked"] == [0, 1, 2]

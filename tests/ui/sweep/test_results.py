"""The results of a sweep on the page, without a browser: pictures, words, table, marks, and files."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dnn.plots.theme import THEMES
from dnn.sweeps import Axis, Result, Sweep
from dnn.sweeps.documents import to_lines
from dnn.sweeps.outcomes import MEASURES, outcomes
from dnn.ui.sweep import results_table
from dnn.ui.sweep.marks import MARKS, Marks
from tests.sweeps.results import ACTIVATION, RATE, grid, results_of
from tests.ui.page import unescaped

pytestmark = pytest.mark.slow

SWEEP = grid((0.01, 0.1, 1.0), seeds=2)
GIVEN = "given"


def numbers(cell: Any) -> float | str:
    return "diverged" if cell.settings[RATE] == 1.0 else 0.6 + cell.settings[RATE] + 0.01 * (cell.index % 2)


RESULTS = results_of(SWEEP, numbers)


def page() -> None:
    import streamlit as st

    from dnn.ui.sweep import results, results_files
    from dnn.ui.visitor import address

    address.read_page_words()
    sweep, found = st.session_state["given"]
    results_files.opener(lambda: st.session_state["given"][0])
    if opened := results_files.opened():
        sweep, found = opened
    st.caption(f"shown: {sweep.runs}")
    results.show(found, sweep)


class ResultsPage:
    """A page with the results of a sweep and nothing else."""

    def __init__(self, sweep: Sweep = SWEEP, results: list[Result] = RESULTS, **link: str) -> None:
        self.at = AppTest.from_function(page, default_timeout=60)
        self.at.query_params = link
        self.at.session_state[GIVEN] = sweep, results
        self.run()

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, self.at.exception
        assert not any("our mistake" in error.value for error in self.at.error)

    @property
    def said(self) -> str:
        kinds = ("markdown", "caption", "info", "error")
        return unescaped("\n".join(message.value for kind in kinds for message in self.at.get(kind)))

    def figure(self, number: int) -> dict[str, Any]:
        """The heat map, the curves, the parallel coordinates."""
        spec: dict[str, Any] = json.loads(self.at.get("plotly_chart")[number].proto.spec)
        return spec

    def frames(self) -> list[str]:
        return [shape["line"]["color"] for shape in self.figure(0)["layout"]["shapes"]]

    def mark(self, *cells: int) -> None:
        self.at.session_state[MARKS] = Marks(self.at.session_state[GIVEN][0], frozenset(cells))
        self.run()

    def rows(self) -> list[int]:
        found: list[int] = self.at.session_state[results_table.TABLE]["selection"]["rows"]
        return found

    def press(self, label: str) -> None:
        next(button for button in self.at.button if button.label == label).click()
        self.run()

    def upload(self, content: bytes) -> None:
        self.at.file_uploader[0].set_value(("mine.jsonl", content, "application/jsonl"))
        self.run()


def test_pictures_words_and_table_show_the_results() -> None:
    shown = ResultsPage()
    assert [shown.figure(place)["data"][0]["type"] for place in range(3)] == ["heatmap", "scatter", "scatter"]
    assert "Best: Tanh, 0.1: test accuracy 70.5 ± 0.7 %." in shown.said
    assert "Learning rate above 0.1: every run diverges." in shown.said
    assert "So far" not in shown.said
    table = shown.at.dataframe[0].value
    assert table["axis.0"].tolist()[:2] == ["Tanh", "ReLU"]
    assert table["axis.1"].tolist() == [0.1, 0.1, 0.01, 0.01, 1.0, 1.0]
    assert table["state"].tolist() == ["complete"] * 4 + ["diverged"] * 2
    assert len(shown.at.get("download_button")) == 2


def test_another_measure_sorts_and_draws_anew() -> None:
    shown = ResultsPage()
    group = next(each for each in shown.at.get("button_group") if each.key == "sweep.measure")
    assert group.value == "test_accuracy"
    group.set_value("train_cost")
    shown.run()
    assert "Best: Tanh, 0.1: training cost 0.395 ± 0.007." in shown.said
    assert shown.figure(1)["data"][0]["name"] == "the other cells"


def test_marked_cells_are_marked_in_the_map_the_lines_the_curves_and_the_table() -> None:
    shown = ResultsPage()
    marked, best = THEMES["light"].classes[0], THEMES["light"].ink
    assert shown.frames() == [best]
    shown.mark(1, 3)
    assert sorted(shown.frames()) == sorted([best, marked, marked])
    assert shown.rows() == [0, 3]  # Tanh 0.1 is the best, ReLU 0.01 the fourth
    assert "2 cells are marked." in shown.said
    assert "ReLU, 0.01" in [trace.get("name") for trace in shown.figure(1)["data"]]
    grey = [trace for trace in shown.figure(2)["data"] if trace.get("line", {}).get("color") == THEMES["light"].grid]
    assert len(grey) == 1
    shown.press("Clear")
    assert shown.frames() == [best]
    assert shown.rows() == []


def test_one_marked_cell_is_named() -> None:
    shown = ResultsPage()
    shown.mark(4)
    assert "Marked: ReLU, 0.1" in shown.said


def test_brushes_through_which_no_cell_passes_are_drawn_and_can_be_cleared() -> None:
    shown = ResultsPage()
    brushes = {RATE: (0.9, 1.1), "test_accuracy": (0.9, 1.1)}
    shown.at.session_state[MARKS] = Marks(SWEEP, frozenset(), brushes)
    shown.run()
    assert "0 cells are marked." in shown.said
    assert sum(shape["type"] == "rect" for shape in shown.figure(2)["layout"]["shapes"]) == 2
    shown.press("Clear")
    assert not any(shape["type"] == "rect" for shape in shown.figure(2)["layout"]["shapes"])


def test_marks_of_another_sweep_count_for_nothing() -> None:
    shown = ResultsPage()
    shown.at.session_state[MARKS] = Marks(grid(seeds=3), frozenset({1}))
    shown.run()
    assert shown.rows() == []


def test_a_part_of_the_results_is_said_to_be_one() -> None:
    assert "So far 5 of 12 runs." in ResultsPage(results=RESULTS[:5]).said
    assert "There are no results yet." in ResultsPage(results=[]).said


def test_a_third_axis_has_a_slider_and_the_map_its_choice_of_axes() -> None:
    axes = (*SWEEP.axes, Axis(name="training.l2", values=(0.0, 0.1)))
    sweep = Sweep(base=SWEEP.base, axes=axes)
    shown = ResultsPage(sweep, results_of(sweep, lambda cell: 0.5 + 0.1 * cell.settings["training.l2"]))
    assert [box.label for box in shown.at.selectbox] == ["Map: across", "Map: up"]
    assert shown.at.select_slider[0].label == "Map: L2"
    field = shown.figure(0)["data"][0]
    shown.at.select_slider[0].set_value(1)
    shown.run()
    assert shown.figure(0)["data"][0]["text"] != field["text"]
    shown.at.selectbox[0].set_value(1)  # across is now what was up: they change places
    shown.run()
    assert shown.figure(0)["layout"]["xaxis"]["title"]["text"] == "Learning rate"
    assert shown.figure(0)["layout"]["yaxis"]["title"]["text"] == "Activation"


@pytest.mark.parametrize("count", [0, 1])
def test_a_sweep_of_one_axis_or_none_is_shown(count: int) -> None:
    sweep = Sweep(base=SWEEP.base, axes=SWEEP.axes[:count], seeds=2)
    shown = ResultsPage(sweep, results_of(sweep, lambda cell: 0.5))
    assert len(shown.at.get("plotly_chart")) == 2 + count
    assert "test accuracy 50" in shown.said


def test_regression_has_no_accuracy() -> None:
    sweep = grid(seeds=1)
    results = [Result(cell.index, cell.settings, cell.seed, 5, train_cost=0.5, test_cost=0.6) for cell in sweep.cells()]
    shown = ResultsPage(sweep, results)
    assert "test cost 0.6" in shown.said
    assert set(shown.at.dataframe[0].value) == {"axis.0", "axis.1", "test_cost", "train_cost", "state"}


def test_it_speaks_chinese() -> None:
    shown = ResultsPage(lang="zh")
    assert "最好的是" in shown.said
    assert shown.figure(0)["layout"]["xaxis"]["title"]["text"] == "激活函数"


# files


def test_a_file_of_the_same_sweep_is_opened_also_while_it_is_written() -> None:
    shown = ResultsPage(results=[])
    shown.upload(to_lines(SWEEP, RESULTS)[:-30])
    assert "So far 11 of 12 runs." in shown.said


def test_a_file_of_another_sweep_is_refused_with_what_differs_and_can_be_opened_instead() -> None:
    other = grid((0.01, 0.1, 1.0), seeds=3)
    shown = ResultsPage()
    shown.upload(to_lines(other, results_of(other, numbers)))
    assert "mine.jsonl has the results of another sweep: there seeds is 3, not 2." in shown.said
    assert "shown: 12" in shown.said
    shown.press("Open that sweep instead")
    assert "shown: 18" in shown.said
    assert "another sweep" not in shown.said


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"{}\n", to_lines(SWEEP, RESULTS[:1]) + b'{"index": 77}\n'])
def test_what_is_no_results_file_changes_nothing(content: bytes) -> None:
    shown = ResultsPage()
    shown.upload(content)
    assert len(shown.at.error) == 1
    assert "shown: 12" in shown.said


def test_the_file_of_an_experiment_is_told_where_it_opens() -> None:
    shown = ResultsPage()
    shown.upload(SWEEP.base.model_dump_json().encode())
    assert "it opens in the playground, under Share" in shown.at.error[0].value.replace("\\", "")
    assert "shown: 12" in shown.said


# the table


def test_the_table_is_sorted_from_the_best_and_says_what_became_of_runs() -> None:
    sweep = grid(seeds=2)

    def mixed(cell: Any) -> float | str:
        if cell.settings[ACTIVATION] == "relu":
            return "It does not fit." if cell.settings[RATE] == 1.0 else 0.9
        return "diverged" if cell.index % 2 else 0.6

    found = outcomes(sweep, results_of(sweep, mixed), MEASURES["test_cost"])
    order = results_table.ordered(found, MEASURES["test_cost"])
    assert [outcome.combination for outcome in order] == [3, 4, 0, 1, 2, 5]
    states = [results_table.state(outcome) for outcome in order]
    assert states == ["complete"] * 2 + ["1 of 2 runs diverged"] * 3 + ["It does not fit."]

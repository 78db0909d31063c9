"""The results of a sweep as files: what goes out comes back, and what is no such file is refused."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dnn.errors import InvalidFile
from dnn.sweeps import Axis, Result, ResultsFile, Sweep, run_sweep
from dnn.sweeps.documents import MOST_RESULTS, from_lines, to_csv, to_lines
from tests.sweeps.results import RATE, grid, results_of

SWEEP = grid(seeds=2, epochs=2)
RESULTS = results_of(
    SWEEP, lambda cell: "diverged" if cell.index == 3 else "It does not fit." if cell.index == 5 else 0.5
)


def test_the_lines_are_those_that_a_sweep_writes(tmp_path: Path) -> None:
    results = list(run_sweep(SWEEP, out=tmp_path / "results.jsonl"))
    written = (tmp_path / "results.jsonl").read_bytes()
    assert to_lines(SWEEP, results) == written
    assert from_lines(written, "x") == (SWEEP, results)
    (tmp_path / "copy.jsonl").write_bytes(to_lines(SWEEP, results[:5]))
    with ResultsFile(tmp_path / "copy.jsonl", SWEEP, resume=True) as file:
        assert file.done == set(range(5))


@pytest.mark.parametrize("cut", [1, 20, 100])
def test_a_file_that_is_still_being_written_is_read_up_to_its_last_whole_line(cut: int) -> None:
    found, results = from_lines(to_lines(SWEEP, RESULTS)[:-cut], "x")
    assert (found, results) == (SWEEP, RESULTS[:-1])


def test_the_table_has_a_row_for_each_run_that_other_programs_read() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(SWEEP, RESULTS).decode())))
    assert len(rows) == SWEEP.runs
    assert [float(row[RATE]) for row in rows[:3]] == [0.01, 0.01, 0.1]
    assert rows[0]["test_accuracy"] == "0.5"
    assert (rows[3]["diverged"], rows[0]["diverged"]) == ("true", "false")
    assert (rows[5]["problem"], rows[5]["test_cost"]) == ("It does not fit.", "")


def test_lists_stand_in_the_table_as_json_and_no_text_is_a_formula() -> None:
    axes = (Axis(name="network.hidden_layer_sizes", values=([8, 8], [])), Axis(name="data.dataset", values=("=1+1",)))
    sweep = Sweep(base=SWEEP.base, axes=axes)
    rows = list(csv.DictReader(io.StringIO(to_csv(sweep, results_of(sweep, lambda cell: 0.5)).decode())))
    assert [json.loads(row["network.hidden_layer_sizes"]) for row in rows] == [[8, 8], []]
    assert rows[0]["data.dataset"] == "'=1+1"


def test_draws_come_back() -> None:
    sweep = grid(draws=3)
    results = results_of(sweep, lambda cell: 0.5)
    assert from_lines(to_lines(sweep, results), "x") == (sweep, results)


@pytest.mark.parametrize(
    "changes",
    [
        {"index": 12},
        {"index": -1},
        {"settings": RESULTS[-1].settings},
        {"settings": {}},
        {"settings": {**RESULTS[0].settings, RATE: 7.0}},
        {"settings": {**RESULTS[0].settings, "seed": 3}},
        {"seed": "0"},
        {"epochs": 2.5},
        {"diverged": "no"},
        {"test_cost": "low"},
        {"test_accuracy": True},
        {"train_cost": [0.5]},
        {"stopped": None},
        {"problem": {"html": "<b>"}},
        {"link": 5},
        {"seconds": "1"},
        {"history": []},
        {"history": {"epoch": [0], "html": [1]}},
        {"history": {"epoch": [0, 1], "test_cost": [0.5]}},
        {"history": {"epoch": [0], "test_cost": ["a"]}},
        {"history": {"epoch": 3}},
    ],
    ids=str,
)
def test_a_line_that_is_no_result_of_the_sweep_is_refused(changes: dict[str, Any]) -> None:
    wrong = replace(RESULTS[0], **changes)
    content = to_lines(SWEEP, [*RESULTS[1:3], wrong])
    with pytest.raises(InvalidFile, match=f"line 4|run {wrong.index} "):
        from_lines(content, "mine.jsonl")


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_numbers_are_finite(number: str) -> None:
    line = RESULTS[0].line().replace('"test_cost":0.7', f'"test_cost":{number}')
    assert number in line
    with pytest.raises(InvalidFile):
        from_lines(to_lines(SWEEP, ()) + line.encode(), "x")


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"\xff\xfe\n", b"[1]\n", b'{"sweep": {}'])
def test_what_is_no_results_file_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidFile):
        from_lines(content, "x")


def test_a_file_with_too_many_lines_is_refused_unread() -> None:
    with pytest.raises(InvalidFile, match=str(MOST_RESULTS)):
        from_lines(b"\n" * (MOST_RESULTS + 2), "x")


def test_only_the_first_of_two_results_of_one_run_counts() -> None:
    twice: list[Result] = [RESULTS[0], replace(RESULTS[0], seconds=9.0)]
    assert from_lines(to_lines(SWEEP, twice), "x")[1] == twice[:1]

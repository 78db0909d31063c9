"""The file of results: whole lines, nothing twice, nothing lost, and no other sweep's."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, InvalidFile
from dnn.sweeps import Axis, Result, ResultsFile, Sweep, run_sweep
from tests.sweeps.helpers import SWEEP, comparable

RESULTS = [Result(index, {"seed": index}, index, train_cost=0.1 * index, history={"epoch": [0]}) for index in range(4)]
SEEDS = Sweep(axes=(Axis(name="seed", values=(0, 1, 2, 3)),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results.jsonl"


@pytest.fixture
def file(path: Path) -> Iterator[ResultsFile]:
    with ResultsFile(path, SEEDS) as file:
        yield file


def test_results_come_back_from_the_file_while_it_is_written(file: ResultsFile, path: Path) -> None:
    assert ResultsFile.read(path) == (SEEDS, [])
    file.append(RESULTS[2])
    assert ResultsFile.read(path) == (SEEDS, RESULTS[2:3])
    file.append(RESULTS[0], RESULTS[1])
    assert ResultsFile.read(path) == (SEEDS, [RESULTS[2], *RESULTS[:2]])
    assert file.done == {0, 1, 2}
    lines = path.read_text().splitlines()
    assert [json.loads(line)["index"] for line in lines[1:]] == [2, 0, 1]
    assert Sweep.model_validate(json.loads(lines[0])["sweep"]) == SEEDS


@given(st.integers(0, 3000))
@settings(max_examples=40)
def test_wherever_the_file_is_cut_its_whole_lines_are_read_and_it_is_gone_on_with(
    tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "results.jsonl"
    with ResultsFile(path, SEEDS) as file:
        file.append(*RESULTS)
    whole = path.read_bytes()
    cut = whole[: min(length, len(whole))]
    path.write_bytes(cut)
    lines = cut.count(b"\n")
    if lines:
        assert ResultsFile.read(path) == (SEEDS, RESULTS[: lines - 1])
    with ResultsFile(path, SEEDS, resume=True) as file:
        assert file.done == set(range(max(0, lines - 1)))
        file.append(*RESULTS[max(0, lines - 1) :])
    assert path.read_bytes() == whole


def test_a_file_is_overwritten_never_and_gone_on_with_only_when_that_is_asked_for(path: Path) -> None:
    with ResultsFile(path, SEEDS) as file:
        file.append(RESULTS[0])
    before = path.read_bytes()
    with pytest.raises(InvalidFile, match="exists already; resume goes on with it"):
        ResultsFile(path, SEEDS)
    assert path.read_bytes() == before


def test_a_file_without_results_is_begun_again(path: Path) -> None:
    for _ in range(2):
        with ResultsFile(path, SEEDS):
            pass
    with pytest.raises(InvalidFile, match="exists already"):
        ResultsFile(path, SWEEP)
    assert ResultsFile.read(path) == (SEEDS, [])


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such lock")
def test_two_sweeps_cannot_write_one_file(file: ResultsFile, path: Path) -> None:
    with pytest.raises(InvalidFile, match="is being written by another sweep"):
        ResultsFile(path, SEEDS, resume=True)
    file.append(RESULTS[0])
    assert ResultsFile.read(path)[1] == RESULTS[:1]


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (SEEDS.model_copy(update={"epochs": 7}), "there epochs is 100, not 7."),
        (
            Sweep(axes=(Axis(name="seed", values=(0, 1)),)),
            "there the axis seed is [0, 1, 2, 3], not [0, 1].",
        ),
        (
            Sweep(axes=(*SEEDS.axes, Axis(name="draw", values=(1,))), base=Experiment.of(training={"l2": 0.1})),
            "there base.training.l2 is 0.0, not 0.1; the axis draw is missing, not [1].",
        ),
        (
            Sweep(axes=SEEDS.axes, base=Experiment.of(data={"dataset": "spiral"})),
            "there base.data.dataset.kind is 'moons', not 'spiral'; base.data.dataset.turns is missing, not ",
        ),
    ],
    ids=["epochs", "values", "axis", "dataset"],
)
def test_the_file_of_another_sweep_is_refused_with_what_differs(path: Path, other: Sweep, difference: str) -> None:
    with ResultsFile(path, SEEDS) as file:
        file.append(RESULTS[0])
    before = path.read_bytes()
    with pytest.raises(InvalidFile) as refused:
        ResultsFile(path, other, resume=True)
    assert "has the results of another sweep: " in str(refused.value)
    assert difference in str(refused.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"notes\n",
        b"notes",
        b"{}\n",
        b'{"sweep": {"axes": 3}}\n',
        b"[" * 100_000 + b"\n",
        b"\xff\xfe\n",
        b"\n",
        b"[1]\n",
    ],
    ids=["text", "no line", "object", "no sweep", "deep", "no text", "empty line", "list"],
)
def test_a_file_of_something_else_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match="is no results file of a sweep: line 1 cannot be read"):
        ResultsFile(path, SEEDS, resume=True)
    with pytest.raises(InvalidFile, match="line 1 cannot be read"):
        ResultsFile.read(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "line",
    [
        "nothing",
        "",
        "[]",
        "3",
        '{"index": 1}',
        '{"index": "1", "settings": {}, "seed": 0}',
        '{"index": 9, "settings": {}, "seed": 0}',
        '{"index": -1, "settings": {}, "seed": 0}',
        '{"index": 1, "settings": {}, "seed": 0, "train_cost": "low"}',
        '{"index": 1, "settings": {}, "seed": 0, "history": {"epoch": 3}}',
    ],
)
def test_a_line_in_the_middle_that_is_no_result_is_named(path: Path, line: str) -> None:
    with ResultsFile(path, SEEDS) as file:
        file.append(*RESULTS[:2])
    header, *lines = path.read_text().splitlines()
    path.write_text("\n".join([header, lines[0], line, lines[1], ""]))
    with pytest.raises(InvalidFile, match="line 3 cannot be read"):
        ResultsFile.read(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_an_error_with_the_name_of_the_file() -> None:
    with pytest.raises(OSError, match="No space left on device") as refused:
        ResultsFile("/dev/full", SEEDS)
    assert refused.value.filename == "/dev/full"


def test_a_result_is_on_disk_before_it_is_reported(path: Path) -> None:
    reported = []
    for result in run_sweep(SWEEP, out=path):
        reported.append(result)
        assert result in ResultsFile.read(path)[1]
    assert comparable(reported) == comparable(ResultsFile.read(path)[1])
    assert len(reported) == SWEEP.runs


def test_resume_computes_what_is_missing_and_nothing_else(path: Path) -> None:
    everything = comparable(run_sweep(SWEEP))
    some = [everything[index] for index in (17, 3, 4)]
    with ResultsFile(path, SWEEP) as file:
        file.append(*some)
    fresh = list(run_sweep(SWEEP, out=path, resume=True))
    assert {result.index for result in fresh} == set(range(SWEEP.runs)) - {17, 3, 4}
    assert comparable(ResultsFile.read(path)[1]) == everything
    assert list(run_sweep(SWEEP, out=path, resume=True)) == []
    assert comparable(ResultsFile.read(path)[1]) == everything


def test_closing_the_iterator_keeps_what_there_is_and_frees_the_file(path: Path) -> None:
    results = run_sweep(SWEEP, out=path)
    first = next(results)
    results.close()
    assert first in ResultsFile.read(path)[1]
    rest = run_sweep(SWEEP, out=path, resume=True)
    assert len(ResultsFile.read(path)[1]) + len(list(rest)) == SWEEP.runs

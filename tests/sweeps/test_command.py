"""``dnn sweep`` in a shell: what it prints and writes, and that it goes on after whatever stopped it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import psutil
import pytest

from dnn.cli import DIVERGED, INTERRUPTED, WRONG, main
from dnn.experiment.links import from_query
from dnn.sweeps import Axis, ResultsFile, Sweep, run_sweep
from tests.sweeps.helpers import LONG, SWEEP, comparable, expected

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL and no limit on the size of files")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command runs, with two sweeps."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sweep.json").write_text(SWEEP.model_dump_json())
    (tmp_path / "long.json").write_text(LONG.model_dump_json())
    return tmp_path


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "dnn", "sweep", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def wait_for_results(path: Path, least: int = 1) -> None:
    """Wait until the file has some results."""
    while not path.exists() or path.read_bytes().count(b"\n") <= least:
        time.sleep(0.01)


def test_it_writes_the_results_and_says_the_best(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "sweep.json", "--address", "https://school.example/dnn"]) == 0
    sweep, results = ResultsFile.read(folder / "results.jsonl")
    assert sweep == SWEEP
    said = capsys.readouterr()
    counts, best, link, *rest = said.out.splitlines()
    assert counts == "18 runs: 18 done, 0 diverged, 0 failed"
    lowest = min(results, key=lambda result: result.test_cost or 0.0)
    assert best.startswith(
        f"Lowest test cost {lowest.test_cost!r}: network.activation {lowest.settings['network.activation']}"
    )
    assert link == lowest.link
    assert link.startswith("https://school.example/dnn?")
    assert from_query(dict(parse_qsl(urlsplit(link).query))) == (sweep.cell(lowest.index).experiment, ())
    assert rest == []
    assert re.search(r"18/18 \[\d\d:\d\d<\d\d:\d\d", said.err)  # the progress bar, with the time left


def test_more_processes_write_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "sweep.json", "--jobs", "2", "--out", "two.jsonl", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert comparable(ResultsFile.read("two.jsonl")[1]) == comparable(run_sweep(SWEEP))


def test_resume_goes_on_behind_a_line_that_was_cut(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "results.jsonl"
    assert main(["sweep", "sweep.json"]) == 0
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * 0.6)])
    capsys.readouterr()
    assert main(["sweep", "sweep.json", "--resume"]) == 0
    assert "18 runs: 18 done" in capsys.readouterr().out
    assert comparable(ResultsFile.read(path)[1]) == comparable(run_sweep(SWEEP))
    assert len(path.read_bytes().splitlines()) == 19
    assert main(["sweep", "sweep.json", "--resume"]) == 0
    assert len(path.read_bytes().splitlines()) == 19


def test_a_file_that_exists_and_one_of_another_sweep_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sweep", "sweep.json", "--quiet"]) == 0
    before = (folder / "results.jsonl").read_bytes()
    assert main(["sweep", "sweep.json"]) == WRONG
    assert capsys.readouterr().err == "dnn: results.jsonl exists already; resume goes on with it.\n"
    assert main(["sweep", "long.json", "--resume"]) == WRONG
    said = capsys.readouterr().err
    assert said.startswith("dnn: results.jsonl has the results of another sweep: there ")
    assert f"seeds is {SWEEP.seeds}, not {LONG.seeds}" in said
    assert (folder / "results.jsonl").read_bytes() == before


def test_a_cluster_that_is_not_there_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "sweep.json", "--cluster", "nowhere://x", "--quiet"]) == WRONG
    assert capsys.readouterr().err.startswith("dnn: No cluster can be reached at nowhere://x: ")
    assert main(["sweep", "sweep.json", "--quiet"]) == 0


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "2000", "²"])
def test_a_number_of_jobs_that_is_none_is_refused(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["sweep", "sweep.json", "--jobs", jobs])
    assert f"{jobs!r} is not allowed; it must be a whole number from 1 to 1024" in capsys.readouterr().err


def test_a_file_that_is_no_text_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.json").write_bytes(b"\xff\xfe\x00")
    assert main(["sweep", "bad.json"]) == WRONG
    assert capsys.readouterr().err == "dnn: bad.json is no text; it must be the JSON of a sweep.\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "Sweep: '' is not allowed; it must be an object with settings by name."),
        ("[]", "Sweep: [] is not allowed; it must be an object with settings by name."),
        ("{}]", "JSON that is broken in line 1, column 3"),
        ('{"axes": [{"name": "training.learnin_rate", "values": [1]}]}', "did you mean 'training.learning_rate'?"),
        ('{"seeds": 2000000}', "Seeds: 2000000 is not allowed; it must be a whole number from 1 to 1000000."),
        ('{"base": {"seed": -1}}', "Seed: -1 is not allowed"),
        ('{"axis": []}', "Unknown setting 'axis' in sweep; did you mean 'axes'?"),
    ],
)
def test_a_bad_sweep_gets_a_sentence(folder: Path, content: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.json").write_text(content)
    assert main(["sweep", "bad.json"]) == WRONG
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("dnn: ")
    assert said in printed.err
    assert not (folder / "results.jsonl").exists()


def test_a_sweep_of_which_nothing_comes_has_an_exit_code_of_its_own(folder: Path) -> None:
    wrong = Sweep(axes=(Axis(name="training.learning_rate", values=(1000,)),))
    (folder / "wrong.json").write_text(wrong.model_dump_json())
    assert main(["sweep", "wrong.json", "--quiet"]) == DIVERGED
    (result,) = ResultsFile.read("results.jsonl")[1]
    assert result.problem.startswith("Learning rate: 1000 is not allowed")


@posix
def test_a_full_disk_is_said_and_resume_goes_on(folder: Path) -> None:
    path = folder / "results.jsonl"
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (7000, 7000)); "
    code = f"{limit} from dnn.cli import main; sys.exit(main(['sweep', 'sweep.json']))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == WRONG
    assert done.stderr.endswith(
        "dnn: results.jsonl: File too large; when there is space again, the same command with --resume goes on\n"
    )
    sweep, some = ResultsFile.read(path)
    assert sweep == SWEEP
    assert path.read_bytes().endswith(b"\n")
    assert main(["sweep", "sweep.json", "--resume", "--quiet"]) == 0
    assert comparable(ResultsFile.read(path)[1]) == comparable(run_sweep(SWEEP))
    assert {result.index for result in some} < set(range(18))


@posix
@pytest.mark.timeout(300)
def test_a_killed_command_goes_on_with_resume_and_leaves_no_process_behind(folder: Path) -> None:
    path = folder / "results.jsonl"
    with started(folder, "long.json", "--jobs", "2") as process:
        wait_for_results(path)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
    some = ResultsFile.read(path)[1]
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    assert main(["sweep", "long.json", "--resume", "--quiet"]) == 0
    assert comparable(ResultsFile.read(path)[1]) == expected()
    assert len(path.read_text().splitlines()) == LONG.runs + 1
    assert comparable(some) == [result for result in expected() if result.index in {each.index for each in some}]
    assert json.loads(path.read_text().splitlines()[0])["sweep"]["epochs"] == LONG.epochs


@posix
@pytest.mark.timeout(300)
def test_ctrl_c_keeps_the_results_so_far(folder: Path) -> None:
    path = folder / "results.jsonl"
    with started(folder, "long.json", "--jobs", "2") as process:
        wait_for_results(path)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert err.endswith("dnn: interrupted; the same command with --resume goes on with results.jsonl\n")
    assert "Traceback" not in err
    results = ResultsFile.read(path)[1]
    assert 0 < len(results) < LONG.runs
    assert f"{len(results)} runs: " in out

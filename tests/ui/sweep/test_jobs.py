"""Background jobs: real processes that train, are bounded, are stopped, and end with their tab unless kept."""

import os
import time
from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dnn import Experiment
from dnn.sweeps import run_sweep
from dnn.sweeps.documents import from_lines
from dnn.ui.sweep import background, jobs
from dnn.ui.sweep.jobs import MOST_WAITING, Job, Jobs, TooManyJobs
from tests.sweeps.results import grid

pytestmark = pytest.mark.slow

XOR = Experiment.of(data={"dataset": "xor", "samples": 40})  # a process that trains on it loads no scikit-learn
QUICK = grid(base=XOR, epochs=2)
ENDLESS = grid(base=XOR, epochs=1_000_000)  # of the first cell alone


def yes() -> bool:
    return True


def no() -> bool:
    return False


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    """Jobs of a server that closes tabs at once, and runs one job after the other, not slower than the tests."""
    monkeypatch.setattr(jobs, "GENTLE", 0)
    all_jobs = Jobs(lambda: 0.0, most_running=1)
    yield all_jobs
    all_jobs.close()


def wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def process_of(job: Job) -> int:
    assert job._process is not None
    return job._process.pid


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_job_trains_all_runs_as_the_library_does(server: Jobs) -> None:
    job = server.submit(QUICK, yes)
    assert job.state == "running"
    assert (job.done, job.results()) == (0, [])
    wait(lambda: job.has_ended)
    assert (job.state, job.message, job.done) == ("done", "", QUICK.runs)
    expected = {result.index: result.test_cost for result in run_sweep(QUICK)}
    assert {result.index: result.test_cost for result in job.results()} == expected
    assert server.of(job.token) is job


def test_jobs_wait_for_their_turn_and_a_stopped_one_makes_room(server: Jobs) -> None:
    first, second, third = (server.submit(sweep, yes) for sweep in (ENDLESS, QUICK, QUICK))
    assert [job.state for job in (first, second, third)] == ["running", "waiting", "waiting"]
    assert (server.ahead(second), server.ahead(third)) == (0, 1)
    pid = process_of(first)
    first.stop()
    assert (first.state, first.message) == ("stopped", jobs.STOPPED)
    assert not lives(pid)
    server.remove(second)
    assert not second.folder.exists()
    wait(lambda: third.has_ended)
    assert third.state == "done"


def test_so_many_jobs_wait_and_no_more(server: Jobs) -> None:
    for _ in range(1 + MOST_WAITING):
        server.submit(ENDLESS, yes)
    with pytest.raises(TooManyJobs):
        server.submit(ENDLESS, yes)


def test_a_job_ends_with_its_tab(server: Jobs) -> None:
    tab = [True]
    job = server.submit(ENDLESS, lambda: tab[0])
    pid = process_of(job)
    server.tend()
    assert job.state == "running"
    tab.clear()
    tab.append(False)
    wait(lambda: not job.folder.exists())
    assert server.of(job.token) is None
    assert not lives(pid)


def test_a_job_whose_results_were_asked_for_goes_on_without_its_tab(server: Jobs) -> None:
    job = server.submit(QUICK, no, keep=True)
    wait(lambda: job.has_ended)
    server.tend()
    assert server.of(job.token) is job
    assert len(job.results()) == QUICK.runs


def test_kept_results_make_room_for_newer_ones_and_are_not_kept_for_ever(
    server: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_KEPT", 1)
    kept = [server.submit(ENDLESS, no, keep=True) for _ in range(2)]
    for job in kept:
        job.stop()
    server.tend()
    assert [server.of(job.token) for job in kept] == [None, kept[1]]
    assert not kept[0].folder.exists()
    monkeypatch.setattr(jobs, "KEPT", 0.0)
    server.tend()
    assert server.of(kept[1].token) is None


def test_a_job_that_takes_too_long_is_stopped(server: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LONGEST", 0.0)
    job = server.submit(ENDLESS, yes)
    wait(lambda: job.has_ended)
    assert (job.state, job.message) == ("stopped", jobs.TOO_LONG)


def test_what_a_process_says_before_it_fails_is_passed_on(server: Jobs) -> None:
    blocked = server.submit(ENDLESS, yes)
    job = server.submit(QUICK, yes)
    job.file.write_text("something else\n")
    blocked.stop()
    wait(lambda: job.has_ended)
    assert job.state == "failed"
    assert "results.jsonl" in job.message
    assert job.results() == []


def test_a_job_that_cannot_be_started_says_so_and_the_next_one_runs(server: Jobs) -> None:
    blocked = server.submit(ENDLESS, yes)
    job, following = server.submit(QUICK, yes), server.submit(QUICK, yes)
    job.folder.rmdir()
    blocked.stop()
    wait(lambda: following.has_ended)
    assert (job.state, following.state) == ("failed", "done")
    assert job.message


def test_results_that_were_written_before_a_kill_stay(server: Jobs) -> None:
    sweep = grid(base=XOR, epochs=1000, seeds=200)  # several blocks of runs
    job = server.submit(sweep, yes)
    wait(lambda: job.done > 0)
    job.stop()
    results = job.results()
    assert 0 < len(results) < sweep.runs
    assert from_lines(job.file.read_bytes(), "x") == (sweep, results)


def test_the_file_of_a_job_is_served_under_its_token_and_under_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Jobs(lambda: 0.0, most_running=1)
    monkeypatch.setattr(background, "JOBS", own)
    client = TestClient(Starlette(routes=background.ROUTES))
    job = own.submit(QUICK, no, keep=True)
    wait(lambda: job.has_ended)
    with job.file.open("ab") as file:
        file.write(b'{"index": 5, "cut')
    answer = client.get(f"/sweep-results/{job.token}.jsonl")
    assert answer.headers["content-disposition"] == 'attachment; filename="results.jsonl"'
    assert from_lines(answer.content, "x") == (QUICK, job.results())
    assert client.get(f"/sweep-results/{job.token}x.jsonl").status_code == 404
    own.close()
    assert client.get(f"/sweep-results/{job.token}.jsonl").status_code == 404

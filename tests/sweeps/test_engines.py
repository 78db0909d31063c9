"""Engines: the same numbers from all of them, and nothing lost when their processes are killed."""

import os
import signal
from pathlib import Path

import psutil
import pytest

from dnn.errors import CannotSweep
from dnn.sweeps import ResultsFile, Sweep, run_sweep
from dnn.sweeps.blocks import Block, blocks_of
from dnn.sweeps.engines import Cluster, Engine
from dnn.sweeps.engines.processes import Processes
from tests.sweeps.conftest import DaskCluster
from tests.sweeps.helpers import LONG, comparable, expected
from tests.sweeps.work import Orders, tries, work

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL"),
]
BLOCKS = [Block(number, (2 * number, 2 * number + 1)) for number in range(6)]


def loky_workers() -> list[psutil.Process]:
    """The processes in which joblib trains."""
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "popen_loky" in " ".join(child.cmdline())]


def outcomes_of(engine: Engine, orders: Orders) -> dict[int, tuple[list[int], str]]:
    """The cells of each block that came back, and its failure."""
    found: dict[int, tuple[list[int], str]] = {}
    for block, results, failure in engine(work, orders, iter(BLOCKS)):
        assert block.number not in found
        found[block.number] = [result.index for result in results], failure
    return found


def test_every_engine_computes_the_same_to_the_last_bit(dask_cluster: DaskCluster) -> None:
    assert len(list(blocks_of(LONG))) > 3
    assert comparable(run_sweep(LONG, jobs=3)) == expected()  # with two: in the tests below
    assert comparable(run_sweep(LONG, cluster=dask_cluster.address)) == expected()


def test_blocks_are_shared_out_among_processes(tmp_path: Path) -> None:
    pids = {
        result.seed
        for _, results, _ in Processes(2)(work, Orders(tmp_path, seconds=0.2), iter(BLOCKS))
        for result in results
    }
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_whoever_closes_the_iterator_hears_nothing_and_the_next_sweep_runs(tmp_path: Path) -> None:
    orders = Orders(tmp_path, seconds=0.2)
    outcomes = Processes(2)(work, orders, iter(BLOCKS))
    next(outcomes)
    outcomes.close()  # a warning would be an error
    assert sum(tries(orders, block.number) for block in BLOCKS) < len(BLOCKS)
    assert {*outcomes_of(Processes(2), Orders(tmp_path))} == {block.number for block in BLOCKS}


def test_a_killed_process_is_replaced_and_its_block_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    results = run_sweep(LONG, jobs=2, out=path)
    found = [next(results)]
    for process in loky_workers():
        process.kill()
    found += results
    assert comparable(found) == comparable(ResultsFile.read(path)[1]) == expected()


def test_a_block_that_kills_three_processes_has_failed_and_the_others_go_on(tmp_path: Path) -> None:
    orders = Orders(tmp_path, deadly=(1,), seconds=0.05)
    found = outcomes_of(Processes(2), orders)
    assert found.pop(1) == ([], "Not trained: 3 processes that tried were killed, perhaps for using too much memory.")
    assert tries(orders, 1) == 3
    assert found == {block.number: (list(block.indices), "") for block in BLOCKS if block.number != 1}


def test_a_killed_worker_of_the_cluster_is_replaced_and_its_block_tried_again(
    tmp_path: Path, dask_cluster: DaskCluster
) -> None:
    path = tmp_path / "results.jsonl"
    results = run_sweep(LONG, cluster=dask_cluster.address, out=path)
    found = [next(results)]
    for process in dask_cluster.workers():
        process.kill()
    found += results
    assert comparable(found) == comparable(ResultsFile.read(path)[1]) == expected()


def test_a_block_that_kills_workers_of_the_cluster_has_failed_and_the_others_go_on(
    tmp_path: Path, dask_cluster: DaskCluster
) -> None:
    orders = Orders(tmp_path, deadly=(1,), seconds=0.05)
    found = outcomes_of(Cluster(dask_cluster.address), orders)
    assert tries(orders, 1) in (4, 8)  # 8 where a block beside it had to be tried alone
    assert found.pop(1) == ([], "Not trained: 4 processes that tried were killed, perhaps for using too much memory.")
    assert found == {block.number: (list(block.indices), "") for block in BLOCKS if block.number != 1}


def test_without_the_scheduler_what_is_there_is_kept_and_resume_goes_on(
    tmp_path: Path, dask_cluster: DaskCluster
) -> None:
    path = tmp_path / "results.jsonl"
    results = run_sweep(LONG, cluster=dask_cluster.address, out=path)
    found = [next(results)]
    dask_cluster.scheduler.send_signal(signal.SIGKILL)
    with pytest.raises(CannotSweep, match=f"The cluster at {dask_cluster.address} is gone"):
        found += results
    assert comparable(found) == comparable(ResultsFile.read(path)[1])
    rest = list(run_sweep(LONG, out=path, resume=True))
    assert comparable([*found, *rest]) == comparable(ResultsFile.read(path)[1]) == expected()


def test_a_cluster_that_is_not_there_is_said() -> None:
    with pytest.raises(CannotSweep, match=r"No cluster can be reached at tcp://127\.0\.0\.1:9"):
        next(Cluster("tcp://127.0.0.1:9", seconds=0.5)(work, None, iter(BLOCKS)))
    with pytest.raises(CannotSweep, match="No cluster can be reached at nowhere"):
        next(run_sweep(Sweep(), cluster="nowhere://x"))

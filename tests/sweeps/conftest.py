"""A Dask cluster of processes of its own, as one would start it in a shell."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

ROOT = Path(__file__).parents[2]
# a worker is forked from a process that has imported Dask: a killed one is replaced at once
FORKED = {"DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "forkserver"}


class DaskCluster(NamedTuple):
    """A scheduler and what keeps two workers alive."""

    address: str
    scheduler: subprocess.Popen[bytes]
    nanny: subprocess.Popen[bytes]

    def workers(self) -> list[psutil.Process]:
        """The two processes that train: children of the one that the nanny forks them from."""
        children = psutil.Process(self.nanny.pid).children()
        return [worker for child in children for worker in child.children()]

    def stop(self) -> None:
        """End all its processes."""
        for process in (self.nanny, self.scheduler):
            family = [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
            process.kill()
            for member in family:
                member.kill()
            process.wait()


@pytest.fixture(scope="module")
def clusters() -> Iterator[list[DaskCluster]]:
    """The clusters that a module's tests started; they stop after the last."""
    found: list[DaskCluster] = []
    yield found
    for cluster in found:
        cluster.stop()


@pytest.fixture
def dask_cluster(clusters: list[DaskCluster], tmp_path: Path) -> DaskCluster:
    """A cluster of two workers: a new one only if a test has stopped the last."""
    if not clusters or clusters[-1].scheduler.poll() is not None:
        clusters.append(start_cluster(tmp_path))
    return clusters[-1]


def start_cluster(folder: Path) -> DaskCluster:
    """Start a cluster that logs in ``folder``, and wait for its workers."""
    scheduler = started(folder, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = waited_for(scheduler, folder / "scheduler", r"Scheduler at: +(tcp://\S+)")
    workers = "--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)
    nanny = started(folder, "worker", address, *workers)
    waited_for(nanny, folder / "worker", "Registered to(?s:.*)(Registered to)")
    return DaskCluster(address, scheduler, nanny)


def started(folder: Path, command: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A process of Dask's command line, which finds this checkout and logs in a file."""
    with (folder / command).open("wb") as log:
        words = [sys.executable, "-m", "dask", command, *arguments]
        return subprocess.Popen(words, cwd=ROOT, stderr=log, env=os.environ | FORKED)


def waited_for(process: subprocess.Popen[bytes], log: Path, pattern: str) -> str:
    """Wait until the process has logged this, and return what the pattern's brackets found."""
    while not (found := re.search(pattern, log.read_text())):
        assert process.poll() is None, log.read_text()
        time.sleep(0.01)
    return found[1]

"""A Dask cluster of processes of its own, as one would start it in a shell."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

ROOT = Path(__file__).parents[2]


class DaskCluster(NamedTuple):
    """A scheduler and what keeps two workers alive."""

    address: str
    scheduler: subprocess.Popen[str]
    nanny: subprocess.Popen[str]

    def workers(self) -> list[psutil.Process]:
        """The two processes that train."""
        children = psutil.Process(self.nanny.pid).children(recursive=True)
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


@pytest.fixture
def dask_cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    """A cluster of two workers; it stops with the test."""
    scheduler = started(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = waited_for(scheduler, r"Scheduler at: +(tcp://\S+)")
    workers = "--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path)
    nanny = started(tmp_path, "worker", address, *workers)
    waited_for(nanny, "Registered to(?s:.*)Registered to")
    yield DaskCluster(address, scheduler, nanny)
    for process in (nanny, scheduler):
        family = [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
        process.kill()
        for member in family:
            member.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """A process of Dask's command line, which finds this checkout."""
    command = [sys.executable, "-m", "dask", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def waited_for(process: subprocess.Popen[str], pattern: str) -> str:
    """Wait until the process says so, and return what the pattern's brackets found."""
    said = ""
    assert process.stderr is not None
    while not (found := re.search(pattern, said)):
        line = process.stderr.readline()
        assert line, said
        said += line
    return found[found.re.groups]

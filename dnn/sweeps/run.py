"""Run a sweep: results come as blocks of runs are done, and are in a file before they are reported."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing, nullcontext

from dnn.sweeps.blocks import Block, blocks_of
from dnn.sweeps.engines import Cluster, Engine, one_process
from dnn.sweeps.results import Result, ResultsFile
from dnn.sweeps.sweep import Sweep
from dnn.sweeps.training import ADDRESS, Job, train_block


def run_sweep(
    sweep: Sweep,
    *,
    jobs: int = 1,
    cluster: str | None = None,
    out: str | os.PathLike[str] | ResultsFile | None = None,
    resume: bool = False,
    address: str = ADDRESS,
) -> Generator[Result]:
    """Yield the result of each run of ``sweep``, in the order in which blocks of runs are done.

    ``jobs`` is the number of processes on this machine, ``cluster`` the address of a Dask scheduler to use instead; the
    results are the same to the last bit. Those in the file ``out`` are on disk before they are yielded. With ``resume``
    a file that has results already is continued, and only the missing ones are computed and yielded. ``address`` is
    that of the page, for the links. Closing the iterator ends the work.

    Raises ValueError for fewer than 1 job, InvalidFile for a file that cannot be continued, OSError where it cannot
    be written, CannotSweep for a cluster that cannot be reached.
    """
    engine = engine_of(jobs, cluster)
    file = out if out is None or isinstance(out, ResultsFile) else ResultsFile(out, sweep, resume=resume)
    return _results(sweep, engine, file, Job(sweep, address))


def engine_of(jobs: int, cluster: str | None) -> Engine:
    """Return the engine for ``jobs`` processes, or for a cluster. Raises ValueError for fewer than 1 job."""
    if jobs < 1:
        raise ValueError(f"jobs is {jobs}; it must be 1 or more")
    if cluster is not None:
        return Cluster(cluster)
    if jobs == 1:
        return one_process
    from dnn.sweeps.engines.processes import Processes  # start-up time: joblib, which most sweeps do without

    return Processes(jobs)


def _results(sweep: Sweep, engine: Engine, file: ResultsFile | None, job: Job) -> Generator[Result]:
    done = frozenset(file.done) if file else frozenset()
    missing = (block for block in blocks_of(sweep) if not done.issuperset(block.indices))
    with file or nullcontext(), closing(engine(train_block, job, missing)) as outcomes:
        for outcome in outcomes:
            results = outcome.results or _failed(sweep, outcome.block, outcome.failure)
            fresh = [result for result in results if result.index not in done]
            if file:
                file.append(*fresh)
            yield from fresh


def _failed(sweep: Sweep, block: Block, failure: str) -> list[Result]:
    """Return a result with the message ``failure`` for each run of ``block``."""
    return [
        Result(cell.index, cell.settings, cell.seed, problem=cell.problem or failure)
        for cell in sweep.some_cells(block.indices)
    ]

"""What the tests of exported code share: run it, and read the costs that it prints."""

import io
import re
from contextlib import redirect_stdout
from typing import Any

import numpy as np

from dnn import Run

PRINTED = re.compile(
    r"Cost after epoch (\d+): (?:train )?(\S+?)(?:, test (\S+))?(?:, validation (\S+))?$", re.MULTILINE
)


def execute(source: str) -> tuple[str, dict[str, Any]]:
    """What ``source`` prints when it is run as a program, and its names."""
    said, names = io.StringIO(), {"__name__": "__main__"}
    with np.errstate(), redirect_stdout(said):
        exec(compile(source, "exported.py", "exec"), names)
    return said.getvalue(), names


def costs(printed: str) -> dict[int, tuple[float, ...]]:
    """The costs by epoch: train, and test and validation where there are any."""
    return {int(epoch): tuple(float(cost) for cost in found if cost) for epoch, *found in PRINTED.findall(printed)}


def costs_of(run: Run) -> dict[int, tuple[float, ...]]:
    """The same of a run's history, for every epoch."""
    history = run.history
    columns = ("train_cost", *(("test_cost",) if run.has_test_data else ()))
    columns += ("validation_cost",) if run.has_validation_data else ()
    rows = zip(*(history[name].tolist() for name in ("epoch", *columns)), strict=True)
    return {int(epoch): tuple(found) for epoch, *found in rows}

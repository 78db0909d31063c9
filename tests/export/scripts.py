"""What the tests of exported code share: run it, and read the costs that it prints."""

import importlib
import io
import json
import re
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import pytest

from dnn import EXPORTS, Run

PRINTED = re.compile(
    r"Cost after epoch (\d+): (?:train )?(\S+?)(?:, test (\S+))?(?:, validation (\S+))?$", re.MULTILINE
)


def code_of(run: Run, format: str) -> str:
    """The exported program as one text: of a notebook the code of its cells."""
    source = EXPORTS[format](run).decode()
    if format != "notebook":
        return source
    cells = [cell for cell in json.loads(source)["cells"] if cell["cell_type"] == "code"]
    return "\n\n".join("".join(cell["source"]) for cell in cells)


def execute(source: str) -> tuple[str, dict[str, Any]]:
    """What ``source`` prints when it is run as a program, and its names."""
    said, names = io.StringIO(), {"__name__": "__main__"}
    with np.errstate(), redirect_stdout(said):
        exec(compile(source, "exported.py", "exec"), names)
    return said.getvalue(), names


def execute_notebook(source: str) -> tuple[str, dict[str, Any]]:
    """The same for the code of a notebook: Matplotlib draws into memory, and its figures are closed afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPLBACKEND", "agg")
        found = execute(source)
    importlib.import_module("matplotlib.pyplot").close("all")
    return found


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

"""The notebook is valid, and its cells run."""

import importlib
import importlib.util
import os

import pytest

from dnn import (
    EXPORTS,
)
from tests.export.runs import TASKS, trained
from tests.export.scripts import costs, costs_of, execute


@pytest.mark.slow
def test_a_notebook_is_valid_and_runs_from_top_to_bottom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPLBACKEND", raising=False)  # which Streamlit sets, and a kernel takes over
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    run = trained(20, data={"features": ("x1", "x2", "x1*x2")}, training={"optimizer": "adam", "schedule": "cosine"})
    book = nbformat.reads(EXPORTS["notebook"](run).decode(), as_version=4)
    nbformat.validate(book)
    done = client.NotebookClient(book, timeout=100, kernel_name="python3").execute()
    outputs = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    printed = "".join(output.text for output in outputs if output.output_type == "stream" and output.name == "stdout")
    wanted = costs_of(run)
    found = costs(printed)
    assert sorted(found) == list(range(21))
    assert all(found[epoch] == wanted[epoch] for epoch in found)
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2


@pytest.mark.parametrize("dataset", [*TASKS.values()])
def test_every_notebook_is_valid_and_its_code_runs(dataset: object, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat")
    monkeypatch.setitem(os.environ, "MPLBACKEND", "agg")
    run = trained(3, data={"dataset": dataset})
    book = nbformat.reads(EXPORTS["notebook"](run).decode(), as_version=4)
    nbformat.validate(book)
    printed, _ = execute("\n\n".join(cell.source for cell in book.cells if cell.cell_type == "code"))
    wanted = costs_of(run)
    assert costs(printed) == wanted
    importlib.import_module("matplotlib.pyplot").close("all")

"""The snippets for PyTorch and Keras print the costs of the run."""

import ast
import importlib
import importlib.util
import os

import numpy as np
import pytest

from dnn import (
    EXPORTS,
    Experiment,
    advance,
    start,
)
from tests.export.runs import EVERY, prices, trained
from tests.export.scripts import costs, costs_of, execute


@pytest.mark.parametrize("name", EVERY)
def test_pytorch_prints_the_costs_of_the_run(name: str) -> None:
    pytest.importorskip("torch")
    run = trained(**EVERY[name])
    printed, _ = execute(EXPORTS["pytorch"](run).decode())
    found, wanted = costs(printed), costs_of(run)
    assert found
    for epoch, values in found.items():
        np.testing.assert_allclose(values, wanted[epoch], rtol=0, atol=1e-6)


@pytest.mark.parametrize("dropout", [0.0, [0.2, 0.0]])
@pytest.mark.parametrize("format", ["pytorch", "keras"])
def test_every_snippet_can_be_read(format: str, dropout: object) -> None:
    for sections in EVERY.values():
        training = {**sections.get("training", {})}
        if "hidden_layer_sizes" not in sections.get("network", {}):
            training["dropout"] = dropout
        ast.parse(EXPORTS[format](trained(2, **{**sections, "training": training})).decode())


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own
@pytest.mark.parametrize("name", EVERY)
def test_keras_begins_and_ends_where_the_run_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its optimisers differ a little, so it ends near and not at the same cost."""
    if importlib.util.find_spec("keras") is None or importlib.util.find_spec("torch") is None:
        pytest.skip("Keras is not installed")
    monkeypatch.setitem(os.environ, "KERAS_BACKEND", "torch")
    sections = EVERY[name]
    training = {**sections.get("training", {}), "patience": None}
    run = trained(**{**sections, "training": training})
    printed, _ = execute(EXPORTS["keras"](run).decode())
    found, wanted = costs(printed), costs_of(run)
    np.testing.assert_allclose(found[0], wanted[0], rtol=1e-5)
    np.testing.assert_allclose(found[run.epoch], wanted[run.epoch], rtol=0.1, atol=0.02)


def test_pytorch_prints_costs_in_the_units_of_the_target() -> None:
    pytest.importorskip("torch")
    run = advance(start(Experiment.of(training={"patience": 3, "min_improvement": 0.01}), data=prices()), 12)
    found, wanted = costs(execute(EXPORTS["pytorch"](run).decode())[0]), costs_of(run)
    for epoch, values in found.items():
        np.testing.assert_allclose(values, wanted[epoch], rtol=1e-6)

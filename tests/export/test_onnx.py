"""The graph for ONNX answers as the run does."""

import importlib
import importlib.util

import numpy as np
import pytest

from dnn import (
    EXPORTS,
    CannotExport,
    Data,
    Experiment,
    Run,
    advance,
    start,
)
from tests.export.runs import EVERY, prices, trained


def answers(run: Run, points: np.ndarray) -> dict[str, np.ndarray]:
    ort = pytest.importorskip("onnxruntime")
    session = ort.InferenceSession(EXPORTS["onnx"](run), providers=["CPUExecutionProvider"])
    assert [each.name for each in session.get_inputs()] == ["points"]
    names = [each.name for each in session.get_outputs()]
    kind = {"tensor(float)": np.float32, "tensor(double)": np.float64}[session.get_inputs()[0].type]
    return dict(zip(names, session.run(None, {"points": points.astype(kind)}), strict=True))


def agrees(run: Run) -> None:
    points = run.data.points
    found = answers(run, points)
    if run.data.task == "regression":
        np.testing.assert_allclose(found["prediction"], run.predict(points), rtol=1e-5, atol=1e-5)
        return
    wanted = run.predict_proba(points)
    np.testing.assert_allclose(found["probabilities"], wanted, rtol=0, atol=1e-5)
    clear = np.ptp(np.sort(wanted, axis=1)[:, -2:], axis=1) > 1e-4
    np.testing.assert_array_equal(found["prediction"][clear], run.predict(points)[clear])


@pytest.mark.parametrize("name", EVERY)
def test_onnx_answers_as_the_run_does(name: str) -> None:
    agrees(trained(**EVERY[name]))


def test_onnx_of_many_inputs_and_several_numbers_to_predict() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(30, 7))
    for y in (X[:, :2] - 1.0, np.arange(30) % 3):
        agrees(advance(start(Experiment(), data=Data.split(X, y, test_share=0.2, rng=rng)), 5))


def test_onnx_standardises_its_points() -> None:
    data = {"dataset": "moons", "samples": 60, "standardize": "each", "features": ("x1", "x2^2", "3*x1")}
    agrees(advance(start(Experiment.of(data=data)), 12))
    every = ("cos(x1)", "exp(x2) - abs(x1)", "tanh(x1)/(x2^2 + 1)", "-sin(x1)")
    agrees(advance(start(Experiment.of(data=data | {"features": every})), 12))


def test_onnx_answers_in_the_units_of_the_target() -> None:
    agrees(advance(start(Experiment(), data=prices()), 100))


def test_onnx_of_a_target_far_from_0_keeps_its_differences() -> None:
    X = np.random.default_rng(0).normal(size=(60, 2))
    data = Data.split(X, 1.7e9 + 100.0 * X[:, 0], task="regression").with_standardized_targets()
    run = advance(start(Experiment(), data=data), 20)
    np.testing.assert_allclose(answers(run, X)["prediction"], run.predict(X), rtol=0, atol=0.01)


def test_onnx_of_a_large_number_that_differs_little() -> None:
    rng = np.random.default_rng(0)
    X = np.column_stack([1.7e9 + rng.uniform(0.0, 1e5, 60), rng.normal(size=60)])
    y = (X[:, 0] > X[:, 0].mean()).astype(int)
    agrees(advance(start(Experiment(), data=Data.split(X, y, test_share=0.2, rng=rng).standardized()), 200))


@pytest.mark.filterwarnings("error")
def test_onnx_of_weights_too_large_for_32_bits_has_the_largest_there_are() -> None:
    pytest.importorskip("onnxruntime")
    network = {"hidden_layer_sizes": ()}
    run = start(Experiment.of(data={"samples": 20}, network=network), params=[([[1e200], [0.0]], [0.0])])
    agrees(run)


def test_onnx_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("dnn.export.base"), "find_spec", lambda name: None)
    with pytest.raises(CannotExport, match="pip install onnx"):
        EXPORTS["onnx"](trained(0))
    assert EXPORTS["script"](trained(0))

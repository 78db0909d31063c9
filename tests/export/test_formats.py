"""Snippets and graphs for other libraries: each runs there and comes to the same as the run."""

import ast
import importlib
import importlib.util
import json
import os
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import (
    ACTIVATIONS,
    DATASETS,
    EXPORTS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    CannotExport,
    Data,
    Experiment,
    Run,
    advance,
    start,
)
from dnn.data.names import Names
from dnn.datasets.custom_data import CustomData
from tests.export.scripts import costs, costs_of, execute
from tests.strategies import small_experiments

TASKS = {"binary": "moons", "multiclass": {"kind": "blobs", "classes": 4}, "regression": "bumps"}


def trained(epochs: int = 12, seed: int = 1, **sections: Any) -> Run:
    """A run with everything calm, and what ``sections`` say in place of it."""
    usual: dict[str, dict[str, Any]] = {
        "data": {"dataset": "moons", "samples": 50},
        "network": {"hidden_layer_sizes": (5, 3)},
        "training": {"learning_rate": 0.05},
    }
    return advance(
        start(Experiment.of(**{name: {**plain, **sections.get(name, {})} for name, plain in usual.items()}, seed=seed)),
        epochs,
    )


def with_activation(name: str) -> Run:
    return trained(network={"activation": name})


def with_loss(name: str) -> Run:
    return trained(data={"dataset": TASKS[LOSSES[name].tasks[0]]}, training={"loss": name})


EVERY = {
    **{f"activation {name}": {"network": {"activation": name}} for name in ACTIVATIONS},
    **{f"optimiser {name}": {"training": {"optimizer": name}} for name in OPTIMIZERS},
    **{f"schedule {name}": {"training": {"schedule": name}} for name in SCHEDULES},
    **{
        f"loss {name}": {"data": {"dataset": TASKS[loss.tasks[0]]}, "training": {"loss": name}}
        for name, loss in LOSSES.items()
    },
    "ng's momentum": {"training": {"optimizer": {"kind": "momentum", "dampening": True}}},
    "no hidden layer": {"network": {"hidden_layer_sizes": ()}},
    "full batch": {"training": {"batch_size": "full"}},
    "penalties": {"training": {"l1": 0.05, "l2": 0.1}},
    "clipping": {"training": {"clip_norm": 0.1}},
    "early stopping": {"training": {"patience": 2, "min_improvement": 0.05}},
    "class weights": {"data": {"weights": "balanced"}, "training": {"l2": 0.1}},
    "formulas": {"data": {"features": ("x1", "x2^2", "x1*x2", "sin(4*x1) - 2", "3")}},
    "standardised target": {"data": {"dataset": "bumps", "standardize_target": True}},
    "no test examples": {"data": {"test_share": 0.0}},
    "wide": {"network": {"hidden_layer_sizes": (40, 30)}},
}


# scikit-learn


def vector_of(network: Any) -> np.ndarray:
    layers = zip(network.coefs_, network.intercepts_, strict=True)
    return np.concatenate([part.ravel() for layer in layers for part in layer])


@pytest.mark.parametrize("name", EVERY)
def test_our_estimator_runs(name: str, recwarn: pytest.WarningsRecorder) -> None:
    run = trained(**EVERY[name])
    printed, names = execute(EXPORTS["sklearn"](run).decode())
    assert "train" in printed
    if run.experiment.training.batch_size is None:  # there is no order of examples
        np.testing.assert_allclose(vector_of(names["network"]), run.params.vector, rtol=0, atol=1e-12)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov"])
def test_scikit_learns_own_comes_to_the_same_weights(activation: str, optimizer: str) -> None:
    training = {"optimizer": optimizer, "batch_size": "full", "l2": 0.2}
    for dataset in TASKS.values():
        weights = "equal" if dataset == "bumps" else "balanced"
        data = {"dataset": dataset, "weights": weights, "class_balance": 1.0 if dataset == "bumps" else 0.4}
        run = trained(50, data=data, network={"activation": activation}, training=training)
        assert (run.data.weights is None) == (dataset == "bumps")
        source = EXPORTS["mlp"](run).decode()
        _, names = execute(source)
        np.testing.assert_allclose(vector_of(names["network"]), run.params.vector, rtol=0, atol=1e-9)
        assert "stand" not in source


@pytest.mark.parametrize("name", EVERY)
def test_scikit_learns_own_runs_and_says_what_it_cannot(name: str) -> None:
    run = trained(**EVERY[name])
    source = EXPORTS["mlp"](run).decode()
    execute(source)
    said = ast.get_docstring(ast.parse(source))
    cannot = {
        "activation gelu": "gelu",
        "optimiser rmsprop": "Adam stands in",
        "schedule cosine": "cosine",
        "loss huber": "huber",
        "clipping": "clipping",
        "penalties": "L1",
        "class weights": "1.7 or newer, which lets examples count",
    }
    assert cannot.get(name, "") in (said or "")


SAME = "the weights agree with those of the playground"
FIXED = "Numbers that were fixed in the playground learn here."
OTHERWISE = "Settings or numbers were changed while the run"


def frozen(run: Run) -> Run:
    return advance(run.with_params(run.params.vector, np.arange(run.params.vector.size) < 4), 5)


@pytest.mark.parametrize(
    ("training", "later", "agrees"),
    [
        ({"batch_size": "full"}, None, True),
        ({"batch_size": 10}, None, False),
        ({"batch_size": "full", "dropout": 0.3}, None, False),
        ({"batch_size": "full"}, frozen, False),
        ({"batch_size": "full"}, lambda run: advance(run.with_params(run.params.vector * 1.5), 5), False),
    ],
    ids=["one batch", "batches", "dropout", "frozen", "changed"],
)
def test_our_estimators_snippet_promises_the_same_weights_where_they_are(
    training: dict[str, Any], later: Callable[[Run], Run] | None, agrees: bool
) -> None:
    run = trained(training=training)
    run = later(run) if later else run
    source = EXPORTS["sklearn"](run).decode()
    _, names = execute(source)
    same = np.allclose(vector_of(names["network"]), run.params.vector, rtol=0, atol=1e-12)
    assert same == agrees == (SAME in " ".join(source.split()))


@pytest.mark.parametrize("format", ["sklearn", "mlp", "pytorch", "keras"])
def test_every_snippet_says_what_it_leaves_out_of_the_run(format: str) -> None:
    run = trained()
    cases = {"": run, FIXED: frozen(start(run.experiment)), OTHERWISE: run.with_params(run.params.vector * 1.5)}
    for wanted, each in cases.items():
        said = " ".join((ast.get_docstring(ast.parse(EXPORTS[format](each).decode())) or "").split())
        assert [text for text in (FIXED, OTHERWISE) if text in said] == ([wanted] if wanted else [])


def of_classes(labels: object, names: tuple[str, ...], *, test_share: float = 0.3, weights: str = "equal") -> Run:
    """A run on data of one's own whose examples have these class numbers."""
    y = np.asarray(labels, float)
    own = CustomData.of(np.random.default_rng(0).normal(size=(len(y), 2)), y, Names.from_headings(("a", "b"), names))
    data = {"dataset": own, "test_share": test_share, "weights": weights}
    return advance(start(Experiment.of(data=data, network={"hidden_layer_sizes": (3,)})), 3)


RARE = np.r_[np.arange(18) % 2, 2.0]
CLASSES = {
    "all have examples": of_classes(np.arange(20) % 3, ("p", "q", "r")),
    "one has none": of_classes(np.arange(20) % 2, ("p", "q", "r")),
    "the middle one has none": of_classes(np.arange(20) % 2 * 2, ("p", "q", "r")),
    "all but one have none": of_classes(np.zeros(20), ("p", "q", "r", "s")),
    "one of two": of_classes(np.zeros(20), ("p", "q")),
    "the other of two": of_classes(np.ones(20), ("p", "q"), test_share=0.0),
    "balanced": of_classes(np.arange(20) % 2, ("p", "q", "r"), weights="balanced"),
    "one example": of_classes([0.0], ("p", "q")),
    "one of each": of_classes([0.0, 1.0], ("p", "q"), test_share=0.0),
    **{f"a single one in sample {seed}": of_classes(np.roll(RARE, seed), ("p", "q", "r")) for seed in range(8)},
}


@pytest.mark.parametrize("format", ["script", "notebook", "sklearn", "mlp", "pytorch", "keras"])
@pytest.mark.parametrize("name", CLASSES)
def test_classes_without_training_examples_leave_every_format_running_or_refused(
    name: str, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = CLASSES[name]
    count, known = max(2, run.params.sizes[-1]), len(np.unique(run.data.labels[: run.data.n_train]))
    if format in ("sklearn", "mlp") and known < count:
        assert EXPORTS[format].why_not(run) == (
            "scikit-learn takes the classes from the training examples. "
            f"Classes without any: {count - known} of {count}."
        )
        with pytest.raises(CannotExport, match="takes the classes from the training examples"):
            EXPORTS[format](run)
        return
    assert EXPORTS[format].why_not(run) == ""
    source = EXPORTS[format](run).decode()
    if format == "notebook":
        monkeypatch.setitem(os.environ, "MPLBACKEND", "agg")
        cells = [cell for cell in json.loads(source)["cells"] if cell["cell_type"] == "code"]
        source = "\n\n".join("".join(cell["source"]) for cell in cells)
    if format in ("pytorch", "keras") and importlib.util.find_spec("torch" if format == "pytorch" else "keras") is None:
        ast.parse(source)
        return
    execute(source)
    if format == "notebook":
        importlib.import_module("matplotlib.pyplot").close("all")


@pytest.mark.parametrize("format", ["sklearn", "mlp"])
@pytest.mark.parametrize(("rows", "scores"), [(1, []), (2, []), (3, ["train"]), (4, ["train"]), (5, ["train", "test"])])
def test_r2_is_asked_for_where_there_are_two_examples(format: str, rows: int, scores: list[str]) -> None:
    """Of one example it has no value, which scikit-learn warns of."""
    X = np.random.default_rng(0).normal(size=(rows, 2))
    own = CustomData.of(X, X[:, 0], Names.from_headings(("a", "b")))
    data = {"dataset": own, "test_share": 0.3}
    run = advance(start(Experiment.of(data=data, network={"hidden_layer_sizes": (3,)})), 3)
    printed, _ = execute(EXPORTS[format](run).decode())
    assert [line.split()[0] for line in printed.splitlines()] == scores


# PyTorch and Keras


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


# ONNX


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


def prices() -> Data:
    """A target far from 1, standardised."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 2)) * [30.0, 3.0] + [100.0, 5.0]
    y = X @ [[3000.0], [20000.0]] + 5e4
    return Data.split(X, y, test_share=0.2, rng=rng).standardized().with_standardized_targets()


@pytest.mark.parametrize("format", ["sklearn", "mlp"])
def test_estimators_answer_in_the_units_of_the_target(format: str) -> None:
    experiment = Experiment.of(training={"batch_size": "full", "learning_rate": 0.1}, network={"activation": "tanh"})
    run = advance(start(experiment, data=prices()), 60)
    _, names = execute(EXPORTS[format](run).decode())
    np.testing.assert_allclose(names["answers"], run.predict(run.data.points), rtol=1e-9)


def test_onnx_answers_in_the_units_of_the_target() -> None:
    agrees(advance(start(Experiment(), data=prices()), 100))


def test_onnx_of_a_target_far_from_0_keeps_its_differences() -> None:
    X = np.random.default_rng(0).normal(size=(60, 2))
    data = Data.split(X, 1.7e9 + 100.0 * X[:, 0], task="regression").with_standardized_targets()
    run = advance(start(Experiment(), data=data), 20)
    np.testing.assert_allclose(answers(run, X)["prediction"], run.predict(X), rtol=0, atol=0.01)


def test_pytorch_prints_costs_in_the_units_of_the_target() -> None:
    pytest.importorskip("torch")
    run = advance(start(Experiment.of(training={"patience": 3, "min_improvement": 0.01}), data=prices()), 12)
    found, wanted = costs(execute(EXPORTS["pytorch"](run).decode())[0]), costs_of(run)
    for epoch, values in found.items():
        np.testing.assert_allclose(values, wanted[epoch], rtol=1e-6)


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


# notebooks


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


# whatever the run, and whoever named its parts


@settings(max_examples=25)
@given(experiment=small_experiments())
def test_any_run_can_be_taken_along(experiment: Experiment) -> None:
    run = advance(start(experiment), 2)
    for name in ("script", "pytorch", "keras"):
        ast.parse(EXPORTS[name](run).decode())
    for name in ("sklearn", "mlp"):  # which refuse data in which a class has no training example
        if not EXPORTS[name].why_not(run):
            ast.parse(EXPORTS[name](run).decode())
        else:
            assert len(np.unique(run.data.labels[: run.data.n_train])) < max(2, run.params.sizes[-1])
    assert json.loads(EXPORTS["notebook"](run))["nbformat"] == 4
    assert EXPORTS["csv"](run)


def test_file_names_are_ours() -> None:
    for kind in DATASETS.keys() - {"own"}:
        run = trained(0, data={"dataset": kind, "samples": 20})
        names = {export.file_name(run) for export in EXPORTS.values()}
        assert len(names) == len(EXPORTS)
        assert all(name.startswith(f"dnn-{kind}.") and name.isascii() for name in names)


@settings(max_examples=60)
@given(
    text=st.one_of(
        st.text(max_size=40),
        st.sampled_from([
            "__import__('os').system('x')", "x1); import os", '"""', "x1\nimport os", "x1'", "x1#", "{x1}", "x1\\",
            "exec(x1)", "x1 if x1 else x2", "lambda: 0", "x1.T", "np.sin(x1)",
        ]),
    )
)  # fmt: skip
def test_what_somebody_typed_never_becomes_code(text: str) -> None:
    """A formula that our parser refuses makes no run at all; one that it takes is written from its tree."""
    try:
        experiment = Experiment.of(data={"features": [text, "x1"], "samples": 20}, seed=2)
        run = start(experiment)
    except ValueError:
        return
    for name in ("script", "sklearn", "mlp", "pytorch", "keras"):
        tree = ast.parse(EXPORTS[name](run).decode())
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        roots = {module.split(".")[0] for module in imported}
        assert roots <= {"base64", "numpy", "warnings", "dnn", "sklearn", "torch", "keras"}
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"exec", "eval", "__import__", "open", "compile", "getattr"}

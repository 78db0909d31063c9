"""What holds of every format, whatever the run and whoever named its parts."""

import ast
import importlib
import importlib.util
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import (
    DATASETS,
    EXPORTS,
    CannotExport,
    Experiment,
    Run,
    advance,
    start,
)
from dnn.data.names import Names
from dnn.datasets.custom_data import CustomData
from tests.export.runs import frozen, trained
from tests.export.scripts import code_of, execute, execute_notebook
from tests.strategies import small_experiments

SAME = "the weights agree with those of the playground"
FIXED = "Numbers that were fixed in the playground learn here."
OTHERWISE = "Settings or numbers were changed while the run"


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
def test_classes_without_training_examples_leave_every_format_running_or_refused(name: str, format: str) -> None:
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
    source = code_of(run, format)
    if format in ("pytorch", "keras") and importlib.util.find_spec("torch" if format == "pytorch" else "keras") is None:
        ast.parse(source)
        return
    (execute_notebook if format == "notebook" else execute)(source)


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


@settings(max_examples=40)
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

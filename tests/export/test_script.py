"""The exported script prints the costs of the run, to the last digit, and is nothing but a training script."""

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dnn import (
    ACTIVATIONS,
    DATASETS,
    EXPORTS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    Data,
    Experiment,
    Run,
    advance,
    start,
)
from dnn.initializers import BIAS_INITIALIZERS
from tests.export.scripts import costs, costs_of, execute
from tests.strategies import components, small_experiments

EPOCHS = 23  # two blocks of shuffled orders


def prints_the_same(run: Run) -> str:
    """Run the script of ``run`` and compare; gives the script.

    All costs are equal to the last bit. Only without a hidden layer, those of the examples that are held out may differ
    in their last bits: Hypothesis found seven equal inputs whose sum is added up in another order.
    """
    source = EXPORTS["script"](run).decode()
    printed, _ = execute(source)
    found, wanted = costs(printed), costs_of(run)
    assert found
    assert all(found[epoch][0] == wanted[epoch][0] for epoch in found)
    if run.experiment.network.hidden_layer_sizes:
        assert all(found[epoch] == wanted[epoch] for epoch in found)
    else:
        precision = 8 * float(np.finfo(run.experiment.training.dtype).eps)
        assert all(found[epoch][1:] == pytest.approx(wanted[epoch][1:], rel=precision) for epoch in found)
    assert max(found) == run.epoch
    return source


def small(**training: object) -> Experiment:
    return Experiment.of(
        data={"dataset": "moons", "samples": 60},
        network={"hidden_layer_sizes": (5, 3)},
        training={"learning_rate": 0.05, **training},
        seed=3,
    )


TASKS = {"binary": "moons", "multiclass": {"kind": "blobs", "classes": 4}, "regression": "bumps"}
CASES = {
    **{f"activation {name}": {"network": {"activation": name}} for name in ACTIVATIONS},
    **{f"initialiser {name}": {"network": {"initializer": name}} for name in INITIALIZERS},
    **{f"bias {name}": {"network": {"bias_initializer": name}} for name in BIAS_INITIALIZERS},
    **{f"optimiser {name}": {"training": {"optimizer": name}} for name in OPTIMIZERS},
    **{f"schedule {name}": {"training": {"schedule": name}} for name in SCHEDULES},
    **{
        f"loss {name}": {"data": {"dataset": TASKS[loss.tasks[0]]}, "training": {"loss": name}}
        for name, loss in LOSSES.items()
    },
    **{f"data {name}": {"data": {"dataset": name}} for name in DATASETS if name != "own"},  # which has no examples yet
    "ng's momentum": {"training": {"optimizer": {"kind": "momentum", "dampening": True}}},
    "warm-up, then cosine": {"training": {"schedule": {"kind": "warm_up", "epochs": 5, "then": "cosine"}}},
    "activations of one kind": {
        "network": {"activation": [{"kind": "leaky_relu", "slope": 0.1}, {"kind": "leaky_relu", "slope": 0.3}]}
    },
    "no hidden layer": {"network": {"hidden_layer_sizes": ()}},
    "full batch": {"training": {"batch_size": "full"}},
    "full batch of few examples": {
        "data": {"samples": 20},
        "network": {"hidden_layer_sizes": (8,)},
        "training": {"batch_size": "full"},
    },
    "full batch of many examples": {"data": {"samples": 2500}, "training": {"batch_size": "full"}},
    "one at a time": {"training": {"batch_size": 1}},
    "no test examples": {"data": {"test_share": 0.0}},
    "more than a slab": {"data": {"samples": 1300}, "training": {"batch_size": 200}},
    "l1": {"training": {"l1": 0.1}},
    "l2": {"training": {"l2": 0.1}},
    "l1 and l2": {"training": {"l1": 0.05, "l2": 0.1, "batch_size": "full"}},
    "dropout": {"training": {"dropout": 0.2}},
    "dropout of one layer": {"training": {"dropout": [0.0, 0.21], "dtype": "float32"}},
    "clipping": {"training": {"clip_norm": 0.05}},
    "early stopping": {"training": {"patience": 2, "min_improvement": 0.05}},
    "early stopping without tests": {
        "data": {"test_share": 0.0},
        "training": {"patience": 2, "min_improvement": 0.05},
    },
    "validation set": {"data": {"validation_share": 0.2}, "training": {"patience": 2, "min_improvement": 0.01}},
    "validation set without tests": {
        "data": {"validation_share": 0.2, "test_share": 0.0, "weights": "balanced"},
        "training": {"patience": 2, "min_improvement": 0.01, "batch_size": "full"},
    },
    "validation set of many examples": {
        "data": {"validation_share": 0.5, "samples": 2500},
        "training": {"batch_size": "full"},
    },
    "class weights": {"data": {"weights": "balanced"}, "training": {"l2": 0.1}},
    "formulas": {"data": {"features": ("x1", "x2^2", "x1*x2", "sin(4*x1) - 2", "x2/(1/0)", "3", "x1/1e999")}},
    "float32": {"training": {"dtype": "float32", "optimizer": "nadam", "clip_norm": 0.1, "l1": 0.1}},
    "another draw": {"seed": 9},
}


@pytest.mark.parametrize("name", CASES)
def test_every_kind_prints_the_costs_of_the_run(name: str) -> None:
    plain = small().model_dump(mode="json")
    for section, values in CASES[name].items():
        plain[section] = plain[section] | values if isinstance(values, dict) else values
    prints_the_same(advance(start(Experiment.of(**plain)), EPOCHS))


@st.composite
def mixtures(draw: st.DrawFn) -> Experiment:
    experiment = draw(small_experiments(schedule=components(SCHEDULES), dtype=st.sampled_from(["float64", "float32"])))
    task = experiment.data.dataset.task
    loss = draw(st.sampled_from([None, *(name for name, kind in LOSSES.items() if task in kind.tasks)]))
    return Experiment.of(**{
        **experiment.model_dump(mode="json"),
        "training": {**experiment.training.model_dump(mode="json"), "loss": loss},
    })  # fmt: skip


@pytest.mark.slow
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(experiment=mixtures())
def test_any_mixture_prints_the_costs_of_the_run(experiment: Experiment) -> None:
    assert experiment.training.loss is None or experiment.training.loss.kind in LOSSES
    run = advance(start(experiment), 5)
    if run.epoch:
        prints_the_same(run)


def test_a_plain_python_prints_them_too(tmp_path: Path) -> None:
    """In a folder without this package, isolated from everything but NumPy."""
    run = advance(start(small(optimizer="adam", batch_size=7)), 40)
    path = tmp_path / "script.py"
    path.write_bytes(EXPORTS["script"](run))
    done = subprocess.run([sys.executable, "-I", path], cwd=tmp_path, capture_output=True, text=True, check=True)
    found, wanted = costs(done.stdout), costs_of(run)
    assert done.stderr == ""
    assert sorted(found) == list(range(0, 41, 2))
    assert all(found[epoch] == wanted[epoch] for epoch in found)


def test_more_classes_than_a_sum_adds_one_by_one() -> None:
    rng = np.random.default_rng(0)
    data = Data.split(rng.normal(size=(60, 3)), np.arange(60) % 11, test_share=0.2, rng=rng)
    prints_the_same(advance(start(small(), data=data), EPOCHS))


def test_weights_of_examples_and_several_numbers_to_predict() -> None:
    rng = np.random.default_rng(1)
    X = rng.normal(size=(50, 4))
    data = Data.split(X, X[:, :2] ** 2, test_share=0.2, rng=rng, weights=rng.integers(0, 3, 50))
    prints_the_same(advance(start(small(l2=0.1, batch_size=1), data=data), 3))
    prints_the_same(advance(start(small(l2=0.1), data=data), EPOCHS))


@pytest.mark.parametrize("how", ["each", "whole"])
@pytest.mark.parametrize("features", [(), ("x1", "x1*x2", "exp(x2)")])
def test_standardised_data_are_standardised_in_the_script(how: str, features: tuple[str, ...]) -> None:
    data = {"dataset": "bumps", "samples": 60, "standardize": how, "features": features}
    source = prints_the_same(advance(start(Experiment.of(data=data)), EPOCHS))
    assert "(x - mean) / standard deviation" in source


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("patience", [None, 2])
def test_standardised_targets_are_standardised_and_costs_stay_in_their_units(dtype: str, patience: int | None) -> None:
    rng = np.random.default_rng(2)
    X = rng.normal(size=(40, 2))
    data = Data.split(X, X @ [[5e4, 3.0], [2e4, -9.0]] + 3e5, test_share=0.2, rng=rng).with_standardized_targets()
    run = advance(start(small(dtype=dtype, patience=patience, min_improvement=0.01), data=data), EPOCHS)
    assert run.latest["train_cost"] > 1e6
    prints_the_same(run)


@pytest.mark.parametrize("hidden", [(3,), (20, 20)])
def test_parameters_that_were_given_and_some_that_stay(hidden: tuple[int, ...]) -> None:
    experiment = small()
    experiment = experiment.model_copy(
        update={"network": experiment.network.model_copy(update={"hidden_layer_sizes": hidden})}
    )
    drawn = start(experiment)
    vector = np.linspace(-1, 1, drawn.params.vector.size)
    source = prints_the_same(advance(drawn.with_params(vector, vector > 0.5), EPOCHS))
    assert "FREE" in source
    prints_the_same(advance(start(experiment, params=drawn.with_params(vector).params.layers), EPOCHS))


def test_a_run_that_was_changed_on_the_way_says_so() -> None:
    run = advance(start(small()), 3)
    other = run.experiment.training.model_copy(update={"learning_rate": 0.5})
    later = run.with_settings(run.experiment.model_copy(update={"training": other}))
    plain = EXPORTS["script"](run).decode()
    for changed in (later, run.with_params(run.params.vector + 1)):
        assert "were changed while the run" in EXPORTS["script"](changed).decode()
    assert "were changed" not in plain
    assert (
        not start(small()).with_settings(later.experiment).changed
    )  # before the first update it is another experiment


def test_only_what_is_needed_is_written() -> None:
    source = prints_the_same(advance(start(small(batch_size="full")), 3))
    for word in ("rng.permuted", "mask", "L2", "CLIP", "PATIENCE", "relu", "learning_rate", "slopes"):
        assert word not in source
    names = [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    parts = ["init_params", "tanh", "tanh_slope", "forward", "cost", "backward", "update", "train"]
    assert names == ["see", "load_data", *parts]


def test_a_run_that_has_not_begun_gets_a_script_that_trains() -> None:
    printed, _ = execute(EXPORTS["script"](start(small())).decode())
    assert max(costs(printed)) == 100


def test_a_run_that_diverged_prints_what_it_had() -> None:
    experiment = Experiment.of(
        data={"dataset": "bumps", "samples": 30},
        network={"activation": "linear", "initializer": {"kind": "normal", "scale": 5.0}},
        training={"learning_rate": 3.0},
    )
    run = advance(start(experiment), 50)
    assert run.diverged
    printed, _ = execute(EXPORTS["script"](run).decode())
    wanted = costs_of(run)
    assert all(cost == wanted[epoch] for epoch, cost in costs(printed).items())

"""The replay's data: the run again, in so many frames as fit into a small file."""

import importlib
import json
import re
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest

import dnn
from dnn import EXPORTS, Data, Experiment, Run, advance, start
from tests.declarations import Declarations

LARGEST = 6_000_000
replay = importlib.import_module("dnn.export.replay")  # the module: the package has a function of that name


def scene(run: Run) -> dict[str, object]:
    page = EXPORTS["replay"](run).decode()
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    found: dict[str, object] = json.loads(text)
    return found


@pytest.mark.parametrize("dataset", ["moons", "blobs", "sine"])
def test_the_scripts_get_what_they_are_declared_to_get(dataset: str) -> None:
    root = Path(dnn.__file__).parent
    declared = Declarations(root / "export" / "replay.d.ts", root / "ui" / "live" / "contract.d.ts")
    run = advance(start(Experiment.of(data={"dataset": dataset, "samples": 60})), 3)
    assert declared.problems(scene(run), "Replay") == []


def test_a_replay_has_the_costs_of_the_run() -> None:
    run = advance(start(Experiment.of(data={"samples": 60}, training={"optimizer": "adam"})), 30)
    found = scene(run)
    assert found["epochs"] == list(range(31))
    wanted = np.column_stack([run.history["train_cost"], run.history["test_cost"]])
    np.testing.assert_array_equal(np.array(found["costs"]), wanted)
    assert found["note"] == ""


def test_a_replay_has_the_validation_set_of_the_run() -> None:
    run = advance(start(Experiment.of(data={"samples": 60, "validation_share": 0.25})), 20)
    found = scene(run)
    np.testing.assert_array_equal(np.array(found["validation_costs"]), run.history["validation_cost"])
    np.testing.assert_array_equal(np.array(found["costs"])[:, 1], run.history["test_cost"])
    parts = np.array([found["training"], found["validation"]])
    np.testing.assert_array_equal(parts.sum(axis=1), [run.data.n_train, run.data.n_validation])
    assert (parts.sum(axis=0)[: run.data.first_test] == 1).all()
    without = scene(advance(start(Experiment.of(data={"samples": 60})), 2))
    assert (without["validation_costs"], sum(without["validation"])) == ([], 0)  # type: ignore[arg-type]


def test_it_begins_where_the_run_began() -> None:
    drawn = start(Experiment.of(data={"samples": 60}))
    run = advance(drawn.with_params(drawn.params.vector + 0.3, np.arange(drawn.params.vector.size) < 3), 10)
    found = scene(run)
    assert np.array(found["costs"])[-1, 0] == run.latest["train_cost"]
    assert "were changed" in str(scene(run.with_params(run.params.vector * 2))["note"])


def test_a_run_that_would_take_too_long_is_shown_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "WORK", 1e7)
    run = advance(start(Experiment.of(data={"samples": 60})), 300)
    found = scene(run)
    assert 1 < max(map(int, found["epochs"])) < 300  # type: ignore[call-overload]
    assert "shown are the first" in str(found["note"])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("scale", "epochs"), [(9.0, 0), (1.0, 4)])
def test_a_run_that_diverged_is_shown_to_its_end_and_says_so(scale: float, epochs: int) -> None:
    wild = {"activation": "linear", "initializer": {"kind": "normal", "scale": scale}}
    training = {"learning_rate": 1.0, "batch_size": "full" if epochs else 10}
    run = advance(start(Experiment.of(data={"dataset": "bumps"}, network=wild, training=training)), 50)
    assert (run.diverged, run.epoch) == (True, epochs)
    found = scene(run)
    assert found["note"] == run.stopped
    assert found["epochs"] == list(range(run.epoch + 1))


@pytest.mark.filterwarnings("error")
def test_weights_too_large_for_32_bits_are_cut_off() -> None:
    network = {"hidden_layer_sizes": (), "activation": "linear"}
    huge = [(np.array([[1e200], [-2.0]]), np.array([0.5]))]
    experiment = Experiment.of(data={"samples": 20}, network=network, training={"learning_rate": 1e-6})
    run = start(experiment, params=huge)
    weights = np.frombuffer(b64decode(str(scene(run)["weights"])), "<f4")[:2]
    np.testing.assert_array_equal(weights, np.array([np.finfo(np.float32).max, -2.0], "<f4"))


def test_it_says_what_everything_is_called() -> None:
    found = scene(start(Experiment.of(data={"features": ("x1*x2", "sin(3*x1)", "x2^2")})))
    assert found["inputs"] == ["x₁x₂", "sin(3x₁)", "x₂²"]
    assert (found["axes"], found["names"], found["tested"]) == (["x₁", "x₂"], ["class 0", "class 1"], True)
    found = scene(start(Experiment.of(data={"dataset": "weather", "test_share": 0.0})))
    assert found["inputs"] == ["temperature", "humidity", "pressure"]
    assert found["axes"] == ["temperature (°C)", "humidity (%)"]
    assert (found["names"], found["tested"]) == (["dry", "rain"], False)
    found = scene(start(Experiment.of(data={"dataset": "iris"})))
    assert found["names"] == ["setosa", "versicolor", "virginica"]
    assert found["inputs"] == ["petal length", "petal width"]


def test_names_that_somebody_typed_never_become_markup() -> None:
    rows = [[k / 9, k % 3, k % 2] for k in range(20)]
    own = {"kind": "own", "rows": rows, "inputs": ("</script>", "<b>"), "classes": ("<!--", "<script>")}
    run = start(Experiment.of(data={"dataset": own}))
    assert scene(run)["names"] == ["<!--", "<script>"]
    usual = EXPORTS["replay"](start(Experiment()))
    for sign in (b"<script", b"</script", b"<!--"):
        assert EXPORTS["replay"](run).count(sign) == usual.count(sign)


def test_data_of_more_than_two_inputs_have_a_replay_too() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 5))
    data = Data.split(X, (X[:, 0] > 0).astype(int), test_share=0.3, rng=rng)
    content = EXPORTS["replay"](advance(start(Experiment(), data=data), 5))
    assert len(content) < LARGEST


def test_the_largest_network_stays_small() -> None:
    data = {"samples": 20, "test_share": 0.0, "dataset": {"kind": "blobs", "classes": 6}}
    run = advance(start(Experiment.of(data=data, network={"hidden_layer_sizes": (16,) * 8})), 130)
    assert len(EXPORTS["replay"](run)) < LARGEST

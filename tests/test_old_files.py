"""Files and links that earlier versions wrote still open, and mean what they meant.

``tests/fixtures`` holds them as they were written; nothing rewrites them. A version that writes another form adds its
own beside them.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dnn import EXPORTS, Experiment, advance, load, start
from dnn.experiment.documents import read
from dnn.experiment.links import from_query

FIXTURES = Path(__file__).parent / "fixtures"
LINKS: list[dict[str, Any]] = json.loads((FIXTURES / "links_v2.json").read_text(encoding="utf-8"))
RUNS: dict[str, dict[str, Any]] = json.loads((FIXTURES / "runs_v1.json").read_text(encoding="utf-8"))


def full() -> Experiment:
    """The experiment of ``experiment_v2.json``, in which hardly a setting has its default."""
    return Experiment.of(
        data={
            "dataset": {"kind": "spiral", "noise": 0.25, "turns": 1.25},
            "samples": 120,
            "class_balance": 0.5,
            "label_noise": 0.1,
            "features": ["x1", "x2", "sin(3*x1)", "x1^2"],
            "standardize": "each",
            "test_share": 0.4,
            "weights": "balanced",
        },
        network={
            "hidden_layer_sizes": [6, 3],
            "activation": ["tanh", {"kind": "leaky_relu", "slope": 0.2}],
            "initializer": {"kind": "normal", "scale": 0.5},
            "bias_initializer": {"kind": "constant", "value": 0.25},
        },
        training={
            "loss": "tanh_squared_error",
            "optimizer": {"kind": "adam", "beta1": 0.8},
            "learning_rate": 0.02,
            "schedule": {"kind": "warm_up", "epochs": 5, "then": {"kind": "cosine", "epochs": 50, "floor": 0.1}},
            "batch_size": 16,
            "l1": 0.01,
            "l2": 0.02,
            "dropout": [0.1, 0.0],
            "clip_norm": 2.0,
            "patience": 40,
            "min_improvement": 0.001,
        },
        seed=7,
        draw=3,
    )


def test_a_file_of_version_2_is_the_experiment_that_it_was() -> None:
    assert read((FIXTURES / "experiment_v2.json").read_bytes()) == full()


def test_a_link_like_the_file_of_version_1_is_the_same_experiment() -> None:
    text = (
        "data=spiral&data.noise=0.25&data.turns=1.25&samples=321&test_share=0.4&layers=8-3-5&activation=leaky_relu&"
        "activation.slope=0.2&initializer=normal&initializer.scale=0.5&loss=binary_cross_entropy&learning_rate=0.3&"
        "batch_size=full&l2=0.03&dtype=float32&seed=7&draw=3"
    )
    query = dict(word.split("=") for word in text.split("&"))
    assert from_query(query) == (read((FIXTURES / "experiment_v1.json").read_bytes()), ())


@pytest.mark.parametrize("place", range(len(LINKS)))
def test_a_link_is_the_experiment_that_it_was(place: int) -> None:
    """Of own data too, and of parameters of components in layers and in other components."""
    experiment, problems = from_query(LINKS[place]["query"])
    assert problems == ()
    assert experiment == Experiment.of(**LINKS[place]["experiment"])


@pytest.mark.parametrize("name", RUNS)
def test_a_model_file_is_the_run_that_it_was_and_goes_on(name: str) -> None:
    """Its history to the last bit; what is computed now, as near as another machine's sums are."""
    run, was = load(FIXTURES / f"run_v1_{name}.npz"), RUNS[name]
    near = 1e-4 if run.experiment.training.dtype == "float32" else 1e-9
    assert run.epoch == was["epoch"]
    assert run.history["train_cost"].tolist() == was["train_cost"]
    np.testing.assert_allclose(run.predict(run.data.points[:6]), was["predictions"], rtol=near)
    np.testing.assert_allclose(advance(run, 5).latest["train_cost"], was["cost_5_epochs_later"], rtol=near)
    assert EXPORTS["script"](run)


def test_the_experiment_in_a_model_file_still_makes_the_same_run() -> None:
    """The same data, starting weights, orders and masks come out of the same seeds."""
    run = load(FIXTURES / "run_v1_full.npz")
    assert run.experiment == full()
    again = advance(start(full()), run.epoch)
    np.testing.assert_allclose(again.history["train_cost"], run.history["train_cost"], rtol=1e-9)
    np.testing.assert_allclose(again.params.vector, run.params.vector, rtol=1e-6, atol=1e-9)


def test_what_belongs_to_a_run_beside_its_weights_is_in_its_model_file() -> None:
    run = load(FIXTURES / "run_v1_own.npz")
    assert run.changed
    assert run.frozen is not None
    assert run.frozen.sum() == 4
    assert run.data.names.classes == ("cat", "dog", "ünïcode")
    assert run.data.names.units == ("cm", "", "kg")
    assert load(FIXTURES / "run_v1_full.npz").best is not None

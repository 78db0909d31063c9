"""A component is one class and one line: added to its table, it works in every page, link, file and export.

Where an export has no code for it, it says so in a sentence, and no page and no other export is the worse for it.
"""

import ast
from typing import Any

import numpy as np
import pytest

from dnn import (
    EXPORTS,
    CannotExport,
    Data,
    DNNClassifier,
    Experiment,
    Run,
    advance,
    advance_many,
    gradient_check,
    load,
    start,
)
from dnn.analysis.walkthrough import walkthrough
from dnn.experiment.links import from_query, to_query
from tests.export.scripts import code_of, costs, costs_of, execute, execute_notebook
from tests.new_components import EPOCHS, NEW, Bump, SquaredHinge, Straight, add_to_tables, experiment_with, run_with

new = pytest.mark.parametrize("name", NEW)


@pytest.fixture(autouse=True)
def _one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    add_to_tables(monkeypatch)


@new
def test_links_and_json_hold_it(name: str) -> None:
    experiment = experiment_with(name)
    assert from_query(to_query(experiment)) == (experiment, ())
    assert Experiment.model_validate_json(experiment.model_dump_json()) == experiment


@new
def test_it_trains_alone_and_beside_others(name: str) -> None:
    run = run_with(name)
    assert not run.diverged
    assert run.history["train_cost"][-1] < run.history["train_cost"][0]
    beside = advance_many(
        [start(experiment_with(name)), start(experiment_with(name).model_copy(update={"seed": 5}))], 3
    )
    assert beside[0].history["train_cost"].tolist() == run.history["train_cost"][:4].tolist()


def test_its_slopes_pass_the_gradient_check() -> None:
    for name in NEW:
        run = start(experiment_with(name))
        assert gradient_check(run.params, run.data.X, run.data.y, run.network).difference < 1e-7


@new
@pytest.mark.parametrize("format", ["script", "notebook"])
def test_code_of_plain_numpy_prints_the_costs_of_the_run(name: str, format: str) -> None:
    run = run_with(name)
    assert EXPORTS[format].why_not(run) == ""
    source = code_of(run, format)
    assert "dnn." not in source
    printed, _ = (execute_notebook if format == "notebook" else execute)(source)
    wanted = costs_of(run)
    assert costs(printed) == {epoch: wanted[epoch] for epoch in costs(printed)}
    assert max(costs(printed)) == EPOCHS


def prints_the_same(run: Run) -> None:
    printed, _ = execute(EXPORTS["script"](run).decode())
    found, wanted = costs(printed), costs_of(run)
    assert found
    assert found == {epoch: wanted[epoch] for epoch in found}


@pytest.mark.parametrize(
    "training",
    [
        {"dtype": "float32"},
        {"dropout": 0.2},
        {"clip_norm": 0.05},
        {"l1": 0.1, "l2": 0.1},
        {"patience": 2, "min_improvement": 0.05},
        {"batch_size": "full"},
    ],
    ids=lambda training: next(iter(training)),
)
def test_a_script_of_new_components_only_prints_the_costs_with_every_other_setting(training: dict[str, Any]) -> None:
    network = {"hidden_layer_sizes": (5, 3), "activation": "bump", "initializer": "fan", "bias_initializer": "fan"}
    mine = {"loss": "squared_hinge", "optimizer": "straight", "schedule": "root", "learning_rate": 0.05}
    data = {"samples": 60, "weights": "balanced", "class_balance": 0.5}
    run = start(Experiment.of(data=data, network=network, training={**mine, **training}))
    prints_the_same(advance(run, 23))
    frozen = np.arange(run.params.vector.size) < 4
    prints_the_same(advance(run.with_params(run.params.vector * 1.5, frozen), EPOCHS))


def test_a_loss_of_several_outputs_may_bring_an_output_activation_of_its_own() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 3))
    data = Data.split(X, X[:, :2] ** 2, test_share=0.2, rng=rng)
    run = advance(start(Experiment.of(training={"loss": "mean_of_outputs"}), data=data), EPOCHS)
    prints_the_same(run)
    assert EXPORTS["onnx"].refuses(run) == (
        "The activation “Shortened” cannot be written for ONNX: it has no code for that yet."
    )


@new
@pytest.mark.parametrize("format", ["sklearn", "mlp"])
def test_snippets_for_scikit_learn_run(name: str, format: str) -> None:
    run = run_with(name)
    assert EXPORTS[format].why_not(run) == ""
    printed, _ = execute(EXPORTS[format](run).decode())
    assert "train accuracy" in printed


@new
@pytest.mark.parametrize("format", EXPORTS)
def test_every_format_writes_it_or_says_in_a_sentence_why_not(name: str, format: str) -> None:
    run, (_, refusing) = run_with(name), NEW[name]
    export = EXPORTS[format]
    if export.needs:
        pytest.importorskip(export.needs)
    if format not in refusing:
        assert export.why_not(run) == ""
        content = export(run)
        if export.suffix.endswith(".py"):
            ast.parse(content)
        return
    reason = export.why_not(run)
    noun = {"bump": "activation", "two bumps": "activation", "squared_hinge": "loss", "straight": "optimiser"}[name]
    label = {"activation": Bump, "loss": SquaredHinge, "optimiser": Straight}[noun].label
    assert reason == f"The {noun} “{label}” cannot be written for {export.label}: it has no code for that yet."
    with pytest.raises(CannotExport, match=label):
        export(run)


@new
def test_a_model_file_with_it_goes_on_to_the_last_bit(name: str) -> None:
    run = run_with(name)
    there, here = advance(load(EXPORTS["npz"](run)), 3), advance(run, 3)
    assert there.params.vector.tolist() == here.params.vector.tolist()


def test_estimators_take_it_by_its_name() -> None:
    X, y = run_with("bump").data.X, run_with("bump").data.labels
    network = DNNClassifier(
        (5,), activation="bump", optimizer="straight", loss="squared_hinge", schedule="root", epochs=40, random_state=1
    ).fit(X, y)
    assert network.score(X, y) > 0.7


@new
def test_one_step_can_be_walked_through(name: str) -> None:
    run = start(experiment_with(name).model_copy(update={"data": Experiment.of(data={"samples": 10}).data}))
    found, after = walkthrough(run, range(run.data.n_train)), advance(run, 1)
    assert run.data.n_train < 10  # one batch, which is the epoch
    np.testing.assert_allclose(found.after.vector, after.params.vector, rtol=0, atol=1e-12)

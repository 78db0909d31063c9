"""What a finding says and which cure it has, and that any run can be diagnosed."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import LOSSES, Experiment, advance, advance_batch, start
from dnn.analysis.health import RULES, applies, diagnose
from dnn.analysis.health.evidence import Evidence
from dnn.analysis.health.finding import changed
from dnn.analysis.health.measures import health
from tests.analysis.health.runs import TROUBLES, finding_of, of, rules, trained
from tests.strategies import small_experiments


@pytest.mark.parametrize("loss", LOSSES)
def test_the_cost_of_the_best_constant_answer(loss: str) -> None:
    name = {"binary": "imbalanced", "multiclass": "iris", "regression": "sine"}[LOSSES[loss].tasks[0]]
    run = start(of(name, training={"loss": loss}))
    y, measured = run.data.y_train, Evidence(run, health(run)).baseline
    shares = np.bincount(run.data.labels[: run.data.n_train].astype(int)) / run.data.n_train if name != "sine" else None
    if shares is not None and loss.endswith("cross_entropy"):
        assert measured == pytest.approx(-(shares * np.log(shares)).sum(), rel=2e-3)
    elif shares is not None:
        assert measured == pytest.approx(0.5 * (1.0 - (2.0 * y.mean() - 1.0) ** 2), rel=1e-2)
    elif loss == "mean_squared_error":
        assert measured == pytest.approx(0.5 * y.var())


def test_the_evidence_of_symmetry_names_layer_and_units() -> None:
    (finding,) = diagnose(start(of("xor", (3, 5), network={"initializer": "zeros"})))
    assert (finding.rule, finding.layer) == ("symmetry", 1)
    assert finding.evidence.values == {"units": 3, "layer": 1}
    assert finding.cure == of("xor", (3, 5), network={"initializer": "glorot_uniform"})


def test_the_evidence_of_a_vanishing_gradient_is_the_ratio_of_the_norms() -> None:
    run = advance(start(of("circles", (6,) * 5, "sigmoid")), 20)
    finding = diagnose(run)[0]
    norms = run.history["gradient_norm"][-10:]
    sizes = np.exp(np.log(norms).mean(axis=0)) / np.sqrt([Wb.size for Wb in run.params.Wb])
    assert finding.layer == sizes.argmin() + 1
    times = float(re.sub(",", "", finding.evidence.values["times"]))
    assert times == pytest.approx(sizes.max() / sizes.min(), rel=0.06)


def test_a_narrow_relu_network_may_begin_with_dead_units() -> None:
    """Half of a layer is dead at the start, and it learns all the same."""
    run = start(of("circles", (6,) * 5, "relu", network={"initializer": "he_normal"}))
    assert max(layer.dead.mean() for layer in health(run).hidden) >= 0.5
    for _ in range(6):
        assert not rules(run)
        run = advance(run, 5)
    assert run.latest["train_cost"] < 0.3
    drowned = {"bias_initializer": {"kind": "constant", "value": -9.0}}
    assert rules(start(of("circles", (6, 6), "relu", network=drowned))) == ["dead_units"]


def test_a_run_that_diverged_says_when() -> None:
    run = advance(start(of("plane", activation="relu", rate=5.0)), 30)
    assert run.diverged
    finding = diagnose(run)[0]
    assert finding.rule == "exploding"
    assert finding.evidence.values["epoch"] == run.epoch + 1
    start_of_nothing = start(
        of("sine", (16,) * 30, "linear", network={"initializer": {"kind": "normal", "scale": 100}})
    )
    assert rules(advance(start_of_nothing, 1))[0] == "exploding"


def test_a_cure_continues_or_starts_anew_and_differs() -> None:
    for epochs, cases in (TROUBLES[name] for name in ("symmetry", "rate_too_small", "dead_units")):
        run = trained(cases[:1], epochs)[0]
        cure = diagnose(run)[0].cure
        assert cure is not None
        assert cure != run.experiment
        assert Experiment.model_validate_json(cure.model_dump_json()) == cure


@pytest.mark.parametrize("rule", ["rate_too_large", "rate_too_small", "noise_floor", "overfitting"])
def test_a_cure_that_continues_the_run_silences_the_rule_at_once_and_for_good(rule: str) -> None:
    epochs, cases = TROUBLES[rule]
    run = trained(cases[-1:], epochs)[0]
    cure = finding_of(rule, run).cure
    assert cure is not None
    later = run.with_settings(cure)
    for _ in range(4):
        assert applies(rule, later) is None
        later = advance(later, 15)


def test_two_findings_at_most_and_none_that_another_explains() -> None:
    unscaled = of("breast_cancer", (8,), "sigmoid", 1.0, network={"initializer": {"kind": "normal", "scale": 10.0}})
    run = advance(start(unscaled), 40)
    assert sum(applies(rule, run) is not None for rule in RULES) > 2
    assert len(diagnose(run)) == 2
    run = advance(start(of("xor", (8,) * 7, "sigmoid")), 80)
    assert applies("plateau", run) is not None
    assert rules(run) == ["vanishing"]


@pytest.mark.parametrize("dataset", ["moons", "iris", "sine", "own", "digits"])
@pytest.mark.parametrize("epochs", [0, 1, 2, 7])
def test_young_runs_of_any_kind_can_be_diagnosed(dataset: str, epochs: int) -> None:
    experiment = of(dataset, (6,), "tanh", 0.05, data={"test_share": 0.0, "standardize": "each"}, samples=100)
    assert diagnose(advance(start(experiment), epochs)) == []


def test_a_cure_that_would_change_nothing_is_not_offered() -> None:
    """The inputs are huge, so the answers are sure and wrong; the learning rate is the smallest already."""
    huge: dict[str, Any] = {"samples": 40, "data": {"standardize": "none"}, "training": {"dtype": "float32"}}
    finding = applies("log_zero", start(of("weather", (), rate=1e-6, **huge)))
    assert finding is not None
    assert (finding.advice, finding.cure) == (None, None)
    other = applies("log_zero", start(of("weather", (), rate=1e-3, **huge)))
    assert other is not None
    assert other.cure is not None


@settings(max_examples=40)
@given(
    small_experiments(learning_rate=st.floats(1e-6, 100.0), dtype=st.sampled_from(["float32", "float64"])),
    st.sampled_from([0, 1, 5, 12, 35]),
)
def test_any_run_can_be_diagnosed_and_any_cure_started(experiment: Experiment, epochs: int) -> None:
    run = advance(start(experiment), epochs)
    assert len(diagnose(run)) <= 2
    for finding in (applies(rule, run) for rule in RULES):
        if finding is not None and finding.cure is not None:
            assert finding.cure != experiment
            assert start(finding.cure).params.sizes[0] == run.params.sizes[0]


def test_other_measures_and_half_epochs_can_be_diagnosed() -> None:
    run = advance(start(of(), measure="batches"), 40)
    assert set(rules(run)) <= {"finished"}
    run = advance_batch(advance(start(of(), history_limit=8), 20))
    assert diagnose(run) == []
    assert diagnose(advance(start(of(hidden=())), 10)) == []
    single = advance(start(of(training={"dtype": "float32", "optimizer": "adam"}, rate=0.01)), 30)
    assert diagnose(single) == []


def test_a_run_with_a_validation_set_is_diagnosed_by_it() -> None:
    """Its columns are no gradient norms, and what early stopping will watch is what the rule looks at."""
    young = of(hidden=(1, 1), data={"validation_share": 0.5, "test_share": 0.0}, samples=10)
    assert len(diagnose(advance(start(young), 5))) <= 2
    adam = {"optimizer": "adam"}
    learns_by_heart = of("moons", (16, 16), "tanh", 0.02, samples=100, noise=0.6, training=adam, seed=2)
    held_out = changed(learns_by_heart, data={"validation_share": 0.3})
    for experiment, word in ((learns_by_heart, "test"), (held_out, "validation")):
        finding = finding_of("overfitting", advance(start(experiment), 150))
        assert f"the {word} cost has risen" in str(finding.evidence)
        assert f"when the {word} cost" in str(finding.advice)
        assert finding.cure is not None
        cured = advance(start(finding.cure), 150)
        assert "overfitting" not in rules(cured)
        assert cured.latest[f"{word}_cost"] < advance(start(experiment), 150).latest[f"{word}_cost"]


def test_a_diagnosis_leaves_the_run_as_it_was() -> None:
    run = advance(start(of(training={"optimizer": "adam"})), 3)
    vector, state = run.params.vector.copy(), [array.copy() for array in run.state]
    diagnose(run)
    assert run.params.vector.tolist() == vector.tolist()
    assert all(map(np.array_equal, run.state, state))

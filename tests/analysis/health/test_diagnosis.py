"""The diagnosis finds each trouble, its cures work, and it is silent where nothing is wrong."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import LESSONS, LOSSES, Experiment, Run, advance, advance_batch, start
from dnn.analysis.health import RULES, Finding, applies, diagnose
from dnn.analysis.health.evidence import Evidence
from dnn.analysis.health.finding import changed
from dnn.analysis.health.measures import health
from dnn.experiment.presets import PRESETS
from tests.analysis.health.runs import healthy_after, of, trained, troubles
from tests.strategies import small_experiments

TROUBLES = troubles()


def rules(run: Run) -> list[str]:
    return [finding.rule for finding in diagnose(run)]


def finding_of(rule: str, run: Run) -> Finding:
    return next(finding for finding in diagnose(run) if finding.rule == rule)


def cost_of_tests(run: Run, rule: str) -> float:
    """The test cost; with a rare class its mean over the classes, because balanced weights change the cost itself."""
    if rule != "imbalance":
        return run.latest["test_cost"]
    tests = slice(run.data.n_train, None)
    labels, probabilities = run.data.labels[tests], run.predict_proba(run.data.points[tests])
    costs = [-np.log(probabilities[labels == label, int(label)]).mean() for label in np.unique(labels)]
    return float(np.mean(costs))


def test_every_rule_has_its_troubles() -> None:
    assert list(TROUBLES) == list(RULES)
    assert all(len(settings) == (5 if name == "finished" else 10) for name, (_, settings) in TROUBLES.items())
    assert all(len(set(settings)) == len(settings) for _, settings in TROUBLES.values())


@pytest.mark.slow
@pytest.mark.parametrize("rule", [name for name in TROUBLES if name != "finished"])
def test_a_trouble_is_found_and_its_cure_works(rule: str) -> None:
    """In at least 9 of 10 settings it is found; in at least 8 the cure silences the rule and lowers the test cost."""
    epochs, cases = TROUBLES[rule]
    runs = trained(cases, epochs)
    found = [(run, finding) for run in runs for finding in diagnose(run) if finding.rule == rule]
    assert len(found) >= 9
    cures = [finding.cure for _, finding in found if finding.cure is not None]
    assert len(cures) == len(found)
    cured = [
        applies(rule, later) is None and cost_of_tests(later, rule) < cost_of_tests(run, rule)
        for (run, _), later in zip(found, trained(cures, epochs), strict=True)
    ]
    assert sum(cured) >= 8


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lesson", "step", "found"),
    [
        ("starting-points", 0, ["symmetry"]),
        ("starting-points", 1, ["symmetry"]),
        ("starting-points", 2, ["vanishing"]),
        ("starting-points", 3, ["exploding", "log_zero"]),
        ("starting-points", 4, []),
        ("sigmoid-net", 2, ["vanishing"]),
        ("sigmoid-net", 4, []),
        ("relu-net", 1, []),
        ("relu-net", 3, ["exploding", "log_zero"]),
        ("relu-net", 5, ["stuck_rate", "dead_units"]),
        ("weather", 1, ["input_scale", "dead_units"]),
        ("weather", 2, []),
        ("overfitting", 0, ["overfitting"]),
        ("overfitting", 2, []),
        ("faster", 4, []),
        ("faster", 6, ["rate_too_small"]),
        ("one-neuron", 1, ["plateau"]),
        ("one-neuron", 2, ["finished"]),
    ],
)
def test_the_lessons_troubles_are_found(lesson: str, step: int, found: list[str]) -> None:
    shown = LESSONS[lesson].steps[step]
    assert rules(advance(start(shown.experiment), shown.epochs)) == found


SICK_PRESETS = {
    "circles_without": ["plateau"],
    "rate_too_high": ["rate_too_large", "log_zero"],
    "diverges": ["exploding"],
    "zeros_never_learn": ["symmetry"],
    "vanishing_sigmoids": ["vanishing"],
    "dying_relus": ["stuck_rate", "dead_units"],
    "overfitting": ["overfitting"],
}


@pytest.mark.parametrize("preset", PRESETS)
def test_the_presets_troubles_are_found_and_the_others_are_healthy(preset: str) -> None:
    run = advance(start(PRESETS[preset].experiment), 80)
    assert [rule for rule in rules(run) if rule != "finished"] == SICK_PRESETS.get(preset, [])


@pytest.mark.slow
def test_healthy_runs_give_fewer_than_three_false_alarms() -> None:
    """Of a hundred runs, looked at four times; "finished" is no alarm."""
    alarms = set()
    for epochs in (10, 25, 40, 55):
        runs = healthy_after(epochs)
        assert len(runs) == 100
        alarms |= {number for number, run in enumerate(runs) if set(rules(run)) - {"finished"}}
    assert len(alarms) < 3


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

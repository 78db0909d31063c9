"""The diagnosis finds each trouble, in lessons and presets too, and is silent where nothing is wrong."""

import numpy as np
import pytest

from dnn import LESSONS, Run, advance, start
from dnn.analysis.health import RULES, applies, diagnose
from dnn.experiment.presets import PRESETS
from tests.analysis.health.runs import TROUBLES, healthy_after, rules, trained


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

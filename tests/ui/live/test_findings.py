"""What the panel is told of a run's health: findings in words, how their cures apply, and units that do not learn."""

import threading
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from dnn import Experiment, Run, advance, start
from dnn.analysis.health import RULES
from dnn.analysis.health.measures import gradients_now
from dnn.params import Params
from dnn.ui.live import findings as module
from dnn.ui.live.findings import DEAD, SATURATED, Diagnosis, Findings, is_large
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from dnn.ui.visitor.class_plan import Plan


def experiment(
    dataset: str = "circles", *, network: Mapping[str, Any] | None = None, training: Mapping[str, Any] | None = None
) -> Experiment:
    return Experiment.of(
        data={"dataset": dataset, "samples": 200},
        network={"hidden_layer_sizes": (8, 8), **(network or {})},
        training={"learning_rate": 0.1, "batch_size": 10, **(training or {})},
    )


VANISHING = experiment(network={"hidden_layer_sizes": (8,) * 5, "activation": "sigmoid"})
TOO_SMALL = experiment(training={"learning_rate": 1e-4})
STUCK = experiment(network={"hidden_layer_sizes": (8,) * 5, "activation": "relu"}, training={"learning_rate": 1.0})
LOG_ZERO = experiment(
    network={"activation": "relu", "initializer": {"kind": "normal", "scale": 10.0}},
    training={"learning_rate": 0.03},
)
ONE_CLASS = experiment(network={"activation": "sigmoid"}, training={"learning_rate": 0.05})


def paused(settings: Experiment, epochs: int, plan: Plan | None = None) -> Player:
    """A player that stands at this epoch."""
    player = Player(settings, playing=False)
    player.findings.allowed = (plan or Plan()).permits
    player.restore(advance(player.run, epochs))
    return player


def shown(player: Player) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = unpack(player.frame())[0]["findings"]
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: clock.now))
    return clock


def test_a_finding_comes_in_words_and_says_how_its_cure_applies() -> None:
    (found,) = shown(paused(VANISHING, 40))
    assert (found["rule"], found["title"], found["cure"]) == ("vanishing", "Vanishing gradient", "anew")
    assert found["evidence"].startswith("Layer 1 learns ")
    assert found["advice"] == "Use ReLU with He's starting weights."
    (found,) = shown(paused(TOO_SMALL, 40))
    assert (found["rule"], found["cure"]) == ("rate_too_small", "on")


def test_it_is_in_the_visitors_language() -> None:
    player = paused(VANISHING, 40)
    english = shown(player)[0]
    player.speak("zh")
    chinese = shown(player)[0]
    assert chinese.keys() == english.keys()
    for part in ("title", "evidence", "advice"):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese[part])


@pytest.mark.parametrize(
    ("settings", "epochs", "rule"), [(STUCK, 40, "stuck_rate"), (LOG_ZERO, 3, "log_zero"), (ONE_CLASS, 40, "one_class")]
)
def test_what_students_ask_about_is_found(settings: Experiment, epochs: int, rule: str) -> None:
    """The cost sticks near ln 2 at a rate of 1; log 0 in the textbook's formula; all predictions are one class."""
    found = {each["rule"]: each for each in shown(paused(settings, epochs))}
    assert found[rule]["cure"] == "anew"


def test_spoilt_weights_need_a_new_start_even_where_only_the_rate_changes() -> None:
    player = paused(STUCK, 40)
    shown(player)
    finding = player.findings.offered("stuck_rate", STUCK)
    assert finding is not None
    assert finding.cure is not None
    assert finding.cure.continues(STUCK)
    assert not finding.goes_on(STUCK)


def test_a_locked_setting_and_a_panel_to_look_at_offer_no_cure() -> None:
    assert shown(paused(TOO_SMALL, 40, Plan(locked=frozenset({"learning_rate"}))))[0]["cure"] is None
    assert shown(paused(TOO_SMALL, 40, Plan(locked=frozenset({"activation"}))))[0]["cure"] == "on"
    player = Player(TOO_SMALL, playing=False)
    player.restore(advance(player.run, 40))
    assert shown(player)[0]["cure"] is None


def test_while_it_plays_a_diagnosis_is_made_once_a_second(clock: SimpleNamespace) -> None:
    findings, run = Findings(lambda: None), start(TOO_SMALL)
    first = findings.of(run, playing=True)
    clock.now += 0.9
    later = advance(run, 40)
    assert findings.of(later, playing=True) is first
    clock.now += 0.2
    second = findings.of(later, playing=True)
    assert (first.findings, second.run) == ((), later)
    assert [each.rule for each in second.findings] == ["rate_too_small"]


def test_beside_many_a_diagnosis_is_made_more_seldom(clock: SimpleNamespace) -> None:
    findings, run = Findings(lambda: None), start(TOO_SMALL)
    first = findings.of(run, playing=True, beside=60)
    clock.now += 3.9
    later = advance(run, 40)
    assert findings.of(later, playing=True, beside=60) is first
    assert findings.of(later, playing=True, beside=15).run is later


def test_what_is_paused_or_begins_again_is_diagnosed_at_once(clock: SimpleNamespace) -> None:
    findings, run = Findings(lambda: None), advance(start(TOO_SMALL), 40)
    assert findings.of(run, playing=True).findings
    later = advance(run, 1)
    assert findings.of(later, playing=False).run is later
    assert findings.of(start(TOO_SMALL), playing=True).findings == ()  # reset
    clock.now += 1.1
    assert findings.of(run, playing=True).findings
    assert findings.of(start(experiment(training={"learning_rate": 0.2})), playing=True).findings == ()


def test_while_it_plays_a_finding_goes_when_it_is_gone_twice(clock: SimpleNamespace) -> None:
    findings = Findings(lambda: None)
    equal = start(experiment(network={"initializer": "zeros"}))
    other = equal.with_params(start(experiment()).params.vector)
    assert Diagnosis.of(other).findings == ()
    shown = findings.of(equal, playing=True).findings
    assert [each.rule for each in shown] == ["symmetry"]
    clock.now += 1.1
    assert findings.of(other, playing=True) == (other, shown, pytest.approx(np.zeros(16)))
    clock.now += 1.1
    assert findings.of(other.with_params(other.params.vector), playing=True).findings == ()
    assert findings.of(equal, playing=False).findings
    assert findings.of(other, playing=False).findings == ()


def test_a_cure_is_offered_for_the_experiment_that_was_diagnosed_only() -> None:
    player = paused(TOO_SMALL, 40)
    shown(player)
    assert player.findings.offered("rate_too_small", TOO_SMALL) is not None
    assert player.findings.offered("rate_too_small", VANISHING) is None
    assert all(player.findings.offered(rule, TOO_SMALL) is None for rule in RULES if rule != "rate_too_small")


LARGE = Experiment.of(data={"samples": 8000}, network={"initializer": "zeros"}, training={"batch_size": 1000})


def test_a_large_run_is_diagnosed_by_a_thread() -> None:
    ready = threading.Event()
    findings, run = Findings(ready.set), start(LARGE)
    assert is_large(run)
    assert not is_large(start(TOO_SMALL))
    assert findings.of(run, playing=False) == (run, (), pytest.approx(np.zeros(0)))
    assert ready.wait(30)
    diagnosis = findings.of(run, playing=False)
    assert [each.rule for each in diagnosis.findings] == ["symmetry"]
    later = advance(run, 1)
    ready.clear()
    assert findings.of(later, playing=False) is diagnosis  # until the thread has finished
    assert ready.wait(30)
    assert findings.of(later, playing=False).run is later


def test_a_paused_player_shows_what_a_thread_has_found() -> None:
    player = Player(LARGE, playing=False)
    seen = threading.Event()
    player.on_change(seen.set)
    scene = player.picture()[1]
    assert seen.wait(30)
    assert player.wait(scene) == 0.0
    assert shown(player)[0]["rule"] == "symmetry"


def units(run: Run) -> list[int]:
    return [int(unit) for unit in Diagnosis.of(run).units]


def test_dead_and_saturated_units_are_marked() -> None:
    run = start(experiment(network={"hidden_layer_sizes": (3, 2), "activation": ("relu", "tanh")}))
    assert units(run) == [0] * 5
    changed = run.params.vector.copy()
    layers = Params(run.params.sizes, changed).Wb
    layers[0][-1, 1] = -100.0  # the bias of the second unit of layer 1
    layers[1][-1, 0] = 100.0  # and of the first of layer 2
    run = run.with_params(changed)
    assert units(run) == [0, DEAD, 0, SATURATED, 0]
    player = Player(run.experiment, playing=False)
    assert "inactive" not in unpack(player.frame())[1]
    player.restore(run)
    assert unpack(player.frame())[1]["inactive"].tolist() == [0, DEAD, 0, SATURATED, 0]


def test_edges_can_show_the_gradient() -> None:
    player = paused(VANISHING, 5)
    assert "edge_gradients" not in unpack(player.frame())[1]
    assert player.request("edges gradient")
    _, parts = unpack(player.frame())
    expected = gradients_now(player.run)[1].vector[parts["edges"]]
    assert parts["edge_gradients"] == pytest.approx(expected, rel=1e-5)
    player.step()
    _, later = unpack(player.frame())
    assert later["edge_gradients"] == pytest.approx(gradients_now(player.run)[1].vector[later["edges"]], rel=1e-5)
    assert player.request("edges weight")
    assert "edge_gradients" not in unpack(player.frame())[1]
    assert not player.request("edges gradients")


def test_without_examples_there_is_nothing_to_find() -> None:
    player = Player(Experiment.of(data={"dataset": "own"}), playing=False)
    player.request("edges gradient")
    header, parts = unpack(player.frame())
    assert header["findings"] == []
    assert not parts["edge_gradients"].any()

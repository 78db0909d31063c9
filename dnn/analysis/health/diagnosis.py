"""The diagnosis: which rules apply to a run, the most telling first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from dnn.analysis.health import cost_rules, data_rules, layer_rules
from dnn.analysis.health.evidence import Evidence
from dnn.analysis.health.finding import Finding
from dnn.analysis.health.measures import Health, health
from dnn.training import Run

AT_MOST = 2  # findings at a time

Rule = Callable[[Evidence], Finding | None]

# Causes come before what they lead to.
RULES: dict[str, Rule] = {
    "symmetry": layer_rules.symmetry,
    "input_scale": data_rules.input_scale,
    "exploding": layer_rules.exploding,
    "stuck_rate": cost_rules.stuck_rate,
    "dead_units": layer_rules.dead_units,
    "rate_too_large": cost_rules.rate_too_large,
    "saturation": layer_rules.saturation,
    "vanishing": layer_rules.vanishing,
    "rate_too_small": cost_rules.rate_too_small,
    "noise_floor": cost_rules.noise_floor,
    "imbalance": data_rules.imbalance,
    "overfitting": cost_rules.overfitting,
    "log_zero": data_rules.log_zero,
    "one_class": data_rules.one_class,
    "plateau": cost_rules.plateau,
    "finished": cost_rules.finished,
}

# What a finding explains: these are left out beside it.
EXPLAINS: dict[str, frozenset[str]] = {
    "symmetry": frozenset({"dead_units", "vanishing", "plateau", "one_class", "rate_too_small", "stuck_rate"}),
    "exploding": frozenset({"dead_units", "saturation", "rate_too_large", "overfitting", "vanishing", "one_class"}),
    "stuck_rate": frozenset({"saturation", "vanishing", "plateau", "one_class", "rate_too_large"}),
    "dead_units": frozenset({"plateau", "one_class", "vanishing", "rate_too_large"}),
    "rate_too_large": frozenset({"noise_floor", "saturation", "vanishing"}),
    "saturation": frozenset({"plateau", "vanishing"}),
    "vanishing": frozenset({"plateau", "one_class", "rate_too_small"}),
    "rate_too_small": frozenset({"plateau", "one_class"}),
    "imbalance": frozenset({"plateau", "one_class"}),
    "one_class": frozenset({"plateau"}),
}


def diagnose(run: Run, measured: Health | None = None) -> list[Finding]:
    """Return what is wrong with ``run``: two findings at most, the most telling first; none where nothing is.

    A finding that another one explains is left out. "finished" comes alone. ``measured`` is ``health(run)``, if that is
    known already.
    """
    if not run.data.n_train:
        return []
    evidence, found, explained = Evidence(run, measured or health(run)), list[Finding](), set[str]()
    for name, rule in RULES.items():
        if name in explained or (name == "finished" and found):
            continue
        finding = _found(rule, evidence)
        if finding is not None:
            found.append(finding)
            explained |= EXPLAINS.get(name, frozenset())
        if len(found) == AT_MOST:
            break
    return found


def applies(name: str, run: Run) -> Finding | None:
    """Return what the rule ``name`` alone finds in ``run``."""
    return _found(RULES[name], Evidence(run, health(run))) if run.data.n_train else None


def _found(rule: Rule, evidence: Evidence) -> Finding | None:
    """What ``rule`` finds, without a cure that changes nothing: a tenth of the smallest learning rate is that rate."""
    with np.errstate(all="ignore"):  # before a run diverges its numbers may be huge
        finding = rule(evidence)
    if finding is None or finding.cure != evidence.experiment:
        return finding
    return replace(finding, advice=None, cure=None)

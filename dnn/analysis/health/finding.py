"""A finding: what is wrong with a run, the numbers that show it, and the settings that put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dnn.experiment import DataSpec, Experiment, NetworkSpec, TrainingSpec
from dnn.messages import Message


@dataclass(frozen=True)
class Finding:
    """What a rule found: ``rule`` is its name in ``RULES``, ``title`` the same in words.

    ``layer`` counts from 1; None stands for the whole network. ``evidence`` has the numbers, ``advice`` describes the
    ``cure``, the experiment to put in its place. Both are None where there is nothing to put right. ``weights_spoilt``
    stands for weights that the cure cannot save, so that it must start anew.
    """

    rule: str
    title: Message
    evidence: Message
    layer: int | None = None
    advice: Message | None = None
    cure: Experiment | None = None
    weights_spoilt: bool = False

    def goes_on(self, experiment: Experiment) -> bool:
        """Whether a run of ``experiment`` can go on with the cure, or has to start anew with it."""
        return self.cure is not None and self.cure.continues(experiment) and not self.weights_spoilt


def changed(
    experiment: Experiment,
    *,
    data: Mapping[str, Any] | None = None,
    network: Mapping[str, Any] | None = None,
    training: Mapping[str, Any] | None = None,
) -> Experiment:
    """``experiment`` with other values of some settings, by section; only what changes is validated again."""
    update: dict[str, DataSpec | NetworkSpec | TrainingSpec] = {}
    if data:
        update["data"] = experiment.data.model_copy(update=data)  # its rows may be many
    if network:
        update["network"] = NetworkSpec(**{**dict(experiment.network), **network})
    if training:
        update["training"] = TrainingSpec(**{**dict(experiment.training), **training})
    return experiment.model_copy(update=update)


def number(value: float) -> str:
    """``value`` with two significant digits: 0.0012, 35, 2,000, 3.1e+07."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if 10 <= rounded < 1e7 else f"{rounded:.2g}"

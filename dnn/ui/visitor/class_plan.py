"""A teacher's link: which controls pupils see, which of them are locked, and a title and a task at the top of the page.

It is in the address next to the experiment's words: ``?show=learning_rate,layers&lock=data&title=…&task=…``. Such a
page waits for *Play*, so that pupils can guess first; with ``&play=yes`` it starts immediately. Controls are named like
the experiment's settings in a link. A hidden or locked control keeps its setting from the link, however it is changed.
Play, single steps, reset, undo and speed are always available.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dnn.errors import InvalidSetting, Problem, shown
from dnn.experiment import Experiment
from dnn.experiment.links import WORDS as SETTINGS
from dnn.messages import Message

WORDS = ("title", "task", "show", "lock", "play")  # words of the address
YES = "yes"  # the only value of the word "play"
NONE = "none"  # value of "show" if no control is shown
LONGEST = {"title": 80, "task": 500}  # characters

# the labels of the controls, by part of the page
CONTROLS: dict[str, dict[str, str]] = {
    "Data": {
        "data": "Data set",
        "samples": "Samples",
        "seed": "Seed",
        "test_share": "Test share",
        "validation_share": "Validation share",
        "standardize": "Standardise",
        "standardize_target": "Standardise the target",
        "class_balance": "Class balance",
        "label_noise": "Label noise",
        "features": "Features",
        "weights": "Weight of the examples",
    },
    "Network": {
        "layers": "Hidden layers",
        "activation": "Activation",
        "initializer": "Initialiser",
        "bias_initializer": "Bias initialiser",
        "edit": "Weights in the diagram",
    },
    "Training": {
        "learning_rate": "Learning rate",
        "optimizer": "Optimiser",
        "batch_size": "Batch size",
        "schedule": "Schedule",
        "l1": "L1",
        "l2": "L2",
        "dropout": "Dropout",
        "clip_norm": "Clip the gradient",
        "patience": "Early stopping",
        "loss": "Loss",
        "dtype": "Precision",
    },
    "Page": {
        "draw": "New weights",
        "keep": "Keep and compare",
        "presets": "Presets",
        "share": "Share",
        "take": "Take it with you",
    },
}
NAMES = {control: name for group in CONTROLS.values() for control, name in group.items()}
PART_OF = {"min_improvement": "patience"}  # settings that belong to another setting's control

# widgets with other names than their control
WIDGETS = PART_OF | {
    "dataset": "data",
    "formulas": "features",
    "activation_by_layer": "activation",
    "dropout_by_layer": "dropout",
    "clip": "clip_norm",
    "early_stopping": "patience",
}
# Settings that may depend on others: one value per layer, a loss for the task, inputs for the data.
FOLLOWERS = ("features", "activation", "dropout", "loss")


@dataclass(frozen=True)
class Plan:
    """The plan of a teacher's link. ``shown`` is None if every control is shown."""

    shown: frozenset[str] | None = None
    locked: frozenset[str] = frozenset()
    title: str = ""
    task: str = ""
    plays: bool = False  # whether the page starts immediately

    @property
    def waits(self) -> bool:
        """Whether the page waits for *Play*: true for a teacher's link without ``play=yes``."""
        return self != Plan() and not self.plays

    def shows(self, control: str) -> bool:
        """Whether pupils see the control."""
        return self.shown is None or control in self.shown

    def allows(self, control: str) -> bool:
        """Whether pupils can change the control's setting."""
        return self.shows(control) and control not in self.locked

    def permits(self, before: Experiment, after: Experiment) -> bool:
        """Whether pupils can go from ``before`` to ``after``: no locked setting differs."""
        return self.with_locked_settings(before, after) == after

    def with_locked_settings(
        self, before: Experiment, after: Experiment, fits: Callable[[Experiment], Experiment] = lambda each: each
    ) -> Experiment:
        """Return ``after`` with the locked settings of ``before``.

        ``fits`` raises InvalidSetting for an invalid experiment. If the settings do not fit together, those of
        :data:`FOLLOWERS` may change; if that does not help, ``before`` is returned.
        """
        fixed = [word for word in SETTINGS if not self.allows(PART_OF.get(word, word))]
        free = [word for word in FOLLOWERS if word in fixed]
        for words in (fixed, [word for word in fixed if word not in free]):
            try:
                return fits(_with(after, before, words))
            except InvalidSetting:
                continue
        return before


def control_of(widget: str) -> str:
    """Return the control of a widget by the widget's key: ``activation.2.slope`` to ``activation``."""
    head = widget.partition(".")[0]
    return WIDGETS.get(head, head)


def read(query: Mapping[str, str]) -> tuple[Plan, tuple[Problem, ...]]:
    """Return the plan in an address and a Problem for each word that cannot be read."""
    problems: list[Problem] = []
    texts = {}
    for word, longest in LONGEST.items():
        text = query.get(word, "").strip()
        if len(text) > longest:
            length = Message("a text of {count} characters", count=len(text))
            problems.append(Problem(word, length, Message("it may have {most} at most", most=longest)))
            text = ""
        texts[word] = text
    shown_controls = _controls("show", query, problems) if "show" in query else None
    plays = query.get("play", "")
    if plays not in ("", YES):
        problems.append(Problem("play", shown(plays), Message("it may be {yes} only", yes=YES)))
    return Plan(shown_controls, _controls("lock", query, problems), **texts, plays=plays == YES), tuple(problems)


def words(plan: Plan) -> dict[str, str]:
    """Convert ``plan`` to words of an address, the inverse of :func:`read`."""
    values = {"title": plan.title, "task": plan.task, "lock": _join_names(plan.locked)}
    if plan.plays:
        values["play"] = YES
    if plan.shown is not None:
        values["show"] = _join_names(plan.shown) or NONE
    return {word: values[word] for word in WORDS if values.get(word)}


def _controls(word: str, query: Mapping[str, str], problems: list[Problem]) -> frozenset[str]:
    names = {name.strip() for name in query.get(word, "").split(",")} - {"", NONE}
    if unknown_names := sorted(names - NAMES.keys()):
        given = shown(", ".join(unknown_names))
        problems.append(Problem(word, given, Message("the controls are called {names}", names=", ".join(NAMES))))
    return frozenset(names & NAMES.keys())


def _join_names(controls: frozenset[str]) -> str:
    return ",".join(control for control in NAMES if control in controls)


def _with(experiment: Experiment, other: Experiment, words: list[str]) -> Experiment:
    """Return ``experiment`` with these settings of ``other``."""
    plain, others = experiment.model_dump(), other.model_dump()
    for word in words:
        *way, last = SETTINGS[word]
        section: dict[str, Any] = plain
        source: dict[str, Any] = others
        for name in way:
            section, source = section[name], source[name]
        section[last] = source[last]
    return experiment if plain == experiment.model_dump() else Experiment.of(**plain)

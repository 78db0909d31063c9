"""The cells of a sweep: their settings, and the experiment with these settings or the reason why there is none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from dnn.components import Spec
from dnn.errors import InvalidSetting, UnknownSetting
from dnn.experiment import DataSpec, Experiment, NetworkSpec, TrainingSpec
from dnn.experiment.experiment import loss_problem
from dnn.sweeps.settings import SECTIONS, with_setting

MODELS: dict[str, type[Spec]] = {"data": DataSpec, "network": NetworkSpec, "training": TrainingSpec}


@dataclass(frozen=True)
class Cell:
    """One run of a sweep: its number, the value of each axis by name, its seed, and its experiment.

    Settings that do not fit each other make no experiment; ``problem`` then says why, and is empty otherwise.
    """

    index: int
    settings: dict[str, Any]
    seed: int
    experiment: Experiment | None
    problem: str = ""


class CellBuilder:
    """Builds experiments out of a ``base``; sections that several cells have in common are checked once."""

    def __init__(self, base: Experiment) -> None:
        self.base = base
        self._plain: dict[str, Any] = {}
        self._sections: dict[tuple[str, str], Spec | str] = {}

    def cell(self, index: int, settings: dict[str, Any], repetition: int) -> Cell:
        """Return the cell with these settings; ``repetition`` is added to the seed."""
        seed = settings.get("seed", self.base.seed)
        seed = seed + repetition if isinstance(seed, int) else seed
        changes: dict[str, dict[str, Any]] = {}
        single = {"seed": seed, "draw": settings.get("draw", self.base.draw)}
        for name, value in settings.items():
            section, _, path = name.partition(".")
            if path:
                changes.setdefault(section, {})[path] = value
        values: dict[str, Any] = dict(single)
        for section in SECTIONS:
            spec = self._section(section, changes[section]) if section in changes else getattr(self.base, section)
            if isinstance(spec, str):
                return Cell(index, settings, seed, None, spec)
            values[section] = spec
        try:
            experiment = Experiment.model_validate(values)
        except InvalidSetting as error:
            return Cell(index, settings, seed, None, error.message)
        loss, task = experiment.training.loss, experiment.data.dataset.task
        if loss is not None and task not in loss.tasks:
            return Cell(index, settings, seed, None, loss_problem(loss.kind, task).message)
        return Cell(index, settings, seed, experiment)

    def _section(self, section: str, changes: dict[str, Any]) -> Spec | str:
        """Return a section of the base with other values, or the message why they are not allowed."""
        key = section, json.dumps(changes, sort_keys=True)
        if key not in self._sections:
            self._sections[key] = self._new_section(section, changes)
        return self._sections[key]

    def _new_section(self, section: str, changes: dict[str, Any]) -> Spec | str:
        if section not in self._plain:
            self._plain[section] = getattr(self.base, section).model_dump(mode="json")
        plain = self._plain[section]
        for path in sorted(changes, key=lambda name: name.count(".")):  # a component before its parameters
            try:
                plain = with_setting(plain, path.split("."), changes[path])
            except LookupError as error:
                return UnknownSetting.of(str(error.args[0]), changes[path], f"{section}.{path}", ()).message
        try:
            return MODELS[section](**plain)
        except InvalidSetting as error:
            return error.message

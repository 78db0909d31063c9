"""What server and panel send each other is what ``contract.d.ts`` declares: no field more, no field less."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from dnn import Experiment, Run
from dnn.ui import live
from dnn.ui.live.ghost import Ghost
from dnn.ui.live.player import Player
from dnn.ui.session import panel_actions
from dnn.ui.visitor.class_plan import Plan
from tests.declarations import Declarations
from tests.ui.live.frames import received

FILE = Path(live.__file__).with_name("contract.d.ts")
CONTRACT = Declarations(FILE)

RUNS: dict[str, dict[str, Any]] = {
    "two classes": {"data": {"dataset": "moons", "samples": 40}},
    "several classes": {"data": {"dataset": "blobs", "samples": 60}},
    "numbers": {"data": {"dataset": "sine", "samples": 40}},
    "a plane of numbers": {"data": {"dataset": "plane", "samples": 40}},
    "a schedule": {
        "data": {"samples": 40, "features": ["x1", "x2", "x1*x2"]},
        "training": {"schedule": "exponential"},
    },
    "no test examples": {"data": {"samples": 20, "test_share": 0.0}, "training": {"batch_size": 5}},
    "a validation set": {"data": {"samples": 40, "validation_share": 0.3}},
    "equal units": {"data": {"samples": 40}, "network": {"initializer": "zeros"}},
    "dead units": {
        "data": {"samples": 40},
        "network": {"activation": "relu", "bias_initializer": {"kind": "constant", "value": -9.0}},
    },
}


@cache
def frames_of(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(frames(RUNS[name]))


def frames(settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Frames as the browser gets them: of a fresh run and a trained one, with a unit large, and with a number held.

    The tab for health is open from the second on; from the third on an example is followed, and there is a ghost.
    """
    player = Player(Experiment.of(**settings), playing=False)
    player.findings.allowed = Plan().permits
    scene, unit = -1, None
    for step in (None, player.step, player.step_batch, None, None):
        if step is not None:
            step()
        message, scene = player.picture(scene, unit)
        yield received(message)
        unit = sum(player.run.params.sizes) - 1
        assert player.request("health on")
        if step is not None:
            player.restore(frozen(player.run))
            player.request("edges gradient")
            player.request("steps 3")
            player.request("keep")
            player.show_ghost(Ghost(player.newest, "Before"))


def frozen(run: Run) -> Run:
    """The run with a number that training leaves alone."""
    sizes = list(run.params.sizes)
    action = panel_actions.Number(do="number", number=1, sizes=sizes, place=0, value=0.5, frozen=True)
    changed = panel_actions.with_number(run, action)
    assert changed is not None
    return changed


@pytest.mark.parametrize("name", RUNS)
def test_every_frame_is_as_declared(name: str) -> None:
    for frame in frames_of(name):
        assert CONTRACT.problems(frame, "Frame") == []


def test_every_field_that_may_come_does_come_and_may_be_lacking() -> None:
    """A field that is declared but never sent would be read for nothing."""
    declared = Declarations(FILE)
    for name in RUNS:
        for frame in frames_of(name):
            assert declared.problems(frame, "Frame") == []
    used = {name.partition(".")[0] for name in declared.present}
    assert {"Frame", "Header", "Scene", "Chart", "Classification", "Regression", "ViewText", "Health", "Ghost"} <= used
    assert declared.present == {f"{kind}.{name}" for kind in used for name in declared.fields[kind]}
    assert declared.absent == declared.optional


NAMES = {"Number": "NumberEdit", "DrawnPlane": "PlaneView"}  # called otherwise where `Number` is JavaScript's own


def members(kind: Any) -> Iterator[Any]:
    """The actions of a union of unions."""
    for each in get_args(kind):
        yield from members(each) if get_args(each) else [each]


def test_the_actions_are_those_that_are_declared() -> None:
    found = {NAMES.get(each.__name__, each.__name__): each.model_fields for each in members(panel_actions.Action)}
    assert {name.strip() for name in CONTRACT.aliases["Action"].split("|")} == found.keys()
    for name, fields in found.items():
        assert fields.keys() == CONTRACT.fields[name].keys() | {"number"}  # which `Sent` adds
        assert all(field.is_required() for field in fields.values())
    assert panel_actions.DrawnPlane.model_fields.keys() == CONTRACT.fields["PlaneView"].keys()


VIEW = {"across": 0, "up": 1, "components": False, "held": [0.5, 1]}
SENT: list[tuple[str, dict[str, Any]]] = [
    ("Layers", {"do": "layers", "by": -1}),
    ("Units", {"do": "units", "layer": 0, "by": 1}),
    ("Input", {"do": "input", "text": "x1*x2", "on": True}),
    ("NumberEdit", {"do": "number", "sizes": [2, 3, 1], "place": 4, "value": None, "frozen": True}),
    ("NumberEdit", {"do": "number", "sizes": [2, 3, 1], "place": 4, "value": -0.5, "frozen": False}),
    ("Points", {"do": "points", "stroke": 7, "plane": VIEW, "at": [[0.5, 1.0]], "target": 1.0}),
    ("Erase", {"do": "erase", "stroke": 7, "plane": VIEW, "at": [[0.5, 1.0]], "radius": [0.1, 0.2]}),
    ("Clear", {"do": "clear", "stroke": 7, "plane": VIEW}),
    ("Cure", {"do": "cure", "rule": "vanishing"}),
]


@pytest.mark.parametrize(("name", "action"), SENT)
def test_an_action_as_declared_is_read(name: str, action: dict[str, Any]) -> None:
    assert CONTRACT.problems(action, name) == []
    (read,) = panel_actions.read([{**action, "number": 3}])
    assert TypeAdapter(type(read)).dump_python(read) == {**action, "number": 3}

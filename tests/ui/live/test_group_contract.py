"""What the server sends of many runs is what ``group_contract.d.ts`` declares: no field more, no field less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dnn import Experiment
from dnn.ui import live
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.group_arrays import NUMBERS
from tests.declarations import Declarations
from tests.ui.live.frames import received

FOLDER = Path(live.__file__).parent
FILE = FOLDER / "group_contract.d.ts"
STARTS = (
    Experiment.of(data={"dataset": "moons", "samples": 40}),
    Experiment.of(data={"dataset": "blobs", "samples": 60}),
    Experiment.of(data={"dataset": "sine", "samples": 40}, network={"hidden_layer_sizes": [3]}),
    None,
)


def frames(**options: bool) -> Iterator[dict[str, Any]]:
    player = GroupPlayer(STARTS, playing=False, **options)
    scene, part = -1, None
    for _ in range(3):
        message, scene = player.picture(scene, part)
        yield received(message)
        part = 1
        player.step()


def test_every_frame_is_as_declared_and_every_field_comes_and_may_be_lacking() -> None:
    declared = Declarations(FOLDER / "contract.d.ts", FILE)
    for options in ({}, {"weights": True, "costs": True}):
        for frame in frames(**options):
            assert declared.problems(frame, "GroupFrame") == []
    own = Declarations(FILE).fields
    assert {"GroupFrame", "GroupHeader", "GroupScene", "GroupCell", "GroupPlane"} == own.keys()
    expected = {f"{kind}.{name}" for kind, fields in own.items() for name in fields}
    assert expected == {name for name in declared.present if name.partition(".")[0] in own}
    optional = {name for name in declared.optional if name.partition(".")[0] in own}
    assert optional == {name for name in declared.absent if name.partition(".")[0] in own}


def test_the_numbers_come_in_the_order_that_is_declared() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert f"/** (cells, 7): {', '.join(NUMBERS).replace('_', ' ')};" in text

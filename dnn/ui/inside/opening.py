"""Open the page Inside one step from the diagram: with the same example, at the same step."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from dnn.components import Spec
from dnn.messages import Message
from dnn.training.run import Run
from dnn.ui import session
from dnn.ui.inside.steps import STOP
from dnn.ui.visitor import store

FIRST, COUNT, VIEW = "inside.first", "inside.count", "inside.view"  # keys of the page's widgets
VIEWS = (Message("Step by step"), Message("One weight"), Message("Gradient check"))


class Place(Spec):
    """A training example, counted from 0, and the id of a step of the walk-through."""

    model_config = ConfigDict(strict=True)

    row: Annotated[int, Field(ge=0)]
    stop: Annotated[str, Field(pattern=r"^[a-z_]{1,8}\d{0,3}$")]


_place = TypeAdapter(Place)


def go_to(place: object, run: Run | None = None) -> bool:
    """Make the page show ``place``, which a browser sent; return whether it is a valid place.

    The page shows the playground's run; a ``run`` of another page becomes that, and undo takes it back.
    """
    try:
        found = _place.validate_python(place)
    except ValidationError:
        return False
    if run is not None:
        if session.experiment() is None:  # nobody has been in the playground
            session.open(run.experiment)
        session.player().play(False)
        session.open_run(run)
    store.put({FIRST: found.row + 1, COUNT: 1, VIEW: VIEWS[0], STOP: found.stop})
    return True

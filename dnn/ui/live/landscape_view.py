"""What of a landscape is shown: along which directions, how it is drawn, and which cost."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from dnn.plots.contours import Which

Directions = Literal["pca", "random"]
Form = Literal["contours", "surface"]

REQUEST = re.compile(
    r"draw (?P<directions>pca|random) (?P<seed>\d{1,6}) (?P<form>contours|surface) (?P<cost>train|test|total)", re.ASCII
)


@dataclass(frozen=True)
class LandscapeView:
    """``seed`` draws the random directions."""

    directions: Directions = "pca"
    seed: int = 0
    form: Form = "contours"
    cost: Which = "train"

    @classmethod
    def requested(cls, words: str) -> LandscapeView | None:
        """The view that a browser asks for with ``draw random 3 surface test``; None where it asks for nothing such."""
        found = REQUEST.fullmatch(words)
        if found is None:
            return None
        directions, form = cast(Directions, found["directions"]), cast(Form, found["form"])
        return cls(directions, int(found["seed"]), form, cast(Which, found["cost"]))

    def as_dict(self) -> dict[str, Any]:
        """Its fields, for JSON."""
        return asdict(self)

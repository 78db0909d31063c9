"""What stays of a trainability map while its next level is computed: axes, colours, and the picture so far."""

from __future__ import annotations

import itertools
import json

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.messages import Message
from dnn.plots.theme import Theme
from dnn.plots.ticks import LogAxis
from dnn.plots.trainability import Shading, palette, trainability_words
from dnn.sweeps.trainability import TrainabilityMap
from dnn.ui.catalogue import translated

_numbers = itertools.count(1)


class MapScene:
    """The picture (side, side) with these ``values``, in one appearance and language; side 0: nothing computed yet.

    ``number`` tells one window from another. Later pixels get the shades that their values would have had in it.
    """

    def __init__(self, number: int, window: TrainabilityMap, values: Array, theme: Theme, language: str) -> None:
        self.id = next(_numbers)
        self.shading = Shading.of(values)
        self._parts = {"palette": palette(theme), "pixels": self.shading.shades(values)}
        self._says = {
            "id": self.id,
            "window": number,
            "side": len(values),
            "rates": window.learning_rates,
            "scales": window.scales,
            "across": _axis(window.learning_rates, Message("learning rate"), language),
            "up": _axis(window.scales, Message("scale of the starting weights"), language),
            "alt": translated(trainability_words(window, values), language),
        }

    def parts(self) -> dict[str, npt.NDArray[np.uint8]]:
        """The arrays of a frame that shows this scene for the first time."""
        text = json.dumps(self._says).encode()
        return {"scene": np.frombuffer(text, np.uint8), **self._parts}


def _axis(ends: tuple[float, float], title: str, language: str) -> dict[str, object]:
    axis = LogAxis.of(ends)
    return {"title": axis.titled(translated(title, language)), "ticks": axis.ticks}

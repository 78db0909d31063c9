"""The colours of many small pictures: 256 for the answers of a network, and some for the targets of its examples."""

from __future__ import annotations

import numpy as np

from dnn.components import Array
from dnn.plots.theme import Theme

COLORS = 256


def palette(theme: Theme, classes: int) -> np.ndarray:
    """The colours of a map, uint8 (256, 3).

    For one output (``classes`` below 3) the ramp from 0 to 1; else for each class the shades from undecided to certain.
    """
    if classes < 3:
        return theme.ramp_colors
    count, paper = COLORS // classes, _rgb(theme.ramp[1])
    share = np.linspace(0.0, 1.0, count)[:, None]
    colors = [paper + share * (_rgb(theme.soft(color)) - paper) for color in theme.of_classes(classes)]
    rows = np.concatenate([*colors, np.tile(paper, (COLORS - count * classes, 1))])
    return np.asarray(np.rint(rows), np.uint8)


def shades(theme: Theme, count: int) -> list[str]:
    """Colours from the least target to the largest, stronger than those of the map under them."""
    stops = np.stack([_rgb(color) for color in (theme.classes[0], theme.ramp[1], theme.classes[1])])
    places = np.linspace(0.0, 2.0, count)
    channels = np.rint([np.interp(places, [0.0, 1.0, 2.0], channel) for channel in stops.T]).astype(int)
    return [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in channels.T]


def _rgb(color: str) -> Array:
    return np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)], np.float64)

"""How many points the field of a scene has on a side: fewer for large networks and where many play."""

from __future__ import annotations

import numpy as np

SIDES = ((32, 100), (160, 80), (np.inf, 60))  # (units at most, points on a side), to keep frames quick
LARGE = SIDES[-2][0]  # units, above which the pictures of a network take long
CROWD = 32  # players, above which every new scene is as coarse as those of large networks; a class of 30 is fine


def field_side(units: int, *, in_crowd: bool = False) -> int:
    """Points on a side of the field for a network of ``units`` units."""
    return SIDES[-1][1] if in_crowd else next(side for most, side in SIDES if units <= most)

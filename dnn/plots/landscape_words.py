"""A landscape in words, for those who do not see the picture."""

from __future__ import annotations

import numpy as np

from dnn.analysis.landscape import Landscape
from dnn.messages import Message
from dnn.plots.contours import NAMES, Which

NO_NUMBER = Message("no finite number")


def landscape_words(landscape: Landscape, cost: Which = "train") -> tuple[Message, ...]:
    """The cost in the middle, the lowest one on the plane and where it is, and the plane's share of the variance."""
    costs = getattr(landscape.costs, cost)
    middle = float(costs[len(costs) // 2, len(costs) // 2])
    words = [Message("Here: {name} {cost}.", name=NAMES[cost], cost=_number(middle))]
    if np.isfinite(costs).any():
        row, column = np.unravel_index(np.nanargmin(np.where(np.isfinite(costs), costs, np.nan)), costs.shape)
        words.append(
            Message(
                "The lowest on this plane is {cost}, at {across} across and {up} up.",
                cost=_number(float(costs[row, column])),
                across=f"{landscape.across[column]:.3g}",
                up=f"{landscape.up[row]:.3g}",
            )
        )
    if np.isfinite(landscape.share):
        words.append(Message("The plane holds {share} of the variance of the path.", share=f"{landscape.share:.0%}"))
    return tuple(words)


def _number(value: float) -> str:
    return f"{value:.4g}" if np.isfinite(value) else NO_NUMBER

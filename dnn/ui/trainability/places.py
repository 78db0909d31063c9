"""Interesting places of the map, for visitors who have not found any yet."""

from __future__ import annotations

from dnn.messages import Message
from dnn.sweeps.trainability import MAPS, TrainabilityMap


def _place(
    name: str, rates: tuple[float, float], scales: tuple[float, float], draw: int = 0
) -> tuple[TrainabilityMap, TrainabilityMap]:
    whole = MAPS[name]
    whole = whole.model_copy(update={"base": whole.base.model_copy(update={"draw": draw})})
    return whole, whole.model_copy(update={"learning_rates": rates, "scales": scales})


# what each is called, and the whole map that it is of with the part of it
PLACES: dict[Message, tuple[TrainabilityMap, TrainabilityMap]] = {
    Message("Bay"): _place("tanh", (0.87, 1.54), (0.55, 0.9)),
    Message("Peaks"): _place("tanh", (1.165, 1.208), (0.81, 0.8355)),
    Message("Dust"): _place("tanh", (0.21, 0.63), (7.7, 20.0)),
    Message("Threads"): _place("tanh", (1.54, 1.78), (0.413, 0.468), draw=2),
    Message("Stripes"): _place("relu", (0.0626, 0.0723), (5.9, 6.69)),
}

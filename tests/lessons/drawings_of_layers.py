"""What the library computes of the drawings of lessons 4 to 6, for ``drawing_table``."""

from collections.abc import Callable, Mapping
from typing import Any

from dnn.mistakes.shapes import examine

Numbers = Mapping[str, float | list[float]]
VALUES: dict[str, list[dict[str, float]]] = {
    "halves": [{"half": k, "examples": m, "before": 5, "units": n} for k, m, n in ((0, 240, 3), (2, 7, 4), (3, 1, 12))],
}


def _halves(_: dict[str, Any], values: dict[str, float]) -> Numbers:
    sizes = (2, int(values["before"]), int(values["units"]), 1)
    names = ("A1", "W2", "b2", "Z2", "A2", "dA2", "dZ2", "dW2", "db2", "dA1")
    phases = ("given", "forward", "backward")
    lines = [line for line in examine(sizes, int(values["examples"])).lines if line.phase in phases]
    return {line.target: list(line.value.shape) for line in lines if line.target in names and line.value is not None}


NUMBERS: dict[str, Callable[[dict[str, Any], dict[str, float]], Numbers]] = {"halves": _halves}

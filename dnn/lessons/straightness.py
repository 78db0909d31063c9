"""How straight the boundary of a run is, and whether it is closed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from dnn.components import Array
from dnn.training.run import Run

SIDE = 41  # points on a side of the grid that looks at the boundary
DIRECTIONS = 90  # of straight lines that are compared with the boundary
EDGE = 200  # points on a side of the plane's edge
HALVINGS = 45  # of the distance between two points of that grid, to find the boundary between them


def misfit_of_best_line(run: Run) -> float:
    """How far the boundary is from a straight line: the share of the plane that the best line would colour otherwise.

    0 for a boundary that is a straight line, and for one answer everywhere.
    """
    return misfit_of(lambda points: run.predict_proba(points)[:, 1], run.data.points)


def misfit_of(predict: Callable[[Array], Array], examples: Array) -> float:
    """As :func:`misfit_of_best_line`, of P(class 1) of points (k, 2), in the rectangle around ``examples`` (m, 2)."""

    def answer(points: Array) -> npt.NDArray[np.bool]:
        return predict(points) > 0.5

    low, high = examples.min(axis=0), examples.max(axis=0)
    axes = [np.linspace(low[axis], high[axis], SIDE) for axis in (0, 1)]
    grid = np.stack(np.meshgrid(*axes), axis=-1)
    answers = answer(grid.reshape(-1, 2)).reshape(SIDE, SIDE)
    if answers.all() or not answers.any():
        return 0.0
    return min(_misfit_of_crossings(answer, grid, answers), _misfit_of_directions(grid, answers))


def meets_edge(run: Run) -> float:
    """In how many places the boundary meets the edge of the plane: 2 for a straight line, 0 for a closed curve."""
    low, high = run.data.points.min(axis=0), run.data.points.max(axis=0)
    share = np.linspace(0.0, 1.0, EDGE, endpoint=False)[:, None]
    corners = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]])
    around = np.concatenate([a + share * (b - a) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)])
    answers = _answers(run, around)
    return float(np.sum(answers != np.roll(answers, 1)))


def _answers(run: Run, points: Array) -> npt.NDArray[np.bool]:
    answers: npt.NDArray[np.bool] = run.predict_proba(points)[:, 1] > 0.5
    return answers


def _misfit_of_crossings(
    answer: Callable[[Array], npt.NDArray[np.bool]], grid: Array, answers: npt.NDArray[np.bool]
) -> float:
    """The misfit of the line through the places where the answer changes between two neighbours of the grid.

    Bisection finds the places to the last digits, so that a straight boundary has a misfit of exactly 0.
    """
    across, up = answers[:, 1:] != answers[:, :-1], answers[1:] != answers[:-1]
    start = np.concatenate([grid[:, :-1][across], grid[:-1][up]])
    end = np.concatenate([grid[:, 1:][across], grid[1:][up]])
    before = np.concatenate([answers[:, :-1][across], answers[:-1][up]])
    for _ in range(HALVINGS):
        middle = (start + end) / 2
        same = (answer(middle) == before)[:, None]
        start, end = np.where(same, middle, start), np.where(same, end, middle)
    center = end.mean(axis=0)
    normal = np.linalg.svd(end - center)[2][-1]  # the direction in which the places vary least
    wrong = float(np.mean(((grid - center) @ normal > 0) != answers))
    return min(wrong, 1.0 - wrong)


def _misfit_of_directions(grid: Array, answers: npt.NDArray[np.bool]) -> float:
    """The least misfit of the lines in ``DIRECTIONS`` directions, each at its best place."""
    angles = np.linspace(0.0, np.pi, DIRECTIONS, endpoint=False)
    order = np.argsort(grid.reshape(-1, 2) @ np.stack([np.cos(angles), np.sin(angles)]), axis=0)
    ones_before = np.cumsum(answers.ravel()[order], axis=0)  # of class 1 on the near side of each place
    near = np.arange(1, len(order) + 1)[:, None]
    wrong = (ones_before + (len(order) - near) - (ones_before[-1] - ones_before)) / len(order)
    return float(min(wrong.min(), (1.0 - wrong).min()))

"""The landscape that a run descends: the cost over a plane through its present weights, and its path on that plane.

A network with P numbers lives in P dimensions, and a picture shows two of them. So the landscape tells how much of the
path its plane holds, how far from the plane each point of the path lies, and the true cost of each point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from dnn.analysis.costs_at import Costs, costs_at
from dnn.analysis.path import Path
from dnn.analysis.weight_plane import WeightPlane, principal_components, random_direction
from dnn.components import Array
from dnn.errors import InvalidData, InvalidParams
from dnn.messages import Message
from dnn.random_streams import DIRECTIONS, generator
from dnn.training.run import Run

SIDE, COARSE = 51, 11  # points on a side of the grid, and of one that is there at once
MARGIN = 1.2  # how far the grid reaches, as a multiple of how far the path does
NARROWEST = 0.25  # the shorter side of the grid as a share of the longer one, at least
LITTLE = 0.8  # a smaller share of the variance is worth a note


@dataclass(frozen=True, eq=False)
class ProjectedPath:
    """A path as the plane shows it: ``epochs`` (k,), and ``places`` (k, 2) in the plane nearest to its points.

    The points themselves have ``distances`` (k,) from the plane, and the true ``costs`` (k,).
    """

    epochs: Array
    places: Array
    distances: Array
    costs: Costs


@dataclass(frozen=True, eq=False)
class Landscape:
    """The cost of ``run`` over ``plane``: ``costs`` (n, n), row i at ``up[i]``, column j at ``across[j]``, (n,) each.

    The present weights are at (0, 0), the middle of the grid. ``share`` is the part, from 0 to 1, of the variance of
    all paths that the plane holds, ``shares`` (2,) that of each principal component; NaN where it has no meaning.
    ``kind`` says what the directions are, ``paths`` begins with that of the run, ``notes`` say what the picture hides.
    """

    run: Run
    plane: WeightPlane
    kind: Literal["pca", "random", "chosen"]
    across: Array
    up: Array
    costs: Costs
    paths: tuple[ProjectedPath, ...]
    share: float
    shares: Array
    notes: tuple[Message, ...]

    def refined(self, side: int = SIDE, dtype: npt.DTypeLike = np.float32) -> Landscape:
        """The same at ``side`` × ``side`` points: a coarse picture comes first, a finer one when there is time.

        Raises ValueError where ``side`` is not odd, or less than 3.
        """
        return replace(self, **_grid(self.run, self.plane, (self.across[-1], self.up[-1]), side, dtype))


def landscape(
    run: Run,
    directions: Literal["pca", "random"] | tuple[Array, Array] = "pca",
    *,
    path: Path | Sequence[Run] | None = None,
    others: Sequence[Run | Path] = (),
    seed: int = 0,
    like: WeightPlane | None = None,
    side: int = SIDE,
    extent: float | tuple[float, float] | None = None,
    dtype: npt.DTypeLike = np.float32,
    pause: Callable[[], object] | None = None,
) -> Landscape:
    """The cost of ``run`` around its present weights, at ``side`` × ``side`` points, and its path.

    ``directions`` are the first two principal components of the path, or "random" ones scaled to the weights of each
    unit (Li et al. 2018), the same for the same ``seed``; or two vectors (P,). Principal components point the way of
    the directions of ``like``, so that one picture after another is not turned over. ``path`` is a Path or a list of
    earlier runs; without it the run is trained again from its start. ``others`` are runs of the same network whose
    paths lie in the same plane. The grid reaches from -``extent`` to ``extent`` in units of the directions' lengths,
    one number or one for each; by default it holds all paths. Its costs are computed in ``dtype``, or in float64
    where that does not hold the cost of ``run``; those of paths in float64. ``pause`` is called between two parts of
    the work.

    Raises ValueError where principal components are asked for and the run was changed on its way, where another run has
    another network, and where ``side`` is not odd, or less than 3; InvalidParams for directions that are not of the
    network or do not span a plane; InvalidData without training examples.
    """
    if not run.data.n_train:
        raise InvalidData("there are no training examples; a landscape needs one at least")
    own_path = _own_path(run, path, needed=directions == "pca")
    paths = [own_path or Path.of(run), *_other_paths(run, others)]
    vectors = np.concatenate([each.vectors for each in paths])
    plane, kind, shares = _plane(run, vectors, directions, seed)
    if kind == "pca" and like is not None and like.directions.shape == plane.directions.shape:
        plane = plane.turned_like(like)
    share = plane.share(vectors)
    notes = [] if own_path else [NO_PATH]
    notes += [NO_DIRECTION] if kind != directions == "pca" else []
    return Landscape(
        run=run,
        plane=plane,
        kind=kind,
        paths=tuple(_projected(run, plane, each) for each in paths),
        share=share,
        shares=shares,
        notes=(*notes, *_notes(run, kind, share, paths[1:])),
        **_grid(run, plane, _extent(plane.places(vectors), kind) if extent is None else extent, side, dtype, pause),
    )


def _own_path(run: Run, path: Path | Sequence[Run] | None, *, needed: bool) -> Path | None:
    """The path of ``run``; None where training again does not lead to it and the path is not ``needed``."""
    if path is None:
        try:
            return Path.trained_again(run)
        except ValueError:
            if needed:
                raise
            return None
    own_path = path if isinstance(path, Path) else Path.of(run, path)
    if not np.array_equal(own_path.vectors[-1], run.params.vector):
        raise ValueError("the path does not end at the weights of the run")
    return own_path


def _other_paths(run: Run, others: Sequence[Run | Path]) -> Iterator[Path]:
    for other in others:
        other_run = other.run if isinstance(other, Path) else other
        if (other_run.params.sizes, other_run.network) != (run.params.sizes, run.network):
            raise ValueError("another run has other layers, activations or loss; one plane cannot hold both")
        yield other if isinstance(other, Path) else Path.trained_again(other)


def _plane(
    run: Run, vectors: Array, directions: Literal["pca", "random"] | tuple[Array, Array], seed: int
) -> tuple[WeightPlane, Literal["pca", "random", "chosen"], Array]:
    """The plane, what its directions are, and the share of the variance of each principal component."""
    center, unknown = run.params.vector.astype(np.float64), np.full(2, np.nan)
    if isinstance(directions, tuple):
        fit = [np.shape(each) for each in directions] == [center.shape] * 2
        chosen = np.array(directions if fit else np.zeros((2, 1)), np.float64)
        if not np.isfinite(chosen).all() or np.linalg.matrix_rank(chosen) < 2:
            raise InvalidParams(f"directions must be two different vectors of {center.size} finite numbers")
        return WeightPlane(center, chosen), "chosen", unknown
    if directions == "pca":
        components, shares = principal_components(vectors)
        if len(components) == 2:
            return WeightPlane(center, components), "pca", shares
    free = None if run.frozen is None else 1.0 - run.frozen
    drawn = [random_direction(run.params, generator(seed, DIRECTIONS, number), free) for number in (0, 1)]
    return WeightPlane(center, np.stack(drawn)), "random", unknown


def _projected(run: Run, plane: WeightPlane, path: Path) -> ProjectedPath:
    vectors = path.vectors
    return ProjectedPath(path.epochs, plane.places(vectors), plane.distances(vectors), costs_at(run, vectors))


def _extent(places: Array, kind: str) -> Array:
    """How far the grid reaches by default: beyond all ``places`` (k, 2), and along random directions to 1 at least."""
    farthest: Array = MARGIN * np.abs(places).max(axis=0)
    least = NARROWEST * farthest.max() if kind == "pca" else 1.0
    reached: Array = np.maximum(farthest, least)
    return reached


def _grid(
    run: Run,
    plane: WeightPlane,
    extent: float | tuple[float, float] | Array,
    side: int,
    dtype: npt.DTypeLike,
    pause: Callable[[], object] | None = None,
) -> dict[str, Any]:
    """The fields of a landscape that depend on its number of points."""
    if side < 3 or side % 2 == 0:
        raise ValueError(f"side is {side}; it must be odd, for the present weights in the middle, and 3 or more")
    reach = np.broadcast_to(np.asarray(extent, np.float64), 2)
    if not (np.isfinite(reach).all() and (reach > 0.0).all()):
        raise ValueError(f"extent is {extent}; it must be positive")
    steps = np.arange(side) / (side // 2) - 1.0  # 0 in the middle
    across, up = reach[:, None] * steps
    places = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    costs = costs_at(run, points := plane.points(places), dtype, pause)
    if not np.isfinite(costs.train[len(places) // 2]):  # a run that diverges: double precision may hold its cost
        costs = costs_at(run, points, np.float64, pause)
    return {"across": across, "up": up, "costs": costs.reshaped(side, side)}


# What a picture hides. A random walk is worth its note: Antognini and Sohl-Dickstein 2018, PCA of high dimensional
# random walks with comparison to neural network training.
RANDOM_WALK = Message(
    "A random walk looks smooth, too, in the plane of its own principal components. In many dimensions that plane "
    "holds 76 % of its variance. So a smooth path alone proves nothing."
)
TOGETHER = Message(
    "Several runs share this plane. It is one cut through all that lies between them: on another way from one to the "
    "other there may be no ridge."
)
OTHER_EXAMPLES = Message("The runs have different examples. All costs are those of the first run's examples.")
PENALTIES = Message("Training makes the sum of cost and penalties smaller, so the cost alone may rise along the path.")
NO_PATH = Message("The run was changed on its way. Its present weights are shown, and not its path.")
NO_DIRECTION = Message(
    "The path does not spread in two directions yet. Random directions take the place of its principal components."
)


def _notes(run: Run, kind: str, share: float, others: Sequence[Path]) -> Iterator[Message]:
    if share < LITTLE:
        yield Message(
            "The plane holds {share} of the variance of the path. The rest of the way lies outside the picture.",
            share=f"{share:.0%}",
        )
    if kind == "pca":
        yield RANDOM_WALK
    if others:
        yield TOGETHER
    if not all(_same_examples(run, other.run) for other in others):
        yield OTHER_EXAMPLES
    if run.experiment.training.l1 or run.experiment.training.l2:
        yield PENALTIES


def _same_examples(run: Run, other: Run) -> bool:
    data, others = run.data, other.data
    return data is others or (np.array_equal(data.X, others.X) and np.array_equal(data.y, others.y))

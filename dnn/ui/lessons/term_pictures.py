"""Small drawings for terms of the glossary: SVG images of the lessons' own runs and of the functions themselves."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from dnn.activations import Activation, LeakyReLU, ReLU, Sigmoid, Tanh
from dnn.components import Array
from dnn.lessons import LESSONS
from dnn.plots.theme import Theme
from dnn.schedules import Cosine
from dnn.training import advance, start
from dnn.training.run import Run

WIDTH, HEIGHT, MARGIN = 220.0, 110.0, 8.0  # pixels
SAMPLES = 81  # of a curve

Places = Sequence[tuple[float, float]]


@lru_cache(maxsize=64)
def picture(name: str, theme: Theme) -> str:
    """Return the drawing of this name as an SVG in a ``data:`` address."""
    size = f'width="{WIDTH:.0f}" height="{HEIGHT:.0f}" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}"'
    lines = f'stroke="{theme.ink}" stroke-width="2" stroke-linecap="round"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none" {lines}>{PICTURES[name](theme)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _boundary(theme: Theme) -> str:
    run = _run("one-neuron.1")
    points, labels = run.data.points, run.data.labels
    left, right, low, high = frame = _frame(points)
    ((weights, bias),) = run.params
    # z of the neuron at three places tells it everywhere: z = z0 + (zx - z0) x + (zy - z0) y
    z0, zx, zy = (run.data.transform(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])) @ weights + bias).ravel()
    where_undecided = [(x, -(z0 + (zx - z0) * x) / (zy - z0)) for x in np.linspace(left, right, 1001)]
    line = [(x, y) for x, y in where_undecided if low <= y <= high]
    return _points(points, labels, frame, theme) + _line([line[0], line[-1]], frame)


def _test_examples(theme: Theme) -> str:
    data = _run("overfitting.1", epochs=0).data
    frame, cut = _frame(data.points), data.n_train
    hollow = _points(data.points[cut:], data.labels[cut:], frame, theme, hollow=True)
    return hollow + _points(data.points[:cut], data.labels[:cut], frame, theme)


def _outlier(theme: Theme) -> str:
    data = _run("one-neuron.6", epochs=0).data
    return _points(data.points, data.labels, _frame(data.points), theme)


def _overfitting(theme: Theme) -> str:
    train, test = (_run("overfitting.2").history[name] for name in ("train_cost", "test_cost"))
    frame = (0.0, float(len(train) - 1), 0.0, float(max(train.max(), test.max())))
    return _axes(theme) + _line(list(enumerate(train)), frame) + _line(list(enumerate(test)), frame, dashed=True)


def _early_stopping(theme: Theme) -> str:
    costs = _run("overfitting.5").history["validation_cost"]
    frame = (0.0, float(len(costs) - 1), 0.0, float(costs.max()))
    best = int(costs.argmin())
    x, y = _place((best, float(costs[best])), frame)
    mark = f'<path d="M{x:.1f} {MARGIN}V{HEIGHT - MARGIN}" stroke="{theme.muted}" stroke-width="1.5"/>'
    return _axes(theme) + mark + _line(list(enumerate(costs)), frame, dashed=True) + _dot(x, y, theme.ink, 4.5)


def _hidden_layer(theme: Theme) -> str:
    columns = [[(x, HEIGHT * (k + 1) / (n + 1)) for k in range(n)] for x, n in ((30, 2), (110, 4), (190, 1))]
    edges = [(one, other) for here, there in pairwise(columns) for one in here for other in there]
    lines = "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for (a, b), (c, d) in edges)
    colors = (theme.muted, theme.classes[1], theme.ink)
    units = "".join(_dot(x, y, color, 8.0) for places, color in zip(columns, colors, strict=True) for x, y in places)
    return f'<path d="{lines}" stroke="{theme.muted}" stroke-width="1.2"/>{units}'


def _schedule(theme: Theme) -> str:
    epochs = np.linspace(0.0, 150.0, SAMPLES)
    shares = Cosine(epochs=150).share(epochs)
    return _axes(theme) + _line(list(zip(epochs, shares, strict=True)), (0.0, 150.0, 0.0, 1.05))


def _ravine(theme: Theme) -> str:
    """Ellipses of equal cost, and the way of plain descent: to and fro across, and slowly along."""
    across, along, rate = 1.0, 0.12, 1.75
    angle = np.linspace(0.0, 2.0 * np.pi, SAMPLES)
    frame = (-3.2, 3.2, -1.15, 1.15)
    rings = "".join(
        _line(
            list(zip(r * np.cos(angle) / along**0.5, r * np.sin(angle) / across**0.5, strict=True)), frame, thin=theme
        )
        for r in (0.25, 0.6, 1.0)
    )
    x, y, way = -2.6, 0.9, []
    for _ in range(12):
        way.append((x, y))
        x, y = x - rate * along * x, y - rate * across * y
    return rings + _line(way, frame)


def _saddle(theme: Theme) -> str:
    """Curves of equal cost of x² - y²: it rises to the left and right, and falls above and below."""
    along = np.linspace(-1.0, 1.0, SAMPLES)
    frame, curves = (-1.0, 1.0, -1.0, 1.0), []
    for height in (0.1, 0.35, 0.7):
        for sign in (-1.0, 1.0):
            up = [(float(sign * (height + y * y) ** 0.5), float(y)) for y in along if height + y * y <= 1.0]
            down = [(float(x), float(sign * (height + x * x) ** 0.5)) for x in along if height + x * x <= 1.0]
            curves += [_line(up, frame, thin=theme), _line(down, frame, thin=theme)]
    (x, y) = _place((0.0, 0.0), frame)
    return "".join(curves) + _dot(x, y, theme.ink, 4.5)


def _plateau(theme: Theme) -> str:
    cost = _run("valleys.6").history["train_cost"]
    return _axes(theme) + _line(list(enumerate(cost)), (0.0, float(len(cost) - 1), 0.0, 1.1 * float(cost.max())))


def _activation(activation: Activation) -> Callable[[Theme], str]:
    def draw(theme: Theme) -> str:
        z = np.linspace(-4.0, 4.0, SAMPLES)
        a = activation.value(z)
        low, high = (min(-0.2, 1.1 * float(a.min())), 1.1 * float(a.max()))
        frame = (-4.0, 4.0, low, high)
        (x, y), (left, _), (right, _) = (_place(place, frame) for place in ((0, 0), (-4, 0), (4, 0)))
        cross = f'<path d="M{left} {y:.1f}H{right}M{x:.1f} {MARGIN}V{HEIGHT - MARGIN}" {_thin(theme)}/>'
        return cross + _line(list(zip(z, a, strict=True)), frame)

    return draw


PICTURES: dict[str, Callable[[Theme], str]] = {
    "boundary": _boundary,
    "hidden layer": _hidden_layer,
    "test examples": _test_examples,
    "outlier": _outlier,
    "overfitting": _overfitting,
    "early stopping": _early_stopping,
    "schedule": _schedule,
    "ravine": _ravine,
    "saddle": _saddle,
    "plateau": _plateau,
    "sigmoid": _activation(Sigmoid()),
    "tanh": _activation(Tanh()),
    "relu": _activation(ReLU()),
    "leaky_relu": _activation(LeakyReLU()),
}


@lru_cache(maxsize=8)
def _run(name: str, epochs: int | None = None) -> Run:
    """The run of a step of a lesson, to where its text holds."""
    lesson, _, number = name.rpartition(".")
    step = LESSONS[lesson].steps[int(number) - 1]
    run = start(step.experiment)
    return advance(run, step.epochs if epochs is None else epochs)


def _frame(points: Array) -> tuple[float, float, float, float]:
    """Left, right, low and high of a plane that holds the points."""
    (left, low), (right, high) = points.min(axis=0), points.max(axis=0)
    return float(left), float(right), float(low), float(high)


def _place(point: tuple[float, float], frame: tuple[float, float, float, float]) -> tuple[float, float]:
    """Where a point lies in the drawing, in pixels."""
    left, right, low, high = frame
    x = MARGIN + (point[0] - left) / (right - left) * (WIDTH - 2 * MARGIN)
    y = HEIGHT - MARGIN - (point[1] - low) / (high - low) * (HEIGHT - 2 * MARGIN)
    return x, y


def _line(
    points: Places, frame: tuple[float, float, float, float], *, dashed: bool = False, thin: Theme | None = None
) -> str:
    way = "L".join("{:.1f} {:.1f}".format(*_place(point, frame)) for point in points)
    dashes = ' stroke-dasharray="2 5"' if dashed else ""
    return f'<path d="M{way}"{dashes} {_thin(thin) if thin else ""}/>'


def _points(
    points: Array, labels: Array, frame: tuple[float, float, float, float], theme: Theme, *, hollow: bool = False
) -> str:
    """A disc for each example of class 0, a square for each of class 1."""
    drawn = []
    for point, label in zip(points, labels, strict=True):
        x, y = _place((float(point[0]), float(point[1])), frame)
        color = theme.classes[int(label)]
        paint = f'fill="{theme.paper}" stroke="{color}"' if hollow else f'fill="{color}" stroke="none"'
        shape = _square(x, y) if label else f'circle cx="{x:.1f}" cy="{y:.1f}" r="2.6"'
        drawn.append(f'<{shape} {paint} stroke-width="1.2"/>')
    return "".join(drawn)


def _square(x: float, y: float) -> str:
    return f'rect x="{x - 2.3:.1f}" y="{y - 2.3:.1f}" width="4.6" height="4.6"'


def _dot(x: float, y: float, color: str, radius: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{color}" stroke="none"/>'


def _axes(theme: Theme) -> str:
    return f'<path d="M{MARGIN} {MARGIN}V{HEIGHT - MARGIN}H{WIDTH - MARGIN}" {_thin(theme)}/>'


def _thin(theme: Theme) -> str:
    return f'stroke="{theme.muted}" stroke-width="1"'

"""The listing as a Jupyter notebook: each section with its equation and its code, then a cost and a boundary plot."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from dnn.export.code.context import Context
from dnn.export.listing import CHANGED, listing
from dnn.export.literals import flat, in_units
from dnn.training.run import Run

KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def write_notebook(run: Run) -> bytes:
    """Return the notebook for ``run`` in version 4.5 of the format."""
    context = Context(run)
    layers = " → ".join(map(str, run.params.sizes))
    intro = [
        "# A deep neural network in bare NumPy\n\n"
        f"Layers {layers}, written by the dnn playground. It needs NumPy 2, and "
        "Matplotlib for the two plots at the end. Run all cells from top to bottom: the costs are those of the "
        "playground, on the same machine to the last digit.",
        "Examples stand in columns: X is (n + 1, m), its last row ones, and W is (n_in + 1, n_out), its last row the "
        "biases b. So $W^\\top X$ is the tutorials' $WX + b$ in one product.",
        *([f"**{CHANGED}**"] if run.changed else []),
    ]
    cells = [_cell("markdown", "\n\n".join(intro))]
    for section in listing(run):
        formulas = "".join(f"\n\n$${formula}$$" for formula in _formulas(context).get(section.title, ()))
        cells.append(_cell("markdown", f"## {section.title}\n\n{section.text}{formulas}"))
        cells.append(_cell("code", section.code))
    cells.append(_cell("code", "params, history = train()"))
    cells += [_cell("markdown", "## The cost"), _cell("code", "\n".join(_cost_plot(context)))]
    if run.data.points.shape[1] == 2:
        cells += [_cell("markdown", "## What it has learnt"), _cell("code", "\n".join(_boundary_plot(context)))]
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"
    book = {"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=1, ensure_ascii=False).encode()


def _cell(kind: str, text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    more: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": lines, **more}


def _formulas(context: Context) -> dict[str, tuple[str, ...]]:
    """Return the equations of the chosen components in LaTeX, by the title of their section."""
    network, training = context.run.experiment.network, context.training
    hidden = dict.fromkeys(g.formula for g in context.hidden)
    formulas = {
        "Initialise": () if context.run.origin is not None else (network.initializer.formula,),
        "Activations": tuple(hidden),
        "Forward": (r"Z = W^\top A,\quad A' = g(Z)", context.run.network.loss.output.formula),
        "Cost": (context.run.network.loss.formula,),
        "Backward": (r"dZ = dA \odot g'(Z),\quad dW = A\, dZ^\top,\quad dA = W dZ",),
        "Update": (training.optimizer.formula,),
        "Learning rate": (training.schedule.formula,),
    }
    return {title: tuple(text for text in texts if text) for title, texts in formulas.items()}


def _cost_plot(context: Context) -> list[str]:
    lines = ["import matplotlib.pyplot as plt", "", 'plt.plot([costs[0] for costs in history], label="train")']
    for place, (part, style) in enumerate(zip(context.parts, ("-", "--", "-."), strict=False)):
        lines += [f'plt.plot([costs[{place}] for costs in history], "{style}", label="{part}")'] if place else []
    return [*lines, 'plt.xlabel("epoch")', 'plt.ylabel("cost")', "plt.legend()", "plt.show()"]


def _boundary_plot(context: Context) -> list[str]:
    answers, targets = "forward(params, see(grid))[1][-1]", flat(context.targets[1])
    if context.data.task == "multiclass":
        kinds = [f"colors = plt.cm.tab10(np.arange({context.sizes[-1]}) % 10)"]
        field = f"{answers}.argmax(axis=0)"
        styles = f"levels=np.arange({context.sizes[-1] + 1}) - 0.5, colors=colors", f"c=colors[{targets}.astype(int)]"
    else:
        kinds = ["from matplotlib.colors import LinearSegmentedColormap", "",
                 'colors = LinearSegmentedColormap.from_list("", ["#d95f02", "white", "#2166ac"])']  # fmt: skip
        low, high = context.run.network.loss.output.bounds
        levels = f"np.linspace({low:g}, {high:g}, 21)" if np.isfinite([low, high]).all() else "21"
        field = f"{answers}[0]"
        if context.data.target_std is not None:
            field = f"({in_units(field, context.data, 0)})"
        styles = (
            f"levels={levels}, cmap=colors",
            f"c={targets if not context.several else f'{context.targets[1]}[:, 0]'}, cmap=colors",
        )
    return [
        *kinds,
        f"points = {context.points[1]}",
        "low, high = points.min(axis=0) - 0.2, points.max(axis=0) + 0.2",
        "x1, x2 = np.meshgrid(np.linspace(low[0], high[0], 150), np.linspace(low[1], high[1], 150))",
        "grid = np.column_stack([x1.ravel(), x2.ravel()])",
        f"answers = {field}.reshape(x1.shape)",
        f"plt.contourf(x1, x2, answers, {styles[0]}, alpha=0.6)",
        f'plt.scatter(points[:, 0], points[:, 1], {styles[1]}, edgecolor="white", s=24)',
        'plt.xlabel("x1")',
        'plt.ylabel("x2")',
        'plt.gca().set_aspect("equal")',
        "plt.show()",
    ]

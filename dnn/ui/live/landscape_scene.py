"""One picture of a landscape for the browser: its figure, and in words what it shows and what it hides."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from dnn.analysis.landscape import Landscape, ProjectedPath
from dnn.messages import Message
from dnn.plots.contours import DASHES, contour_figure, surface_figure
from dnn.plots.landscape_words import landscape_words
from dnn.plots.theme import Theme
from dnn.ui.catalogue import translated
from dnn.ui.live.landscape_view import LandscapeView

FIGURES = {"contours": contour_figure, "surface": surface_figure}

_numbers = itertools.count(1)


class LandscapeScene:
    """A ``landscape`` in one view, appearance and language; or, where there is none, the ``problem``.

    ``names`` are those of the other runs in its plane, ``notes`` what is to be known besides its own notes.
    """

    def __init__(
        self,
        landscape: Landscape | None,
        view: LandscapeView,
        theme: Theme,
        language: str,
        *,
        problem: str = "",
        names: Sequence[str] = (),
        notes: Sequence[str] = (),
    ) -> None:
        self.id = next(_numbers)
        say = partial(translated, language=language)
        self._says: dict[str, Any] = {
            "id": self.id,
            "view": view.as_dict(),
            "problem": say(problem),
            "epoch": 0,
            "side": 0,
            "tested": False,
            "figure": None,
            "alt": say(problem),
            "words": "",
            "path": [],
            "notes": [],
            "runs": [],
        }
        if landscape is not None:
            figure = FIGURES[view.form](landscape, theme, say, cost=view.cost)
            words = " ".join(say(each) for each in landscape_words(landscape, view.cost))
            epoch = landscape.run.epoch
            about = say(Message("Landscape of the cost around the weights of epoch {epoch}.", epoch=epoch))
            self._says |= {
                "epoch": epoch,
                "side": len(landscape.across),
                "tested": landscape.run.has_test_data,
                "figure": json.loads(figure.to_json()),
                "alt": f"{about} {words}",
                "words": words,
                "path": _points(landscape.paths[0], view),
                "notes": [say(note) for note in (*landscape.notes, *notes)],
                "runs": _runs([say(Message("this run")), *names]) if names else [],
            }

    def parts(self) -> dict[str, np.ndarray]:
        """The arrays of a frame that shows this scene for the first time."""
        return {"scene": np.frombuffer(json.dumps(self._says).encode(), np.uint8)}


def _points(path: ProjectedPath, view: LandscapeView) -> list[list[float | None]]:
    """Epoch, true cost and distance from the plane of each point, for those who do not point at them."""
    table = np.column_stack([path.epochs, getattr(path.costs, view.cost), path.distances])
    return [[float(f"{value:.4g}") if np.isfinite(value) else None for value in row] for row in table]


def _runs(names: Sequence[str]) -> list[dict[str, str]]:
    """Which line is whose path."""
    return [{"name": name, "dash": DASHES[place % len(DASHES)]} for place, name in enumerate(names)]

"""The settings as widgets: ``write`` puts an experiment into them, ``draw`` shows them and keeps what they say.

Names, bounds, steps and help texts come from where the setting is declared. A value that is not allowed gets its
sentence under its widget, and the last allowed experiment goes on. Every group is a module with three functions:
``values(experiment)`` is what its widgets hold, ``described()`` what they say, as plain nested values, and
``draw(marks)`` shows them.
"""

from __future__ import annotations

from dnn.ui.controls.groups import draw, write
from dnn.ui.limits import MOST_LAYERS, WIDEST, plain, readable

__all__ = ["MOST_LAYERS", "WIDEST", "draw", "plain", "readable", "write"]

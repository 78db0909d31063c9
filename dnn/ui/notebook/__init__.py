"""A network that learns in a notebook, before one's eyes: ``dnn.live(experiment)``."""

from dnn.ui.notebook.widget import LiveWidget, live

__all__ = ["LiveWidget", "live"]

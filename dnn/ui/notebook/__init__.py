"""A network that learns in a notebook: ``dnn.live(experiment)``."""

from dnn.ui.notebook.widget import LiveWidget, live

__all__ = ["LiveWidget", "live"]

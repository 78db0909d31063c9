"""Figures: functions from data to a Plotly figure. They do not display, and only ``landscape`` trains.

>>> from dnn import Experiment, plots, start
>>> plots.boundary(start(Experiment())).layout.xaxis.title.text
'x₁'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dnn.plots.figures import boundary, cost, landscape, network, sweep

__all__ = ["boundary", "cost", "landscape", "network", "sweep"]


def __getattr__(name: str) -> Any:
    """Import Plotly on first use: colours and names of this package are needed without it, too."""
    if name in __all__:
        from dnn.plots import figures  # optional package: Plotly, which a run in a notebook does without

        return getattr(figures, name)
    raise AttributeError(f"module 'dnn.plots' has no attribute {name!r}")

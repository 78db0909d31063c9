"""The old name of :mod:`dnn.datasets.custom_data`, kept for older code."""

from __future__ import annotations

from dnn.datasets.custom_data import CustomData as Own
from dnn.datasets.custom_data import with_class, with_points, without

__all__ = ["Own", "with_class", "with_points", "without"]

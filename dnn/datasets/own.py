"""The old place and name of :mod:`dnn.datasets.custom_data`, for code that was written for it."""

from __future__ import annotations

from dnn.datasets.custom_data import CustomData as Own
from dnn.datasets.custom_data import with_class, with_points, without

__all__ = ["Own", "with_class", "with_points", "without"]

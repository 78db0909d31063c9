"""A figure's parts as values for JSON, as Plotly's ``to_json`` writes them.

Its figures check every property, which takes ten milliseconds for one of ours: much for a server on which many play.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np


def json_values(part: Any) -> Any:
    """Return ``part`` with arrays of float64 (m,) in base64 for plotly.js, and without entries that are None."""
    if isinstance(part, np.ndarray):
        return {"dtype": "f8", "bdata": base64.b64encode(part.astype("<f8").tobytes()).decode()} if part.size else []
    if isinstance(part, dict):
        return {name: json_values(each) for name, each in part.items() if each is not None}
    return [json_values(each) for each in part] if isinstance(part, list | tuple) else part

"""Drawings of a step's idea, beside its text: which kind, and the numbers that it begins with. Data only.

The page draws them with the scripts of ``dnn/ui/live/static/drawings``, a module for each ``kind``. A text points at a
part of its step's drawing with ``[words]{.part}``.
"""

from dnn.lessons.drawings.base import PART, Drawing, parts_of, without_parts
from dnn.lessons.drawings.decisions import Threshold
from dnn.lessons.drawings.descent import Ravine
from dnn.lessons.drawings.neuron import CrossEntropy, Line, Sigmoid

__all__ = [
    "DRAWINGS",
    "PART",
    "CrossEntropy",
    "Drawing",
    "Line",
    "Ravine",
    "Sigmoid",
    "Threshold",
    "parts_of",
    "without_parts",
]

DRAWINGS: dict[str, type[Drawing]] = {kind.kind: kind for kind in (Line, Sigmoid, CrossEntropy, Ravine, Threshold)}

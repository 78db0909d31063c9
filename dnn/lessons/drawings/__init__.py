"""Drawings of a step's idea, beside its text: which kind, and the numbers that it begins with. Data only.

The page draws them with the scripts of ``dnn/ui/live/static/drawings``, a module for each ``kind``. A text points at a
part of its step's drawing with ``[words]{.part}``.
"""

from dnn.lessons.drawings.base import PART, Drawing, parts_of, without_parts
from dnn.lessons.drawings.batches import Batches
from dnn.lessons.drawings.chance import BestOf
from dnn.lessons.drawings.decisions import Threshold
from dnn.lessons.drawings.depth import SlopeProduct
from dnn.lessons.drawings.descent import Ravine
from dnn.lessons.drawings.division import Division
from dnn.lessons.drawings.dropout import Masks
from dnn.lessons.drawings.hidden import CostAndAccuracy, Folds
from dnn.lessons.drawings.layer import Halves
from dnn.lessons.drawings.neuron import CrossEntropy, Line, Sigmoid
from dnn.lessons.drawings.rectifier import DeadUnits, Rectifier
from dnn.lessons.drawings.schedules import Schedules
from dnn.lessons.drawings.starts import Starts
from dnn.lessons.drawings.symptom_curves import FaultCurves, SymptomCurves

__all__ = [
    "DRAWINGS",
    "PART",
    "Batches",
    "BestOf",
    "CostAndAccuracy",
    "CrossEntropy",
    "DeadUnits",
    "Division",
    "Drawing",
    "FaultCurves",
    "Folds",
    "Halves",
    "Line",
    "Masks",
    "Ravine",
    "Rectifier",
    "Schedules",
    "Sigmoid",
    "SlopeProduct",
    "Starts",
    "SymptomCurves",
    "Threshold",
    "parts_of",
    "without_parts",
]

_KINDS: tuple[type[Drawing], ...] = (
    Line,
    Sigmoid,
    CrossEntropy,
    Batches,
    BestOf,
    CostAndAccuracy,
    DeadUnits,
    Division,
    FaultCurves,
    Folds,
    Halves,
    Masks,
    Ravine,
    Rectifier,
    Schedules,
    SlopeProduct,
    Starts,
    SymptomCurves,
    Threshold,
)
DRAWINGS: dict[str, type[Drawing]] = {kind.kind: kind for kind in _KINDS}

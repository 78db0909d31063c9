"""The shape clinic: every shape of one training step, and what NumPy says if one line is wrong."""

from dnn.mistakes.shapes.breaks import BREAKS, Break
from dnn.mistakes.shapes.clinic import Examination, Line, Phase, Shape, State, examine
from dnn.mistakes.shapes.formulas import LAYOUTS, Layout

__all__ = ["BREAKS", "LAYOUTS", "Break", "Examination", "Layout", "Line", "Phase", "Shape", "State", "examine"]

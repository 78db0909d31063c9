"""One training step in detail: its numbers, its steps, and the code of each step."""

from dnn.analysis.walkthrough.one_step import MOST_EXAMPLES, Walkthrough, walkthrough
from dnn.analysis.walkthrough.source import Code
from dnn.analysis.walkthrough.steps import Matrix, Step
from dnn.analysis.walkthrough.update_step import Update, input_names

__all__ = ["MOST_EXAMPLES", "Code", "Matrix", "Step", "Update", "Walkthrough", "input_names", "walkthrough"]

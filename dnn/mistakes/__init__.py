"""Mistakes from tutorials and forums: train a flawed network and the correct one on the same data.

>>> from dnn.mistakes import MISTAKES, compare
>>> comparison = compare("output_reads_z", epochs=50)
>>> comparison.flawed.check.caught, comparison.right.check.caught
(True, False)
>>> comparison.flawed.costs.shape
(51,)
"""

from dnn.mistakes.compare import Comparison, Outcome, compare, flawed_rule
from dnn.mistakes.mistake import Mistake
from dnn.mistakes.raised import Raised
from dnn.mistakes.rule_check import RuleCheck, check_rule
from dnn.mistakes.setting import Setting, network_with
from dnn.mistakes.table import MISTAKES
from dnn.reference import ReferenceNetwork

__all__ = [
    "MISTAKES",
    "Comparison",
    "Mistake",
    "Outcome",
    "Raised",
    "ReferenceNetwork",
    "RuleCheck",
    "Setting",
    "check_rule",
    "compare",
    "flawed_rule",
    "network_with",
]

"""The health of a run: measures of its layers, and rules that find what is wrong, with the evidence and a cure."""

from dnn.analysis.health.diagnosis import RULES, applies, diagnose
from dnn.analysis.health.finding import Finding
from dnn.analysis.health.measures import Health, Histogram, LayerHealth, health

__all__ = ["RULES", "Finding", "Health", "Histogram", "LayerHealth", "applies", "diagnose", "health"]

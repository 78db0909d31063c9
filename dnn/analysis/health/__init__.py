"""Is a run healthy? Its layers measured, and rules that name a trouble, its evidence and a cure."""

from dnn.analysis.health.diagnosis import RULES, applies, diagnose
from dnn.analysis.health.finding import Finding
from dnn.analysis.health.measures import Health, Histogram, LayerHealth, health

__all__ = ["RULES", "Finding", "Health", "Histogram", "LayerHealth", "applies", "diagnose", "health"]

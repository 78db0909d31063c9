"""An experiment: all settings as one frozen value, and its form as a link, a file or a preset."""

from dnn.experiment.experiment import DataSpec, Experiment, NetworkSpec, TrainingSpec

__all__ = ["DataSpec", "Experiment", "NetworkSpec", "TrainingSpec"]

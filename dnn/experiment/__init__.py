"""Everything that a person can choose, as one frozen value, and how it is written as a link, a file or a preset."""

from dnn.experiment.experiment import DataSpec, Experiment, NetworkSpec, TrainingSpec

__all__ = ["DataSpec", "Experiment", "NetworkSpec", "TrainingSpec"]

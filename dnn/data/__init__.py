"""Examples to learn from: the split ``Data`` that a network sees, and the ``Dataset`` that they are sampled from."""

from dnn.data.data import Data
from dnn.data.dataset import Dataset

__all__ = ["Data", "Dataset"]

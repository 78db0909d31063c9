"""Examples to learn from: ``Data`` holds the split examples, ``Dataset`` generates them."""

from dnn.data.data import Data
from dnn.data.dataset import Dataset

__all__ = ["Data", "Dataset"]

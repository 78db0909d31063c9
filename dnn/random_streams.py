"""Independent streams of random numbers: drawing from one does not affect another.

``np.random.default_rng([seed, stream, number])`` starts a stream; ``number`` counts within it (an epoch, a draw of the
weights, a part of the data).
"""

from typing import Final

import numpy as np

DATA: Final = 0  # the examples and the label noise
SPLIT: Final = 1  # the split into training and test examples
WEIGHTS: Final = 2  # the starting weights and biases
SHUFFLE: Final = 3  # the order of the examples in an epoch
DROPOUT: Final = 4  # the units left out of an update
DIRECTIONS: Final = 5  # random directions through the weights
VALIDATION: Final = 6  # which training examples are held out for validation


def generator(seed: int, stream: int, number: int) -> np.random.Generator:
    """``np.random.default_rng([seed, stream, number])`` for numbers below 2³², which an array starts faster."""
    return np.random.default_rng(np.array([seed, stream, number], np.uint32))

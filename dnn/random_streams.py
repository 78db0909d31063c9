"""Independent streams of random numbers: drawing from one does not affect another.

``np.random.default_rng([seed, stream, number])`` starts a stream; ``number`` counts within it (an epoch, a draw of the
weights, a part of the data).
"""

from typing import Final

DATA: Final = 0  # the examples and the label noise
SPLIT: Final = 1  # the split into training and test examples
WEIGHTS: Final = 2  # the starting weights and biases
SHUFFLE: Final = 3  # the order of the examples in an epoch
DROPOUT: Final = 4  # the units left out of an update

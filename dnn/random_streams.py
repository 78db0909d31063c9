"""Streams of random numbers: what is drawn from one does not depend on what was drawn from another.

``np.random.default_rng([seed, stream, number])`` starts a stream; ``number`` counts within it (an epoch, a draw of the
weights, a part of the data).
"""

from typing import Final

DATA: Final = 0  # the examples, and wrong labels
SPLIT: Final = 1  # which examples are kept back for testing
WEIGHTS: Final = 2  # the starting weights and biases
SHUFFLE: Final = 3  # the order of the examples in an epoch
DROPOUT: Final = 4  # the units left out of an update

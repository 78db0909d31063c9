"""What the history needs of some epochs of training: parameters, gradients, and logits where there are any."""

from __future__ import annotations

import numpy as np

from dnn.params import Params

MOST_BYTES, MOST_EPOCHS = 1 << 20, 64  # of one record


class Record:
    """Arrays for K epochs of R networks: (K, R, …), or (K, …) for one network without a runs axis.

    ``vectors`` are the parameters after each epoch, ``gradients`` those of its last update, ``logits`` those of the
    training examples after it, where a full batch yields them, and ``batch_costs`` (K, R) the mean cost of its batches.
    """

    def __init__(self, params: Params, examples: int) -> None:
        """Create the arrays for networks like ``params``, and for the logits of ``examples`` examples; 0: for none."""
        lead, dtype, outputs = params.vector.shape[:-1], params.vector.dtype, params.sizes[-1]
        numbers = 2 * params.vector.size + examples * outputs * (params.runs or 1)
        self.epochs = int(np.clip(MOST_BYTES // (numbers * dtype.itemsize), 1, MOST_EPOCHS))
        self.runs = params.runs or 1
        self.vectors = np.empty((self.epochs, *params.vector.shape), dtype)
        self.gradients = np.empty_like(self.vectors)
        self.logits = np.empty((self.epochs, *lead, examples, outputs), dtype)  # in rows, as sums over classes go
        self.batch_costs = np.full((self.epochs, self.runs), np.nan)

"""What data lack to be learnt from, so that training on the page waits for it."""

from __future__ import annotations

from dnn.data import Data
from dnn.messages import Message

NOTHING_YET = Message(
    "There is nothing to learn from yet: one training example is needed at least. Draw some on the plane."
)
ONE_CLASS = Message(
    "All training examples are of one class. Training waits for examples of another: draw some on the plane."
)


class Lacking:
    """Finds what data lack, once for each data."""

    def __init__(self) -> None:
        self._last: tuple[Data | None, str] = None, ""

    def of(self, data: Data) -> str:
        """What ``data`` lack, in a message; empty where they lack nothing.

        From one class alone a network learns to answer with it everywhere, and its units saturate: with the second
        class it would stay stuck.
        """
        if self._last[0] is not data:
            labels = data.labels[: data.n_train]
            alone = data.task != "regression" and len(labels) > 0 and bool((labels == labels[0]).all())
            self._last = data, ONE_CLASS if alone else "" if data.n_train else NOTHING_YET
        return self._last[1]

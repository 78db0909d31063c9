"""What data lack for training: the page waits with training until it is there."""

from __future__ import annotations

from dnn.data import Data
from dnn.messages import Message

NOTHING_YET = Message(
    "There is nothing to learn from yet: one training example is needed at least. Draw some on the plane."
)
ONE_CLASS = Message(
    "All training examples are of one class. Training waits for examples of another: draw some on the plane."
)


class MissingData:
    """Finds what data lack, once for each data set."""

    def __init__(self) -> None:
        self._last: tuple[Data | None, str] = None, ""

    def of(self, data: Data) -> str:
        """Return the message about what ``data`` lack; empty where they lack nothing.

        With one class alone a network learns to give that answer everywhere, and its units saturate: it would not learn
        a second class that is added later.
        """
        if self._last[0] is not data:
            labels = data.labels[: data.n_train]
            alone = data.task != "regression" and len(labels) > 0 and bool((labels == labels[0]).all())
            self._last = data, ONE_CLASS if alone else "" if data.n_train else NOTHING_YET
        return self._last[1]

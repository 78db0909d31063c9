"""What happened while a run trained: one row of numbers for each epoch, row 0 for the initial weights.

A history never changes; ``extended`` gives a longer one. Both may share memory, so that adding a row costs the same
after ten epochs and after a million.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from dnn.components import Array

COLUMNS = ("epoch", "train_cost", "test_cost", "train_accuracy", "test_accuracy", "learning_rate")
VALIDATION_COLUMNS = ("validation_cost", "validation_accuracy")  # after the norms of the gradient, where there are any


class _Rows:
    """Rows shared by histories that continue one another; only the longest of them may append in place."""

    def __init__(self, width: int, capacity: int = 0) -> None:
        self.table: Array = np.empty((capacity, width))
        self.used = 0
        self.lock = threading.RLock()

    @property
    def nbytes(self) -> int:
        """Bytes of the table, with the room for more."""
        return self.table.nbytes

    def enlarge(self, larger: Array) -> None:
        """Move to ``larger``, which has room for more."""
        with self.lock:
            larger[: self.used] = self.table[: self.used]
            self.table = larger  # only now: another thread may be reading


class History(Mapping[str, Array]):
    """Columns by name: ``history["train_cost"][k]`` is the cost after k epochs, index 0 that of the initial weights.

    ``epoch, train_cost, test_cost, train_accuracy, test_accuracy, learning_rate`` have shape (rows,);
    ``gradient_norm`` (rows, layers) holds the Euclidean norm of each layer's gradient in the epoch's last update (row
    0: over all training examples, at the initial weights); ``learning_rate[k]`` is the rate of the epoch that follows.
    Costs are without penalties, so that train and test compare. Test columns are NaN without test examples. Where there
    are validation examples, ``validation_cost`` and ``validation_accuracy`` (rows,) are columns too; they are NaN in
    epochs before there were any.

    With a ``limit`` the history stays bounded: once it is full every second row is dropped and from then on only every
    second epoch is kept (then every fourth, and so on); ``stride`` says how many epochs apart the rows are.
    """

    def __init__(self, layers: int, limit: int | None = None, *, has_validation: bool = False) -> None:
        if limit is not None and limit < 2:
            raise ValueError(f"limit is {limit}; it must be 2 or more")
        self.layers = layers
        self.limit = limit
        self.stride = 1
        self._length = 0
        self._rows = _Rows(len(COLUMNS) + layers + len(VALIDATION_COLUMNS) * has_validation)

    @classmethod
    def of(cls, table: Array, layers: int, limit: int | None, stride: int) -> History:
        """The history with these rows (rows, columns), kept as ``limit`` and ``stride`` say."""
        history = cls(layers, limit)
        if stride < 1 or stride & (stride - 1):
            raise ValueError(f"stride is {stride}; it must be 1, 2, 4, and so on")
        history.stride = stride
        history._rows = _Rows(table.shape[1])
        return history.extended(table)

    @property
    def thinning(self) -> tuple[object, ...]:
        """What two histories have in common that will keep the same epochs from here on."""
        return self.stride, self.limit, self._length if self.limit is not None else None

    @property
    def has_validation(self) -> bool:
        """Whether it has columns of validation examples."""
        return bool(self._rows.table.shape[1] > len(COLUMNS) + self.layers)

    @property
    def storage(self) -> _Rows:
        """The rows that it shares with the histories that continue it, or that it continues."""
        return self._rows

    def until(self, epoch: int) -> History:
        """Its rows up to ``epoch``, as part of it: without memory of its own."""
        shorter = self._with(int(np.searchsorted(self.table()[:, 0], epoch, side="right")), self.stride)
        shorter._rows = self._rows
        return shorter

    def wants(self, epoch: int) -> bool:
        """Whether ``epoch`` is one that this history keeps."""
        return epoch % self.stride == 0

    def extended(self, rows: Array) -> History:
        """This history with ``rows`` (k, columns) after its own; columns that only one of them has become NaN."""
        width = self._rows.table.shape[1]
        if rows.shape[1] < width:
            rows = _widened(rows, width)
        elif rows.shape[1] > width:
            wider = _widened(self.table(), rows.shape[1])
            return History.of(wider, self.layers, self.limit, self.stride).extended(rows)
        longer = self._with(self._length + len(rows), self.stride)
        with self._rows.lock:
            if self._rows.used == self._length:
                table = self._rows.table
                if longer._length > len(table):
                    self._rows.enlarge(np.empty((max(64, longer._length, 2 * len(table)), table.shape[1])))
                longer._rows = self._rows
                self._rows.used = longer._length
            else:  # somebody else went on from here: branch off
                longer._rows = _Rows(self._rows.table.shape[1], max(64, 2 * longer._length))
                longer._rows.table[: self._length] = self._rows.table[: self._length]
                longer._rows.used = longer._length
            longer._rows.table[self._length : longer._length] = rows
        while longer.limit is not None and longer._length >= longer.limit:
            longer = longer._thinned()
        return longer

    @staticmethod
    def extended_group(histories: Sequence[History], rows: Sequence[Array]) -> list[History]:
        """Each of R histories of as many layers with its own of ``rows``, R tables (k, columns), after it.

        Histories that need more room get it as views of one array.
        """
        if len(histories) == 1 or any(
            history._rows.table.shape[1] != new_rows.shape[1] for history, new_rows in zip(histories, rows, strict=True)
        ):
            return [history.extended(new_rows) for history, new_rows in zip(histories, rows, strict=True)]
        longest = max(history._length + len(new_rows) for history, new_rows in zip(histories, rows, strict=True))
        tables: Iterator[Array] | None = None
        for history, new_rows in zip(histories, rows, strict=True):
            if history._rows.used == history._length and history._length + len(new_rows) > len(history._rows.table):
                tables = tables or iter(np.empty((len(histories), max(8, 2 * longest), new_rows.shape[1])))
                history._rows.enlarge(next(tables))
        return [history.extended(new_rows) for history, new_rows in zip(histories, rows, strict=True)]

    def table(self) -> Array:
        """All rows, (rows, columns), read-only."""
        view = self._rows.table[: self._length]
        view.flags.writeable = False
        return view

    def last(self) -> dict[str, float]:
        """The newest row, by column name."""
        return as_dict(self._rows.table[self._length - 1], has_validation=self.has_validation)

    def __getstate__(self) -> dict[str, Any]:
        """For pickle: its own rows only."""
        shared = {"layers": self.layers, "limit": self.limit, "stride": self.stride, "_length": self._length}
        return shared | {"table": self.table()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        table = state.pop("table")
        self.__dict__.update(state)
        self._rows = _Rows(table.shape[1], max(64, len(table)))
        self._rows.table[: len(table)], self._rows.used = table, len(table)

    def _with(self, length: int, stride: int) -> History:
        other = History.__new__(History)
        other.layers, other.limit, other.stride, other._length = self.layers, self.limit, stride, length
        return other

    def _thinned(self) -> History:
        stride = self.stride * 2
        kept = self.table()[self.table()[:, 0] % stride == 0]
        shorter = self._with(len(kept), stride)
        shorter._rows = _Rows(kept.shape[1], max(64, 2 * len(kept)))
        shorter._rows.table[: len(kept)] = kept
        shorter._rows.used = len(kept)
        return shorter

    def __getitem__(self, name: str) -> Array:
        if name == "gradient_norm":
            return self.table()[:, len(COLUMNS) : len(COLUMNS) + self.layers]
        if self.has_validation and name in VALIDATION_COLUMNS:
            return self.table()[:, VALIDATION_COLUMNS.index(name) - len(VALIDATION_COLUMNS)]
        if name not in COLUMNS:
            raise KeyError(f"no column {name!r}; there are {', '.join(self)}")
        return self.table()[:, COLUMNS.index(name)]

    def __iter__(self) -> Iterator[str]:
        return iter((*COLUMNS, "gradient_norm", *(VALIDATION_COLUMNS if self.has_validation else ())))

    def __len__(self) -> int:
        return len(COLUMNS) + 1 + len(VALIDATION_COLUMNS) * self.has_validation

    def __repr__(self) -> str:
        return f"History({self._length} rows, {self.layers} layers)"


def as_dict(row: Array, *, has_validation: bool = False) -> dict[str, float]:
    """A history row's numbers by the names of their columns, without the norms of the gradient.

    ``has_validation`` says whether the row ends with numbers of validation examples.
    """
    numbers = row.tolist()
    named = dict(zip(COLUMNS, numbers, strict=False))
    if has_validation:
        named |= zip(VALIDATION_COLUMNS, numbers[-len(VALIDATION_COLUMNS) :], strict=True)
    return named


def _widened(rows: Array, width: int) -> Array:
    """``rows`` (k, columns) with columns of NaN after their own, ``width`` in all."""
    return np.hstack([rows, np.full((len(rows), width - rows.shape[1]), np.nan)])

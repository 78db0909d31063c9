"""A data set: where examples come from. ``dnn.datasets`` has the table of them."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from dnn.components import Array, Component, Task
from dnn.data.data import Standardize
from dnn.data.names import Names

LONGEST_TEXT = 6000  # characters of a data set's rows in a link; proxies reject much longer addresses

Sample = tuple[Array, Array]  # X (samples, inputs) and y (samples,): class numbers, or real targets for regression


class Dataset(Component):
    """A generator of examples, or a table of them. The first sentence of its docstring describes its purpose."""

    is_table: ClassVar[bool] = False  # whether the rows are those of a table, instead of drawn at random
    editable: ClassVar[bool] = False  # whether rows can be added and removed; ``Data.order`` then contains all of them
    suggests: ClassVar[Standardize] = "none"  # the standardising that the page sets when it is chosen

    @classmethod
    def sentence(cls) -> str:
        """The purpose of the data set, in one sentence."""
        return " ".join((cls.__doc__ or "").split("\n\n")[0].split())

    @property
    def task(self) -> Task:
        """The task that its targets define."""
        return "binary"

    @property
    def names(self) -> Names:
        """The names of its inputs, their units, its classes and its target."""
        return Names.plain(2, 0 if self.task == "regression" else 2)

    @property
    def fits_link(self) -> bool:
        """Whether it fits into a link, whose texts have at most LONGEST_TEXT characters."""
        return True

    @abstractmethod
    def sample(self, samples: int, seed: int = 0) -> Sample:
        """Return ``samples`` examples, the same ones for the same ``seed``."""

"""A data set: where examples come from. ``dnn.datasets`` has the table of them."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from dnn.components import Array, Component, Task
from dnn.data.data import Standardize
from dnn.data.names import Names

LONGEST_TEXT = 6000  # characters of a data set's rows in a link: much more, and proxies refuse the address

Sample = tuple[Array, Array]  # X (samples, inputs) and y (samples,): class numbers, or real targets for regression


class Dataset(Component):
    """A generator of examples, or a table of them. The first sentence of its docstring says what it is good for."""

    given: ClassVar[bool] = False  # whether the rows are those of a table, instead of drawn at random
    editable: ClassVar[bool] = False  # whether rows can be added and taken away; then ``Data.order`` counts all of them
    suggests: ClassVar[Standardize] = "none"  # the standardising that the page sets when it is chosen

    @classmethod
    def sentence(cls) -> str:
        """What it is good for showing, in one sentence."""
        return " ".join((cls.__doc__ or "").split("\n\n")[0].split())

    @property
    def task(self) -> Task:
        """What its targets are."""
        return "binary"

    @property
    def names(self) -> Names:
        """What its inputs, their units, its classes and its target are called."""
        return Names.plain(2, 0 if self.task == "regression" else 2)

    @property
    def fits_link(self) -> bool:
        """Whether it can be told in a link, whose texts have LONGEST_TEXT characters at most."""
        return True

    @abstractmethod
    def sample(self, samples: int, seed: int = 0) -> Sample:
        """So many examples, the same ones for the same seed."""

"""The errors that this package raises.

    DnnError                 anything this package raises on purpose
    ├── InvalidSetting       settings outside what is allowed (also a ValueError)
    ├── InvalidData          arrays that cannot be trained on (also a ValueError)
    ├── InvalidParams        weights or biases of the wrong shape, or not finite (also a ValueError)
    ├── InvalidFile          a model file that is damaged, too large or no model file (also a ValueError)
    ├── CannotExport         a format that cannot hold this run, or whose package is not installed
    ├── CannotSweep          a cluster that cannot be reached, is gone, or whose package is not installed
    ├── NoSuchClass          a class that has ended or never was, or the key of another
    ├── ClassFull            a class, or a server, that takes no more
    └── ClassUnreachable     a store of classes that does not answer, or whose package is not installed

A run that diverges is not an error: it stops at its last finite state and ``run.stopped`` holds the reason.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

from dnn.messages import Message

LONGEST_NAME = 60  # characters; no similar name is looked up for a longer one


class DnnError(Exception):
    """Base of every error that this package raises on purpose."""

    @property
    def message(self) -> str:
        """The text of the error; a :class:`Message` can be translated."""
        return self.args[0] if self.args else ""

    @property
    def sentence(self) -> str:
        """The old name of ``message``, until version 0.2."""
        warnings.warn("DnnError.sentence is called message now", DeprecationWarning, stacklevel=2)
        return self.message


@dataclass(frozen=True)
class Problem:
    """One invalid setting: the field, the value that was passed (``given``) and what is allowed."""

    field: str
    given: str
    allowed: str

    @property
    def message(self) -> Message:
        """The problem in one sentence."""
        name = self.field.replace("_", " ").strip()
        name = f"{name[:1].upper()}{name[1:]}"
        return Message("{name}: {given} is not allowed; {allowed}.", name=name, given=self.given, allowed=self.allowed)

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True)
class UnknownSetting(Problem):
    """A name that is not a setting of ``owner``; ``names`` are the settings that ``owner`` has."""

    owner: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, name: str, given: object, owner: str, names: Iterable[str]) -> Self:
        """Return the problem for an unknown setting ``name`` with the value ``given``."""
        return cls(name, shown(given), Message("there is no such setting"), owner, tuple(names))

    @property
    def message(self) -> Message:
        """The unknown name, the most similar known name and all known names."""
        values = {"name": shown(self.field), "owner": self.owner, "names": ", ".join(self.names)}
        if not self.names:
            return Message("Unknown setting {name} in {owner}, which has no settings.", **values)
        if nearest := self.nearest:
            values["nearest"] = repr(nearest)
            return Message(
                "Unknown setting {name} in {owner}; did you mean {nearest}? Known settings: {names}.", **values
            )
        return Message("Unknown setting {name} in {owner}. Known settings: {names}.", **values)

    @property
    def nearest(self) -> str:
        """The known name most similar to the unknown one, or "" if none is similar."""
        if len(self.field) > LONGEST_NAME:
            return ""
        likely = {name.lower(): name for name in self.names}
        matches = get_close_matches(self.field.lower().replace("-", "_").replace(" ", "_"), likely, n=1)
        return likely[matches[0]] if matches else ""


class InvalidSetting(DnnError, ValueError):
    """Settings outside their range; ``problems`` holds one :class:`Problem` for each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        messages = {f"problem_{place}": problem.message for place, problem in enumerate(self.problems)}
        super().__init__(Message(" ".join(f"{{{place}}}" for place in messages), **messages))


class InvalidData(DnnError, ValueError):
    """Arrays that cannot be trained on: wrong shape, not finite, too few examples."""


class InvalidParams(DnnError, ValueError):
    """Weights or biases that do not fit the network, or are not finite."""


class InvalidFile(DnnError, ValueError):
    """A model file that is damaged, truncated, too large or of another type."""


class CannotExport(DnnError):
    """A format that cannot hold this run, or that needs a package which is not installed."""


class CannotSweep(DnnError):
    """A cluster that cannot be reached, that is gone, or that needs a package which is not installed."""


class NoSuchClass(DnnError):
    """A class that has ended or never was, or a key that is not its teacher's."""

    def __init__(self, code: str) -> None:
        super().__init__(Message("There is no class {code} (any more).", code=shown(code).strip("'")))


class ClassFull(DnnError):
    """A class that takes no more pupils, or a server that takes no more classes."""


class ClassUnreachable(DnnError):
    """A store of classes that does not answer, or that needs a package which is not installed."""


def shown(value: object, limit: int = 40) -> str:
    """Return ``repr(value)`` for use in a message, at most ``limit`` characters long."""
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"

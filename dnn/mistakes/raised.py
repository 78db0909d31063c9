"""NumPy's message about arrays that do not fit, and the line of the network that it is about."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from dnn import reference

NETWORKS = (Path(reference.__file__), *(Path(__file__).with_name(f"{name}.py") for name in ("rules", "forum_rules")))


@dataclass(frozen=True)
class Raised:
    """NumPy's ``message``, and the ``line`` of code in the method ``step`` of a network that raised it."""

    message: str
    line: str
    step: str


def raised_by(error: ValueError) -> Raised:
    """Return where in a reference network or a flawed one ``error`` was raised, and its message."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) in NETWORKS]
    return Raised(str(error), frames[-1].line or "", frames[-1].name)

"""The line of our own code that does something, read from the source itself, so that what is shown is what runs."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Code:
    """One statement: its file below the project, its line there, the name of its function, and the text itself."""

    file: str
    line: int
    function: str
    text: str


@cache
def statement(function: Callable[..., Any], wanted: str) -> Code:
    """The one statement of ``function`` that reads ``wanted``, spaces aside.

    Raises LookupError where there is none, or more than one: then the code has moved on, and who shows it must follow.
    """
    lines, first = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(lines)))
    same = ast.unparse(ast.parse(wanted))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and ast.unparse(node) == same]
    if len(found) != 1:
        raise LookupError(f"{len(found)} statements of {function.__qualname__} read {wanted!r}; there must be one")
    (node,) = found
    text = textwrap.dedent("".join(lines[node.lineno - 1 : node.end_lineno]))
    file = Path(inspect.getsourcefile(function) or "").resolve().relative_to(ROOT).as_posix()
    return Code(file, first + node.lineno - 1, function.__qualname__, text.strip())

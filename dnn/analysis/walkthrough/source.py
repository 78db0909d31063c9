"""Find statements in our own source, so that the code that is shown is the code that runs."""

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
    """One statement: its file below the project, its line number, the name of its function, and its text."""

    file: str
    line: int
    function: str
    text: str


@cache
def statement(function: Callable[..., Any], expected: str) -> Code:
    """Return the statement of ``function`` that equals ``expected`` up to spaces.

    Raises LookupError if there is none or more than one: the code was changed and the caller must be adapted.
    """
    lines, first = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(lines)))
    same = ast.unparse(ast.parse(expected))
    matches = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and ast.unparse(node) == same]
    if len(matches) != 1:
        raise LookupError(f"{len(matches)} statements of {function.__qualname__} read {expected!r}; there must be one")
    (node,) = matches
    text = textwrap.dedent("".join(lines[node.lineno - 1 : node.end_lineno]))
    file = Path(inspect.getsourcefile(function) or "").resolve().relative_to(ROOT).as_posix()
    return Code(file, first + node.lineno - 1, function.__qualname__, text.strip())

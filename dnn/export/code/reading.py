"""Read the source of functions with ``inspect`` and ``ast``: the text without types, and the names that it uses."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from types import FunctionType, ModuleType

import numpy as np

from dnn.export.formulas import number
from dnn.messages import Message

DECORATORS = ("staticmethod", "property")


class Unreadable(Exception):
    """Raised with the reason why something cannot be exported as plain Python with NumPy."""


def uses(name: str) -> Unreadable:
    """Return the exception for a name outside of NumPy."""
    return Unreadable(Message("it uses {name}, which is not in NumPy", name=name))


def source_of(thing: FunctionType | ModuleType) -> str:
    """Return the source of a function or a module."""
    try:
        return inspect.getsource(thing)
    except (OSError, TypeError):
        raise Unreadable(Message("its source cannot be read")) from None


def function_of(attribute: object) -> FunctionType | None:
    """Return the function behind a class attribute from ``inspect.getattr_static``; None for other values."""
    if isinstance(attribute, staticmethod):
        attribute = attribute.__func__
    elif isinstance(attribute, property):
        attribute = attribute.fget
    return attribute if isinstance(attribute, FunctionType) else None


def literal(value: object) -> str:
    """Return the Python literal of a number, a text, None or a tuple of them."""
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, float) and not isinstance(value, np.generic):
        return number(value)
    if value is None or isinstance(value, bool | int | str):
        return repr(value)
    raise uses(name if isinstance(name := getattr(value, "__name__", None), str) else type(value).__name__)


def plain(function: FunctionType) -> tuple[str, ast.FunctionDef]:
    """Return the source of ``function`` without the types in its signature, and its syntax tree."""
    text = textwrap.dedent(source_of(function)).rstrip()
    try:
        (tree,) = ast.parse(text).body
    except (SyntaxError, ValueError):  # for example a lambda inside a statement
        raise Unreadable(Message("its source cannot be read")) from None
    if not isinstance(tree, ast.FunctionDef):
        raise Unreadable(Message("its source cannot be read"))
    for decorator in tree.decorator_list:
        if not (isinstance(decorator, ast.Name) and decorator.id in DECORATORS):
            raise uses(ast.unparse(decorator))
    lines = [line.encode() for line in text.split("\n")]  # ast counts bytes
    for first, start, last, end in sorted(_types(tree, lines), reverse=True):
        rest = lines[last][end:]
        lines[first : last + 1] = [lines[first][:start] + (b"=" + rest[3:] if rest.startswith(b" = ") else rest)]
    return b"\n".join(lines).decode(), tree


def _types(tree: ast.AST, lines: list[bytes]) -> Iterator[tuple[int, int, int, int]]:
    """Return the positions of the types in signatures: line and byte of the beginning, line and byte of the end."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None:
            kind, first, start = node.annotation, node.lineno - 1, node.col_offset + len(node.arg.encode())
        elif isinstance(node, ast.FunctionDef) and node.returns is not None:
            kind, first = node.returns, node.returns.lineno - 1
            start = len(lines[first][: lines[first].rindex(b"->", 0, kind.col_offset)].rstrip())
        else:
            continue
        yield first, start, (kind.end_lineno or 1) - 1, kind.end_col_offset or 0


def attributes(tree: ast.AST) -> set[str]:
    """Return the names of all attributes that occur in the tree."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def attributes_of(owner: str, tree: ast.AST) -> list[str]:
    """Return the attributes of ``owner``, usually ``self``; raises Unreadable for any other use of it."""
    names = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == owner
    ]
    if len(names) != sum(isinstance(node, ast.Name) and node.id == owner for node in ast.walk(tree)):
        raise uses(owner)
    return names


def free_names(tree: ast.AST) -> list[str]:
    """Return the names that ``tree`` uses but does not define, without types and decorators."""
    used, assigned, waiting = set[str](), set[str](), [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                assigned.add(name)
        skipped = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        skipped += getattr(node, "decorator_list", [])
        waiting += [child for child in ast.iter_child_nodes(node) if child not in skipped]
    return sorted(used - assigned)

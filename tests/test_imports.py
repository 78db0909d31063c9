"""Imports stand at the top of their file; one inside a function says on its line why it cannot.

Two reasons count: the package is optional, or it is slow to load and most programs do without it. A circle of imports
is none: then something stands in the wrong file.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dnn

PACKAGE = Path(dnn.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
REASON = re.compile(r"# (start-up time|optional package): \S")
CALLS = ("import_module", "__import__")


def without_reason(source: str) -> Iterator[str]:
    """The imports inside functions of ``source`` whose lines give no reason, as they are written."""
    lines = source.split("\n")
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom) or (
                isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in CALLS
            ):
                text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                if not REASON.search(text):
                    yield f"line {node.lineno}: {text.strip()}"


def test_an_import_inside_a_function_says_why() -> None:
    found = {file.relative_to(PACKAGE): [*without_reason(file.read_text(encoding="utf-8"))] for file in FILES}
    assert len(found) > 400
    assert {file: imports for file, imports in found.items() if imports} == {}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("import numpy", 0),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy", 0),
        ("def f():\n    import onnx  # optional package: few have it", 0),
        ("def f():\n    from a import (  # start-up time: it is slow\n        b,\n    )", 0),
        ("def f():\n    import onnx", 1),
        ("def f():\n    import onnx  # which is built on this file", 1),
        ("def f():\n    import onnx  # optional package:", 1),
        ("async def f():\n    if True:\n        from a import b", 1),
        ("class A:\n    def f(self):\n        import a, b", 1),
        ("def f():\n    return importlib.import_module('a')", 1),
        ("f = lambda: __import__('a')", 1),
    ],
)
def test_the_search_finds_what_it_should(source: str, count: int) -> None:
    assert len(list(without_reason(source))) == count


def test_importing_the_package_loads_nothing_that_is_slow_or_optional() -> None:
    slow = ["sklearn", "plotly", "streamlit", "pandas", "narwhals", "charset_normalizer", "onnx", "matplotlib", "tqdm"]
    code = f"import sys, dnn.sweeps; print([name for name in {slow} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

"""Combine ES modules to a single script, for a page that must work as one file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dnn.web import source

IMPORT = re.compile(r"^import (\{[^;]*?\}) from '([^']+)';$", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) (\w+))", re.MULTILINE)


def bundle(scripts: Iterable[Path]) -> str:
    """Combine ``scripts`` to one script; each may import those before it.

    Every module becomes a function that returns what the module exports. Raises ``ValueError`` for an import of a
    script that is not earlier in the list, for repeated names, and for other forms of import and export than ``import {
    a, b as c } from './x.js';`` and ``export const``, ``function`` or ``class``.
    """
    seen: dict[str, Path] = {}
    texts = []
    for script in (script.resolve() for script in scripts):
        if script.stem in seen:
            raise ValueError(f"two scripts are called {script.name}")
        text = source(script)
        for _, name in IMPORT.findall(text):
            if (script.parent / name).resolve() not in seen.values():
                raise ValueError(f"{script.name} imports {name}, which does not stand before it")
        text = IMPORT.sub(_replace_import, text)
        exported = ", ".join(EXPORT.findall(text))
        text = EXPORT.sub("", text).strip()
        if left := re.search(r"^(?:import|export)\b.*", text, re.MULTILINE):
            raise ValueError(f"{script.name} has a line that cannot be bundled: {left[0]}")
        texts.append(f"const ${script.stem} = (() => {{\n{text}\nreturn {{ {exported} }};\n}})();\n")
        seen[script.stem] = script
    return "\n".join(texts)


def _replace_import(match: re.Match[str]) -> str:
    """Replace an import by a destructuring of another module's returned object."""
    names = re.sub(r"\s+as\s+", ": ", match[1])
    return f"const {names} = ${Path(match[2]).stem};"

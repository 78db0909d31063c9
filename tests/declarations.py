"""The declarations that scripts are checked against (``*.d.ts``), read so that Python's side can be compared with them.

Read is what those files use: interfaces with one field a line, and types made of names, literals, lists, tuples,
records, unions and intersections.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

ARRAYS = {"Uint8Array": "uint8", "Uint16Array": "uint16", "Uint32Array": "uint32", "Float32Array": "float32"}
INTERFACE = re.compile(r"^(?:export )?interface (\w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
ALIAS = re.compile(r"^export type (\w+) = ([^;]*);", re.MULTILINE)
FIELD = re.compile(r"^  (\w+)(\?)?: (.*);$", re.MULTILINE)
PLAIN: dict[str, type | tuple[type, ...]] = {"number": (int, float), "string": str, "boolean": bool, "object": dict}


class Declarations:
    """The interfaces and types of some files."""

    def __init__(self, *files: Path) -> None:
        text = "\n".join(file.read_text(encoding="utf-8") for file in files)
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
        self.aliases = {name: " ".join(said.split()) for name, said in ALIAS.findall(text)}
        self.fields: dict[str, dict[str, tuple[str, bool]]] = {
            name: {field: (kind, not optional) for field, optional, kind in FIELD.findall(body)}
            for name, body in INTERFACE.findall(text)
        }
        # fields of the objects that were compared, as "Interface.field": those that were there, and those that were not
        self.present: set[str] = set()
        self.absent: set[str] = set()

    @property
    def optional(self) -> set[str]:
        """The fields that need not be there, as "Interface.field"."""
        return {
            f"{kind}.{name}" for kind, fields in self.fields.items() for name, (_, must) in fields.items() if not must
        }

    def _note(self, value: object, kind: str) -> None:
        if isinstance(value, Mapping):
            names = self.fields[kind].keys()
            self.present |= {f"{kind}.{name}" for name in names & value.keys()}
            self.absent |= {f"{kind}.{name}" for name in names - value.keys()}

    def problems(self, value: object, kind: str, where: str = "") -> list[str]:
        """How ``value`` differs from what ``kind`` declares; empty if it does not."""
        kind = kind.strip()
        if kind in self.aliases:
            return self.problems(value, self.aliases[kind], where)
        if len(choices := _split(kind, "|")) > 1:
            found = [self.problems(value, choice, where) for choice in choices]
            return (
                [] if [] in found else [f"{where}: {value!r} is not {kind}"] if len(found) > 2 else min(found, key=len)
            )
        if len(parts := _split(kind, "&")) > 1:
            return self._both(value, parts, where)
        if kind in self.fields:
            found = self._interface(value, self.fields[kind], where or kind)
            if not found:
                self._note(value, kind)
            return found
        return self._plain(value, kind, where)

    def _interface(self, value: object, fields: Mapping[str, tuple[str, bool]], where: str) -> list[str]:
        if not isinstance(value, Mapping):
            return [f"{where}: {value!r} is no object"]
        missing = [f"{where}.{name} is missing" for name, (_, needed) in fields.items() if needed and name not in value]
        unknown = [f"{where}.{name} is not declared" for name in value if name not in fields]
        inner = (
            problem
            for name, (kind, _) in fields.items()
            if name in value
            for problem in self.problems(value[name], kind, f"{where}.{name}")
        )
        return [*missing, *unknown, *inner]

    def _both(self, value: object, parts: list[str], where: str) -> list[str]:
        """An open interface (Plotly's options) that has certain fields too."""
        (inline,) = (part for part in parts if part.startswith("{"))
        fields = {name: (kind, True) for name, kind in re.findall(r"(\w+): ([^;{}]*(?:\{.*\})?)", inline[1:-1])}
        assert isinstance(value, Mapping)
        return [
            problem
            for name, (kind, _) in fields.items()
            for problem in self.problems(value.get(name), kind, f"{where}.{name}")
        ]

    def _plain(self, value: object, kind: str, where: str) -> list[str]:
        if kind in ARRAYS:
            fits = isinstance(value, np.ndarray) and value.dtype == ARRAYS[kind]
        elif kind == "null":
            fits = value is None
        elif kind in PLAIN:
            fits = isinstance(value, PLAIN[kind]) and (kind == "boolean" or not isinstance(value, bool))
        elif kind.startswith("'"):
            fits = value == kind.strip("'")
        elif re.fullmatch(r"-?\d+", kind):
            fits = value == int(kind)
        elif kind.startswith("{"):
            fields = {name: (inner, True) for name, inner in re.findall(r"(\w+): ([^;]*)", kind[1:-1])}
            return self._interface(value, fields, where)
        elif kind.startswith("Record<"):
            names, inner = _split(kind[len("Record<") : -1], ",")
            assert isinstance(value, Mapping)
            return [p for name, each in value.items() for p in self._entry(name, each, names, inner, where)]
        elif kind.endswith("[]"):
            inner = kind[:-2].removeprefix("(").removesuffix(")") if kind.startswith("(") else kind[:-2]
            return self._list(value, inner, where)
        elif kind.startswith("Plotly"):
            fits = isinstance(value, Mapping)  # Plotly checks it itself
        elif kind.startswith("["):
            return self._tuple(value, _split(kind[1:-1], ","), where)
        else:
            raise AssertionError(f"{where}: nothing declares {kind}")
        return [] if fits else [f"{where}: {value!r} is not {kind}"]

    def _entry(self, name: str, value: object, names: str, kind: str, where: str) -> list[str]:
        return [*self.problems(name, names, where), *self.problems(value, kind, f"{where}.{name}")]

    def _list(self, value: object, kind: str, where: str) -> list[str]:
        if not isinstance(value, (list, tuple)):
            return [f"{where}: {value!r} is no list"]
        return [problem for each in value for problem in self.problems(each, kind, f"{where}[]")]

    def _tuple(self, value: object, kinds: list[str], where: str) -> list[str]:
        if not isinstance(value, (list, tuple)) or len(value) != len(kinds):
            return [f"{where}: {value!r} is no list of {len(kinds)}"]
        return [p for each, kind in zip(value, kinds, strict=True) for p in self.problems(each, kind, f"{where}[]")]


def _split(text: str, sign: str) -> list[str]:
    """The parts of a type between ``sign``, as far as it stands in no brackets."""
    depth, parts = 0, [""]
    for letter in text:
        depth += (letter in "([{<") - (letter in ")]}>")
        if letter == sign and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]

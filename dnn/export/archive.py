"""Read an untrusted zip file of arrays: nothing is unpacked or allocated before its size is checked."""

from __future__ import annotations

import json
import math
import re
import zipfile
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Self

import numpy as np

from dnn.errors import InvalidFile, shown
from dnn.messages import Message

MOST_HEADER = 1_000_000  # most bytes of the header
MOST_MEMBERS = 64
NUMBERS = (np.dtype(np.float64), np.dtype(np.int64))
STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# The beginning of a numeric array in NumPy's format; it excludes object arrays.
HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '(?P<kind>[<|][fiu][148])', 'fortran_order': (?P<fortran>True|False), "
    rb"'shape': \((?P<shape>(?:\d{1,12}, ?)*(?:\d{1,12})?)\), \} *\n",
    re.DOTALL,
)


class Archive:
    """The arrays of an ``.npz`` file by name, each checked on access."""

    def __init__(self, file: str | Path | IO[bytes], most_bytes: int) -> None:
        self.zip = zipfile.ZipFile(file)
        members = self.zip.infolist()
        self.sizes = {member.filename.removesuffix(".npy"): member.file_size for member in members}
        total = sum(member.file_size for member in members)
        try:
            if len(members) > MOST_MEMBERS:
                counts = {"count": len(members), "most": MOST_MEMBERS}
                raise InvalidFile(Message("this file holds {count} parts; a model file has {most} at most", **counts))
            if any(member.compress_type not in STORED for member in members):
                raise InvalidFile(Message("this file is packed in a way that model files are not"))
            if total > most_bytes:
                sizes = {"size": f"{total / 1e6:.0f}", "most": f"{most_bytes / 1e6:.0f}"}
                raise InvalidFile(Message("this file unpacks to {size} MB; {most} MB are allowed", **sizes))
        except InvalidFile:
            self.zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    def header(self) -> dict[str, Any]:
        """Return the JSON header."""
        if self.sizes.get("header", MOST_HEADER + 1) > MOST_HEADER:
            raise InvalidFile(Message("this is another program's file: it has no header of a dnn run"))
        header = json.loads(self.array("header", np.dtype(np.uint8), None).tobytes())
        if not isinstance(header, dict):
            raise InvalidFile(Message("its header is not an object with names"))
        return header

    def array(
        self, name: str, dtype: np.dtype[Any] | None, shape: tuple[int, ...] | None, *, finite: bool = True
    ) -> np.ndarray:
        """Return the array ``name``, checked against ``dtype`` (else float64 or int64) and ``shape`` if given."""
        if name not in self:
            raise InvalidFile(Message("the part {name} is missing", name=shown(name)))
        with self.zip.open(f"{name}.npy") as file:
            raw = file.read(self.sizes[name] + 1)
        found = HEADER.match(raw)
        if found is None or int.from_bytes(raw[8:10], "little") != found.end() - 10:
            raise InvalidFile(Message("the part {name} is written in a form that is not known", name=shown(name)))
        kind, declared = (
            np.dtype(found["kind"].decode()),
            tuple(int(n) for n in found["shape"].split(b",") if n.strip()),
        )
        expected = NUMBERS if dtype is None else (dtype,)
        if kind not in expected:
            values = {"name": shown(name), "kind": str(kind), "wanted": " or ".join(map(str, expected))}
            raise InvalidFile(Message("the part {name} holds {kind}; {wanted} was expected", **values))
        if math.prod(declared) * kind.itemsize != len(raw) - found.end():
            values = {"name": shown(name), "kind": str(kind), "shape": str(declared)}
            raise InvalidFile(Message("the part {name} is cut off: {shape} numbers of {kind} were promised", **values))
        if shape is not None and declared != shape:
            values = {"name": shown(name), "shape": str(declared), "wanted": str(shape)}
            raise InvalidFile(Message("the part {name} has shape {shape}; {wanted} was expected", **values))
        order: Literal["C", "F"] = "F" if found["fortran"] == b"True" else "C"
        array = np.frombuffer(raw, kind, offset=found.end()).reshape(declared, order=order).copy()
        if finite and not np.isfinite(array).all():
            raise InvalidFile(Message("the part {name} holds numbers that are not finite", name=shown(name)))
        return array

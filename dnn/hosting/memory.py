"""The memory that is free, and what a class needs."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

GROUPS = (
    ("memory.max", "memory.current", "memory.stat"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat"),
)
BASE, SESSION = 400e6, 12e6  # bytes: the server without visitors, and one more session


def needed(sessions: int) -> float:
    """Bytes that a server with this number of ``sessions`` takes, about."""
    return BASE + sessions * SESSION


def sessions_in(size: float) -> int:
    """The number of sessions that fit into ``size`` bytes."""
    return max(0, int((size - BASE) / SESSION))


def available(root: Path = Path("/"), platform: str = sys.platform) -> int | None:
    """Bytes that a new program can have, also within a container's limit; None where the system does not say."""
    if platform == "win32":
        return _on_windows()
    found = [_of_machine(root / "proc/meminfo"), _of_container(root / "sys/fs/cgroup")]
    sizes = [size for size in found if size is not None]
    if not sizes and platform == "darwin":
        sizes = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2]  # macOS keeps the rest busy
    return min(sizes, default=None)


def give_back() -> None:
    """Return memory that is free to the system: glibc keeps what many small objects have left. Takes milliseconds."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def _of_machine(meminfo: Path) -> int | None:
    found = re.search(r"^MemAvailable:\s*(\d+) kB", _text(meminfo), re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def _of_container(folder: Path) -> int | None:
    """What a control group leaves of its limit (version 2, or 1), with the files that it could let go of."""
    for most, now, parts in GROUPS:
        limit, used = _text(folder / most).strip(), _text(folder / now).strip()
        if limit.isdigit() and used.isdigit():
            files = re.search(r"^(?:total_)?inactive_file (\d+)$", _text(folder / parts), re.MULTILINE)
            return max(0, int(limit) - int(used) + (int(files[1]) if files else 0))
    return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


class _Status(ctypes.Structure):
    """MEMORYSTATUSEX of Windows."""

    _fields_ = (
        ("dwLength", ctypes.c_ulong),
        ("dwMemoryLoad", ctypes.c_ulong),
        *(
            (name, ctypes.c_ulonglong)
            for name in (
                "ullTotalPhys",
                "ullAvailPhys",
                "ullTotalPageFile",
                "ullAvailPageFile",
                "ullTotalVirtual",
                "ullAvailVirtual",
                "ullAvailExtendedVirtual",
            )
        ),
    )


def _on_windows() -> int | None:
    status = _Status(dwLength=ctypes.sizeof(_Status))
    kernel = getattr(ctypes, "windll", None)
    if kernel is None or not kernel.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return int(status.ullAvailPhys)

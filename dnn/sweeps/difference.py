"""Find the settings in which two sweeps differ."""

from __future__ import annotations

from typing import Any

from dnn.errors import shown
from dnn.messages import Message
from dnn.sweeps.sweep import Sweep

MOST_DIFFERENCES = 5


def difference(existing: Sweep, sweep: Sweep) -> Message:
    """Return what differs between the sweep of a file, ``existing``, and the one to be run."""
    wanted, found = _flat("", sweep.model_dump(mode="json")), _flat("", existing.model_dump(mode="json"))
    names = [name for name in {**wanted, **found} if wanted.get(name, "") != found.get(name, "")]
    nothing = Message("missing")
    parts = {
        f"part_{number}": Message(
            "{name} is {there}, not {here}",
            name=name,
            there=found.get(name, nothing),
            here=wanted.get(name, nothing),
        )
        for number, name in enumerate(names[:MOST_DIFFERENCES])
    }
    if len(names) > MOST_DIFFERENCES:
        parts["more"] = Message("and {count} more", count=len(names) - MOST_DIFFERENCES)
    return Message("; ".join(f"{{{part}}}" for part in parts), **parts)


def _flat(name: str, value: Any) -> dict[str, str]:
    """Return the values in nested mappings by their dotted names, shown as text."""
    if name == "axes":
        return {f"the axis {axis['name']}": shown(axis["values"]) for axis in value}
    if isinstance(value, dict):
        flat: dict[str, str] = {}
        for key, each in value.items():
            flat |= _flat(f"{name}.{key}" if name else key, each)
        return flat
    return {name: shown(value)}

"""The limits of a server: unset they limit nothing, and a slip is said."""

import re
from pathlib import Path

import pytest

from dnn.hosting.limits import LIMITS, most, variable

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_what_the_environment_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(variable(name), raising=False)
    assert most(name) is None
    limit = LIMITS[name]
    for value in (limit.least, limit.default, limit.most):
        monkeypatch.setenv(variable(name), f" {value} ")
        assert most(name) == value
    for slip in (str(limit.least - 1), str(limit.most + 1), "many", "1.5", "-1", "９" * 3, "9" * 5000):
        monkeypatch.setenv(variable(name), slip)
        with pytest.raises(ValueError, match=rf"{variable(name)}: .* a whole number from {limit.least} to"):
            most(name)


def test_the_manual_lists_every_limit() -> None:
    page = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `--(\w+)` \| `(\w+)` \| ([\d ]+) \|", page, re.MULTILINE)
    assert rows == [(name, variable(name), f"{limit.default:,}".replace(",", " ")) for name, limit in LIMITS.items()]

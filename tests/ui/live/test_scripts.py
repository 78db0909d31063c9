"""Where knowledge of the scripts stands, and how large they may grow."""

import re
from pathlib import Path

import pytest

import dnn

ROOT = Path(dnn.__file__).parent
SCRIPTS = sorted(path for end in ("js", "css") for path in ROOT.rglob(f"*.{end}"))
PRIVATE = re.compile(r"st-key-|stMain|stSidebar|data-testid|_fullLayout|querySelector[^\n]*\.st[A-Z-]")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.relative_to(ROOT)))
def test_a_script_is_short_and_knows_nothing_of_streamlits_page(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert text.count("\n") < 250
    if script.suffix == ".js":
        assert text.startswith("// @ts-check\n")
        assert script.name == "streamlit_dom.js" or not PRIVATE.search(text)

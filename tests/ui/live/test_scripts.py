"""Where knowledge of the scripts stands, and how large they may grow."""

import re
from pathlib import Path

import dnn

ROOT = Path(dnn.__file__).parent
SCRIPTS = sorted(path for end in ("js", "css") for path in ROOT.rglob(f"*.{end}"))
PRIVATE = re.compile(r"st-key-|stMain|stSidebar|data-testid|_fullLayout|querySelector[^\n]*\.st[A-Z-]")


def _mistakes(script: Path) -> list[str]:
    """What is wrong with a script or a style sheet."""
    text = script.read_text(encoding="utf-8")
    wrong = {"it is too long": text.count("\n") >= 250}
    if script.suffix == ".js":
        wrong["its first line asks for no check"] = not text.startswith("// @ts-check\n")
        wrong["it knows Streamlit's page"] = script.name != "streamlit_dom.js" and PRIVATE.search(text) is not None
    else:  # every new class of any element would have the browser compute the styles of all inside it again
        wrong["it selects by a part of the class attribute"] = "[class" in text
    return [mistake for mistake, is_made in wrong.items() if is_made]


def test_every_script_is_short_and_knows_nothing_of_streamlits_page() -> None:
    assert len(SCRIPTS) > 160
    assert {str(script.relative_to(ROOT)): found for script in SCRIPTS if (found := _mistakes(script))} == {}

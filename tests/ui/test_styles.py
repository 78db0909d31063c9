"""The style sheets: what would make every frame of the live view expensive."""

import re
from pathlib import Path

UI = Path(__file__).parents[2] / "dnn" / "ui"
WHOLE_PAGE = re.compile(r'(html|body|:root|\.stApp|\[data-testid="?st(App|AppViewContainer|Main)"?\]):has\(')


def test_no_rule_asks_what_the_whole_page_holds() -> None:
    """With such a rule a browser styles the whole page again whenever a number of the readout changes.

    Measured in Chromium: 8 ms of style and 8 ms of layout a frame with it, 1 ms of both without.
    """
    paths = [*UI.rglob("*.css"), *UI.rglob("*.py")]
    assert [path.name for path in paths if WHOLE_PAGE.search(path.read_text(encoding="utf-8"))] == []

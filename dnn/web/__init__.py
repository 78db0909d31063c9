"""Scripts that both the page and the exported replay use, as files that a browser can run.

Inside ``dnn/`` scripts import each other by relative paths; the page serves them under the same paths.
"""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
_TYPES = re.compile(r"^ *(?:/\*\*(?:(?!\*/).)*?\*/|// @ts-check)\n", re.MULTILINE | re.DOTALL)


def source(script: Path) -> str:
    """The text of a script without the comments of the type checker, to travel inside something else."""
    return _TYPES.sub("", script.read_text(encoding="utf-8"))

"""Everything that the page says, found where it is written: what a catalogue of translations has to have."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

import dnn

PACKAGE = Path(dnn.__file__).parent
KEYWORDS = {"tr": None, "Sentence": None}


def messages() -> set[str]:
    """The English texts."""
    return set(_marked())


def _marked() -> Iterator[str]:
    """What stands in ``tr("…")`` or ``Sentence("…")``."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True)
    for _file, _line, message, _comments, _context in found:
        yield message if isinstance(message, str) else message[0]

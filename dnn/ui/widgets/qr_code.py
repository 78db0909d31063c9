"""An address as a QR code, which a phone or a tablet opens with its camera."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import streamlit as st

from dnn.ui.visitor.language import tr

LONGEST = 600  # characters: a code of more is too fine for a camera across a room
SIZE = "min(20rem, 70vw)"


def qr_code(url: str) -> None:
    """Draw the QR code of ``url``, or the reason why there is none."""
    if len(url) > LONGEST:
        st.caption(tr("The link is too long for a QR code."))
        return
    picture = qr_picture(url)
    if picture is None:
        st.caption(tr("For a QR code here, whoever runs this server installs it once: `pip install segno`."))
        return
    label = escape(tr("QR code of {url}").format(url=url), quote=True)
    st.html(f'<img src="{picture}" alt="{label}" style="width: {SIZE}; aspect-ratio: 1; image-rendering: pixelated">')


@lru_cache(maxsize=64)
def qr_picture(url: str) -> str | None:
    """The code of ``url`` as an image's address, black on white with its margin; None without segno."""
    try:
        import segno  # optional package: the page runs without it
    except ImportError:
        return None
    code = segno.make(url, error="m", micro=False)
    return str(code.svg_data_uri(border=4, light="#fff", dark="#000"))

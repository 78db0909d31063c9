"""An upload field for any file: its content is checked by the reader, with translated messages.

The browser itself rejects a file that is too large. The message for it is hidden next to the field, and the page's
style sheet shows it if the latest file was rejected.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dnn.hosting.limits import most
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown


def upload(label: str, key: str, megabytes: int, on_change: Callable[[], Any]) -> UploadedFile | None:
    """Draw the field and return the uploaded file, of at most ``megabytes``, or fewer if the server allows fewer."""
    allowed = min(megabytes, most("upload") or megabytes, st.get_option("server.maxUploadSize"))
    with st.container(gap="xsmall"):
        file = st.file_uploader(label, key=key, on_change=on_change, max_upload_size=allowed)
        text = tr("The file is too large: {most} MB are allowed.")
        if allowed < megabytes:
            text = tr("The file is too large: this server allows {most} MB. Whoever runs it can allow up to {more} MB.")
        st.markdown(f":red[:material/error: {text.format(most=allowed, more=megabytes)}]")
    return file


def show_refusal(message: str | None) -> None:
    """Say why a file was not opened, if there is such a message."""
    if message:
        text = tr("Nothing was changed: {reason}").format(reason=escape_markdown(tr(message)))
        st.error(text, icon=":material/error:")

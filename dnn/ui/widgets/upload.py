"""A place for a file of any kind: what is in it is judged where it is read, in the visitor's words.

The browser itself holds back what is too large. The sentence for that stands hidden beside the place, and the page's
style sheet shows it where the newest file was held back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dnn.ui.visitor.language import tr


def upload(label: str, key: str, megabytes: int, on_change: Callable[[], Any]) -> UploadedFile | None:
    """The file that was given under ``label``, of so many megabytes at most."""
    with st.container(key=f"upload-{key.replace('.', '-')}", gap="xsmall"):
        file = st.file_uploader(label, key=key, on_change=on_change, max_upload_size=megabytes)
        with st.container(key=f"held-back-{key.replace('.', '-')}"):
            text = tr("The file is too large: {most} MB are allowed.").format(most=megabytes)
            st.markdown(f":red[:material/error: {text}]")
    return file

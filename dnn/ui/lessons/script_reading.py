"""The pupil's run as a script, read part by part beside ``dnn/reference.py``."""

from __future__ import annotations

import streamlit as st

from dnn.export.beside_reference import Reading, beside_reference
from dnn.export.script import write_script
from dnn.training.run import Run
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import mark_terms


def draw(run: Run) -> None:
    """The script of ``run`` in parts, each beside the lines of the reference that do the same, and as a file."""
    st.download_button(
        tr("Download the script"),
        write_script(run),
        "network.py",
        "text/x-python",
        key="script",
        icon=":material/download:",
    )
    for reading in beside_reference(run):
        with st.container(key=f"reading-{reading.part.sections[0].lower()}", gap="xsmall"):
            _part(reading)


def _part(reading: Reading) -> None:
    st.markdown(f"#### {tr(reading.part.title)}")
    st.markdown(mark_terms(tr(reading.part.remark)), unsafe_allow_html=True)
    for line, reference, remark in reading.pairs:
        same = " ".join(f"`{each}`" for each in reference)
        st.markdown(f"- `{line}`" + (f" ↔ {same}" if same else "") + f"  \n  {tr(remark)}")
    if not reading.reference:
        st.code(reading.code, language="python", wrap_lines=True)
        return
    left, right = st.columns(2)
    with left:
        st.caption(tr("Your script"))
        st.code(reading.code, language="python", wrap_lines=True)
    with right:
        st.caption("dnn/reference.py")
        st.code(reading.reference, language="python", wrap_lines=True)

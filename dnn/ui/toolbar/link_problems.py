"""A visitor comes by an address that describes an experiment: it is read, and what of it cannot be read is said."""

from __future__ import annotations

import streamlit as st

from dnn.ui import controls, session
from dnn.ui.visitor.language import tr


def read() -> bool:
    """Begin with what the address describes, if it has to be asked; whether it was."""
    if not (visited := session.visited()):
        return False
    experiment, problems = controls.readable(*visited)
    controls.write(experiment)
    session.arrive(experiment, problems)
    return True


def problems() -> None:
    """Say what could not be read, until the visitor has understood."""
    if problems := session.problems():
        said = "\n".join(f"- {controls.plain(problem)}" for problem in problems)
        with st.container(horizontal=True, key="link-problems"):
            text = tr("This link could not be read in full; the defaults stand in:")
            st.warning(f"{text}\n{said}", icon=":material/link_off:", width="stretch")
            st.button(tr("Understood"), key="understood", on_click=session.forget_problems)

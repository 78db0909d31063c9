"""*Compare with …*: from the playground to a comparison with a copy of its run."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from dnn.ui import session
from dnn.ui.compare import state
from dnn.ui.compare.variant_picker import pick_variant
from dnn.ui.visitor import address
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.guard import fragment


@fragment
def button(compare: Page) -> None:
    """Draw *Compare with…*: the present run beside a copy with one setting changed, on the page ``compare``.

    What it offers takes long to find, so that is done only while it is open.
    """
    box = st.popover(
        tr("Compare with …"),
        key="compare-with",
        icon=":material/compare:",
        help=tr("Compare this run with another"),
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        base = session.experiment()
        label = tr("This run, and beside it a copy with another")
        if pick_variant(base, "compare.with", label, tr("Compare"), lambda other: state.compare(base, other)):
            st.switch_page(compare, query_params=address.page_words())

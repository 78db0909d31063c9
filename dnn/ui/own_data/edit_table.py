"""The examples of your own data as a table to edit. Unused changes are kept when the table is closed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import streamlit as st

from dnn.data.names import LONGEST_NAME, distinct
from dnn.datasets.custom_data import CustomData, clean_name
from dnn.datasets.rows import Rows
from dnn.errors import DnnError
from dnn.messages import Message
from dnn.ui import session
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.visitor.markdown import escape_markdown
from dnn.ui.widgets import dialog
from dnn.ui.widgets.guard import callback

EDITED = 2000  # rows
BASE, DRAFT = "own.base", "own.draft"  # the table as it was opened; the data that were edited, and what became of them


def opened(custom: CustomData) -> None:
    """Begin with what was changed in ``custom`` before and not used, else with ``custom`` itself."""
    before, after = store.value(DRAFT) or (None, None)
    store.put({BASE: after if before == custom else custom})


def edit() -> None:
    """Draw the table, and the button that trains on the edited data."""
    if store.value("own.edited"):
        dialog.close()
        st.rerun()
    custom, base = session.experiment().data.dataset, store.value(BASE)
    assert isinstance(custom, CustomData)
    if base != custom:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(tr("These are your changes from before, which are not used yet."))
            st.button(tr("Without them"), key="own.without", on_click=store.put, args=({BASE: custom, DRAFT: None},))
    if len(base.rows) > EDITED:
        text = tr("The first {count} of {all} examples are shown; the others stay as they are.")
        st.info(text.format(count=EDITED, all=len(base.rows)))
    edited = st.data_editor(
        table(base),
        num_rows="dynamic",
        hide_index=True,
        height=420,
        key=f"own.editor.{hash(base)}",
        column_config=_column_config(base),
    )
    try:
        after, left_out = changed(base, edited)
    except DnnError as error:
        st.error(escape_markdown(tr(error.message)), icon=":material/error:")
        return
    store.put({DRAFT: (custom, after)})
    if left_out:
        st.caption(tr("Rows that are not filled in are left out: {count}.").format(count=left_out))
    if new := after.classes[len(base.classes) :]:
        st.caption(escape_markdown(tr("New classes: {names}").format(names=", ".join(new))))
    label = tr("Use these examples")
    st.button(
        label,
        key="own.edited",
        type="primary",
        on_click=callback(session.use_custom_data),
        args=(after,),
        disabled=after == custom,
    )


def _headings(custom: CustomData) -> list[str]:
    """A name for each column, all of them different."""
    return distinct([*custom.names.headings, custom.target])


def table(custom: CustomData) -> Any:
    """The first rows as a data frame, classes by their names."""
    import pandas as pd  # start-up time: only this dialog needs it

    *inputs, target = _headings(custom)
    frame = pd.DataFrame(custom.X[:EDITED], columns=inputs)
    y = custom.y[:EDITED]
    frame[target] = np.array(custom.classes, object)[y.astype(int)] if custom.classes else y
    return frame


def _column_config(custom: CustomData) -> dict[str, Any]:
    *inputs, target = _headings(custom)
    config: dict[str, Any] = {name: st.column_config.NumberColumn(name, format="%.6g") for name in inputs}
    new = tr("A class, or another name for a new class")
    config[target] = (
        st.column_config.TextColumn(target, help=new, max_chars=LONGEST_NAME)
        if custom.classes
        else st.column_config.NumberColumn(target, format="%.6g")
    )
    return config


def changed(custom: CustomData, table: Any) -> tuple[CustomData, int]:
    """``custom`` with the rows of an edited table in place of its first, and how many of them are not filled in.

    Classes that are new there come after the others.
    """
    *inputs, target = _headings(custom)
    X = table[inputs].to_numpy(np.float64, na_value=np.nan)
    classes = custom.classes
    if classes:
        called = [_class_of(name, classes) for name in table[target]]
        classes = tuple(dict.fromkeys((*classes, *(name for name in called if name))))
        y = np.array([classes.index(name) if name else np.nan for name in called], np.float64)
    else:
        y = table[target].to_numpy(np.float64, na_value=np.nan)
    whole = np.isfinite(X).all(axis=1) & np.isfinite(y)
    X, y = np.vstack([X[whole], custom.X[EDITED:]]), np.concatenate([y[whole], custom.y[EDITED:]])
    after = CustomData(rows=Rows(np.column_stack([X, y])), inputs=custom.inputs, target=custom.target, classes=classes)
    return after, int((~whole).sum())


def _class_of(cell: object, classes: Collection[str]) -> str | None:
    """The class that a cell of the edited table names: one of those there are, or a new one; None for none."""
    if not isinstance(cell, str) or not cell.strip():
        return None
    return cell if cell in classes else clean_name(cell)


DIALOG = dialog.Dialog("edit the examples", Message("Edit the examples"), "table_edit", edit)

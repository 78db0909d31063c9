"""The picture frame around every page: title, width, style and the list of pages."""

from pathlib import Path

import streamlit as st

from dnn.ui.views import playground

HERE = Path(__file__)
ICON = HERE.parents[2] / "assets" / "icon.svg"
ABOUT = "A deep neural network in bare NumPy, learning live. Nothing leaves this machine."

st.set_page_config("dnn playground", page_icon=ICON, layout="wide", menu_items={"About": ABOUT})
st.html(HERE.with_name("page.css"))
st.navigation(
    [st.Page(playground.show, title="Playground", url_path="playground", default=True)], position="hidden"
).run()

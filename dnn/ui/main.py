"""The picture frame around every page: title, width, style and the list of pages."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from dnn.ui.views import inside, mistakes, playground, textbook

HERE = Path(__file__)
ICON = HERE.parents[2] / "assets" / "icon.svg"
ABOUT = "A deep neural network in bare NumPy, learning live. Nothing leaves this machine."

st.set_page_config("dnn playground", page_icon=ICON, layout="wide", menu_items={"About": ABOUT})
st.html(HERE.with_name("page.css"))
play: Page = st.Page(lambda: playground.show(look), title="Playground", url_path="playground", default=True)
look: Page = st.Page(lambda: inside.show(play), title="Inside one step", url_path="inside")
plant = st.Page(lambda: mistakes.show(play), title="Plant a mistake", url_path="mistakes")
compare = st.Page(lambda: textbook.show(play), title="Against the textbook", url_path="textbook")
st.navigation([play, look, plant, compare], position="hidden").run()

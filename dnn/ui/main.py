"""The picture frame around every page: title, width, style and the list of pages."""

from pathlib import Path

import streamlit as st

from dnn.ui import navigation, session
from dnn.ui.language import tr
from dnn.ui.views import lessons, playground

HERE = Path(__file__)
ICON = HERE.parents[2] / "assets" / "icon.svg"

session.read_page_words()
about = tr("A deep neural network in bare NumPy, learning live. Nothing leaves this machine.")
st.set_page_config("dnn playground", page_icon=ICON, layout="wide", menu_items={"About": about})
st.html(HERE.with_name("page.css"))
play = st.Page(playground.show, title=tr("Playground"), url_path="playground", default=True)
learn = st.Page(lambda: lessons.show(play), title=tr("Lessons"), url_path="lessons")
page = st.navigation([play, learn], position="hidden")
navigation.draw([play, learn], page)
page.run()

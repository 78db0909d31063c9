"""The script that Streamlit runs for every visitor. It is short, because Streamlit compiles it at its first run."""

from dnn.ui import pages

pages.draw()

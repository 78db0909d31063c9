"""The playground: `streamlit run app.py` opens it in the browser."""

import streamlit as st

from dnn.ui.live.socket import ROUTES
from dnn.ui.security import MIDDLEWARE
from dnn.ui.server import MAIN, lifespan

app = st.App(MAIN, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)

"""The playground: `streamlit run app.py` opens it in the browser."""

import streamlit as st

from dnn.ui.live import socket
from dnn.ui.presses import PRESSES
from dnn.ui.security import MIDDLEWARE
from dnn.ui.server import MAIN, lifespan
from dnn.ui.sweep import background
from dnn.ui.visitor_limit import LIMITS

app = st.App(
    MAIN,
    routes=[*socket.ROUTES, *background.ROUTES],
    middleware=[*MIDDLEWARE, *LIMITS, *PRESSES],
    lifespan=lifespan,
)

"""A page with nothing but the settings and the dialogs for data."""

from streamlit.testing.v1 import AppTest

from tests.ui.page import Page


def data_page() -> None:
    from dnn.ui import controls, session
    from dnn.ui.views.playground import DIALOGS
    from dnn.ui.widgets import dialog

    session.open_address()
    controls.draw()
    session.player()
    dialog.draw_open(DIALOGS)


class DataPage(Page):
    """A page with nothing but the settings and the dialogs for data."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(data_page, default_timeout=60)

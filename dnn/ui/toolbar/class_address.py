"""The dialog with the address that pupils type, large enough to read it off a projector, and its QR code."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

import streamlit as st

from dnn.hosting.network import ANY, addresses, is_loopback
from dnn.messages import Message
from dnn.ui.toolbar.reach import reach
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.copy_link import copy_link
from dnn.ui.widgets.dialog import Dialog
from dnn.ui.widgets.qr_code import qr_code


def class_address(url: str, base: str = "") -> str:
    """Return the address of the first page, without what a visitor has chosen, for a page at ``url``.

    ``base`` is the path below which the server has all its pages.
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{base.strip('/')}"


def other_addresses(url: str, listens: str) -> tuple[str, ...]:
    """Return further addresses of the server that ``listens`` there, where this page's own ``url`` is the machine's."""
    parts = urlsplit(url)
    if not is_loopback(parts.hostname or "") or listens not in ANY:
        return ()
    return addresses(listens, parts.port or 80)[1:]


def _show() -> None:
    url, listens = st.context.url or "", st.get_option("server.address") or ""
    place = reach(url, listens)
    shown = class_address(place.url, st.get_option("server.baseUrlPath"))
    if place.note:
        st.warning(tr(place.note), icon=":material/wifi_off:")
    st.html(f'<p class="dnn-class-address" translate="no">{escape(shown.rstrip("/"))}</p>')
    if not place.note:
        qr_code(shown)
    if others := other_addresses(url, listens):
        text = tr("This machine is in several networks. Its other addresses: {addresses}")
        st.caption(text.format(addresses=", ".join(f"`{other}`" for other in others)))
    copy_link(shown, label=tr("Class address"), button=tr("Copy address"), key="copy-class-address")


DIALOG = Dialog("class address", Message("Class address"), "qr_code_2", _show, "medium")

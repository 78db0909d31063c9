"""The trainability map: which learning rates and starting weights can learn, every pixel a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.navigation.page import Page

from dnn.activations import ACTIVATIONS
from dnn.messages import Message
from dnn.plots.ticks import SUPERSCRIPT
from dnn.sweeps.trainability import MAPS, TrainabilityMap
from dnn.ui.panel.group import group_panel
from dnn.ui.pupil import membership
from dnn.ui.trainability import actions, link, windows
from dnn.ui.trainability.places import PLACES
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr
from dnn.ui.widgets.glossary import explained
from dnn.ui.widgets.guard import callback
from dnn.ui.widgets.link_problems import show_link_problems

PANEL, ACTIVATION, EPOCHS = "map", "map.activation", "map.epochs"  # keys of widgets
LENGTHS = (50, 100, 200, 500)  # epochs that are offered

SOURCE = "Jascha Sohl-Dickstein 2024, *The boundary of neural network trainability is fractal*, arXiv:2402.06184"


def show(playground: Page, sweep: Page | None = None) -> None:
    """The whole page; a network that is clicked opens on the ``playground``. The way back leads to ``sweep``."""
    if store.value(actions.OPENED):
        store.put({actions.OPENED: False})
        st.switch_page(playground)
    windows.open_address()
    player = windows.player()
    membership.let_wait(player)
    show_link_problems(windows.PROBLEMS)
    with st.container(horizontal=True, vertical_alignment="center", key="map-head"):
        label = tr("Sweep") if sweep else tr("Playground")
        st.page_link(sweep or playground, label=label, icon=":material/arrow_back:")
        st.header(tr("Trainability map"), anchor=False, width="content")
        st.caption(tr("Drag a square to zoom in. Click a pixel to open its network."))
    picture, words = st.columns([0.58, 0.42], gap="medium")
    with words:
        _choices()
        _buttons()
        _places()
        place = st.container(key="map-place", gap="xsmall")
        _story()
        st.caption(tr(Message("Source: {source}", source=SOURCE)))
    with picture:
        group_panel(player, {}, key=PANEL, script="map.js", styles=("map.css",), on_chosen=callback(_perform))
    with place:
        _place()
    _code(windows.window())
    windows.write_address()


def _story() -> None:
    """Explain what is seen."""
    explained(
        "Every pixel is a network that trains for itself: the learning rate grows to the right, the size of the "
        "starting weights upwards. **Blue** ones converge, **orange** ones diverge, and the scale under the picture "
        "says how quickly. All have 8 hidden units, the same 16 examples in a full batch, and the same starting "
        "weights but for their size."
    )
    explained(
        "One might expect a smooth line where blue meets orange, but **it is a fractal**: drag a square around a piece "
        "of it, and what looked smooth is ragged again, with coasts, islands and threads, as deep as numbers go. A "
        "little more learning rate can turn a network that learns into one that does not, and a little more turns it "
        "back."
    )


def _perform() -> None:
    actions.perform((store.value(PANEL) or {}).get("chosen"))


def _choices() -> None:
    """Draw the settings that all networks have in common."""
    window = windows.window()
    store.put({ACTIVATION: link.name_of(window), EPOCHS: window.epochs})
    with st.container(horizontal=True, vertical_alignment="bottom", key="map-choices"):
        st.segmented_control(
            tr("Activation"),
            list(MAPS),
            key=ACTIVATION,
            required=True,
            format_func=lambda name: tr(ACTIVATIONS[name].label),
            on_change=lambda: windows.use((MAPS[store.value(ACTIVATION)],)),
        )
        st.segmented_control(
            tr("Epochs"),
            sorted({*LENGTHS, window.epochs}),  # a link may say others
            key=EPOCHS,
            required=True,
            on_change=lambda: _change(lambda window: {"epochs": store.value(EPOCHS)}),
        )


def _buttons() -> None:
    zoomed = len(windows.windows()) > 1
    with st.container(horizontal=True, key="map-buttons"):
        st.button(tr("Back"), key="map.back", icon=":material/undo:", disabled=not zoomed, on_click=windows.back)
        st.button(
            tr("Whole map"),
            key="map.whole",
            icon=":material/zoom_out_map:",
            disabled=not zoomed,
            on_click=windows.whole,
        )
        st.button(
            tr("Other starting weights"),
            key="map.draw",
            icon=":material/casino:",
            on_click=lambda: _change(
                lambda window: {"base": window.base.model_copy(update={"draw": window.base.draw + 1})}
            ),
        )


def _places() -> None:
    """Draw links to some parts of the map."""
    with st.container(horizontal=True, vertical_alignment="center", key="map-places", gap="small"):
        st.markdown(tr("Places:"), width="content")
        for name, place in PLACES.items():
            st.button(tr(name), key=f"map.place.{name}", type="tertiary", on_click=windows.use, args=(place,))


def _change(changes: Callable[[TrainabilityMap], dict[str, Any]]) -> None:
    """Change a setting of every window."""
    windows.use(tuple(window.model_copy(update=changes(window)) for window in windows.windows()))


def _place() -> None:
    """Write where the window is, how deep, and whether one can zoom further."""
    window, depth = windows.window(), windows.depth()
    (slow, fast), (small, large) = window.learning_rates, window.scales
    lines = [
        tr(Message("Learning rate: {low} to {high}", low=_number(slow, fast), high=_number(fast, slow))),
        tr(Message("Scale: {low} to {high}", low=_number(small, large), high=_number(large, small))),
    ]
    if depth > 1.0:
        lines.append(tr(Message("Magnified {depth} times", depth=_short(depth))))
    st.markdown("  \n".join(lines))
    if window.is_deepest:
        st.info(
            tr(
                "This is as deep as it goes: neighbouring pixels differ in the last digits that a 64-bit number has. "
                "There is nothing in between to compute."
            ),
            icon=":material/vertical_align_bottom:",
        )


def _short(count: float) -> str:
    """Return a large number, rounded."""
    if count < 10_000:
        return f"{count:.3g}" if count < 1000 else f"{count:.0f}"
    digits, power = f"{count:.1e}".split("e+")
    return f"{digits}·10{str(int(power)).translate(SUPERSCRIPT)}"


def _number(value: float, other: float) -> str:
    """Return a number with as many digits as tell it from the other end."""
    digits = next((digits for digits in range(3, 17) if abs(value - other) > 20 * abs(value) * 10.0**-digits), 17)
    return f"{value:.{digits}g}"


def _code(window: TrainabilityMap) -> None:
    """Draw the code that makes the same picture in Python."""
    draw = window.base.draw
    base = f'MAPS["{link.name_of(window)}"].base' + (f".model_copy(update={{'draw': {draw}}})" if draw else "")
    ends = f"learning_rates={window.learning_rates!r}, scales={window.scales!r}"
    with st.expander(tr("The same from Python"), icon=":material/code:"):
        lines = (
            "from dnn.sweeps.trainability import MAPS, TrainabilityMap, picture",
            "",
            f"base = {base}",
            f"window = TrainabilityMap(base=base, {ends}, epochs={window.epochs})",
            "values = picture(window, side=256)  # not above 0 where networks converge",
        )
        st.code("\n".join(lines), language="python", wrap_lines=True)

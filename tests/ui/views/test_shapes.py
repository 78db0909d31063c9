"""The shape clinic without a browser: every shape, broken lines, and its address."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dnn.mistakes.shapes import BREAKS, examine
from dnn.ui.views import shape_table
from dnn.ui.views.shapes_link import Clinic, breaks_of, from_query, to_query
from tests.ui.page import opened, ran, read

SCRIPT = """
import streamlit as st
from dnn.ui.views import mistakes, playground, shapes
play = st.Page(lambda: playground.show(play), title="Playground", url_path="playground")
plant = st.Page(lambda: mistakes.show(play, clinic), title="Plant", url_path="mistakes")
clinic = st.Page(lambda: shapes.show(plant), title="Clinic", url_path="shapes", default=True)
st.navigation([clinic, plant, play], position="hidden").run()
for name, page in (("to playground", play), ("to clinic", clinic)):
    if st.button(name):
        st.switch_page(page)
"""


def clinic(**link: str) -> AppTest:
    return opened(SCRIPT, **link)


def table(at: AppTest) -> str:
    (html,) = [each.proto.body for each in at.get("html") if "dnn-shapes" in each.proto.body]
    return str(html)


def rows(at: AppTest) -> list[str]:
    """The lines of the table as text."""
    found = re.findall(r'<tr class="(.*?)">(.*?)</tr>', table(at))
    return [" ".join((kind, re.sub(r"<[^>]*>", " ", cells))) for kind, cells in found]


def verdicts(at: AppTest) -> list[str]:
    return [each.value for each in (*at.error, *at.warning, *at.success)]


def test_it_opens_with_all_shapes_right() -> None:
    at = clinic()
    assert verdicts(at) == ["Every line fits. Break one to see what NumPy says."]
    found = examine((2, 4, 1))
    assert len(rows(at)) == len([line for line in found.lines if line.phase != "given"]) + 1
    assert "X (5, 2) · Y (5, 1) · W1 (2, 4)" in " ".join(rows(at)[0].split())
    assert "Z1 = X @ W1 + b1" in table(at)
    assert "X (5, 2) · W1 (2, 4) · b1 (4,)" in table(at)
    assert at.query_params == {}


def test_a_broken_line_shows_numpys_message_and_what_is_not_reached() -> None:
    at = clinic()
    at.selectbox(key="shapes.break").set_value("star_for_dot")
    ran(at)
    assert verdicts(at) == ["NumPy raises an error at the wrong line itself."]
    assert at.code[0].value == "ValueError: operands could not be broadcast together with shapes (5,2) (2,4)"
    raised, message = [row for row in rows(at) if row.startswith("raised")]
    assert "Z1 = X * W1 + b1" in raised
    assert "ValueError: operands could not be broadcast together with shapes (5,2) (2,4)" in message
    assert rows(at)[-1].startswith("unreached")
    assert at.query_params["break"] == "star_for_dot"


def test_a_wrong_line_that_numpy_passes_is_told_from_the_one_that_raises() -> None:
    at = clinic(**{"break": "flat_labels"})
    assert verdicts(at) == [
        "The wrong line is `Y = Y.ravel()`. NumPy raises an error only at `dA1 = dZ2 @ W2.T`, which is right."
    ]
    (square,) = [row for row in rows(at) if "dZ2 = (A2 - Y) / m" in row]
    assert square.startswith("shape")
    assert "should be (5, 1)" in square


def test_what_numpy_stretches_is_said_to_be_stretched() -> None:
    at = clinic(**{"break": "wrong_cache"})
    assert verdicts(at)[0].startswith("NumPy raises no error. `dW2 = A2.T @ dZ2` has the shape (1, 1)")
    assert [row for row in rows(at) if row.startswith("stretched") and "W2 = W2 - rate * dW2" in row]


def test_right_shapes_with_wrong_numbers_are_left_to_the_gradient_check() -> None:
    at = clinic(**{"break": "slope_left_out"})
    assert "a gradient check can" in verdicts(at)[0]


def test_layers_can_be_added_and_the_address_holds_them() -> None:
    at = clinic()
    at.number_input(key="shapes.hidden").set_value(3)
    ran(at)
    at.number_input(key="shapes.units.2").set_value(7)
    ran(at)
    assert "W2 (4, 7)" in table(at)
    assert at.query_params["sizes"] == "2-4-7-3-1"


def test_columns_turn_every_shape_and_offer_their_own_breaks() -> None:
    at = clinic(layout="columns", **{"break": "keepdims_left_out"})
    assert "W1 (4, 2)" in table(at)
    assert "examples in columns" in table(at)
    at.segmented_control(key="shapes.layout").set_value("rows")
    ran(at)
    assert at.selectbox(key="shapes.break").value == "nothing"
    assert "db without keepdims=True" not in at.selectbox(key="shapes.break").options


def test_the_network_of_the_playground_lends_its_sizes() -> None:
    at = clinic()
    assert not [button for button in at.button if button.key == "shapes.mine"]
    for name in ("to playground", "to clinic"):
        next(button for button in at.button if button.label == name).click()
        ran(at)
    at.button(key="shapes.mine").click()
    ran(at)
    assert at.number_input(key="shapes.inputs").value == 2


def test_a_link_that_cannot_be_read_is_reported() -> None:
    at = clinic(sizes="2-x-1", m="0", new="9999", layout="diagonal", **{"break": "no_such"})
    (problem,) = [each.value for each in at.warning]
    for word in ("Sizes", "M", "New", "Layout", "Break"):
        assert f"- {word}" in problem
    assert "Z1 = X @ W1 + b1" in table(at)


@pytest.mark.parametrize("clinic", [Clinic(), Clinic((3, 9, 9, 2), 40, 1, "columns", "wrong_axis"), Clinic((1, 1))])
def test_the_address_and_back(clinic: Clinic) -> None:
    assert from_query(to_query(clinic)) == (clinic, ())


@pytest.mark.parametrize("sizes", ["", "2", "2-0-1", "2--1", "2-65-1", "-".join("1" * 11), "²-1", "2-4-1-"])
def test_sizes_that_are_none(sizes: str) -> None:
    clinic, (problem,) = from_query({"sizes": sizes})
    assert clinic == Clinic()
    assert problem.field == "sizes"


def test_it_is_said_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dnn.ui.visitor.language.current", lambda: "zh")
    at = clinic()
    assert "形状诊所" in [each.value for each in at.header]
    for name in breaks_of("columns"):
        said = shape_table.table(examine((2, 4, 1), layout="columns", broken=name))
        text = re.sub(r"<code>.*?</code>|<samp>.*?</samp>|<[^>]*>|NumPy", " ", said)
        assert re.findall(r"[A-Za-z]{4,}", text) == []
    for label in at.selectbox(key="shapes.break").options:
        assert label not in [each.title for each in BREAKS.values()]
    texts = [read(each.value) for kind in ("markdown", "caption", "success") for each in at.get(kind)]
    assert re.findall(r"[A-Za-z]{4,}", re.sub(r"`[^`]*`|NumPy", "", "\n".join(texts))) == []

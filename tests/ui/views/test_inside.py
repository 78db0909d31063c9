"""The page inside one step without a browser: its stops, its chain rule, its check, and the way there and back."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dnn.analysis.walkthrough import walkthrough
from dnn.errors import DnnError
from tests.ui.page import Page, read

pytestmark = pytest.mark.slow


def inside(**link: str) -> Page:
    """The page that a visitor reaches by the button beside the transport."""
    page = Page(**link)
    page.press("Inside")
    return page


def said(page: Page) -> str:
    return "\n".join(read(each.value) for kind in ("markdown", "caption", "subheader") for each in page.at.get(kind))


def choose(page: Page, view: str) -> None:
    page.set("View", view)


def test_the_button_goes_to_the_present_epoch_and_pauses() -> None:
    page = Page(layers="3")
    page.press("Step")
    page.player.frame()
    page.press("Play")
    assert page.player.state == "playing"
    page.press("Inside")
    assert page.player.state == "paused"
    assert page.player.run.epoch > 0
    assert f"Layers 2-3-1, epoch {page.player.run.epoch}." in said(page)
    assert "The inputs" in said(page)


def test_next_and_back_walk_from_the_inputs_to_the_last_new_bias() -> None:
    page = inside(layers="3", data="blobs")
    stops = [stop.title for stop in walkthrough(page.player.run, [0, 1, 2]).steps]
    for title in stops[1:]:
        page.press("Next")
        assert title in said(page)
    (last,) = [button for button in page.at.button if button.label == "Next"]
    assert last.disabled
    page.press("Back")
    assert stops[-2] in said(page)


def test_a_stop_is_kept_when_the_examples_change_and_left_when_it_is_gone() -> None:
    page = inside(layers="3")
    page.set("Stop", "dw2")
    page.set("First example", 7)
    page.set("Examples", 1)
    assert page.widget("Stop").value == "dw2"


def test_the_layout_can_be_the_tutorials() -> None:
    page = inside(layers="3")
    page.set("Stop", "z1")
    assert any(r"X\,W^{[1]} + b^{[1]}" in each.value for each in page.at.latex)
    page.set("Examples in columns", True)
    assert any(r"W^{[1]}\,X + b^{[1]}" in each.value for each in page.at.latex)


def test_the_line_for_reading_comes_first_and_the_engines_behind_a_switch() -> None:
    page = inside(layers="3")
    page.set("Stop", "z1")
    assert [code.value for code in page.at.code] == ["Z = A @ W + b"]
    assert "dnn/reference.py" in said(page)
    page.set("Show the engine's line", True)
    assert [code.value for code in page.at.code][1:] == ["product(layer.Wb_T, A_ones_T, layer.Z_T)  # Z = A W + b"]
    assert "dnn/network.py" in said(page)


def test_what_the_network_for_reading_does_otherwise_shows_the_engines_line_alone() -> None:
    page = inside(layers="3", optimizer="adam")
    page.set("Stop", "new_w1")
    assert [code.value for code in page.at.code] == ["add(vector, step, vector)  # W = W + step, b = b + step"]
    assert "Show the engine's line" not in [toggle.label for toggle in page.at.toggle]


def test_the_chain_rule_shows_the_same_gradient_twice() -> None:
    page = inside(layers="3-2")
    choose(page, "One weight")
    page.set("Layer of the weight", 2)
    page.set("To", 1)
    shown = {metric.label: metric.value for metric in page.at.metric}
    assert shown["Gradient by the chain rule"][:6] == shown["Gradient by nudging"][:6]
    assert "Multiplied out" in said(page)


def test_a_smaller_layer_takes_a_unit_that_it_has() -> None:
    page = inside(layers="5-2")
    choose(page, "One weight")
    page.set("To", 4)
    page.set("Layer of the weight", 2)
    assert page.widget("To").value == 0


def test_the_check_says_that_the_gradient_is_right() -> None:
    page = inside(layers="3-2", optimizer="adam", l2="0.5")
    choose(page, "Gradient check")
    assert page.at.success[0].value.startswith("**The gradient is right.**")


def test_a_network_with_very_many_numbers_is_not_checked() -> None:
    page = inside(layers="64-64")
    choose(page, "Gradient check")
    assert "up to 4000 are checked" in page.at.info[0].value


@pytest.mark.parametrize("link", [{"data": "blobs", "classes": "4"}, {"layers": ""}, {"features": "x1,x2,x1*x2"}])
def test_other_networks_are_taken_apart_too(link: dict[str, str]) -> None:
    try:
        page = inside(**link)
    except DnnError as error:
        pytest.fail(str(error))
    for view in ("One weight", "Gradient check", "Step by step"):
        choose(page, view)


def test_the_link_stays_the_experiments() -> None:
    page = inside(layers="3-2", activation="relu")
    assert page.link["layers"] == "3-2"
    assert page.link["activation"] == "relu"


ALONE = """
import streamlit as st
from dnn.ui import session
from dnn.ui.visitor import address
from dnn.ui.views import inside, playground
address.read_page_words()
play = st.Page(lambda: playground.show(look), title="Playground", url_path="playground")
look = st.Page(lambda: inside.show(play), title="Inside", url_path="inside", default=True)
st.navigation([look, play], position="hidden").run()
"""


def linked(**link: str) -> AppTest:
    at = AppTest.from_string(ALONE, default_timeout=60)
    at.query_params = dict(link)
    at.run()
    assert not at.exception, at.exception
    return at


def test_what_a_link_says_and_cannot_be_is_reported_here_too() -> None:
    link = {"layers": "abc", "activation": "foo", "learning_rate": "-3"}
    at = linked(**link)
    assert [each.value for each in at.warning] == [each.value for each in Page(**link).at.warning]
    for word in ("Hidden layer sizes", "Activation", "Learning rate"):
        assert word in at.warning[0].value
    at.button(key="understood").click().run()
    assert not at.warning


def test_a_link_that_can_be_read_gives_no_warning() -> None:
    assert not linked(layers="3-2").warning


def english(page: Page) -> list[str]:
    """Words of four letters and more that are neither code, nor formulas, nor the same in every language."""
    kinds = ("markdown", "caption", "subheader", "header", "info", "success", "metric", "button")
    texts = [read(each.value if kind != "button" else each.label) for kind in kinds for each in page.at.get(kind)]
    texts += [widget.label for widget in (*page.at.selectbox, *page.at.number_input, *page.at.toggle)]
    texts += [metric.label for metric in page.at.metric] + [name for each in page.at.selectbox for name in each.options]
    bare = re.sub(r":material/\w+:|`[^`]*`|dnn/\S+|\w+\.\w+|\w+\(\)", "", "\n".join(texts))
    return [word for word in re.findall(r"[A-Za-z]{4,}", bare) if word.lower() not in ("dropout", "softmax")]


def test_every_view_is_said_in_chinese() -> None:
    page = inside(layers="3-2", data="weather", l2="0.5", clip_norm="0.1", optimizer="adam")
    page.set("Language", "zh")
    assert "拆开一步" in [each.value for each in page.at.header]
    assert english(page) == []
    page.set("视图", "一个权重")
    assert page.widget("从").options == ["温度", "湿度", "气压"]
    assert english(page) == []
    page.set("视图", "梯度检查")
    assert page.at.success[0].value.startswith("**梯度正确**")
    assert english(page) == []


def test_the_stop_is_kept_when_the_language_changes() -> None:
    page = inside(layers="3")
    page.set("Stop", "dw2")
    page.set("Language", "zh")
    assert page.widget("站点").value == "dw2"
    assert "第 2 层：权重的梯度" in said(page)

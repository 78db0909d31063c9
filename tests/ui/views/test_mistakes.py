"""The pages that plant mistakes and that run the textbook again, without a browser."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from dnn.analysis.textbook import TRAININGS
from dnn.mistakes import MISTAKES
from dnn.ui.views.planted import FIRST
from tests.ui.page import opened, ran, read

pytestmark = pytest.mark.slow

SCRIPT = """
import streamlit as st
from dnn.ui.views import {view}, playground
play = st.Page(lambda: playground.show(play), title="Playground", url_path="playground")
shown = st.Page(lambda: {view}.show(play), title="Shown", url_path="shown", default=True)
st.navigation([shown, play], position="hidden").run()
"""


def opened_view(view: str, **link: str) -> AppTest:
    return opened(SCRIPT.format(view=view), timeout=90, **link)


def only(at: AppTest, name: str) -> AppTest:
    """Plant this mistake and no other."""
    for toggle in at.toggle:
        toggle.set_value(toggle.label == MISTAKES[name].title)
    return ran(at)


def texts(at: AppTest) -> str:
    return "\n".join(read(each.value) for kind in ("markdown", "caption", "subheader", "code") for each in at.get(kind))


def test_every_mistake_has_its_switch_and_one_is_on() -> None:
    at = opened_view("mistakes")
    assert [toggle.label for toggle in at.toggle] == [mistake.title for mistake in MISTAKES.values()]
    assert [toggle.label for toggle in at.toggle if toggle.value] == [MISTAKES[FIRST].title]


@pytest.mark.parametrize("planted", [["star_for_dot", "cost_sign"], ["slope_sign"], [], [FIRST]])
def test_a_link_plants_mistakes_and_the_address_holds_them(planted: list[str]) -> None:
    text = ",".join(planted) or "none"
    at = opened_view("mistakes", plant=text)
    on = [toggle.label for toggle in at.toggle if toggle.value]
    assert on == [MISTAKES[name].title for name in planted]
    assert at.query_params == ({} if planted == [FIRST] else {"plant": text})


def test_a_link_to_no_mistake_is_reported() -> None:
    at = opened_view("mistakes", plant="slope_sign,no_such")
    assert [toggle.label for toggle in at.toggle if toggle.value] == [MISTAKES["slope_sign"].title]
    assert "no\\_such" in at.warning[0].value


def test_each_mistake_is_shown_with_its_word_from_the_check_and_its_code() -> None:
    at = opened_view("mistakes")
    for name, mistake in MISTAKES.items():
        only(at, name)
        assert at.success[0].value.startswith("The gradient check passes"), name
        verdicts = [each.value for each in (*at.error, *at.warning)]
        if mistake.raises:
            assert len(at.get("plotly_chart")) == 1, name  # the answers of the right network
            assert verdicts[0].startswith("NumPy raises an error on the way"), name
        else:
            assert len(at.get("plotly_chart")) == (2 if name == "bias_without_sum" else 3), name
            start = "The gradient check catches it" if mistake.caught else "The gradient check notices"
            assert [verdict for verdict in verdicts if verdict.startswith(start)], name
        for text in (mistake.wrong, mistake.why, *mistake.symptoms, f"def {mistake.step}"):
            assert text in texts(at), name
        assert at.code[-2].value != at.code[-1].value, name
        assert ("dnn-shapes" in html(at)) == (mistake.breaks is not None), name


def test_numpys_error_stands_beside_its_line_and_the_shapes_below() -> None:
    at = only(opened_view("mistakes"), "flat_labels")
    line, message = (each.value for each in at.code[:2])
    assert line == "dA = dZ @ W.T"
    assert message.startswith("ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0")
    assert "**How to read the error**" in texts(at)
    assert "The wrong line is `Y = Y.ravel()`." in at.error[1].value
    assert '<tr class="raised">' in html(at)
    assert "(210, 210)" in html(at)


def test_a_network_that_answers_no_new_example_shows_its_costs_and_numpys_message() -> None:
    at = only(opened_view("mistakes"), "bias_without_sum")
    assert at.error[0].value == "It was trained, but NumPy raises an error for any other number of examples."
    assert at.code[1].value.startswith("ValueError: operands could not be broadcast")
    assert "on test examples none" in texts(at)
    assert "db1 is (15, 6), b1 is (6,)" in at.error[1].value


def test_a_negative_cost_is_drawn_on_a_linear_axis() -> None:
    at = only(opened_view("mistakes"), "cost_sign")
    layout = json.loads(at.get("plotly_chart")[-1].proto.spec)["layout"]
    assert layout["yaxis"]["type"] == "linear"


def html(at: AppTest) -> str:
    return "".join(each.proto.body for each in at.get("html"))


def test_without_a_mistake_there_is_nothing_to_compare() -> None:
    at = opened_view("mistakes")
    for toggle in at.toggle:
        toggle.set_value(False)
    assert "Switch on a mistake" in ran(at).info[0].value


def test_two_mistakes_at_once_are_both_explained() -> None:
    at = opened_view("mistakes")
    at.toggle[0].set_value(True)
    ran(at)
    assert {MISTAKES[FIRST].title, at.toggle[0].label} <= {each.value for each in at.subheader}
    at.button(key="mistakes.none").click()
    assert not [toggle for toggle in ran(at).toggle if toggle.value]


def test_a_mistake_without_effect_is_said_to_have_none() -> None:
    at = opened_view("mistakes")
    hidden = MISTAKES["transposed_forward"].title
    for toggle in at.toggle:
        toggle.set_value(toggle.label in (MISTAKES["star_for_dot"].title, hidden))
    assert ran(at).warning[0].value.startswith(f"{hidden}: without effect here")


def test_of_several_mistakes_the_check_says_which_it_catches() -> None:
    at = opened_view("mistakes")
    at.toggle[0].set_value(True)
    missed = next(iter(MISTAKES.values()))
    assert not missed.caught
    (verdict,) = [each.value for each in ran(at).error]
    assert f"It catches: {MISTAKES[FIRST].title}." in verdict
    assert f"It does not notice: {missed.title}." in verdict
    assert "planted in the same network" in texts(at)


def test_one_mistake_alone_is_not_told_from_others() -> None:
    (verdict,) = [each.value for each in opened_view("mistakes").error]
    assert "It catches:" not in verdict


def test_the_explanation_stands_above_the_pictures() -> None:
    """So that it is on the first screen."""
    at = opened_view("mistakes")
    kinds = [each.type for each in at.main]
    column = next(each for each in at.columns if each.get("plotly_chart") and each.subheader)
    order = [each.type for each in column]
    assert order.index("subheader") < order.index("plotly_chart"), kinds


def test_other_starting_weights_give_other_costs() -> None:
    at = opened_view("mistakes")
    before = [each.value for each in at.markdown if each.value.startswith("Cost")]
    (again,) = [button for button in at.button if button.label == "Other starting weights"]
    again.click()
    assert [each.value for each in ran(at).markdown if each.value.startswith("Cost")] != before


def test_a_draw_in_which_the_mistake_does_no_harm_is_called_so() -> None:
    at = only(opened_view("mistakes"), "divides_by_output")
    assert not at.info
    assert "**How it shows**" in texts(at)
    at.button(key="mistakes.again").click()
    ran(at)
    assert "both networks end alike" in at.info[0].value
    assert "**How it shows with other starting weights**" in texts(at)


def test_the_right_network_can_be_taken_to_the_playground() -> None:
    at = opened_view("mistakes")
    (go,) = [button for button in at.button if button.label == "Open the right one"]
    go.click()
    ran(at)
    assert at.session_state["experiment"] == MISTAKES[FIRST].setting.experiment
    assert "Pause" in [button.label for button in at.button]


def test_a_published_run_is_run_again_number_by_number() -> None:
    at = opened_view("textbook")
    assert [each.value for each in at.subheader] == [training.title for training in TRAININGS]
    assert not at.success
    at.button(key=f"textbook.{TRAININGS[0].id}").click()
    ran(at)
    assert [each.value for each in at.success] == ["All 8 numbers agree."]
    assert "| :green[✓] agrees | w [1, 1] | −0.70916784 | −0.709167837 | 1e-08 | rounded when printed |" in texts(at)
    assert len(at.get("plotly_chart")) == 2
    at.button(key=f"textbook.{TRAININGS[1].id}").click()
    assert len(ran(at).success) == 2


def test_mistakes_and_textbook_are_said_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dnn.ui.visitor.language.current", lambda: "zh")
    at = opened_view("mistakes")
    assert "埋一个错误" in [each.value for each in at.header]
    assert english(at) == []
    assert at.error[0].value.startswith("梯度检查发现了它")
    for toggle in at.toggle:
        toggle.set_value(toggle.label == "所有输入共用一个平均值")
    ran(at)
    axes = json.loads(at.get("plotly_chart")[0].proto.spec)["layout"]
    assert (axes["xaxis"]["title"]["text"], axes["yaxis"]["title"]["text"]) == ("温度 (°C)", "气压 (hPa)")
    assert english(at) == []
    for toggle in at.toggle:
        toggle.set_value(toggle.label == "y 是一维的：(m,)，而不是 (m, 1)")
    assert english(ran(at)) == []
    assert at.error[0].value.startswith("NumPy 在反向传播时报错")
    at = opened_view("textbook")
    at.button(key=f"textbook.{TRAININGS[0].id}").click()
    assert english(ran(at)) == []
    assert [each.value for each in at.success] == ["8 个数全部一致。"]


def english(at: AppTest) -> list[str]:
    """Words of four letters and more that are neither code nor the same in every language."""
    kinds = ("markdown", "caption", "subheader", "header", "info", "success", "error", "warning")
    texts = [read(each.value) for kind in kinds for each in at.get(kind)]
    texts += [each.label for each in (*at.button, *at.toggle)] + [each.help for each in at.toggle]
    bare = re.sub(r":material/\w+:|:green|`[^`]*`", "", "\n".join(texts))
    return [word for word in re.findall(r"[A-Za-z]{4,}", bare) if word not in ("tanh", "Tanh", "ReLU", "NumPy")]

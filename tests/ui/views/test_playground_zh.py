"""The playground in Chinese: nothing of its settings, buttons and sentences stays English."""

import re
from typing import Any

import pytest

from tests.ui.page import FOLDS, Page

pytestmark = pytest.mark.slow

# what is the same in every language: names of methods, programs and formulas
NAMES = re.compile(
    r"dropout|softmax|sigmoid|relu|tanh|sin|cos|exp|abs|adam\w*|L[12]|numpy|notebook|scikit-learn|pytorch|keras|onnx"
    r"|ctrl|csv|tsv|json|huber|TF|planar|full|English|x\d|hPa|MLPClassifier|DNN\w+|Leaky|He|Xavier|Glorot|LeCun|[A-Z]|GELU"
    r"|SELU|ELU|SiLU|swish|Mish|Softplus|NAdam|AdaGrad|RMSprop|Nesterov|SGD|float\d+|material/\w+",
    re.IGNORECASE,
)
FORMULA = re.compile(r"\$[^$]*\$|\n.*\d{4}.*")  # and who described it, in which year


def english(text: str) -> list[str]:
    """The words in ``text`` that are neither Chinese nor names."""
    return [word for word in re.findall(r"[A-Za-z]{2,}", FORMULA.sub("", text)) if not NAMES.fullmatch(word)]


def texts(page: Page) -> list[str]:
    """Labels, options and help texts of all widgets."""
    found: list[str] = []
    kinds = ("selectbox", "number_input", "slider", "select_slider", "toggle", "text_input", "button", "button_group")
    for element in (each for kind in kinds for each in page.at.get(kind)):
        proto: Any = element.proto
        found += [proto.label, proto.help]
        found += [getattr(each, "content", each) for each in getattr(proto, "options", ())]
    found += [fold.label for fold in page.at.expander]
    return [text for text in found if text]


def test_the_settings_are_chinese() -> None:
    page = Page(lang="zh", data="moons", schedule="warm_up", loss="binary_cross_entropy").unfold(*FOLDS)
    for label in ("数据集", "样本数", "噪声", "激活函数", "优化器", "早停", "预设", "换一组权重"):
        assert label in [*page.labels, *page.buttons], label
    features = {"x₁", "x₂"}
    assert {text: english(text) for text in texts(page) if english(text) and text not in features} == {}


def test_another_language_changes_words_and_nothing_else() -> None:
    page = Page(data="xor", optimizer="adam", standardize="each").unfold(*FOLDS)
    before = page.experiment
    page.press("Pause")
    page.press("Step")
    page.player.frame()
    epoch = page.player.run.epoch
    assert epoch > 0
    page.set("Language", "zh")
    assert page.experiment == before
    assert page.player.run.epoch == epoch
    assert page.widget("数据集").value == "xor"
    page.set("数据集", "circles")
    assert page.experiment.data.dataset.kind == "circles"
    assert page.experiment.training == before.training
    page.set("语言", "en")
    assert page.widget("Data set").value == "circles"


def test_mistakes_are_said_in_chinese() -> None:
    page = Page(lang="zh", learning_rate="-1", data="nothing")
    assert "Learning rate" not in page.said
    assert "学习率：不允许 '-1'；必须是从 1e-06 到 100 的数。" in page.said
    assert "数据集：不允许 'nothing'；请从 moons" in page.said


def test_the_small_curves_are_described_in_chinese() -> None:
    page = Page(lang="zh", schedule="cosine")
    page.at.session_state["curve-activation"] = True
    page.unfold("Schedule")
    described = [chart.proto.alt for chart in page.at.get("plotly_chart")]
    assert len(described) == 2
    assert [english(text) for text in described] == [[], []]

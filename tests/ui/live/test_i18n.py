"""The live panel's words: its scripts say English keys, the page brings them in the visitor's language."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from dnn import Data, Experiment
from dnn.data.names import Names
from dnn.data.plane import titles
from dnn.lessons.glossary import GLOSSARY
from dnn.messages import Message
from dnn.plots.examples import class_names
from dnn.ui.catalogue import LANGUAGES, translated
from dnn.ui.live.i18n import SCRIPTS, keys, translations
from dnn.ui.live.missing_data import NOTHING_YET
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack
from tests.ui.page import Page

PLACE = re.compile(r"\{([a-z]+)\}")
FOREIGN = [name for name, each in LANGUAGES.items() if each.folder]
# the walk through a training step is given its words by its own page
OURS = {file.name: file.read_text(encoding="utf-8") for file in SCRIPTS.glob("*.js") if file.name != "matrices.js"}


def scene_of(player: Player) -> dict[str, Any]:
    _, parts = unpack(player.frame())
    found: dict[str, Any] = json.loads(bytes(parts["scene"]))
    return found


def header_of(player: Player) -> dict[str, Any]:
    return unpack(player.frame())[0]


# the scripts


@pytest.mark.parametrize("language", FOREIGN)
def test_every_key_of_the_scripts_has_a_translation_with_the_same_places(language: str) -> None:
    assert len(keys()) > 90
    for text in keys():
        said = translated(text, language)
        assert sorted(PLACE.findall(said)) == sorted(PLACE.findall(text)), text
        assert said != text or text in ("log x", "log y"), text
        assert not set(said) & set("<>&\"'`"), f"{said} goes into HTML"


def test_the_scripts_say_literals_only() -> None:
    """A key that is put together would be found by nobody."""
    for name, script in OURS.items():
        said = re.findall(r"(?<![.\w])tr\((?!\s*')[^)]*\)(?! \{)", script)
        assert said == [], name


def test_every_place_is_given_a_value() -> None:
    for name, script in OURS.items():
        for text, values in re.findall(r"(?<![.\w])tr\(\s*'([^']*)', \{([^{}]*)\}\s*\)", script):
            given = set(re.findall(r"(?:^|, )([a-z]+)(?=:|,|\s*$)", " ".join(values.split())))
            assert given == set(PLACE.findall(text)), (name, text)


def test_no_words_stand_in_the_scripts_unsaid() -> None:
    """Neither in their HTML nor where an element is given its words."""
    unsaid = re.compile(
        r"""(?:aria-label|title|placeholder)="[^"$]*[A-Za-z]{2}"""
        r"""|'aria-label', ['`][^$]*?[A-Za-z]{2}"""
        r"""|(?:textContent|title|ariaLabel)(?: =|:) ['`](?!\$)[^'`$]*[A-Za-z]{2}"""
        r"""|(?<![=\s])> ?[A-Z][a-z]{2,}"""
        r"""|(?:fillText|new Option)\(['`][^'`$]*[A-Za-z]{2}"""
    )
    for name, script in OURS.items():
        code = "\n".join(line for line in script.splitlines() if not line.strip().startswith("//"))
        assert unsaid.findall(code) == [], name


# what the page brings


def test_the_page_brings_the_words_of_the_visitor() -> None:
    given = Page(lang="zh").told("live_panel")
    assert given["language"]["name"] == "zh"
    assert given["language"]["words"]["Train cost"] == "训练代价"
    assert given["language"]["words"].keys() | {"log x", "log y"} == set(keys())
    assert given["tour"]["steps"][0]["title"] == "它正在学习"
    assert given["tour"]["steps"][0]["at"] == [".dnn-boundary > [role=img]"]
    said = [*given["language"]["words"].values(), *given["language"]["glossary"].values()]
    assert [text for text in said if not re.search(r"[\u4e00-\u9fff]", text)] == []


def test_in_english_the_scripts_have_all_words_themselves() -> None:
    given = Page().told("live_panel")
    assert given["language"] == translations("en")
    assert given["language"]["words"] == {}
    assert given["language"]["glossary"] == {word.name: word.meaning for word in GLOSSARY}


def test_what_the_scripts_explain_is_in_the_glossary() -> None:
    script = "".join(OURS.values())
    explained = set(re.findall(r'data-means="([a-z ]+)"', script))
    assert explained == {"epoch", "batch", "cost", "boundary"}
    assert explained | {"weight", "bias", "learning rate"} <= {word.name for word in GLOSSARY}


# what the player says


def test_another_language_makes_another_scene_and_the_run_goes_on() -> None:
    player = Player(Experiment(), playing=False)
    player.step()
    english = scene_of(player)
    before = player.run
    player.speak("zh")
    chinese = scene_of(player)
    assert player.run is before
    assert chinese["id"] != english["id"]
    assert english["cost"]["layout"]["xaxis"]["title"]["text"] == "epoch"
    assert chinese["cost"]["layout"]["xaxis"]["title"]["text"] == "轮数"
    assert [trace["name"] for trace in chinese["cost"]["data"]] == ["训练", "测试"]
    assert chinese["cost"]["layout"]["meta"]["views"]["numbers"] == {"label": "数字"}
    assert chinese["cost"]["layout"]["meta"]["views"]["cost"]["format"] == ".4g"
    assert chinese["names"] == ["类别 0", "类别 1"]
    assert "P(类别 1)" in chinese["boundary"]["data"][-1]["hovertemplate"]
    player.speak("zh")
    assert scene_of(player)["id"] == chinese["id"]


def test_why_it_paused_and_what_was_changed_is_said_in_the_visitors_language() -> None:
    player = Player(Experiment(), speed=float("inf"))
    player.speak("zh")
    player.stop_at(cost=0.5)
    while (header := header_of(player))["state"] == "playing":
        pass
    cost = f"{player.run.latest['train_cost']:.4g}"
    epoch = player.run.epoch
    assert header["reason"] == f"已按要求在第 {epoch} 轮暂停：训练代价 {cost} 低于 0.5。"
    other = player.run.experiment.model_copy(deep=True)
    training = other.training.model_copy(update={"learning_rate": 0.5, "l2": 0.25, "batch_size": None})
    player.use(other.model_copy(update={"training": training}))
    assert header_of(player)["chart"]["marks"] == [[epoch, "学习率 0.03 → 0.5，批大小 10 → 全部，L2 0 → 0.25"]]
    player.speak("en")
    assert header_of(player)["chart"]["marks"] == [
        [epoch, "learning rate 0.03 → 0.5, batch size 10 → full, l2 0 → 0.25"]
    ]


def test_why_it_cannot_go_on_is_said_in_the_visitors_language() -> None:
    idle = Experiment().training.model_copy(update={"learning_rate": 1e-6, "patience": 1})
    player = Player(Experiment().model_copy(update={"training": idle}), speed=float("inf"))
    player.speak("zh")
    while (header := header_of(player))["state"] == "playing":
        pass
    assert header["state"] == "ended"
    assert header["reason"].startswith("提前停止：连续 1 轮，测试代价都没有低于第 ")
    assert translated(NOTHING_YET, "zh") != NOTHING_YET


def test_our_names_are_translated_and_a_visitors_stay_as_they_are() -> None:
    def say(text: str) -> str:
        return f"«{text}»"

    data = Data.split([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]], [0, 1])
    mixed = replace(
        data, given_names=Names((Message("heat"), "cost", "x3"), ("°C", "€", ""), ("test", Message("rain")))
    )
    assert titles(mixed, say) == ("«heat» (°C)", "cost (€)", "x₃")
    assert titles(mixed) == ("heat (°C)", "cost (€)", "x₃")
    assert class_names(mixed, say) == ("test", "«rain»")
    assert class_names(data, say) == ("«class 0»", "«class 1»")

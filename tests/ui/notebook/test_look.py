"""How the widget of a notebook looks and in which language it speaks: as the notebook does, or as it is told."""

import json
from typing import Any

import pytest

import dnn
from dnn.plots.theme import DARK, LIGHT
from dnn.ui.notebook import LiveWidget
from dnn.ui.notebook.widget import TEXTS, WORDS
from tests.ui.notebook.browser import EXPERIMENT, Browser, scene_of


@pytest.mark.parametrize(("name", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_it_has_the_colours_of_its_theme_and_plays_if_asked(name: Any, theme: Any) -> None:
    widget = dnn.live(EXPERIMENT, playing=True, speed=30, theme=name)
    browser = Browser(widget)
    browser.ask()
    header, parts = browser.frame()
    assert header["state"] == "playing"
    assert widget.player.speed == 30
    assert scene_of(parts)["colors"]["paper"] == theme.paper
    widget.close()


@pytest.mark.parametrize(
    ("told", "theme", "language"),
    [
        ({}, DARK, "zh"),
        ({"theme": "light"}, LIGHT, "zh"),
        ({"language": "en"}, DARK, "en"),
        ({"language": "zh_CN", "theme": "light"}, LIGHT, "zh"),
    ],
    ids=str,
)
def test_it_looks_and_speaks_as_the_notebook_does_unless_it_was_told(told: Any, theme: Any, language: str) -> None:
    widget = dnn.live(EXPERIMENT, **told)
    browser = Browser(widget)
    browser.do("look", theme="dark", locale="zh-CN")
    browser.ask()
    assert browser.answers[0][0]["language"] == language
    scene = scene_of(browser.frame()[1])
    assert scene["colors"]["paper"] == theme.paper
    assert scene["names"][0] == {"en": "class 0", "zh": "类别 0"}[language]
    browser.do("look", theme="light", locale="fr")  # another theme, and a language that there is not
    browser.ask()
    assert browser.answers[0][0]["language"] == (language if "language" in told else "en")
    assert scene_of(browser.frame()[1])["colors"]["paper"] == LIGHT.paper
    widget.close()


@pytest.mark.parametrize("told", [{"theme": "blue"}, {"language": "fr"}, {"language": ""}], ids=str)
def test_a_theme_or_a_language_that_there_is_not_is_refused_with_those_that_there_are(told: Any) -> None:
    with pytest.raises(ValueError, match=r"is not one of (light, dark|en, zh_CN)$"):
        dnn.live(EXPERIMENT, **told)


def test_the_browser_has_every_word_in_every_language(widget: LiveWidget) -> None:
    assert len(TEXTS) > 20
    assert {name: each["words"].keys() for name, each in WORDS.items()} == {"zh": set(TEXTS)}
    assert json.dumps(WORDS, ensure_ascii=False) in widget._esm

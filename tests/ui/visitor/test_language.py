"""The page speaks the visitor's language: a catalogue lacks nothing, and the link carries the choice."""

import pickle
import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from dnn.messages import Message
from dnn.ui.catalogue import LANGUAGES, LOCALE, catalogue, translated
from tests.catalogue import PACKAGE, messages
from tests.ui.page import Page

FOREIGN = {name: each.folder for name, each in LANGUAGES.items() if each.folder}


@cache
def entries(folder: str) -> dict[str, str]:
    with (LOCALE / folder / "LC_MESSAGES" / "dnn.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, abort_invalid=True) if message.id}


def places(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", text))


def formulas(text: str) -> list[str]:
    """The formulas in a text, without the words in them."""
    return sorted(
        re.sub(r"\\text\{.*?\}", "", found) for found in re.findall(r"\$\$.*?\$\$|\$[^$]+\$", text, re.DOTALL)
    )


@pytest.mark.parametrize("folder", FOREIGN.values())
def test_everything_that_is_said_has_a_translation(folder: str) -> None:
    known = {text for text, said in entries(folder).items() if said}
    assert sorted(messages() - known) == []


@pytest.mark.parametrize("folder", FOREIGN.values())
def test_no_translation_is_of_what_nobody_says(folder: str) -> None:
    assert sorted(entries(folder).keys() - messages()) == []


@pytest.mark.parametrize("folder", FOREIGN.values())
def test_values_keep_their_places(folder: str) -> None:
    for text, said in entries(folder).items():
        if "$" not in text:
            assert places(said) == places(text), text


@pytest.mark.parametrize("folder", FOREIGN.values())
def test_formulas_are_the_same_in_every_language(folder: str) -> None:
    for text, said in entries(folder).items():
        assert [formula.split() for formula in formulas(said)] == [formula.split() for formula in formulas(text)], text


@pytest.mark.parametrize("folder", FOREIGN.values())
def test_nothing_is_translated_twice(folder: str) -> None:
    text = (LOCALE / folder / "LC_MESSAGES" / "dnn.po").read_text("utf-8")
    assert len(re.findall("^msgid ", text, re.MULTILINE)) == len(entries(folder)) + 1  # and the header


def test_english_needs_no_catalogue() -> None:
    assert translated("Playground", "en") == "Playground"
    assert translated("Playground", "zh") == "实验场"
    assert translated("nobody says this", "zh") == "nobody says this"
    assert translated("", "zh") == ""


def test_a_sentence_is_said_anew_with_its_values(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = Message("{what} is {count}", what=Message("the {noun}", noun="rate"), count=3)
    assert sentence == "the rate is 3"
    words = {"{what} is {count}": "{count} = {what}", "the {noun}": "«{noun}»"}
    monkeypatch.setattr(catalogue("zh"), "_catalog", words)
    assert translated(sentence, "zh") == "3 = «rate»"


def test_a_sentence_survives_pickle() -> None:
    sentence = Message("{a} of {b}", a=1, b=2)
    other = pickle.loads(pickle.dumps(sentence))
    assert (other, other.template, other.values) == (sentence, "{a} of {b}", {"a": 1, "b": 2})


def test_the_link_chooses_the_language_and_keeps_it() -> None:
    page = Page(lang="zh", data="xor")
    assert page.widget("语言").value == "zh"
    page.set("Learning rate" if "Learning rate" in page.labels else "学习率", 0.1)
    assert page.link == {"data": "xor", "learning_rate": "0.1", "lang": "zh"}


def test_the_switch_changes_the_language_and_the_link() -> None:
    page = Page(data="xor")
    assert page.link == {"data": "xor"}
    page.set("Language", "zh")
    assert page.link == {"data": "xor", "lang": "zh"}
    assert page.widget("语言").value == "zh"
    assert page.experiment.data.dataset.kind == "xor"
    page.set("语言", "en")
    assert page.widget("Language").value == "en"


def test_a_language_that_there_is_not_is_reported() -> None:
    page = Page(lang="xx", data="xor")
    assert page.widget("Language").value == "en"
    assert "Lang: 'xx' is not allowed; choose one of en, zh." in page.said
    assert page.link == {"data": "xor"}


def test_what_is_said_is_found_where_it_is_written() -> None:
    """Babel does not look into f-strings: nothing may be translated there."""
    inside = re.compile(r"""f(["'])(?:(?!\1).)*\{tr\(["']""")
    for file in PACKAGE.rglob("*.py"):
        assert not inside.search(file.read_text(encoding="utf-8")), file

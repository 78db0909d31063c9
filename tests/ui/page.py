"""The page in one visitor's session without a browser, by the names that a visitor reads."""

import json
import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from dnn import Experiment, ui
from dnn.ui.controls.widgets import fold_key
from dnn.ui.live.player import Player
from dnn.ui.widgets import guard

MAIN = Path(ui.__file__).parent / "main.py"


FOLDS = (
    "Inputs and weights",
    "Initialisation and layers",
    "Schedule",
    "Regularisation",
    "Loss and precision",
)
KINDS = ("selectbox", "number_input", "slider", "select_slider", "toggle", "text_input", "button_group", "multiselect")


def read(text: str) -> str:
    """A text as it was written: without the meanings that its words have, and with its stars."""
    text = re.sub(r"</?strong>", "**", re.sub(r"</?em>", "*", text))
    return re.sub(r'<a class="dnn-word"[^>]*>(.*?)<span class="dnn-meaning".*?</span></a>', r"\1", text)


def unescaped(markdown: str) -> str:
    """The text as it is read: without backslashes, and without the joiners that keep addresses from becoming links."""
    return re.sub(r"\\(.)", r"\1", markdown).replace("\u2060", "")


def ran(at: AppTest) -> AppTest:
    """Run a script's page again; nothing may go wrong in it."""
    at.run()
    assert not at.exception, at.exception
    return at


def opened(script: str, timeout: float = 60, **link: str) -> AppTest:
    """The page of a script of its own, opened by a link."""
    at = AppTest.from_string(script, default_timeout=timeout)
    at.query_params = dict(link)
    return ran(at)


class Page:
    """The page in one visitor's session, by the names that a visitor reads."""

    def __init__(self, *unfolded: str, **link: str) -> None:
        """Open the page by a link, with these folds open from the start."""
        self.at = self.app()
        self.at.query_params = dict(link)
        for name in unfolded:
            self.at.session_state[fold_key(name)] = True
        self.run()

    @staticmethod
    def app() -> AppTest:
        """The whole page. A subclass tests a part of it."""
        return AppTest.from_file(MAIN, default_timeout=60)

    def run(self) -> None:
        ran(self.at)
        assert guard.UNEXPECTED not in [error.replace("\\", "") for error in self.errors]
        assert self.player.run.experiment == self.experiment

    @property
    def player(self) -> Player:
        player = Player.of(self.at.session_state["token"])
        assert player is not None
        return player

    @property
    def experiment(self) -> Experiment:
        found: Experiment = self.at.session_state["experiment"]
        return found

    @property
    def link(self) -> dict[str, Any]:
        return dict(self.at.query_params)

    @property
    def errors(self) -> list[str]:
        return [error.value for error in self.at.error]

    @property
    def said(self) -> str:
        """The warnings as they are read, without the signs that keep Markdown away."""
        return unescaped(self.warnings)

    @property
    def warnings(self) -> str:
        return "\n".join(warning.value for warning in self.at.warning)

    def told(self, component: str) -> dict[str, Any]:
        """What the page says to a component that it has mounted, by the component's name."""
        mounted = (each.proto for each in self.at.get("bidi_component"))
        text = next(each.json for each in mounted if each.component_name == f"dnn.{component}")
        found: dict[str, Any] = json.loads(text)
        return found

    @property
    def layers(self) -> int:
        return sum(label.startswith("Remove hidden layer") for label in self.buttons)

    @property
    def buttons(self) -> list[str]:
        return [button.label for button in self.at.button]

    def widget(self, label: str) -> Any:
        found = [widget for kind in KINDS for widget in self.at.get(kind) if self.label(widget) == label]
        assert len(found) == 1, f"{len(found)} widgets are called {label}"
        return found[0]

    @staticmethod
    def label(widget: Any) -> str:
        found: str = widget.proto.label
        return found

    @property
    def labels(self) -> list[str]:
        """The names of all settings that are drawn."""
        widgets = [widget for kind in KINDS for widget in self.at.get(kind)]
        return [self.label(widget) for widget in widgets if not str(widget.key).startswith("heard.")]

    def unfold(self, *names: str) -> "Page":
        """Open these folds; without names all of them."""
        for name in names or FOLDS:
            self.at.session_state[fold_key(name)] = True
        self.run()
        return self

    def fold(self, *names: str) -> None:
        for name in names:
            self.at.session_state[fold_key(name)] = False
        self.run()

    def set(self, label: str, value: object) -> None:
        self.widget(label).set_value(value)
        self.run()

    def button(self, label: str) -> Any:
        (found,) = [button for button in self.at.button if button.label == label]
        return found

    def press(self, label: str) -> None:
        button = self.button(label)
        assert not button.disabled
        button.click()
        self.run()


class OtherPage(Page):
    """A page of a script of its own: what is on screen there need not be the run of the playground."""

    script: str

    @classmethod
    def app(cls) -> AppTest:
        return AppTest.from_string(cls.script, default_timeout=60)

    def run(self) -> None:
        ran(self.at)

"""The page of the landscape without a browser: the run on screen, other runs in its plane, and their warning."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment, advance, start
from dnn.analysis.landscape import TOGETHER
from dnn.analysis.path import Path
from dnn.experiment.comparisons import Comparison
from dnn.experiment.links import to_query
from dnn.ui.compare import landscape_runs, state
from dnn.ui.compare.landscape_runs import Other
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.landscape_player import LandscapePlayer
from dnn.ui.session.shelf import Kept, Shelf
from tests.ui.live.frames import frame
from tests.ui.live.landscapes import scenes
from tests.ui.page import Page, read

SCRIPT = """
import streamlit as st
from dnn.ui.views import landscape, playground
shown = st.Page(lambda: landscape.show(play), title="Landscape", url_path="landscape", default=True)
play = st.Page(lambda: playground.show(), title="Playground", url_path="playground")
st.navigation([shown, play], position="hidden").run()
"""
SMALL: dict[str, Any] = {"data": {"samples": 40}, "network": {"hidden_layer_sizes": (3,)}}
BESIDE = "Other runs in the same plane"


def experiment(**settings: Any) -> Experiment:
    return Experiment.of(**(SMALL | settings))


class LandscapePage(Page):
    def __init__(self, *shelf: Kept, **link: str) -> None:
        self.at = self.app()
        self.at.query_params = to_query(experiment()) | link
        self.at.session_state["shelf"] = Shelf().adding(*shelf)
        self.run()
        self.player.play(False)

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_string(SCRIPT, default_timeout=60)

    @property
    def around(self) -> LandscapePlayer:
        return LandscapePlayer.beside(self.player)

    @property
    def last(self) -> dict[str, Any]:
        """The scene that the browser shows."""
        self.around._next = 0.0  # not to wait for the next refresh
        found: dict[str, Any] = scenes(self.around)[-1]
        return found


def kept(epochs: int, **settings: Any) -> Kept:
    return Kept.of(advance(start(experiment(**settings)), epochs))


def test_it_returns_from_an_epoch_of_the_past_to_the_newest_one() -> None:
    page = LandscapePage()
    assert page.button("Live").disabled
    page.player.restore(advance(page.player.run, 6))
    page.player.look(2)
    page.player.settle()
    page.run()
    assert page.player.run.epoch == 2
    page.press("Live")
    assert page.player.run.epoch == 6
    assert page.button("Live").disabled


def test_it_shows_the_landscape_of_the_run_on_screen_and_trains_it() -> None:
    page = LandscapePage()
    assert page.widget(BESIDE).disabled
    texts = [read(each.value) for each in page.at.markdown]
    assert any(text.startswith("This network has 13 weights and biases, so its landscape has 13 ") for text in texts)
    page.player.play()
    _, shown = frame(page.around)
    while page.player.run.epoch < 3:
        _, shown = frame(page.around, shown)
    page.press("Pause")
    assert page.player.state == "paused"
    assert page.last["epoch"] == page.player.run.epoch
    page.press("Reset")
    assert page.player.run.epoch == 0


def test_play_from_the_past_leaves_a_way_that_undo_brings_back() -> None:
    page = LandscapePage()
    page.player.restore(advance(page.player.run, 9))
    left = page.player.newest
    page.player.look(4)
    page.player.settle()
    page.run()
    header, _ = frame(page.around)
    assert (header["header"]["epoch"], header["header"]["newest"]) == (4, 9)
    page.press("Play")
    assert page.player.newest.epoch == 4
    page.press("Undo")
    assert page.player.newest is left


def test_runs_on_the_shelf_share_the_plane_with_a_warning() -> None:
    page = LandscapePage(
        kept(5, training={"learning_rate": 0.3}),
        kept(4, training={"learning_rate": 0.5}),
        kept(4, network={"hidden_layer_sizes": (5,)}),
    )
    assert page.widget(BESIDE).options == ["Shelf: 3, 0.3, epoch 5", "Shelf: 3, 0.5, epoch 4"]
    page.set(BESIDE, ["shelf.0"])
    scene = page.last
    assert [run["name"] for run in scene["runs"]] == ["this run", "Shelf: 3, 0.3, epoch 5"]
    assert TOGETHER in scene["notes"]
    ((_, path),) = page.around._others
    assert path.epochs.tolist() == list(range(6))
    page.run()
    assert page.around._others[0][1] is path  # and it is not trained again
    page.set(BESIDE, [])
    assert page.last["runs"] == []


def test_a_run_that_was_changed_on_the_way_has_its_end_alone() -> None:
    run = advance(start(experiment()), 4)
    changed = Kept.of(advance(run.with_params(run.params.vector + 0.1), 2))
    page = LandscapePage(changed)
    page.set(BESIDE, ["shelf.0"])
    assert page.around._others[0][1].epochs.tolist() == [6.0]


def test_compared_runs_are_offered_as_far_as_they_have_come() -> None:
    quick = experiment(training={"learning_rate": 0.3})
    page = LandscapePage()
    group = GroupPlayer((experiment(), quick), side=8, playing=False)
    group.step()
    group.frame()
    page.at.session_state[state.TOKEN] = group.token
    page.at.session_state[state.COMPARISON] = Comparison(experiments=(experiment(), quick))
    page.run()
    assert page.widget(BESIDE).options == ["Compared: 0.03", "Compared: 0.3"]
    page.set(BESIDE, [page.widget(BESIDE).options[1]])
    assert page.around._others[0][1].run.experiment == quick
    assert page.around._others[0][1].epochs.tolist() == [0.0, 1.0]


def test_a_run_that_goes_from_the_shelf_leaves_the_plane() -> None:
    page = LandscapePage(kept(3), kept(5))
    page.set(BESIDE, ["shelf.1"])
    page.at.session_state["shelf"] = Shelf().adding(kept(3))
    page.run()
    assert page.widget(BESIDE).value == []
    assert page.around._others == ()


def test_a_path_ends_where_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landscape_runs, "SECONDS", 0.0)
    other = Other("shelf.0", "slow", experiment(), 400)
    path = other.path()
    assert path.epochs.tolist() == [0.0]
    assert landscape_runs._reached(other, path) == "slow, as far as epoch 0"
    assert landscape_runs._reached(other, Path.of(advance(start(experiment()), 400))) == "slow"


def test_it_speaks_chinese() -> None:
    page = LandscapePage(lang="zh")
    assert page.at.header[0].value == "地形"
    assert "主成分" in page.last["figure"]["layout"]["xaxis"]["title"]["text"] or page.last["notes"]

"""The gallery, without a browser: every preset is there, can be chosen, and then plays as it was meant."""

import base64
import re

import pytest
from streamlit.testing.v1 import AppTest

from dnn.experiment.links import from_query
from dnn.experiment.presets import PRESETS, Preset
from dnn.plots.theme import THEMES, Theme
from dnn.ui.limits import within_limits
from dnn.ui.widgets.thumbnails import MOST_POINTS, SIDE, thumbnail
from tests.ui.page import Page

pytestmark = pytest.mark.slow


def page() -> None:
    from dnn.ui import controls, session
    from dnn.ui.toolbar import presets
    from dnn.ui.widgets import dialog

    session.open_address()
    presets.button()
    controls.draw()
    session.player()
    dialog.draw_open([presets.DIALOG])


class PresetsPage(Page):
    """A page with nothing but the settings and the gallery."""

    @staticmethod
    def app() -> AppTest:
        return AppTest.from_function(page, default_timeout=60)

    @property
    def cards(self) -> list[str]:
        """The titles that can be chosen now."""
        return [button.label for button in self.at.button if str(button.key).startswith("preset.")]


@pytest.fixture
def visited() -> PresetsPage:
    return PresetsPage(data="xor", seed="3")


def drawn(picture: str) -> str:
    """The SVG inside the image."""
    (encoded,) = re.findall(r"base64,([\w+/=]+)", picture)
    return base64.b64decode(encoded).decode()


def test_the_gallery_opens_with_every_preset_and_changes_nothing(visited: PresetsPage) -> None:
    before = visited.experiment
    assert visited.cards == []
    visited.press("Presets")
    assert visited.cards == [preset.title for preset in PRESETS.values()]
    written = "".join(html.proto.body for html in visited.at.html)
    for preset in PRESETS.values():
        assert preset.sentence in written
    assert visited.experiment == before
    assert visited.player.run.experiment == before


def test_a_chosen_preset_plays_on_every_widget_and_in_the_address(visited: PresetsPage) -> None:
    """One after the other, so that each also takes back what the one before it had set."""
    before = visited.experiment
    for name, preset in PRESETS.items():
        visited.press("Presets")
        assert visited.experiment == before, name  # the widgets say the same as what was chosen before
        visited.press(preset.title)
        before = preset.experiment
        assert visited.cards == [], name  # it has closed
        assert visited.experiment == preset.experiment, name
        assert visited.player.run.experiment == preset.experiment, name
        assert visited.player.state == "playing", name
        assert from_query(dict(visited.at.query_params)) == (preset.experiment, ()), name
    visited.run()
    assert visited.experiment == before


def test_the_preset_that_plays_is_marked_by_more_than_colour(visited: PresetsPage) -> None:
    chosen = PRESETS["momentum"]
    visited.press("Presets")
    visited.press(chosen.title)
    visited.press("Presets")
    marked = [button.label for button in visited.at.button if button.help == "Plays now"]
    assert marked == [chosen.title]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_this_page_can_show_every_preset(preset: Preset) -> None:
    assert within_limits(preset.experiment) == (preset.experiment, ())


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("name", ["linear_is_enough", "three_blobs", "regression", "spiral_features"])
def test_a_thumbnail_shows_examples_by_colour_and_by_shape(name: str, theme: Theme) -> None:
    svg = drawn(thumbnail(PRESETS[name].experiment, theme))
    paths = re.findall(r'<path d="([^"]+)" stroke="([^"]+)" fill="[^"]+" ?([^>]*)/>', svg)
    classes = 3 if name == "three_blobs" else 2
    assert len({color for _, color, _ in paths}) == classes
    shapes = {(re.split(r"M[-\d.]+ [-\d.]+", way)[1], pen) for way, _, pen in paths}
    assert len(shapes) == classes
    places = [tuple(map(float, place)) for way, *_ in paths for place in re.findall(r"M([-\d.]+) ([-\d.]+)", way)]
    assert len(places) == MOST_POINTS
    assert all(0.0 < x < SIDE and 0.0 < y < SIDE for x, y in places)


def test_a_thumbnail_has_x2_upwards() -> None:
    """Three clouds: class 0 is on top."""
    svg = drawn(thumbnail(PRESETS["three_blobs"].experiment, THEMES["light"]))
    heights = [
        [float(y) for y in re.findall(r"M[-\d.]+ ([-\d.]+)", way)] for way in re.findall(r'<path d="([^"]+)"', svg)
    ]
    assert max(heights[0]) < min(heights[1] + heights[2])

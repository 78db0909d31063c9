"""The colours: readable on their paper, apart for every eye, and the same in figures, page and browser."""

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from dnn import Experiment
from dnn.plots.plane_figure import boundary_figure
from dnn.plots.theme import THEMES, Theme

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())["theme"]
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text
VISIBLE = 3.0  # WCAG 2.2, 1.4.11: contrast of graphics
APART = 25.0  # CIE 1976 ΔE; about 2.3 is the least that an eye can tell

# How linear RGB looks to dichromats: Machado, Oliveira and Fernandes 2009, severity 1.
EYES = {
    "all three cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}

pytestmark = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def rgb(color: str) -> np.ndarray:
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)])


def linear(color: np.ndarray) -> np.ndarray:
    share = color / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(linear(rgb(color)) @ [0.2126, 0.7152, 0.0722]) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB, white D65."""
    xyz = np.clip(light, 0, 1) @ np.array(
        [[0.4124564, 0.2126729, 0.0193339], [0.3575761, 0.7151522, 0.1191920], [0.1804375, 0.0721750, 0.9503041]]
    )
    f = np.cbrt(xyz / [0.95047, 1.0, 1.08883])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: np.ndarray, other: np.ndarray, eye: np.ndarray) -> float:
    return float(np.linalg.norm(lab(eye @ linear(one)) - lab(eye @ linear(other))))


def test_text_is_readable_on_paper(theme: Theme) -> None:
    assert contrast(theme.ink, theme.paper) >= READABLE
    assert contrast(theme.muted, theme.paper) >= READABLE


def test_points_stand_out_from_the_paper(theme: Theme) -> None:
    for color in theme.classes:
        assert contrast(color, theme.paper) >= VISIBLE


@pytest.mark.parametrize("eye", EYES)
def test_the_classes_look_different_to_every_eye(theme: Theme, eye: str) -> None:
    low, middle, high = theme.ramp
    for one, other in [theme.classes, (low, high), (low, middle), (middle, high)]:
        assert difference(rgb(one), rgb(other), EYES[eye]) > APART, (one, other)


@pytest.mark.parametrize("eye", EYES)
def test_along_the_ramp_every_step_leads_away_from_undecided(theme: Theme, eye: str) -> None:
    middle = theme.ramp_colors[127]
    far = [difference(color, middle, EYES[eye]) for color in theme.ramp_colors]
    for side in (far[:128][::-1], far[128:]):
        coarse = side[::16]
        assert all(before < after for before, after in itertools.pairwise(coarse))


def test_the_ramp_has_a_colour_for_every_byte(theme: Theme) -> None:
    colors = theme.ramp_colors
    assert colors.shape == (256, 3)
    assert colors.dtype == np.uint8
    assert len(np.unique(colors, axis=0)) > 128
    np.testing.assert_array_equal(colors[0], rgb(theme.ramp[0]))
    np.testing.assert_array_equal(colors[255], rgb(theme.ramp[2]))
    for middle in colors[127:129].astype(int):  # an even number of colours has its middle between two of them
        assert np.abs(middle - rgb(theme.ramp[1])).max() <= 1


def test_the_ramp_has_no_jumps(theme: Theme) -> None:
    assert np.abs(np.diff(theme.ramp_colors.astype(int), axis=0)).max() <= 2


def test_the_page_around_wears_the_same_colours(theme: Theme) -> None:
    page = CONFIG[theme.name]
    assert page["backgroundColor"] == theme.paper
    assert page["textColor"] == theme.ink
    assert (page["orangeColor"], page["blueColor"]) == theme.classes


def test_the_page_is_readable_too(theme: Theme) -> None:
    page = CONFIG[theme.name]
    sidebar = page["sidebar"]
    papers = [page["backgroundColor"], page["secondaryBackgroundColor"]]
    papers += [sidebar["backgroundColor"], sidebar["secondaryBackgroundColor"]]
    for paper in papers:
        assert contrast(page["textColor"], paper) >= READABLE, paper
        assert contrast(page["linkColor"], paper) >= READABLE, paper
    assert contrast(page["primaryColor"], page["backgroundColor"]) >= VISIBLE
    assert contrast(page["primaryColor"], sidebar["backgroundColor"]) >= VISIBLE


def test_the_colours_of_many_classes_can_be_seen_on_paper_and_differ(theme: Theme) -> None:
    assert all(contrast(color, theme.paper) >= VISIBLE for color in theme.many)
    for one, other in itertools.combinations(theme.many[:6], 2):
        assert difference(rgb(one), rgb(other), EYES["all three cones"]) > APART


def test_on_a_projector_words_and_points_are_larger_and_the_colours_the_same(theme: Theme) -> None:
    large = theme.projected()
    data = Experiment.of(data={"samples": 40}).make_data()
    usual, projected = boundary_figure(data, theme), boundary_figure(data, large)
    assert projected.layout.font.size > 1.3 * usual.layout.font.size
    for one, other in zip(usual.data[:-1], projected.data[:-1], strict=True):
        assert other.marker.size > 1.3 * one.marker.size
        assert other.marker.color == one.marker.color

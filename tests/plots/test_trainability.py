"""The picture of the trainability map: what its colours mean."""

import numpy as np
import pytest

from dnn.plots.theme import THEMES, Theme
from dnn.plots.trainability import BORDER, HIGHEST, Shading, palette, trainability_figure, trainability_words
from dnn.sweeps.trainability import MAPS, picture

WINDOW = MAPS["relu"].model_copy(update={"epochs": 25})
VALUES = picture(WINDOW, 16)
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def test_shades_go_from_quick_to_slow_convergence_and_on_to_quick_divergence() -> None:
    values = np.array([-0.01, -0.5, -3.0, 0.9, 0.5, 1e-6])
    shades = Shading.of(values).shades(values)
    assert shades.tolist() == [1, 64, 127, 129, 192, 255]
    assert Shading.of(values).shades(np.array([np.nan, -0.5, -10.0, 7.0, -0.0])).tolist() == [0, 64, 127, 129, 1]


def test_shades_use_the_whole_range_however_alike_the_values_are() -> None:
    narrow = -0.25 - 1e-12 * np.arange(100.0)
    shades = Shading.of(narrow).shades(narrow)
    assert (shades[0], shades[-1]) == (1, 127)
    assert (np.diff(shades.astype(int)) >= 1).all()
    assert Shading.of(np.array([0.5])).shades(np.array([0.5])).tolist() == [BORDER + 1]


def test_pixels_that_are_alike_have_one_shade() -> None:
    values = np.array([0.2, 0.2, 0.2, 0.4])
    assert len(set(Shading.of(values).shades(values)[:3].tolist())) == 1


@themes
def test_converged_is_blue_diverged_is_orange_and_the_border_fades_into_the_paper(theme: Theme) -> None:
    colors = palette(theme).astype(int)
    red, blue = colors[:, 0], colors[:, 2]
    assert (blue[1:110] > red[1:110]).all()
    assert (red[147:] > blue[147:]).all()
    paper = colors[0]
    distance = np.abs(colors - paper).sum(axis=1)
    assert distance[BORDER] < 60
    for quick in (1, HIGHEST):
        assert distance[quick] > 300
        between = distance[quick:BORDER] if quick == 1 else distance[quick:BORDER:-1]
        assert (np.diff(between) <= 3).all()


@themes
def test_the_figure_has_a_pixel_for_each_network(theme: Theme) -> None:
    figure = trainability_figure(WINDOW, VALUES, theme)
    (heatmap,) = figure.data
    assert (len(heatmap.x), len(heatmap.y), heatmap.z.shape) == (17, 17, (16, 16))
    assert (heatmap.x[0], heatmap.y[0]) == (0.01, 0.01)
    np.testing.assert_array_equal(heatmap.z < BORDER, VALUES <= 0.0)
    np.testing.assert_array_equal(heatmap.text == "converges", VALUES <= 0.0)
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == ("log", "log")


def test_the_words_count_what_is_computed() -> None:
    values = np.array([[-0.1, 0.5], [np.nan, -0.2]])
    words = str(trainability_words(WINDOW, values))
    assert "Map of 3 networks: learning rates from 0.01 to 100 across" in words
    assert "67% of them converge" in words
    assert "0% of them converge" in str(trainability_words(WINDOW, np.full((2, 2), np.nan)))

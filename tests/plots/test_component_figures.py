"""The small pictures of activations and schedules show the very numbers that training uses."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import ACTIVATIONS, SCHEDULES
from dnn.activations import Activation, LeakyReLU, Tanh
from dnn.plots.component_figures import activation_figure, activation_words, schedule_figure, schedule_words
from dnn.plots.theme import THEMES, Theme
from dnn.schedules import ConstantRate, Cosine, Schedule, Step, WarmUp
from tests.strategies import components

themes = st.sampled_from(list(THEMES.values()))


@pytest.mark.parametrize("kind", ACTIVATIONS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_an_activation_is_drawn_with_its_slope(kind: str, theme: Theme) -> None:
    activation = ACTIVATIONS[kind](kind=kind)
    figure = activation_figure(activation, theme)
    go.Figure(json.loads(figure.to_json()))  # valid
    value, slope = figure.data
    z = np.asarray(value.x)
    assert (z[0], z[-1]) == (-4.0, 4.0)
    np.testing.assert_array_equal(value.y, activation.value(z))
    np.testing.assert_array_equal(slope.y, activation.derivative(z, activation.value(z)))
    assert value.line.dash != slope.line.dash  # told apart without colour
    assert len({value.line.color, slope.line.color, theme.paper}) == 3


def test_a_parameter_of_the_activation_is_seen() -> None:
    flat, steep = (activation_figure(LeakyReLU(slope=slope), THEMES["light"]) for slope in (0.0, 0.5))
    assert flat.data[0].y[0] == 0.0
    assert steep.data[0].y[0] == -2.0


@given(components(SCHEDULES), st.floats(1e-6, 100.0), themes)
def test_a_schedule_is_drawn_as_the_rates_of_whole_epochs(
    schedule: Schedule, learning_rate: float, theme: Theme
) -> None:
    (curve,) = schedule_figure(schedule, learning_rate, theme).data
    epochs = np.asarray(curve.x)
    assert epochs[0] == 0
    assert 10 <= len(epochs) <= 301
    np.testing.assert_array_equal(epochs, np.unique(epochs.round()))
    np.testing.assert_array_equal(curve.y, schedule.rate(learning_rate, epochs))


@pytest.mark.parametrize(
    ("schedule", "least", "most"),
    [
        (ConstantRate(), 20, 20),
        (Cosine(epochs=400), 350, 500),
        (Step(every=1000), 4000, 7000),
        (WarmUp(epochs=200), 190, 260),
        (WarmUp(epochs=200, then=Cosine(epochs=400)), 550, 750),
    ],
    ids=str,
)
def test_the_epochs_drawn_are_those_in_which_the_rate_changes(schedule: Schedule, least: int, most: int) -> None:
    (curve,) = schedule_figure(schedule, 0.1, THEMES["light"]).data
    assert least <= curve.x[-1] <= most


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_schedules_chart_is_a_valid_figure(theme: Theme) -> None:
    figure = go.Figure(json.loads(schedule_figure(Cosine(), 0.1, theme).to_json()))
    assert figure.layout.xaxis.title.text == "epoch"
    assert figure.layout.font.color == theme.ink


def test_the_words_beside_an_activation_say_its_numbers() -> None:
    assert activation_words(LeakyReLU(slope=0.5)) == (
        "Leaky ReLU for z from -4 to 4: values from -2 to 4, slope from 0.5 to 1, at z = 0 it is 0.5"
    )
    assert activation_words(Tanh()).startswith("Tanh for z from -4 to 4: values from -0.999 to 0.999")


def test_the_words_beside_a_schedule_say_its_numbers() -> None:
    assert schedule_words(WarmUp(epochs=10, then=Cosine(epochs=90)), 0.5).startswith(
        "Warm-up: learning rate 0.05 in epoch 0, 0.5 at most, 0 in epoch"
    )


def test_every_activation_has_words() -> None:
    values: list[Activation] = [kind(kind=name) for name, kind in ACTIVATIONS.items()]
    assert len({activation_words(each) for each in values}) == len(ACTIVATIONS)

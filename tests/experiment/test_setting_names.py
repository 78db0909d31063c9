"""Titles and values of settings, as a person reads them."""

import pytest

from dnn.activations import LeakyReLU
from dnn.experiment.setting_names import setting_title, settings_text, value_text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("training.learning_rate", "Learning rate"),
        ("data.dataset", "Data set"),
        ("data.dataset.noise", "Noise"),
        ("training.optimizer.beta1", "Beta 1"),
        ("training.l2", "L2"),
        ("network.hidden_layer_sizes", "Hidden layers"),
        ("network.hidden_layer_sizes.2", "Hidden layers, layer 2"),
        ("seed", "Seed"),
    ],
)
def test_settings_are_called_as_on_the_page(name: str, title: str) -> None:
    assert setting_title(name) == title


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("training.learning_rate", 0.1, "0.1"),
        ("training.learning_rate", 1e-5, "1e−05"),
        ("network.activation", "relu", "ReLU"),
        ("network.activation", {"kind": "leaky_relu", "slope": 0.2}, "Leaky ReLU (Slope 0.2)"),
        ("network.activation", ["tanh", "relu"], "Tanh-ReLU"),
        ("network.hidden_layer_sizes", [8, 8], "8-8"),
        ("network.hidden_layer_sizes", [], "none"),
        ("network.activation.2", "relu", "ReLU"),
        ("training.batch_size", None, "full"),
        ("training.clip_norm", None, "none"),
        ("data.standardize_target", True, "yes"),
        ("data.features", ["x1", "x2"], "x1, x2"),
        ("training.dtype", "float32", "float32"),
        ("network.activation", "no such", "no such"),
        ("network.activation", LeakyReLU(slope=0.2), "Leaky ReLU"),
        ("network.hidden_layer_sizes", (8, 4), "8-4"),
        ("training.optimizer", {"kind": "adam", "beta1": 0.5}, "Adam (Beta 1 0.5)"),
        ("seed", 12345678901234, "12345678901234"),
    ],
)
def test_values_are_written_as_a_person_reads_them(name: str, value: object, text: str) -> None:
    assert value_text(name, value) == text


def test_several_settings_stand_in_one_line_translated() -> None:
    words = {"none": "无", "Tanh": "双曲正切"}
    settings = {"network.activation": "tanh", "training.clip_norm": None}
    assert settings_text(settings, lambda text: words.get(text, text)) == "双曲正切, 无"


def test_a_number_has_no_more_digits_than_asked_for() -> None:
    assert value_text("training.learning_rate", 0.1 / 3, digits=6) == "0.0333333"

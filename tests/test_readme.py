"""What README.md shows as Python must run."""

import re
from pathlib import Path

import numpy as np
import pytest

from dnn import Network, activations, gradient_check, init_params

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
RECIPE, ACTIVATION = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_recipe_trains(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(RECIPE, "README.md", "exec"), {})
    cost, accuracy = map(float, capsys.readouterr().out.split())
    assert cost < 0.2
    assert accuracy > 0.9


def test_the_activation_added_by_the_recipe_has_the_right_slope() -> None:
    namespace = dict(vars(activations))
    exec(compile(ACTIVATION, "README.md", "exec"), namespace)
    network = Network(namespace["Softplus"]())
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((12, 2)), rng.integers(0, 2, (12, 1)).astype(float)
    assert gradient_check(init_params((2, 5, 3, 1), rng=1), X, y, network).difference < 1e-7

"""What the page says where a run pauses by itself."""

import pytest

from dnn.ui.live.goals import sentence


@pytest.mark.parametrize(
    ("met", "of_step", "said"),
    [
        ({"epoch": ""}, False, "Paused at epoch 60, as asked."),
        ({"epoch": "", "cost": "the cost is low"}, False, "Paused at epoch 60, as asked: the cost is low."),
        ({"epoch": ""}, True, "Paused at epoch 60, where this step ends."),
        ({"reached": "the goal is reached"}, True, "Paused at epoch 60: the goal is reached."),
    ],
)
def test_who_asked_is_said(met: dict[str, str], of_step: bool, said: str) -> None:
    assert sentence(60, met, of_step=of_step) == said

"""The numbers below the plane: quiet and undefined where a run is about to diverge."""

import json

import pytest

from dnn import Experiment, Params, start
from dnn.ui.live.report import report


@pytest.mark.parametrize("scale", [1e160, 1e300])
def test_weights_that_are_far_too_large_leave_r_squared_undefined(scale: float) -> None:
    """The squares of such errors overflow. Warnings are errors here."""
    run = start(Experiment.of(data={"dataset": "plane", "samples": 60}, network={"hidden_layer_sizes": ()}))
    said = report(run.becoming(params=Params(run.params.sizes, run.params.vector * scale)))
    assert (said["r2"], said["rmse"]) == ([None], [None])
    json.dumps(said, allow_nan=False)

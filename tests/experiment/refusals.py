"""What a refused setting must read like, for the tests of the messages."""

import re
from typing import Any

import pytest
from pydantic import BaseModel

from dnn import Experiment, InvalidSetting
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec

SECTIONS: dict[str, type[BaseModel]] = {"data": DataSpec, "network": NetworkSpec, "training": TrainingSpec}
JARGON = re.compile(r"pydantic|type=|input_value|validation error|https?:|Traceback|function-|\n", re.IGNORECASE)


def complaint(**settings_: Any) -> InvalidSetting:
    """The error that these settings of an experiment are refused with."""
    with pytest.raises(InvalidSetting) as caught:
        Experiment.of(**settings_)
    return caught.value

"""Invented weather with a known rule: temperature, humidity and pressure of a day, and whether it rained."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from dnn.components import Array
from dnn.data.data import Standardize
from dnn.data.dataset import Dataset, Sample
from dnn.data.names import Names
from dnn.messages import Message
from dnn.random_streams import DATA


class Weather(Dataset):
    """Will it rain? Three inputs of very different size: without standardising, pressure drowns the others.

    Temperature is normal around 14 °C (deviation 8), humidity normal around 70 - (temperature - 14) % (deviation 12,
    from 20 to 100), pressure normal around 1013 hPa (deviation 9), rounded as instruments do. It rains where

        (humidity - 70) / 10 - (pressure - 1013) / 8 - ((temperature - 14) / 12)² + ½ > 0

    after normal noise of deviation ``noise`` on the left side.
    """

    kind: Literal["weather"] = "weather"
    label: ClassVar[str] = "Weather (3 inputs)"
    suggests: ClassVar[Standardize] = "each"

    noise: float = Field(0.3, ge=0.0, le=2.0, description="Noise of the rule", json_schema_extra={"step": 0.1})

    @property
    def names(self) -> Names:
        """Names of the inputs, with their units."""
        inputs = (Message("temperature"), Message("humidity"), Message("pressure"))
        return Names(inputs, ("°C", "%", "hPa"), (Message("dry"), Message("rain")), "weather")

    @staticmethod
    def score(X: Array) -> Array:
        """Return the left side of the rule for days (m, 3): (m,). It rains above 0."""
        temperature, humidity, pressure = X.T
        return np.asarray((humidity - 70) / 10 - (pressure - 1013) / 8 - ((temperature - 14) / 12) ** 2 + 0.5)

    def sample(self, samples: int, seed: int = 0) -> Sample:
        rng = np.random.default_rng([seed, DATA, 0])
        temperature, humidity, pressure, noise = rng.standard_normal((samples, 4)).T
        temperature = (14 + 8 * temperature).round(1)
        humidity = np.clip(70 - (temperature - 14) + 12 * humidity, 20, 100).round()
        X = np.column_stack([temperature, humidity, (1013 + 9 * pressure).round(1)])
        return X, (self.score(X) + self.noise * noise > 0).astype(np.int64)

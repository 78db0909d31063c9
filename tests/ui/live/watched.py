"""A player and the browser that watches it, which looks at epochs of the past."""

from typing import Any

from dnn import Experiment
from dnn.ui.live.player import Player
from dnn.ui.live.wire import unpack

SMALL = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]}, training={"learning_rate": 0.1})


def with_training(experiment: Experiment, **training: Any) -> Experiment:
    return Experiment.of(**(experiment.model_dump() | {"training": experiment.training.model_dump() | training}))


class Watched:
    """A player and the browser that watches it."""

    def __init__(self, experiment: Experiment = SMALL, epochs: int = 0) -> None:
        self.player = Player(experiment, playing=False)
        self.scene = -1
        for _ in range(epochs):
            self.player.step()
            self.frame()

    def frame(self) -> dict[str, Any]:
        """The next frame, as one dictionary."""
        message, self.scene = self.player.picture(self.scene)
        header, parts = unpack(message)
        return {**header, **parts}

    def ask(self, words: str) -> dict[str, Any]:
        """What the browser asks for, and the frame where it has come about."""
        assert self.player.request(words)
        frame = self.frame()
        while frame["time"]["wanted"] is not None:
            frame = self.frame()
        return frame

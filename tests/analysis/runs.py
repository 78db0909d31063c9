"""A small run for the tests of landscapes."""

from dnn import Experiment, Run, advance, start


def moons(hidden: tuple[int, ...] = (4,), epochs: int = 12, **training: object) -> Run:
    experiment = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": hidden}, training=training)
    return advance(start(experiment), epochs)

"""Data to learn from: toy data made by a rule, real tables, and your own. The same points for the same seed.

Every kind is a frozen value; ``sample(samples, seed)`` gives X (samples, inputs) and y (samples,): class numbers, each
class as often as can be, or for regression the numbers. ``names`` says what the inputs and classes are called. Adding
one is a class in a module here and a line in ``DATASETS``.
"""

from dnn.datasets.own import Own
from dnn.datasets.planar import XOR, Blobs, Circles, Moons, Spiral
from dnn.datasets.surfaces import Bumps, Plane
from dnn.experiment import Dataset

DATASETS: dict[str, type[Dataset]] = {
    "moons": Moons,
    "circles": Circles,
    "blobs": Blobs,
    "xor": XOR,
    "spiral": Spiral,
    "plane": Plane,
    "bumps": Bumps,
    "own": Own,
}
Dataset.known.update(DATASETS)

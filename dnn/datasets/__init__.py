"""Data to learn from: generated toy data, real tables and custom data. The same seed gives the same points.

Every data set is a frozen value. ``sample(samples, seed)`` returns X (samples, inputs) and y (samples,): class numbers
in equal parts, or real numbers for regression. ``names`` holds the names of inputs and classes. To add one, write a
class in a module of this package and a line in ``DATASETS``.
"""

from dnn.data.dataset import Dataset
from dnn.datasets.clouds import Classification, Quantiles
from dnn.datasets.custom_data import CustomData
from dnn.datasets.patterns import Checkerboard, Flower, Imbalanced, Rings, Separable
from dnn.datasets.planar import XOR, Blobs, Circles, Moons, Spiral
from dnn.datasets.playground import (
    PlaygroundCircle,
    PlaygroundGauss,
    PlaygroundHills,
    PlaygroundPlane,
    PlaygroundSpiral,
    PlaygroundXOR,
)
from dnn.datasets.surfaces import Bumps, Plane, Saddle, Sine
from dnn.datasets.tables import BreastCancer, Digits, Iris, Wine
from dnn.datasets.weather import Weather

DATASETS: dict[str, type[Dataset]] = {
    "moons": Moons,
    "circles": Circles,
    "blobs": Blobs,
    "xor": XOR,
    "spiral": Spiral,
    "separable": Separable,
    "imbalanced": Imbalanced,
    "checkerboard": Checkerboard,
    "rings": Rings,
    "flower": Flower,
    "quantiles": Quantiles,
    "classification": Classification,
    "plane": Plane,
    "bumps": Bumps,
    "sine": Sine,
    "saddle": Saddle,
    "weather": Weather,
    "iris": Iris,
    "wine": Wine,
    "breast_cancer": BreastCancer,
    "digits": Digits,
    "tf_circle": PlaygroundCircle,
    "tf_xor": PlaygroundXOR,
    "tf_gauss": PlaygroundGauss,
    "tf_spiral": PlaygroundSpiral,
    "tf_plane": PlaygroundPlane,
    "tf_gaussians": PlaygroundHills,
    "own": CustomData,
}

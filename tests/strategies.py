"""What the property tests draw: components, specs and experiments, from the tables and bounds that ``dnn`` declares.

A new entry of a table, or a new field of a spec, is drawn without a change here.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import numpy as np
from annotated_types import Ge, Le, Lt, MaxLen
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from dnn import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Experiment
from dnn.activations import Activation
from dnn.components import Array, Component
from dnn.data.dataset import Dataset
from dnn.data.features import FEATURES
from dnn.datasets.custom_data import CustomData
from dnn.datasets.rows import Rows
from dnn.datasets.tables import RealTable
from dnn.experiment import DataSpec, NetworkSpec, TrainingSpec
from dnn.initializers import BIAS_INITIALIZERS, Initializer
from dnn.losses import Loss
from dnn.optimizers import Optimizer
from dnn.schedules import DECAYS, Decay, Schedule

import_module("sklearn.datasets")  # loading it draws random numbers, which Hypothesis forbids inside a strategy

TABLES: dict[type[Component], Mapping[str, type[Component]]] = {
    Activation: ACTIVATIONS,
    Dataset: DATASETS,
    Initializer: INITIALIZERS,
    Loss: LOSSES,
    Optimizer: OPTIMIZERS,
    Schedule: SCHEDULES,
}
EVERY_COMPONENT = [component for table in TABLES.values() for component in table.values()]

seeds = st.integers(0, 2**31 - 1)
widths = st.integers(1, 6)  # wide enough for every shape of array, narrow enough to be quick
hidden_sizes = st.lists(widths, max_size=3).map(tuple)
json_like = st.recursive(  # what may stand where a setting is expected, allowed or not
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=8), part, max_size=3),
    max_leaves=6,
)


def components(table: Mapping[str, type[Component]]) -> st.SearchStrategy[Any]:
    """Any value of any entry of ``table``."""
    return st.one_of([own_data() if entry is CustomData else specs(entry) for entry in table.values()])


@st.composite
def own_data(draw: st.DrawFn, least: int = 10, inputs: st.SearchStrategy[int] = st.integers(2, 4)) -> CustomData:  # noqa: B008
    """Rows of one's own, of classes or numbers, with names such as people give."""
    m, n, classes = draw(st.integers(least, 40)), draw(inputs), draw(st.sampled_from([0, 2, 3]))
    X = np.random.default_rng(draw(seeds)).standard_normal((m, n)) * draw(st.sampled_from([1e-3, 1.0, 1e5]))
    y = np.arange(m) % classes if classes else X[:, 0] - X[:, 1]
    names = st.text(max_size=10)
    return CustomData(
        rows=Rows(np.column_stack([X, y])),
        inputs=draw(st.tuples(*[names] * n) | st.just(())),
        target=draw(names),
        classes=draw(st.tuples(*[names] * classes)),
    )


@cache  # the same parts stand in many strategies, and to build them took a fifth of the collection
def specs(model: type[BaseModel], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any valid value of ``model``; ``given`` replaces what a field would be drawn from."""
    if issubclass(model, RealTable):  # two columns at least, for features of two inputs
        names = st.sampled_from(list(model.known_columns()))
        given = {"columns": st.lists(names, min_size=2, max_size=4, unique=True).map(tuple)} | given
    fields = {name: _values(info.annotation, info.metadata) for name, info in model.model_fields.items()}
    return st.builds(model, **(fields | given))


def experiments() -> st.SearchStrategy[Experiment]:
    """Any valid experiment, however large: to be saved and compared, not trained."""
    shapes = [(), (7,), (1024, 1, 300), (3,) * 9]
    return st.one_of([specs(Experiment, network=networks(s), training=trainings(len(s))) for s in shapes])


def networks(hidden_layer_sizes: tuple[int, ...]) -> st.SearchStrategy[NetworkSpec]:
    """Any network of these hidden layers, with one activation for all or one for each."""
    each = st.tuples(*[components(ACTIVATIONS) for _ in hidden_layer_sizes])
    return specs(
        NetworkSpec,
        hidden_layer_sizes=st.just(hidden_layer_sizes),
        activation=components(ACTIVATIONS) | each,
        bias_initializer=components(BIAS_INITIALIZERS),
    )


def trainings(hidden_layers: int, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[TrainingSpec]:
    """Any training of a network with ``hidden_layers`` hidden layers, with one dropout for all or one for each."""
    share = st.floats(0.0, 0.9)
    return specs(TrainingSpec, **({"dropout": share | st.tuples(*[share] * hidden_layers)} | given))


def small_experiments(**training: st.SearchStrategy[Any]) -> st.SearchStrategy[Experiment]:
    """Experiments that train in milliseconds and stay calm; ``training`` replaces fields of its TrainingSpec."""
    calm: dict[str, st.SearchStrategy[Any]] = {
        "loss": st.none(),
        "optimizer": st.sampled_from([kind(kind=name) for name, kind in OPTIMIZERS.items()]),
        "learning_rate": st.floats(1e-3, 0.3),
        "batch_size": st.sampled_from([1, 3, 10, None]),
        "l1": st.sampled_from([0.0, 0.1]),
        "l2": st.sampled_from([0.0, 0.1]),
        "dropout": st.sampled_from([0.0, 0.0, 0.3]),
        "clip_norm": st.sampled_from([None, 0.1]),
        "patience": st.sampled_from([None, None, 2]),
        "dtype": st.just("float64"),
    }
    return specs(
        Experiment,
        data=specs(DataSpec, samples=st.integers(10, 40), test_share=st.sampled_from([0.0, 0.3])),
        network=specs(
            NetworkSpec,
            hidden_layer_sizes=hidden_sizes,
            activation=components(ACTIVATIONS),
            initializer=st.sampled_from([kind(kind=name) for name, kind in INITIALIZERS.items()]),
            bias_initializer=st.sampled_from([kind(kind=name) for name, kind in BIAS_INITIALIZERS.items()]),
        ),
        training=specs(TrainingSpec, **(calm | training)),
    )


def examples(loss: Loss, m: int, inputs: int, outputs: int, seed: int = 0) -> tuple[Array, Array]:
    """Random inputs (m, inputs) and targets (m, outputs) such as ``loss`` takes."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((m, inputs))
    if "multiclass" in loss.tasks:
        return X, np.eye(outputs)[rng.integers(outputs, size=m)]
    if "binary" in loss.tasks:
        return X, rng.integers(2, size=(m, outputs)).astype(float)
    return X, rng.standard_normal((m, outputs))


def _values(annotation: Any, bounds: Iterable[Any] = ()) -> st.SearchStrategy[Any]:
    bounds = list(bounds)
    parts = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        inner = [bound for part in parts[1:] for bound in (part.metadata if isinstance(part, FieldInfo) else [part])]
        return _values(parts[0], bounds + inner)
    if origin in (Union, UnionType):
        return st.one_of([_values(part, bounds) for part in parts])
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple:
        longest = next((bound.max_length for bound in bounds if isinstance(bound, MaxLen)), None)
        return st.lists(_values(parts[0]), max_size=longest).map(tuple)
    if annotation is NoneType:
        return st.none()
    low = next((bound.ge for bound in bounds if isinstance(bound, Ge)), None)
    high = next((bound.le for bound in bounds if isinstance(bound, Le)), None)
    below = next((bound.lt for bound in bounds if isinstance(bound, Lt)), None)
    if annotation is bool:
        return st.booleans()
    if annotation is str:
        return st.sampled_from(FEATURES)
    if annotation is int:
        return st.integers(low, high if below is None else below - 1)
    if annotation is float:
        return st.floats(low, high if below is None else below, exclude_max=below is not None, allow_nan=False)
    table = (TABLES | {Decay: DECAYS}).get(annotation)
    return specs(annotation) if table is None else components(table)

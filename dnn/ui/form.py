"""What the widgets of the settings hold for an experiment: a value for each widget's key. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic.fields import FieldInfo

from dnn.activations import ACTIVATIONS, Activation
from dnn.components import Component
from dnn.data.features import available_features, inputs_of
from dnn.datasets import DATASETS
from dnn.experiment import Experiment, NetworkSpec
from dnn.experiment.setting_names import TABLES
from dnn.initializers import BIAS_INITIALIZERS, INITIALIZERS
from dnn.losses import LOSSES
from dnn.optimizers import OPTIMIZERS
from dnn.schedules import DECAYS, SCHEDULES, Decay

Table = Mapping[str, type[Component]]

NESTED: Final[dict[type[Component], Table]] = {Decay: DECAYS}  # components that are a parameter of another component
NOTHING: Final = "none"  # in a picker where no component need be chosen

# The keys of switches.
EACH_ACTIVATION, EACH_DROPOUT = "activation_by_layer", "dropout_by_layer"
CLIP, EARLY_STOPPING = "clip", "early_stopping"
CLIP_NORM, PATIENCE = 1.0, 50  # to begin with, when they are switched on

PARAMETER_TYPES: Final = (bool, int, float)  # types of a component's parameters that have a widget


def values(experiment: Experiment) -> dict[str, dict[str, Any]]:
    """Return the values of the widgets of each group: ``data``, ``network`` and ``training``."""
    return {
        "data": _data_values(experiment),
        "network": _network_values(experiment.network),
        "training": _training_values(experiment),
    }


def _data_values(experiment: Experiment) -> dict[str, Any]:
    data = experiment.data
    return {
        "samples": data.samples,
        "seed": experiment.seed,
        "test_share": data.test_share,
        "validation_share": data.validation_share,
        "class_balance": data.class_balance,
        "label_noise": data.label_noise,
        "standardize": data.standardize,
        "standardize_target": data.standardize_target,
        "weights": data.weights,
        **component_values("dataset", DATASETS, data.dataset),
        **feature_values(len(data.dataset.names.inputs), data.features),
    }


def feature_values(inputs: int, features: tuple[str, ...]) -> dict[str, Any]:
    """Return which predefined formulas are on, and the text of the others; without ``features`` the inputs alone."""
    chosen = features or inputs_of(inputs)
    return {
        "features": [text for text in available_features(inputs) if text in chosen],
        "formulas": ", ".join(text for text in chosen if text not in available_features(inputs)),
    }


def _network_values(network: NetworkSpec) -> dict[str, Any]:
    activation, widths = network.activation, network.hidden_layer_sizes
    several = activation if isinstance(activation, tuple) else ()
    found = {EACH_ACTIVATION: isinstance(activation, tuple), "layers": len(widths)}
    found |= {f"width_{place}": width for place, width in enumerate(widths)}
    shared = activation if isinstance(activation, Activation) else NetworkSpec().activation
    assert isinstance(shared, Activation)
    found |= component_values("activation", ACTIVATIONS, shared)
    for place, each in enumerate(several):
        found |= component_values(layer_key("activation", place), ACTIVATIONS, each)
    found |= component_values("initializer", INITIALIZERS, network.initializer)
    return found | component_values("bias_initializer", BIAS_INITIALIZERS, network.bias_initializer)


def _training_values(experiment: Experiment) -> dict[str, Any]:
    training = experiment.training
    several = training.dropout if isinstance(training.dropout, tuple) else ()
    found = {
        "learning_rate": training.learning_rate,
        "batch_size": training.batch_size or "full",
        "l1": training.l1,
        "l2": training.l2,
        EACH_DROPOUT: isinstance(training.dropout, tuple),
        "dropout": 0.0 if isinstance(training.dropout, tuple) else training.dropout,
        CLIP: training.clip_norm is not None,
        "clip_norm": training.clip_norm or CLIP_NORM,
        EARLY_STOPPING: training.patience is not None,
        "patience": training.patience or PATIENCE,
        "min_improvement": training.min_improvement,
        "dtype": training.dtype,
    }
    found |= {layer_key("dropout", place): each for place, each in enumerate(several)}
    found |= component_values("optimizer", OPTIMIZERS, training.optimizer)
    found |= component_values("schedule", SCHEDULES, training.schedule)
    return found | component_values("loss", LOSSES, training.loss)


def component_values(name: str, table: Table, chosen: Component | None) -> dict[str, Any]:
    """Return the widget values of setting ``name`` for ``chosen``; other components keep their default parameters."""
    found: dict[str, Any] = {}
    for component in [cls(kind=kind) for kind, cls in table.items()] + ([chosen] if chosen else []):
        for field, info in type(component).model_fields.items():
            value = getattr(component, field)
            if isinstance(value, Component):
                found |= component_values(f"{name}.{field}", nested_table(info), value)
            else:
                found[key_of(name, type(component), field)] = value
    return found if chosen else found | {f"{name}.kind": NOTHING}


def nested_table(info: FieldInfo) -> Table:
    """Return the table from which a parameter that is itself a component is chosen."""
    return next(table for base, table in NESTED.items() if isinstance(info.default, base))


def key_of(name: str, component: type[Component], field: str) -> str:
    """The key of a parameter's widget.

    Components that inherit the parameter from one class share the widget: the noise of many data sets.
    """
    if field == "kind":
        return f"{name}.kind"
    owner = next(cls for cls in component.__mro__ if field in vars(cls).get("__annotations__", {}))
    return f"{name}.{owner.__name__}.{field}"


def layer_key(name: str, place: int) -> str:
    """Return the name of the setting of one hidden layer; ``place`` counts from 0."""
    head, *rest = name.split(".")
    return ".".join([head, str(place + 1), *rest])


def _parameter_defaults() -> dict[str, Any]:
    found = {key: value for name, table in TABLES.items() for key, value in component_values(name, table, None).items()}
    return {key: value for key, value in found.items() if isinstance(value, PARAMETER_TYPES)}


# The numbers and switches of all components, by key: what their widgets hold unless something else was set.
PARAMETER_DEFAULTS: Final = _parameter_defaults()

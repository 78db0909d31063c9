"""The limits of this page: smaller networks than the library allows, and only settings that fit the chosen data."""

from __future__ import annotations

from functools import lru_cache

from dnn.data.features import expand
from dnn.datasets.custom_data import CustomData
from dnn.errors import InvalidSetting, Problem
from dnn.experiment import DataSpec, Experiment, NetworkSpec, TrainingSpec
from dnn.experiment.experiment import loss_problem
from dnn.hosting.limits import most
from dnn.messages import Message
from dnn.params import Params

MOST_LAYERS, WIDEST = 8, 64  # of the page; the library allows more


def within_limits(experiment: Experiment) -> tuple[Experiment, tuple[Problem, ...]]:
    """Return ``experiment`` with defaults in place of settings that this page does not allow, and the problems."""
    try:
        return check_limits(experiment), ()
    except InvalidSetting as error:
        beyond = {problem.field for problem in error.problems}
        if "hidden_layer_sizes" in beyond:  # with the layers goes what there was one of for each
            each = {"activation": experiment.network.activation, "dropout": experiment.training.dropout}
            beyond |= {field for field, value in each.items() if isinstance(value, tuple)}
        fitted = {
            name: section.model_copy(
                update={field: getattr(default, field) for field in type(section).model_fields.keys() & beyond}
            )
            for name, section, default in (
                ("data", experiment.data, DataSpec()),
                ("network", experiment.network, NetworkSpec()),
                ("training", experiment.training, TrainingSpec()),
            )
        }
        return experiment.model_copy(update=fitted), error.problems


def check_limits(experiment: Experiment) -> Experiment:
    """Return ``experiment``. Raises InvalidSetting where it is beyond this page's limits or does not fit its data."""
    sizes = experiment.network.hidden_layer_sizes
    widest = Message("a layer may have 1 to {most} on this page", most=WIDEST)
    problems = [
        Problem("hidden_layer_sizes", Message("{count} units", count=width), widest)
        for width in sizes
        if width > WIDEST
    ]
    if len(sizes) > MOST_LAYERS:
        layers = Message("{count} layers", count=len(sizes))
        allowed = Message("there may be 0 to {most} on this page", most=MOST_LAYERS)
        problems.append(Problem("hidden_layer_sizes", layers, allowed))
    loss, task = experiment.training.loss, experiment.data.dataset.task
    if loss is not None and task not in loss.tasks:
        problems.append(loss_problem(loss.kind, task))
    problems += _work_problems(experiment)
    problems += _feature_problems(experiment.data, experiment.seed)
    if problems:
        raise InvalidSetting({problem.field: problem for problem in problems}.values())
    return experiment


def _work_problems(experiment: Experiment) -> tuple[Problem, ...]:
    """Return the problem of a network and data that together exceed the server's limit of work."""
    limit = most("work")
    if limit is None or (work := estimated_multiplications(experiment)) <= limit:
        return ()
    count, allows = f"{work:,.0f}", f"{limit:,}"
    given = Message("{count} examples times weights", count=count)
    allowed = Message("this server allows {most}: take fewer examples, or fewer or narrower layers", most=allows)
    own = isinstance(experiment.data.dataset, CustomData)  # all of whose rows are used
    return (Problem("hidden_layer_sizes" if own else "samples", given, allowed),)


def estimated_multiplications(experiment: Experiment) -> float:
    """Return about how many multiplications one pass over all examples of a new run takes."""
    data, hidden = experiment.data, experiment.network.hidden_layer_sizes
    inputs = len(data.features or data.dataset.names.inputs)
    classes = len(data.dataset.names.classes)
    sizes = (inputs, *hidden, classes if classes > 2 else 1)
    examples = len(data.dataset.rows) if isinstance(data.dataset, CustomData) else data.samples
    return float(Params.count(sizes)) * examples


@lru_cache(maxsize=64)
def _feature_problems(data: DataSpec, seed: int) -> tuple[Problem, ...]:
    """Return the problems of features on these examples: other inputs needed, or no finite value."""
    if data.features:
        X, _ = data.dataset.sample(data.samples, seed)
        try:
            expand(data.features, X)
        except InvalidSetting as error:
            return tuple(Problem("features", problem.given, problem.allowed) for problem in error.problems)
    return ()

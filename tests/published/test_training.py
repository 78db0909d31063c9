"""Published figures of whole trainings: logistic regression, a tiny model, the planar flower."""

import pytest

from dnn import Run, advance, backward, forward
from dnn.analysis.textbook import accuracy_percent, descent, one_hidden
from tests.published.cases import Case, cases, named


@cases("c1w2_logistic_optimize")
def test_logistic_regression_trains_as_published(case: Case) -> None:
    before_last = advance(descent(case.case, [(case["w"], case["b"].reshape(1))]), case.params["iterations"] - 1)
    last = advance(before_last, 1)
    dw, db = backward(before_last.params, forward(before_last.params, case["X"]), case["Y"])[0]
    ((w, b),) = last.params
    costs = last.history["train_cost"][: -1 : case.params["cost_every"]]
    case.agrees_in_all([("w", w), ("b", b[0]), ("dw", dw), ("db", db[0]), ("costs", costs)])


def trained(case: Case, hidden: int) -> Run:
    """The whole training of a published network with one hidden layer."""
    return advance(one_hidden(case.case, hidden), case.params["iterations"])


def costs_of(run: Run, case: Case) -> list[tuple[str, float]]:
    """The costs at the iterations that ``case`` names."""
    names = [name for name in case.expected if name.startswith("cost_")]
    return [(name, run.history["train_cost"][int(name.removeprefix("cost_"))]) for name in names]


@cases("c1w3_tiny_model_seed2")
def test_the_tiny_model_ends_with_the_published_weights(case: Case) -> None:
    run = trained(case, hidden=4)
    case.agrees_in_all([*costs_of(run, case), *named(run.params)])


@cases("train_planar_flower_nh4")
def test_the_planar_flower_trains_with_the_published_costs(case: Case) -> None:
    run = trained(case, hidden=4)
    for name, cost in costs_of(run, case):
        case.agrees(name, cost)
    assert accuracy_percent(run) >= case.expected["accuracy_percent_floor"]
    assert run.latest["train_accuracy"] == pytest.approx(accuracy_percent(run) / 100)


@pytest.mark.slow
@cases("train_planar_hidden_size_sweep")
def test_wider_hidden_layers_reach_the_published_accuracies(case: Case) -> None:
    widths = [int(name.removeprefix("accuracy_percent_nh")) for name in case.expected]
    case.agrees_in_all((f"accuracy_percent_nh{width}", accuracy_percent(trained(case, width))) for width in widths)

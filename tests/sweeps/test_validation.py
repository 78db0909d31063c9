"""Sweeps of experiments with a validation set: their results, files and tables, and what the command calls the best."""

import csv
import io
from dataclasses import replace

import pytest

from dnn.experiment import Experiment
from dnn.sweeps import Axis, Result, Sweep, run_sweep
from dnn.sweeps.command import Tally
from dnn.sweeps.documents import from_lines, to_csv, to_lines
from dnn.sweeps.outcomes import measures_of
from dnn.training import advance, start

SHARE = "data.validation_share"


def trained(*shares: float) -> tuple[Sweep, list[Result]]:
    base = Experiment.of(data={"samples": 40}, training={"learning_rate": 0.3})
    sweep = Sweep(base=base, axes=(Axis(name=SHARE, values=shares),), epochs=5)
    return sweep, sorted(run_sweep(sweep), key=lambda result: result.index)


def test_a_result_has_the_numbers_of_its_run_where_there_is_a_validation_set() -> None:
    sweep, (without, with_one) = trained(0.0, 0.25)
    experiment = Experiment.of(**(sweep.base.model_dump() | {"data": {"samples": 40, "validation_share": 0.25}}))
    run = advance(start(experiment), 5)
    assert with_one.validation_cost == run.latest["validation_cost"]
    assert with_one.validation_accuracy == run.latest["validation_accuracy"]
    assert with_one.history["validation_cost"] == pytest.approx(run.history["validation_cost"], rel=1e-5)
    assert (without.validation_cost, without.validation_accuracy) == (None, None)
    assert without.history.keys() == {"epoch", "train_cost", "test_cost"}
    assert "validation_cost" not in without.line()


def test_files_and_tables_have_them_only_where_they_are() -> None:
    sweep, results = trained(0.0, 0.25)
    assert from_lines(to_lines(sweep, results), "results.jsonl") == (sweep, results)
    rows = list(csv.DictReader(io.StringIO(to_csv(sweep, results).decode())))
    assert [row["validation_cost"] for row in rows] == ["", str(results[1].validation_cost)]
    assert "validation" not in to_csv(sweep, results[:1]).decode().split("\n")[0].replace(SHARE, "")


def test_the_first_measure_is_that_of_the_validation_set() -> None:
    _, results = trained(0.25)
    assert [measure.name for measure in measures_of(results)][:3] == [
        "validation_accuracy",
        "validation_cost",
        "test_accuracy",
    ]


def test_the_command_calls_the_run_with_the_lowest_validation_cost_the_best() -> None:
    _, (result,) = trained(0.25)
    good = replace(result, index=1, validation_cost=0.1, test_cost=0.9)
    other = replace(result, index=2, validation_cost=0.2, test_cost=0.3)
    tally = Tally.of([other, good])
    assert tally.best is good
    assert any(line.startswith("Lowest validation cost 0.1:") for line in tally.lines())

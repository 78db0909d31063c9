"""What comes of the runs of a sweep: the same as of each trained alone, and a sentence where nothing comes of one."""

import math
from urllib.parse import parse_qsl, urlsplit

import pytest

from dnn import Experiment, InvalidSetting, advance, start
from dnn.datasets.custom_data import CustomData
from dnn.experiment.links import from_query
from dnn.sweeps import Axis, Sweep, run_sweep
from dnn.sweeps.blocks import blocks_of
from dnn.sweeps.training import POINTS, kept_every
from tests.sweeps.helpers import SWEEP, comparable


def test_every_run_is_the_run_of_its_experiment_to_the_last_bit() -> None:
    results = comparable(run_sweep(SWEEP))
    assert [result.index for result in results] == list(range(SWEEP.runs))
    for result, cell in zip(results, SWEEP.cells(), strict=True):
        assert cell.experiment is not None
        run = advance(start(cell.experiment), SWEEP.epochs)
        assert (result.settings, result.seed, result.epochs) == (cell.settings, cell.seed, 12)
        for name in ("train_cost", "test_cost", "train_accuracy", "test_accuracy"):
            assert getattr(result, name) == run.latest[name]
        assert result.history["epoch"] == list(range(13))
        assert result.history["test_cost"] == [float(f"{cost:.6g}") for cost in run.history["test_cost"]]
        query = dict(parse_qsl(urlsplit(result.link).query))
        assert from_query(query) == (cell.experiment, ())


def test_runs_that_stop_say_why_and_when() -> None:
    base = Experiment.of(
        data={"dataset": "bumps", "samples": 100}, network={"activation": "linear", "initializer": "normal"}
    )
    rate = Axis(name="training.learning_rate", values=(0.001, 90.0))
    sweep = Sweep(base=base, axes=(Axis(name="training.patience", values=(None, 3)), rate), epochs=200)
    for result, cell in zip(comparable(run_sweep(sweep)), sweep.cells(), strict=True):
        assert cell.experiment is not None
        run = advance(start(cell.experiment), 200)
        assert (result.stopped, result.diverged, result.epochs) == (run.stopped, run.diverged, run.epoch)
        assert result.train_cost == (run.latest["train_cost"] if math.isfinite(run.latest["train_cost"]) else None)
        assert result.test_accuracy is None  # of numbers
        assert len(result.history["epoch"]) <= POINTS + 1
    assert [result.diverged for result in comparable(run_sweep(sweep))] == [False, True, False, True]


def test_settings_that_do_not_fit_say_so_and_the_rest_runs() -> None:
    features = Axis(name="data.features", values=(["x1", "x2"], ["x1^0.5"], ["x1", "x9"], []))
    loss = Axis(name="training.loss", values=("huber", None))
    sweep = Sweep(base=Experiment.of(data={"samples": 50, "test_share": 0.0}), axes=(loss, features), epochs=5)
    results = comparable(run_sweep(sweep))
    assert all(result.problem.startswith("Loss: 'huber' is not allowed") for result in results[:4])
    assert [bool(result.problem) for result in results[4:]] == [False, True, True, False]
    undefined = Experiment.of(data={"samples": 50, "test_share": 0.0, "features": ["x1^0.5"]})
    with pytest.raises(InvalidSetting) as refused:
        undefined.make_data()
    assert results[5].problem == str(refused.value)
    assert results[7].train_cost is not None
    assert results[7].test_cost is results[7].test_accuracy is None
    assert results[7].history["test_cost"] == []


def test_no_epochs_are_an_answer_too() -> None:
    (result,) = run_sweep(Sweep(epochs=0))
    assert (result.epochs, result.history["epoch"]) == (0, [0])
    assert result.train_cost == start(Experiment()).latest["train_cost"]


def test_no_examples_are_said() -> None:
    empty = Experiment.of(data={"dataset": CustomData()})
    (result,) = run_sweep(Sweep(base=empty))
    assert result.problem == "There are no training examples."


def test_fewer_than_one_job_is_refused() -> None:
    with pytest.raises(ValueError, match="jobs is 0; it must be 1 or more"):
        run_sweep(SWEEP, jobs=0)


@pytest.mark.parametrize(
    ("epochs", "step"),
    [(0, 1), (20, 1), (21, 2), (40, 2), (50, 5), (100, 5), (101, 10), (250, 20), (401, 50), (100_000_000, 5_000_000)],
)
def test_costs_are_measured_at_round_epochs(epochs: int, step: int) -> None:
    assert kept_every(epochs) == step


def test_blocks_have_every_cell_once_and_hold_runs_of_one_shape_where_those_are_enough() -> None:
    widths = Axis(name="network.hidden_layer_sizes", values=([8, 8], [4]))
    sweep = Sweep(axes=(Axis.linear("seed", 0, 2999, 3000), widths), epochs=30)
    blocks = list(blocks_of(sweep))
    assert sorted(index for block in blocks for index in block.indices) == list(range(6000))
    assert [block.number for block in blocks] == list(range(len(blocks)))
    mixed = [block for block in blocks if len({index % 2 for index in block.indices}) == 2]
    assert len(blocks) > 10
    assert len(mixed) <= 2


@pytest.mark.parametrize(("runs", "expected"), [(50, 1), (256, 2), (1024, 8), (4096, 16)])
def test_equal_runs_make_blocks_that_processes_can_share_out_evenly(runs: int, expected: int) -> None:
    base = Experiment.of(network={"hidden_layer_sizes": [8, 8]})
    sizes = [
        len(block.indices)
        for block in blocks_of(Sweep(base=base, axes=(Axis.linear("draw", 1, runs, runs),), epochs=50))
    ]
    assert len(sizes) == expected
    assert max(sizes) - min(sizes) <= 1


def test_what_is_too_little_for_a_block_goes_together_with_others() -> None:
    widths = Axis(name="network.hidden_layer_sizes", values=tuple([width] for width in range(1, 100)))
    assert len(list(blocks_of(Sweep(axes=(widths,), epochs=10)))) < 10


def test_long_runs_go_together_only_where_that_saves_time() -> None:
    seeds = Axis.linear("seed", 0, 7, 8)
    small, large = ({"hidden_layer_sizes": widths} for widths in ([2], [128, 128]))
    assert len(list(blocks_of(Sweep(base=Experiment.of(network=small), axes=(seeds,), epochs=1_000_000)))) == 1
    assert len(list(blocks_of(Sweep(base=Experiment.of(network=large), axes=(seeds,), epochs=1_000_000)))) == 8

"""The published runs as the page runs them again: progress, and every figure beside ours."""

from itertools import pairwise

import pytest

from dnn.analysis.textbook import TRAININGS, Figure, Rerun, Training, published


@pytest.mark.slow
@pytest.mark.parametrize("training", TRAININGS, ids=lambda training: training.id)
def test_a_published_run_gives_every_figure_again(training: Training) -> None:
    *shares, rerun = training.run()
    assert isinstance(rerun, Rerun)
    figures = rerun.figures
    progress = [share for share in shares if isinstance(share, float)]
    assert len(progress) == len(shares)
    assert all(0.0 < share <= 1.0 for share in progress)
    assert all(before <= after for before, after in pairwise(progress))
    assert {figure.name for figure in figures} == training.case["expected"].keys()
    assert [figure for figure in figures if not figure.agrees] == []


def test_every_published_whole_run_is_here() -> None:
    whole = {case["id"] for case in published()["cases"] if case["group"] == "train"}
    assert whole < {training.id for training in TRAININGS}


@pytest.mark.parametrize(
    ("ours", "floor", "agrees"), [(1.0, False, True), (1.002, False, False), (1.002, True, True), (0.999, True, False)]
)
def test_a_figure_agrees_within_its_tolerance_or_above_its_floor(ours: float, floor: bool, agrees: bool) -> None:
    assert Figure("cost", (), 1.0, ours, 1e-3 if not floor else 0.0, floor).agrees == agrees


@pytest.mark.parametrize(
    ("published", "ours", "tolerance", "floor", "allowance"),
    [
        (0.693048, 0.69304802, 6e-7, False, "rounded"),
        (0.35112640, 0.351126401, 6e-9, False, "rounded"),
        (90.0, 90.75, 0.0, True, "whole"),
        (90.0, 90.5, 0.76, False, "machine"),
        (0.219454, 0.219413, 2e-4, False, "machine"),
        (67.5, 67.5, 1e-9, False, "exact"),
    ],
)
def test_it_is_said_why_a_figure_may_differ(
    published: float, ours: float, tolerance: float, floor: bool, allowance: str
) -> None:
    assert Figure("cost", (), published, ours, tolerance, floor).allowance == allowance

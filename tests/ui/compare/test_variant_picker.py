"""The variants that are kept are those that would be made afresh, whatever the starting weights."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment
from dnn.experiment.differences import differences
from dnn.experiment.variants import variants
from dnn.ui.compare.variant_picker import _is_allowed, _offered, offered_variants
from tests.strategies import experiments

NUMBERS = st.integers(0, 3) | st.just(2**31 - 1)


@settings(max_examples=30)
@given(experiments(), NUMBERS, NUMBERS)
def test_kept_variants_are_those_made_afresh(experiment: Experiment, draw: int, seed: int) -> None:
    base = experiment.model_copy(update={"draw": draw, "seed": seed})
    afresh = [(each, differences((base, each))[0]) for each in variants(base) if _is_allowed(each)]
    assert offered_variants(base) == afresh


@pytest.mark.parametrize("other", [{"draw": 5}, {"seed": 7}])
def test_new_starting_weights_do_not_make_them_again(other: dict[str, int]) -> None:
    _offered.cache_clear()
    offered_variants(Experiment())
    offered_variants(Experiment().model_copy(update=other))
    assert _offered.cache_info().misses == 1

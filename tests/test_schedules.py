"""Schedules: each formula restated, and what all have in common: never above the chosen rate, never below zero."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn.components import limits, pick
from dnn.errors import InvalidSetting
from dnn.schedules import DECAYS, SCHEDULES, ConstantRate, Cosine, Exponential, InverseTime, Schedule, Step, WarmUp


def values(kind: type[Schedule]) -> st.SearchStrategy[Any]:
    """Any value of ``kind``."""
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in kind.model_fields.items():
        if name == "then":
            fields[name] = any_decay
        elif name != "kind":
            low, high = limits(kind, name)
            fields[name] = st.integers(int(low), int(high)) | st.integers(1, 50)
            if info.annotation is float:
                fields[name] = st.floats(low, high)
    return st.builds(kind, **fields)


any_decay = st.sampled_from(list(DECAYS.values())).flatmap(values)
any_schedule = st.sampled_from(list(SCHEDULES.values())).flatmap(values)
rates = st.floats(1e-6, 100)
epochs = st.integers(0, 300) | st.integers(0, 10**9)


@pytest.mark.parametrize("epoch", [0, 1, 2, 9, 10, 11, 99, 100, 250, 1000])
@pytest.mark.parametrize("rate", [0.03, 1.0])
def test_every_formula_restated(rate: float, epoch: int) -> None:
    wave = 0.1 + 0.9 * (1 + math.cos(math.pi * epoch / 100)) / 2
    expected = {
        ConstantRate(): rate,
        Step(factor=0.5, every=10): rate * 0.5 ** (epoch // 10),
        Exponential(gamma=0.98): rate * 0.98**epoch,
        InverseTime(decay=0.3, interval=7): rate / (1 + 0.3 * (epoch // 7)),
        Cosine(epochs=100, floor=0.1): rate * (wave if epoch < 100 else 0.1),
        WarmUp(epochs=10): rate * min((epoch + 1) / 10, 1),
        WarmUp(epochs=10, then=Exponential(gamma=0.5)): rate
        * ((epoch + 1) / 10 if epoch < 10 else 0.5 ** (epoch - 10)),
    }
    for schedule, value in expected.items():
        assert schedule.rate(rate, epoch) == pytest.approx(value, rel=1e-13), schedule


@given(any_schedule, rates, epochs)
def test_a_rate_is_a_float_from_zero_to_the_chosen_rate(schedule: Schedule, rate: float, epoch: int) -> None:
    now = schedule.rate(rate, epoch)
    assert type(now) is float
    assert 0.0 <= now <= rate
    assert schedule.rate(rate, np.int64(epoch)) == now
    assert type(schedule.rate(rate, np.int64(epoch))) is float


@given(any_decay, rates, epochs, epochs)
def test_a_decay_begins_at_the_chosen_rate_and_never_rises(schedule: Schedule, rate: float, a: int, b: int) -> None:
    assert schedule.rate(rate, 0) == rate
    assert schedule.rate(rate, min(a, b)) >= schedule.rate(rate, max(a, b))


@given(any_schedule, rates, st.lists(epochs, max_size=40))
def test_an_array_of_epochs_gives_the_rate_of_each(schedule: Schedule, rate: float, some: list[int]) -> None:
    array = np.array(some, np.int64)
    given_before = array.copy()
    together = schedule.rate(rate, array)
    assert together.shape == array.shape
    assert together.dtype == np.float64
    np.testing.assert_allclose(together, [schedule.rate(rate, epoch) for epoch in some], rtol=1e-13)
    np.testing.assert_array_equal(array, given_before)
    assert schedule.rate(rate, np.arange(6).reshape(2, 3)).shape == (2, 3)


@given(any_decay, st.integers(1, 1000), rates, st.integers(0, 2000))
def test_a_warm_up_rises_evenly_to_the_chosen_rate_and_then_is_the_other_schedule(
    then: Any, length: int, rate: float, epoch: int
) -> None:
    schedule = WarmUp(epochs=length, then=then)
    rising = schedule.rate(rate, np.arange(length))
    np.testing.assert_allclose(rising, rate * np.arange(1, length + 1) / length, rtol=1e-13)
    assert rising[-1] == schedule.rate(rate, length) == rate
    assert schedule.rate(rate, length + epoch) == then.rate(rate, epoch)


def test_constant_stays_and_cosine_stays_at_its_floor() -> None:
    assert set(ConstantRate().rate(0.3, np.arange(1000))) == {0.3}
    assert set(Cosine(epochs=50, floor=0.25).rate(0.5, np.arange(50, 200))) == {0.125}
    assert Cosine(epochs=50, floor=0.0).rate(0.5, 50) == 0.0
    assert Cosine(epochs=50, floor=0.0).rate(0.5, 25) == pytest.approx(0.25)


def test_steps_go_down_at_their_epochs_and_not_before() -> None:
    schedule = Step(factor=0.1, every=4)
    np.testing.assert_allclose(schedule.rate(1.0, np.arange(9)), [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01], rtol=1e-14)


@given(any_schedule)
def test_every_schedule_survives_json_with_all_that_it_holds(schedule: Schedule) -> None:
    assert type(schedule).model_validate_json(schedule.model_dump_json()) == schedule
    assert pick(SCHEDULES, "schedule", schedule.model_dump()) == schedule
    assert pick(SCHEDULES, "schedule", schedule) == schedule


def test_a_warm_up_writes_what_follows_it_as_a_whole() -> None:
    schedule = WarmUp(epochs=3, then=Cosine(epochs=20, floor=0.5))
    then = {"kind": "cosine", "epochs": 20, "floor": 0.5}
    assert schedule.model_dump() == {"kind": "warm_up", "epochs": 3, "then": then}
    assert pick(SCHEDULES, "schedule", {"kind": "warm_up", "then": "cosine"}) == WarmUp(then=Cosine())
    assert {schedule: "found"}[WarmUp(epochs=3, then=Cosine(epochs=20, floor=0.5))] == "found"


@pytest.mark.parametrize(
    ("given_values", "sentence"),
    [
        ("linear", "Schedule: 'linear' is not allowed; choose one of constant, step, exponential, inverse_time, "),
        (
            {"kind": "warm_up", "then": "warm_up"},
            "Schedule: 'warm_up' is not allowed; choose one of constant, step, exponential, inverse_time, cosine.",
        ),
        ({"kind": "warm_up", "then": WarmUp()}, "Schedule: 'warm_up' is not allowed"),
        ({"kind": "warm_up", "then": {"kind": "cosine", "floor": 2}}, "Floor: 2 is not allowed"),
        ({"kind": "warm_up", "epochs": 0}, "Epochs: 0 is not allowed; it must be a whole number from 1 to 1000000."),
        ({"kind": "step", "factor": 0}, "Factor: 0 is not allowed; it must be a number from 0.001 to 1."),
        ({"kind": "step", "every": 1.5}, "Every: 1.5 is not allowed; it must be a whole number from 1 to 1000000."),
        ({"kind": "exponential", "gamma": 1.01}, "Gamma: 1.01 is not allowed; it must be a number from 0.001 to 1."),
        ({"kind": "inverse_time", "decay": -1}, "Decay: -1 is not allowed; it must be a number from 0 to 100."),
        ({"kind": "cosine", "epochs": 10**7}, "Epochs: 10000000 is not allowed"),
        ({"kind": "constant", "factor": 1}, "Unknown setting 'factor' in constant, which has no settings."),
    ],
    ids=str,
)
def test_what_is_not_allowed_is_refused_with_a_sentence(given_values: object, sentence: str) -> None:
    with pytest.raises(InvalidSetting) as refusal:
        pick(SCHEDULES, "schedule", given_values)
    assert str(refusal.value).startswith(sentence)


def test_the_table_is_in_the_order_in_which_schedules_are_taught() -> None:
    assert [*SCHEDULES] == ["constant", "step", "exponential", "inverse_time", "cosine", "warm_up"]
    assert [*DECAYS] == [*SCHEDULES][:-1]
    for name, kind in SCHEDULES.items():
        assert kind.label
        assert kind.formula
        assert kind(kind=name) == kind()

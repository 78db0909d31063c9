"""Who gets how much of the server's time, counted on a clock that only frames move on."""

import heapq
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn.ui.live.sharing import (
    BUDGET,
    LONGEST_REST,
    MOST_BESIDE,
    ROUND,
    SHARE,
    SLICE,
    diagnosis_interval,
    rest,
    rest_of_heavy,
    training_seconds,
)

LIGHT, HEAVY = 0.0008, 0.03  # seconds that a picture takes
PICTURES = st.floats(0, 1)


def frame_seconds(picture: float, playing: int) -> float:
    return picture + training_seconds(playing, picture)


def served(pictures: list[float], heavy: int = 0, seconds: float = 60.0) -> tuple[Counter[int], float]:
    """Frames of each player in so many seconds, and the share of them that all took, on a server that does one thing.

    Everybody asks for the next frame when the last one has come and its rest is over, and 1/60 s at the earliest. The
    last ``heavy`` ones come one after the other.
    """
    playing, light = len(pictures), len(pictures) - heavy
    asks = [(0.0, place, place) for place in range(playing)]
    now, busy, free, number, frames = 0.0, 0.0, 0.0, playing, Counter[int]()
    while now < seconds:
        asked, ticket, place = heapq.heappop(asks)
        if place >= light and free > asked:  # another heavy one rests
            heapq.heappush(asks, (free, ticket, place))
            continue
        number += 1
        spent = frame_seconds(pictures[place], playing)
        now = max(now, asked) + spent
        busy += spent
        frames[place] += 1
        if place >= light:
            free = again = now + rest_of_heavy(spent, light, heavy)
        else:
            again = max(now + rest(spent, playing), asked + ROUND)
        heapq.heappush(asks, (again, number, place))
    return frames, busy / now


def test_alone_nobody_rests_and_a_frame_has_all_its_budget() -> None:
    assert training_seconds(1, 0.5) == training_seconds(0, 0.0) == BUDGET
    assert rest(0.5, 1) == rest(0.5, 0) == rest_of_heavy(0.5, light=0, heavy=1) == 0


@given(st.integers(2, 500), PICTURES)
def test_beside_others_nobody_trains_for_longer_than_a_slice(playing: int, picture: float) -> None:
    assert 0 < training_seconds(playing, picture) <= SLICE
    assert training_seconds(playing + 1, picture) <= training_seconds(playing, picture)


@given(st.integers(2, 500), st.floats(1e-6, 10))
def test_a_rest_never_keeps_a_click_waiting_for_long(playing: int, seconds: float) -> None:
    assert 0 < rest(seconds, playing) <= LONGEST_REST
    assert 0 < rest_of_heavy(seconds, playing, 1) <= LONGEST_REST


@pytest.mark.parametrize("playing", [2, 5, 10, 30, 60])
def test_frames_leave_time_for_clicks_and_all_get_as_many(playing: int) -> None:
    frames, busy = served(playing * [LIGHT])
    assert busy < SHARE + 0.02
    assert max(frames.values()) - min(frames.values()) <= 2
    assert sum(frames.values()) > 0.9 * 60 * SHARE / frame_seconds(LIGHT, playing) or min(frames.values()) > 3000


def test_whose_pictures_are_dear_gets_fewer_and_no_more_of_the_time() -> None:
    dear = 6 * LIGHT
    frames, _ = served([*(9 * [LIGHT]), dear])
    times = {place: count * frame_seconds(dear if place == 9 else LIGHT, 10) for place, count in frames.items()}
    assert max(times.values()) < 1.2 * times[0]
    assert min(times.values()) > 0.8 * times[0]


@pytest.mark.parametrize("playing", [0, 1, 15, 16, 60, 300])
def test_diagnoses_of_all_together_take_little_time(playing: int) -> None:
    assert playing / diagnosis_interval(playing) <= 15
    assert diagnosis_interval(playing) == 1.0 or playing > 15


@pytest.mark.parametrize("heavy", [1, 2, 5])
def test_a_class_keeps_its_frames_beside_heavy_runs(heavy: int) -> None:
    alone, _ = served(30 * [LIGHT])
    frames, busy = served([*(29 * [LIGHT]), *(heavy * [HEAVY])], heavy)
    assert min(frames[place] for place in range(29)) > 0.8 * min(alone.values())
    assert min(frames[29 + place] for place in range(heavy)) > 100 / heavy
    assert busy < SHARE * (1 + 2 / MOST_BESIDE)


def test_one_heavy_run_beside_a_light_one_leaves_it_most_of_the_time() -> None:
    frames, _ = served([LIGHT, HEAVY], 1)
    assert frames[0] > 0.6 * 60 / ROUND * 0.7

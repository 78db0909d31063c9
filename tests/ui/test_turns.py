"""Turns: never too many threads at once, none that waits for ever, and those with long work out of the way."""

import threading
from collections.abc import Callable

import pytest

from dnn.ui.turns import Turns


def in_threads(count: int, work: Callable[[], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_no_more_than_so_many_have_a_turn_at_once_and_all_get_one() -> None:
    turns, lock = Turns(2), threading.Lock()
    both = threading.Barrier(2)
    now, most, done = 0, 0, 0

    def work() -> None:
        nonlocal now, most, done
        with turns.turn():
            with lock:
                now += 1
                most = max(most, now)
            both.wait(20)  # two are inside at once, or this breaks
            with lock:
                now -= 1
                done += 1

    for thread in in_threads(10, work):
        thread.join(20)
    assert (most, done) == (2, 10)


def test_whoever_has_a_turn_gets_it_again_at_once() -> None:
    turns = Turns(1)
    with turns.turn(), turns.turn():
        pass
    with turns.turn():
        pass


@pytest.mark.parametrize("failing", [False, True])
def test_a_turn_that_is_left_is_for_others_and_taken_again(failing: bool) -> None:
    turns, inside, over = Turns(1), threading.Event(), threading.Event()

    def other() -> None:
        with turns.turn():
            inside.set()
            over.wait(20)

    with turns.turn():
        threads = in_threads(1, other)
        assert not inside.wait(0.05)
        try:
            with turns.left():
                assert inside.wait(20)
                over.set()
                if failing:
                    raise ValueError
        except ValueError:
            pass
        threads[0].join(20)
        inside.clear()
        threads = in_threads(1, other)
        assert not inside.wait(0.05)  # this thread has the only turn again
    assert inside.wait(20)
    threads[0].join(20)


def test_without_a_turn_there_is_none_to_leave() -> None:
    turns = Turns(1)
    with turns.left(), turns.turn():
        pass


def test_patience_ends_and_the_turn_stays_with_whom_it_belongs() -> None:
    turns, ran = Turns(1, patience=0.01), threading.Event()

    def impatient() -> None:
        with turns.turn():
            ran.set()

    with turns.turn():
        in_threads(1, impatient)[0].join(20)
        assert ran.is_set()
        assert not turns._free.acquire(blocking=False)
    assert turns._free.acquire(blocking=False)
    assert not turns._free.acquire(blocking=False)

"""Who gets a place: never more sessions than there are places, and nobody loses theirs by a reload."""

import pytest

from dnn.hosting.places import ARRIVAL, GRACE, Places


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def seated(places: Places) -> str:
    """A visitor whose page has loaded, and whose session is open."""
    name = places.reserve("")
    assert name
    assert places.take(name) == name
    return name


def test_whoever_comes_when_all_places_are_taken_gets_one_when_somebody_has_left(clock: Clock) -> None:
    places = Places(2, clock)
    first, _ = seated(places), seated(places)
    assert places.reserve("") is None
    assert places.take("") is None
    places.leave(first)
    assert places.reserve("") is None  # perhaps the page is reloaded
    clock.now += GRACE
    assert places.reserve("")
    assert places.taken == 2


def test_a_reload_keeps_the_place(clock: Clock) -> None:
    places = Places(1, clock)
    name = seated(places)
    assert places.reserve(name) == name  # the browser asks for the page before it closes the session
    places.leave(name)
    assert places.reserve("") is None
    clock.now += ARRIVAL - 1
    assert places.take(name) == name
    assert places.taken == 1


def test_a_page_that_never_opens_a_session_gives_its_place_back(clock: Clock) -> None:
    places = Places(1, clock)
    assert places.reserve("")
    assert places.reserve("") is None
    clock.now += ARRIVAL
    assert places.taken == 0


def test_every_tab_counts(clock: Clock) -> None:
    places = Places(2, clock)
    name = seated(places)
    assert places.take(name) == name
    assert places.taken == 2
    assert not places.has_room(name)
    assert places.take(name) is None
    places.leave(name)
    assert places.taken == 1
    assert places.take(name) == name


def test_a_browser_without_cookies_takes_what_its_page_reserved(clock: Clock) -> None:
    places = Places(1, clock)
    name = places.reserve("")
    assert places.take("") == name
    assert places.taken == 1
    assert places.take("") is None


def test_a_name_that_the_server_does_not_know_is_no_place(clock: Clock) -> None:
    places = Places(1, clock)
    seated(places)
    assert places.reserve("of an earlier server") is None
    assert places.take("of an earlier server") is None

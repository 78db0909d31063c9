"""The thread that reports for all pupils of a server, one round at a time."""

import time

import pytest

from dnn import Experiment, start
from dnn.classroom import ClassStore, Goal, Orders, Report
from dnn.classroom.memory import MemoryStore
from dnn.classroom.redis_store import RedisStore
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.player import Player
from dnn.ui.pupil import reporter
from dnn.ui.pupil.reporter import EVERY, FROZEN, HEARTBEAT, LEFT, REST, Member, Reporter
from tests.classroom.redis_server import redis_server

SMALL = Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [3]})


class OneClass:
    """A class with one pupil, whose reporter has no thread of its own."""

    def __init__(self, store: ClassStore, monkeypatch: pytest.MonkeyPatch, goal: Goal | None = None) -> None:
        self.now = time.perf_counter()
        monkeypatch.setattr(reporter.time, "perf_counter", lambda: self.now)
        monkeypatch.setattr(reporter.time, "thread_time", lambda: 0.0)
        monkeypatch.setattr(reporter.Reporter, "_serve", lambda _: None)
        self.store, self.reporter = store, Reporter(lambda: store)
        self.classroom, self.key = store.create(goal=goal)
        self.player = Player(SMALL, playing=False)
        pupil = store.join(self.classroom.code, "Mia")
        self.member: Member = self.reporter.watch(self.player.token, self.classroom.code, pupil.id, self.classroom)

    def round(self) -> int:
        """One round; returns the number of the last report."""
        self.reporter.round()
        return self.store.reports(self.classroom.code).number


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> OneClass:
    return OneClass(MemoryStore(), monkeypatch)


def test_it_reports_what_is_new(one: OneClass) -> None:
    first = one.round()
    assert one.round() == first
    one.player.step()
    one.player.picture()
    assert one.round() == first + 1
    one.player.play()
    assert one.round() == first + 2
    assert one.store.reports(one.classroom.code).new[0].report.state == "playing"


def test_a_page_that_is_open_reports_now_and_then(one: OneClass) -> None:
    one.player.left = one.now - LEFT - 1
    first = one.round()
    one.now += HEARTBEAT + 1
    assert one.round() == first  # nobody is there
    one.player.watchers = 1
    assert one.round() == first + 1
    one.now += HEARTBEAT - 1
    assert one.round() == first + 1


def test_a_pupil_on_another_page_is_there(one: OneClass) -> None:
    one.player.left = one.now - LEFT - 1
    lesson = Player(SMALL)
    one.member.others.add(lesson.token)
    lesson.watchers = 1
    first = one.round()
    one.now += HEARTBEAT + 1
    assert one.round() == first + 1
    one.player.release()
    one.now += HEARTBEAT + 1
    assert one.round() == first + 2  # also once the playground is forgotten
    (seat,) = one.store.reports(one.classroom.code).new
    assert (seat.report.state, seat.report.sizes) == ("paused", (2, 3, 1))


def test_a_pupil_on_a_page_without_a_player_is_there(one: OneClass) -> None:
    first = one.round()
    for _ in range(3):
        one.now += HEARTBEAT + 1
        one.player.stay()
    assert one.round() == first + 1
    one.now += HEARTBEAT + 1
    assert one.round() == first + 1


def test_what_is_shown_on_all_screens_is_no_report_of_the_pupil(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    one = OneClass(store, monkeypatch, goal=Goal(accuracy=0.0, most_units=2))
    one.player.watchers = 1
    first = one.round()
    (before,) = store.reports(one.classroom.code).new
    one.member.watching = True
    one.player.run = start(Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [2]}))  # meets the goal
    assert one.round() == first + 1
    one.now += HEARTBEAT + 1
    assert one.round() == first + 2
    (seat,) = store.reports(one.classroom.code).new
    assert seat.report == before.report
    assert (seat.reached, one.member.reached) == (None, False)
    one.member.watching = False
    one.round()
    assert store.reports(one.classroom.code).new[0].reached is not None


def test_a_page_that_was_opened_anew_still_has_its_last_report(one: OneClass) -> None:
    one.round()
    (before,) = one.store.reports(one.classroom.code).new
    other = Player(Experiment.of(data={"samples": 60}, network={"hidden_layer_sizes": [2]}))
    other.watchers = 1
    anew = one.reporter.watch(other.token, one.classroom.code, one.member.pupil_id, one.classroom)
    anew.watching = True
    one.player.release()
    one.reporter.forget(one.player.token)
    number = one.round()
    (seat,) = one.store.reports(one.classroom.code).new
    assert (number, seat.report) == (before.number + 1, before.report)


def test_a_large_network_reports_less_often(one: OneClass) -> None:
    first = one.round()
    one.member.cost = 0.02
    one.player.step()
    one.player.picture()
    assert one.round() == first
    one.now += 0.02 * REST + 0.01
    assert one.round() == first + 1


def test_the_order_to_pause_is_heard_by_a_page_that_comes_later(one: OneClass) -> None:
    ordered = one.store.order(one.classroom.code, one.key, Orders.freeze)
    other = Player(SMALL)
    one.reporter.watch(other.token, one.classroom.code, one.member.pupil_id, ordered)
    assert other.held == FROZEN
    one.round()
    assert (one.player.held, one.player.notice) == (FROZEN, 1)
    assert (other.held, other.notice) == (FROZEN, 0)


def test_a_player_that_is_gone_is_let_go(one: OneClass) -> None:
    one.player.release()
    one.round()
    one.reporter.watch("another", one.classroom.code, one.member.pupil_id, one.classroom)
    assert one.reporter._members.keys() == {"another"}


def test_a_pupil_who_was_removed_hears_of_it(one: OneClass) -> None:
    one.store.leave(one.classroom.code, one.member.pupil_id)
    one.round()
    assert one.member.over
    assert one.player.notice == 1
    one.round()
    assert one.player.notice == 1


def test_an_order_is_brought_at_once_by_whoever_gives_it(one: OneClass) -> None:
    number = one.round()
    one.store.order(one.classroom.code, one.key, Orders.freeze)
    one.reporter.deliver("OTHERS")
    assert one.player.held == ""
    one.player.step()
    one.reporter.deliver(one.classroom.code)
    assert (one.player.held, one.player.notice) == (FROZEN, 1)
    assert one.store.reports(one.classroom.code).number == number  # reports come with the round


def test_an_order_does_not_wait_until_all_have_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    class SlowStore(MemoryStore):
        """One in which a report takes long, and the teacher gives an order during the first."""

        held: tuple[str, ...] = ()

        def publish(self, code: str, pupil_id: str, report: Report) -> bool:
            self.held += (one.player.held,)
            one.now += EVERY
            self.order(code, one.key, Orders.freeze)
            return super().publish(code, pupil_id, report)

    one = OneClass(SlowStore(), monkeypatch)
    tom, other = one.store.join(one.classroom.code, "Tom"), Player(SMALL, playing=False)
    one.reporter.watch(other.token, one.classroom.code, tom.id, one.classroom)
    one.round()
    assert isinstance(one.store, SlowStore)
    assert one.store.held == ("", FROZEN)


def test_compared_runs_wait_too(one: OneClass) -> None:
    group = GroupPlayer([SMALL])
    one.member.others.add(group.token)
    one.store.order(one.classroom.code, one.key, Orders.freeze)
    one.round()
    assert group.held == FROZEN
    one.store.order(one.classroom.code, one.key, lambda orders: orders.freeze(False))
    one.round()
    assert group.held == ""


def test_other_players_of_the_pupil_wait_too(one: OneClass) -> None:
    lesson = Player(SMALL)
    one.member.others.add(lesson.token)
    one.store.order(one.classroom.code, one.key, Orders.freeze)
    one.round()
    assert (lesson.held, lesson.notice) == (FROZEN, 1)
    one.player.release()
    one.store.order(one.classroom.code, one.key, lambda orders: orders.freeze(False))
    one.round()
    assert (lesson.held, lesson.notice) == ("", 2)
    lesson.release()
    one.round()
    assert not one.reporter._members


def test_a_report_that_fails_keeps_no_other_back(one: OneClass, caplog: pytest.LogCaptureFixture) -> None:
    other = Player(SMALL)
    pupil = one.store.join(one.classroom.code, "Tom")
    one.reporter.watch(other.token, one.classroom.code, pupil.id, one.classroom)
    one.player.run = one.player.newest.becoming(epoch=-1)  # which no report may say
    one.round()
    assert "a report of a pupil failed" in caplog.text
    assert [seat.pupil.name for seat in one.store.reports(one.classroom.code).new if seat.report] == ["Tom"]
    caplog.clear()
    one.round()
    assert not caplog.text


def test_a_store_that_goes_away_lets_the_page_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with redis_server() as server:
        one = OneClass(RedisStore(server.url), monkeypatch)
        one.store.order(one.classroom.code, one.key, Orders.freeze)
        one.round()
        assert one.member.frozen
        server.stop()
        one.reporter.round()
        assert (one.member.reachable, one.member.over, one.member.frozen) == (False, False, False)
        assert (one.player.held, one.player.notice) == ("", 2)
        one.reporter.round()
        assert one.player.notice == 2
        server.start()  # it has forgotten the class
        one.reporter.round()
        assert (one.member.reachable, one.member.over, one.player.notice) == (True, True, 3)

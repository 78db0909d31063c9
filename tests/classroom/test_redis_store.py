"""What is special about Redis: the same as in memory, whatever is asked; all expires; it may be away."""

import time

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from dnn.classroom import Goal, Orders, open_store
from dnn.classroom.memory import MemoryStore
from dnn.classroom.open_store import VARIABLE
from dnn.classroom.redis_store import RedisStore
from dnn.classroom.store import folded
from dnn.errors import ClassFull, ClassUnreachable, DnnError, NoSuchClass
from tests.classroom.examples import report
from tests.classroom.redis_server import RedisServer

names = st.sampled_from(["Fox", "fox", "Fox 2", "Bär", "熊 ", "x" * 30, "  "]) | st.text(max_size=30)


def outcome(ask):
    """What a store answers, with an error as a value."""
    try:
        return ask()
    except DnnError as error:
        return type(error), str(error)


class BothStores(RuleBasedStateMachine):
    """The same is asked of both stores, pair by pair: (of memory, of Redis)."""

    server: RedisServer
    classes, pupils = Bundle("classes"), Bundle("pupils")

    @initialize()
    def begin(self):
        with self.server.client() as client:
            client.flushall()
        self.now = 1_000_000_000.0
        self.stores = MemoryStore(lambda: self.now), RedisStore(self.server.url, lambda: time.time())

    @rule(target=classes, accuracy=st.sampled_from([None, 0.5, 0.9]), title=st.text("aé班", max_size=5))
    def create(self, accuracy, title):
        goal = Goal(accuracy=accuracy)
        made = [store.create(title=title, goal=goal) for store in self.stores]
        return tuple((classroom.code, key) for classroom, key in made)

    @rule(target=pupils, room=classes, name=names)
    def join(self, room, name):
        joined = [outcome(lambda s=s, c=code: s.join(c, name)) for s, (code, _) in zip(self.stores, room, strict=True)]
        if isinstance(joined[0], tuple):
            assert joined[0][0] is joined[1][0]
            return room, ("nobody", "nobody")
        assert joined[0].name == joined[1].name
        return room, tuple(pupil.id for pupil in joined)

    @rule(pupil=pupils)
    def leave(self, pupil):
        for store, (code, _), pupil_id in zip(self.stores, *pupil, strict=True):
            store.leave(code, pupil_id)

    @rule(pupil=pupils, name=names, right=st.booleans())
    def rename(self, pupil, name, right):
        renamed = [
            outcome(lambda s=s, c=code, k=key, i=pupil_id: s.rename(c, k if right else "wrong", i, name))
            for s, (code, key), pupil_id in zip(self.stores, *pupil, strict=True)
        ]
        first, second = (each[0] if isinstance(each, tuple) else each and each.name for each in renamed)
        assert first == second

    @rule(pupil=pupils, accuracy=st.sampled_from([None, 0.0, 0.6, 1.0]))
    def publish(self, pupil, accuracy):
        told = report(accuracy=accuracy)
        first, second = (
            store.publish(code, pupil_id, told) for store, (code, _), pupil_id in zip(self.stores, *pupil, strict=True)
        )
        assert (first and first.name) == (second and second.name)

    @rule(room=classes, frozen=st.booleans(), text=st.text("{}é", max_size=3), right=st.booleans())
    def order(self, room, frozen, text, right):
        answers = []
        for store, (code, key) in zip(self.stores, room, strict=True):
            answer = outcome(
                lambda s=store, c=code, k=key: s.order(
                    c, k if right else "wrong", lambda orders: orders.freeze(frozen).show(text)
                )
            )
            answers.append(answer[0] if isinstance(answer, tuple) else answer.orders)
        assert answers[0] == answers[1]

    @rule(room=classes, right=st.booleans())
    def end(self, room, right):
        ended = [
            outcome(lambda s=s, c=code, k=key: s.end(c, k if right else "wrong"))
            for s, (code, key) in zip(self.stores, room, strict=True)
        ]
        assert (ended[0] is None) is (ended[1] is None)

    @rule(room=classes, since=st.integers(0, 5))
    def same_reports(self, room, since):
        first, second = (s.reports(code, since) for s, (code, _) in zip(self.stores, room, strict=True))
        assert (first.number, [pupil.name for pupil in first.pupils]) == (
            second.number,
            [pupil.name for pupil in second.pupils],
        )
        assert len({folded(pupil.name) for pupil in first.pupils}) == len(first.pupils)
        assert [_plain(seat) for seat in first.new] == [_plain(seat) for seat in second.new]

    @rule(room=classes)
    def same_class(self, room):
        first, second = (s.find(code) for s, (code, _) in zip(self.stores, room, strict=True))
        assert first.model_dump(exclude={"code", "began"}) == second.model_dump(exclude={"code", "began"})


def _plain(seat):
    return seat.pupil.name, seat.number, seat.report, seat.reached is not None


def test_redis_answers_as_memory_does(redis):
    class Machine(BothStores):
        server = redis

    Machine.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
    Machine.TestCase().runTest()


def test_everything_in_redis_expires(redis):
    store = RedisStore(redis.url)
    classroom, key = store.create(goal=Goal(accuracy=0.5))
    fox = store.join(classroom.code, "Fox")
    store.publish(classroom.code, fox.id, report())
    store.order(classroom.code, key, Orders.freeze)
    with redis.client() as client:
        kept = list(client.scan_iter())
        assert len(kept) == 9
        assert all(8 * 3600 - 60 < client.ttl(name) <= 8 * 3600 + 1 for name in kept)
        assert all(name.startswith("dnn:") for name in kept)
        assert key not in str([client.hgetall(name) for name in kept if client.type(name) == "hash"])
        store.leave(classroom.code, fox.id)
        store.end(classroom.code, key)
        assert sorted(client.scan_iter()) == ["dnn:class:" + classroom.code, "dnn:classes"]


def test_a_class_that_is_over_is_not_found(redis):
    now = [time.time()]
    store = RedisStore(redis.url, lambda: now[0])
    code = store.create()[0].code
    now[0] += 8 * 3600
    assert store.find(code) is None
    assert not store.publish(code, "id", report())


def test_redis_goes_away_and_comes_back(redis):
    store = RedisStore(redis.url)
    code = store.create()[0].code
    redis.stop()
    try:
        for ask in (
            lambda: store.find(code),
            lambda: store.join(code, "Fox"),
            lambda: store.pupil(code, "id"),
            lambda: store.publish(code, "id", report()),
            lambda: store.reports(code),
            store.create,
        ):
            with pytest.raises(ClassUnreachable, match="cannot be reached"):
                ask()
    finally:
        redis.start()
    assert store.find(code) is None  # this Redis forgets
    assert store.join(store.create()[0].code, "Fox").name == "Fox"


@pytest.fixture
def opened(monkeypatch):
    """Open the store for a value of the environment variable."""

    def opened(url):
        monkeypatch.setenv(VARIABLE, url)
        open_store.cache_clear()
        return open_store()

    yield opened
    open_store.cache_clear()


def test_the_store_of_this_process(opened, redis):
    assert isinstance(opened(" "), MemoryStore)
    store = opened(redis.url)
    assert isinstance(store, RedisStore)
    assert open_store() is store
    with pytest.raises(ClassUnreachable, match="DNN_REDIS_URL must be an address"):
        opened("localhost:6379")


def test_two_processes_share_a_class(redis):
    first, second = RedisStore(redis.url), RedisStore(redis.url)
    classroom, _ = first.create()
    pupils = [store.join(classroom.code, "Fox") for store in (first, second)]
    assert [pupil.name for pupil in pupils] == ["Fox", "Fox 2"]
    assert second.find(classroom.code) == classroom
    with pytest.raises((NoSuchClass, ClassFull)):
        second.join("ABCDEF", "Fox")

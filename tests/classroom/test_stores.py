"""What every store of classes does, each test on all of them."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dnn import InvalidSetting
from dnn.classroom import Goal, Orders, read_code
from dnn.classroom.classroom import FREEZE_LASTS
from dnn.classroom.memory import MemoryStore
from dnn.classroom.redis_store import RedisStore
from dnn.classroom.store import MOST_CLASSES, MOST_PUPILS
from dnn.errors import ClassFull, NoSuchClass
from tests.classroom.examples import report


def test_a_class_is_found_by_its_code(store):
    classroom, key = store.create(title="Moons", task="Reach 95 %.", goal=Goal(accuracy=0.95), query="lock=data")
    assert store.find(classroom.code) == classroom
    assert read_code(classroom.code) == classroom.code
    assert (classroom.title, classroom.goal.accuracy, classroom.ended) == ("Moons", 0.95, False)
    assert key not in classroom.model_dump_json()
    assert store.find("ABCDEF") is None


def test_texts_are_bounded(store):
    with pytest.raises(InvalidSetting):
        store.create(title="x" * 81)


def test_pupils_come_and_go(store):
    code = store.create()[0].code
    fox, bear = store.join(code, "Fox"), store.join(code, " Bear\n")
    assert (fox.name, bear.name) == ("Fox", "Bear")
    assert fox.id != bear.id
    assert store.pupil(code, fox.id) == fox
    assert store.reports(code).pupils == (fox, bear)
    store.leave(code, fox.id)
    store.leave(code, fox.id)
    assert store.reports(code).pupils == (bear,)
    assert store.pupil(code, fox.id) is None
    assert [seat.pupil for seat in store.reports(code).new] == [bear]


def test_a_name_is_unique_in_its_class(store):
    code, other = store.create()[0].code, store.create()[0].code
    assert [store.join(code, name).name for name in ("Fox", "fox", "FOX", "Fox 2")] == [
        "Fox",
        "fox 2",
        "FOX 3",
        "Fox 2 2",
    ]
    assert store.join(other, "Fox").name == "Fox"


def test_the_teacher_renames_a_pupil(store):
    classroom, key = store.create()
    code = classroom.code
    rude, fox = store.join(code, "Rude"), store.join(code, "Fox")
    before = store.reports(code).number
    assert store.rename(code, key, rude.id, " fox ").name == "fox 2"
    assert store.rename(code, key, fox.id, "FOX").name == "FOX"
    assert store.pupil(code, rude.id).name == "fox 2"
    assert [seat.pupil.name for seat in store.reports(code, before).new] == ["fox 2", "FOX"]
    assert store.publish(code, fox.id, report()).name == "FOX"
    assert store.rename(code, key, "nobody", "Owl") is None
    with pytest.raises(NoSuchClass):
        store.rename(code, "another key", fox.id, "Owl")
    with pytest.raises(InvalidSetting):
        store.rename(code, key, fox.id, " \n")


def test_a_name_is_free_again(store):
    code = store.create()[0].code
    store.leave(code, store.join(code, "Fox").id)
    assert store.join(code, "Fox").name == "Fox"


def test_a_name_needs_a_letter(store):
    code = store.create()[0].code
    with pytest.raises(InvalidSetting, match="Name: '  ' is not allowed"):
        store.join(code, "  ")


def test_nobody_joins_what_is_not_there(store):
    with pytest.raises(NoSuchClass, match="no class ABCDEF"):
        store.join("ABCDEF", "Fox")
    assert store.pupil("ABCDEF", "id") is None
    assert not store.publish("ABCDEF", "id", report())
    store.leave("ABCDEF", "id")
    assert store.reports("ABCDEF").pupils == ()


def test_a_report_is_seen_once(store):
    code = store.create()[0].code
    fox, bear = store.join(code, "Fox"), store.join(code, "Bear")
    first = store.reports(code)
    assert [seat.report for seat in first.new] == [None, None]
    assert store.publish(code, bear.id, report(epoch=1))
    second = store.reports(code, first.number)
    assert [(seat.pupil, seat.report) for seat in second.new] == [(bear, report(epoch=1))]
    assert second.number > first.number
    assert store.reports(code, second.number).new == ()
    store.publish(code, fox.id, report(epoch=5))
    store.publish(code, bear.id, report(epoch=2))
    assert {seat.pupil.name: seat.report.epoch for seat in store.reports(code, second.number).new} == {
        "Fox": 5,
        "Bear": 2,
    }
    assert {seat.pupil.name: seat.report.epoch for seat in store.reports(code).new} == {"Fox": 5, "Bear": 2}


def test_who_left_publishes_no_more(store):
    code = store.create()[0].code
    fox = store.join(code, "Fox")
    store.leave(code, fox.id)
    assert not store.publish(code, fox.id, report())
    assert store.reports(code).new == ()


def test_the_time_of_the_goal_is_the_first(store):
    code = store.create(goal=Goal(accuracy=0.9))[0].code
    fox = store.join(code, "Fox")

    def reached(accuracy):
        store.publish(code, fox.id, report(accuracy=accuracy))
        return store.reports(code).new[0].reached

    assert reached(0.8) is None
    first = reached(0.9)
    assert first is not None
    assert reached(0.95) == reached(0.5) == first


def test_orders_reach_the_class(store):
    classroom, key = store.create()
    ordered = store.order(classroom.code, key, Orders.freeze)
    assert ordered.orders.frozen
    assert store.find(classroom.code) == ordered
    store.order(classroom.code, key, lambda orders: orders.show('{"seed": 3}', "Fox"))
    assert store.find(classroom.code).orders.shown.experiment == '{"seed": 3}'


def test_orders_at_once_are_all_kept(store):
    classroom, key = store.create()
    with ThreadPoolExecutor(8) as pool:
        orders = [lambda orders, n=n: orders.show(str(n)) for n in range(20)]
        list(pool.map(lambda order: store.order(classroom.code, key, order), [*orders, Orders.freeze]))
    found = store.find(classroom.code).orders
    assert (found.frozen, found.shown.number) == (True, 20)


@pytest.mark.parametrize("kind", ["memory", "redis"])
def test_a_freeze_ends_without_a_teacher(kind, request):
    now = [time.time()]
    store = (
        MemoryStore(lambda: now[0])
        if kind == "memory"
        else RedisStore(request.getfixturevalue("redis").url, lambda: now[0])
    )
    classroom, key = store.create()
    now[0] += FREEZE_LASTS
    store.order(classroom.code, key, lambda orders: orders.freeze().open_the_wall())
    for seconds in (FREEZE_LASTS - 1, FREEZE_LASTS - 1):  # the teacher is there
        now[0] += seconds
        assert store.find(classroom.code).orders.frozen
        store.order(classroom.code, key, lambda orders: orders)
    now[0] += FREEZE_LASTS
    orders = store.find(classroom.code).orders
    assert (orders.frozen, orders.open_wall) == (False, True)
    assert not store.order(classroom.code, key, lambda orders: orders).orders.frozen  # who comes back freezes anew
    assert not store.find(classroom.code).orders.frozen
    assert store.order(classroom.code, key, Orders.freeze).orders.frozen


def test_only_the_teacher_orders(store):
    classroom, key = store.create()
    for wrong in ("", key[:-1], store.create()[1], "ключ"):
        with pytest.raises(NoSuchClass):
            store.order(classroom.code, wrong, Orders.freeze)
        with pytest.raises(NoSuchClass):
            store.end(classroom.code, wrong)
    assert store.find(classroom.code) == classroom


def test_the_end_of_a_class(store):
    classroom, key = store.create()
    fox = store.join(classroom.code, "Fox")
    store.publish(classroom.code, fox.id, report())
    store.end(classroom.code, key)
    assert store.find(classroom.code).ended
    assert store.reports(classroom.code).pupils == store.reports(classroom.code).new == ()
    assert not store.publish(classroom.code, fox.id, report())
    assert store.pupil(classroom.code, fox.id) is None
    with pytest.raises(NoSuchClass):
        store.join(classroom.code, "Fox")
    with pytest.raises(NoSuchClass):
        store.order(classroom.code, key, Orders.freeze)
    with pytest.raises(NoSuchClass):
        store.end(classroom.code, key)


def test_a_class_has_room_for_so_many(store):
    code = store.create()[0].code
    pupils = [store.join(code, "Fox") for _ in range(MOST_PUPILS)]
    with pytest.raises(ClassFull, match=f"{MOST_PUPILS} pupils"):
        store.join(code, "Bear")
    store.leave(code, pupils[0].id)
    assert store.join(code, "Bear").name == "Bear"


def test_a_server_has_room_for_so_many_classes(store):
    classes = [store.create() for _ in range(MOST_CLASSES)]
    with pytest.raises(ClassFull, match=f"{MOST_CLASSES} classes"):
        store.create()
    assert len({classroom.code for classroom, _ in classes}) == MOST_CLASSES


def test_many_join_at_once(store):
    code = store.create()[0].code
    with ThreadPoolExecutor(8) as pool:
        pupils = list(pool.map(lambda _: store.join(code, "Fox"), range(30)))
    assert {pupil.name for pupil in pupils} == {"Fox", *(f"Fox {number}" for number in range(2, 31))}
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda pupil: store.publish(code, pupil.id, report()), pupils))
    assert len({seat.number for seat in store.reports(code).new}) == 30


def test_memory_forgets_a_class_after_eight_hours():
    now = [1000.0]
    store = MemoryStore(lambda: now[0])
    code = store.create()[0].code
    now[0] += 8 * 3600 - 1
    fox = store.join(code, "Fox")
    assert [seat.seen for seat in store.reports(code).new] == [now[0]]
    now[0] += 1
    assert store.find(code) is None
    assert not store.publish(code, fox.id, report())
    assert store.reports(code).pupils == ()

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import InvalidSetting
from dnn.classroom import Classroom, Goal, Orders, read_code
from dnn.classroom.classroom import ALPHABET, LENGTH, LONGEST_NAME, new_code, new_secret
from dnn.classroom.store import JOINERS, folded, numbered, tidy
from tests.classroom.examples import report

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_code_has_no_look_alikes():
    assert not set("01OIL") & set(ALPHABET)
    assert set(ALPHABET) == set(string.ascii_uppercase + string.digits) - set("01OIL")
    assert read_code(new_code())
    assert len({new_code() for _ in range(100)}) == len({new_secret() for _ in range(100)}) == 100


@given(codes)
def test_a_code_is_read_however_it_is_typed(code):
    assert read_code(f" {code[:3].lower()}-{code[3:]}\t") == code


@given(st.text())
def test_any_text_is_a_code_or_none(text):
    assert read_code(text) in ("", "".join(text.split()).replace("-", "").upper())


@pytest.mark.parametrize("text", ["", "ABCDE", "ABCDEFG", "ABCDE0", "ABCDEO", "ÄBCDEF", "ABC DE", "А23456"])
def test_what_is_no_code(text):
    assert read_code(text) == ""


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (Goal(accuracy=0.75, most_units=4), True),
        (Goal(accuracy=0.76, most_units=4), False),
        (Goal(accuracy=0.75, most_units=3), False),
        (Goal(accuracy=0.75), True),
        (Goal(cost=0.5), True),
        (Goal(cost=0.49), False),
        (Goal(most_units=4), False),
        (Goal(), False),
    ],
)
def test_a_goal(goal, met):
    assert goal.met_by(report(accuracy=0.75, units=4, train_cost=0.5)) is met


def test_a_goal_is_not_met_by_what_is_unknown():
    unknown = report(accuracy=None, train_cost=None)
    assert not Goal(accuracy=0.0).met_by(unknown)
    assert not Goal(cost=1e9).met_by(unknown)


def test_orders_follow_one_another():
    orders = Orders().freeze().show("{}", "Fox").show('{"seed": 1}').open_the_wall()
    assert (orders.frozen, orders.open_wall) == (True, True)
    assert (orders.shown.number, orders.shown.experiment, orders.shown.of) == (2, '{"seed": 1}', "")
    assert not orders.freeze(False).frozen
    with pytest.raises(InvalidSetting):
        orders.show("x" * 20_001)


def test_a_class_comes_back_from_its_json():
    classroom = Classroom(
        code="ABC234", began=5.0, goal=Goal(accuracy=0.95), orders=Orders().show("{}"), query="lock=data"
    )
    assert Classroom.model_validate_json(classroom.model_dump_json()) == classroom
    assert classroom.ends == 5.0 + 8 * 3600


@given(st.text())
def test_a_name_is_one_tidy_line(text):
    name = tidy(text)
    assert len(name) <= LONGEST_NAME
    assert name == " ".join(name.split())
    assert all(word.strip(JOINERS) == word for word in name.split(" "))
    assert name.translate(dict.fromkeys(map(ord, JOINERS))).isprintable()
    assert tidy(name) == name


def test_names_that_look_the_same():
    assert folded(" FOX\n") == folded("fox") == folded("ｆｏｘ") == folded("Fox\u200b")
    assert folded("F\u200do\u200cx") == folded("fox")
    assert tidy("a\u202eb\x00c") == "a b c"


@pytest.mark.parametrize(
    "name",
    ["\u0646\u0631\u06af\u0633\u200c\u0647\u0627", "\u0d28\u0d4d\u200d", "\U0001f469\u200d\U0001f467"],
    ids=["Persian", "ends with a joiner", "emoji"],
)
def test_a_name_keeps_the_joiners_within_a_word(name):
    assert tidy(f"{name}\u200d a") == f"{name.strip(JOINERS)} a"
    assert tidy(name.replace("\u200d", "\u200d\u200c")) == name.strip(JOINERS)


@given(st.text(min_size=1).map(tidy).filter(bool), st.integers(1, 101))
def test_a_name_that_is_taken_gets_a_number(name, number):
    other = numbered(name, number)
    assert len(other) <= LONGEST_NAME
    assert other == name if number == 1 else other.endswith(f" {number}")

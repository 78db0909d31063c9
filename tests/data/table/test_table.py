"""Tables of one's own: read from whatever a spreadsheet writes, or refused in words where they cannot be."""

import csv
import io
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_iris

from dnn import Data, InvalidData, advance, start
from dnn.data.table.column import GAPS
from dnn.data.table.selection import MOST_ROWS
from dnn.data.table.table import Table
from dnn.experiment import Experiment

PEOPLE = "height,weight,sex\n1.80,80,m\n1.65,60,f\n1.75,70,m\n1.60,55,f\n"


def columns(table: Table) -> dict[str, list[float]]:
    return {column.name: column.numbers.tolist() for column in table.columns}


@given(
    st.lists(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3), min_size=1, max_size=20), st.sampled_from(",;\t|")
)
def test_what_pythons_csv_writes_is_read_to_the_last_digit(table: list[list[float]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["x", "y", "z"], *table])
    np.testing.assert_array_equal(np.transpose(list(columns(Table.from_csv(out.getvalue())).values())), table)


@pytest.mark.parametrize(
    ("text", "choice", "sentence"),
    [
        (PEOPLE, {"inputs": ["age"]}, "There is no column 'age'; the table has height, weight, sex."),
        (PEOPLE, {"target": "age"}, "There is no column 'age'"),
        (PEOPLE, {"inputs": ["sex"], "target": "weight"}, "Column 'sex' cannot be an input: example 1 says 'm'."),
        (PEOPLE, {"inputs": ["sex", "weight"]}, "The target 'sex' cannot be an input too."),
        (PEOPLE, {"kind": "number"}, "Column 'sex' cannot be a target of numbers: example 1 says 'm'."),
        ("a,b,c\n1,1,x\n2,two,y\n3,3,y\n", {}, "Column 'b' cannot be an input: example 2 says 'two'."),
        ("a,b\n1,x\n2,x\n", {}, "The target 'b' has one value only, 'x'; two classes at least are needed."),
        ("a,b\n1,x\n2,\n", {}, "The target 'b' has one value only, 'x'"),
        ("a,b\n1,1\n2,1\n", {}, "The target 'b' has one value only, '1'"),
        ("a,b,c\n1,1,u\n2,,v\n3,1,u\n4,,v\n", {}, "Without the rows that have a gap, the target 'c' has one value"),
        ("a,b\n1,$12\n2,$15\n3,$ -\n4,$9\n", {}, "Column 'b' cannot be a target of numbers: example 3 says '$ -'."),
        ("a,b\nx,y\nz,w\n", {}, "No column beside 'b' holds numbers, so there is no input."),
        ("a,b\n1,x\n2,y\n,z\n", {"inputs": ["a"], "target": "a"}, "The target 'a' cannot be an input too."),
        ("a,b,c\n1,,x\n,2,y\n", {}, "Every row has a gap in one of the chosen columns"),
        ("a,b,c\n1,,x\n2,,y\n", {"inputs": ["a", "b"]}, "Column 'b' is empty."),
        ("a,b\n" + "".join(f"{n},c{n}\n" for n in range(11)), {}, "The target 'b' has 11 classes; 10 are allowed."),
        ("a,b\n" + "".join(f"{n},{n}.5\n" for n in range(30)) + "1,many\n", {}, "example 31 says 'many'"),
        (",".join("abcdefghijklmn") + "\n" + ("1," * 13 + "x\n" + "2," * 13 + "y\n"), {"inputs": list("abcdefghijklm")},
         "13 inputs are chosen; 12 are allowed."),
    ],
    ids=map(str, range(18)),
)  # fmt: skip
def test_every_bad_choice_gets_its_sentence(text: str, choice: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidData, match=re.escape(sentence)):
        Data.from_csv(text, **choice)


def test_the_last_column_is_the_target_and_the_numeric_ones_before_it_are_the_inputs() -> None:
    data = Data.from_csv(PEOPLE)
    assert data.names.inputs == ("height", "weight")
    assert (data.names.target, data.names.classes, data.task) == ("sex", ("f", "m"), "binary")
    found = {(*point, label) for point, label in zip(data.points.tolist(), data.labels.tolist(), strict=True)}
    assert found == {
        (1.8, 80, 1), (1.65, 60, 0), (1.75, 70, 1), (1.6, 55, 0)
    }  # fmt: skip
    other = Data.from_csv(PEOPLE, inputs=["weight"], target="height")
    assert (other.task, other.names.inputs, other.names.classes) == ("regression", ("weight",), ())


def test_units_in_a_heading_become_units() -> None:
    names = Data.from_csv("temperature (°C),humidity (%),rain\n1,2,no\n3,4,yes\n").names
    assert names.inputs == ("temperature", "humidity")
    assert names.units == ("°C", "%")


@pytest.mark.parametrize(
    ("cells", "kind", "task"),
    [
        (["0", "1", "1"], None, "binary"),
        (["0", "1"], None, "binary"),
        (["1", "2", "3"], None, "regression"),
        (["1", "2", "3"], "class", "multiclass"),
        (["1", "2", "3"] * 2, None, "multiclass"),
        (["1", "2", "3"] * 2, "number", "regression"),
        (["31", "40", "40", "52", "57"], None, "regression"),
        (["3", "3", "4", "4", "5"], None, "regression"),
        ([*["3", "4"] * 20, "5"], None, "multiclass"),
        (["0.5", "1.5", "1.5"], None, "regression"),
        (["0.5", "1.5", "1.5"], "class", "binary"),
        (["10", "9", "9"], None, "binary"),
    ],
)
def test_whole_numbers_that_repeat_are_classes_if_nothing_else_is_said(cells: list[str], kind: Any, task: str) -> None:
    data = Data.from_csv("x,y\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells)), kind=kind)
    assert data.task == task
    hardly = kind is None and task == "regression" and "." not in cells[0]
    assert data.notes == (("The whole numbers of 'y' hardly repeat, so they are numbers and not classes.",) * hardly)
    if task != "regression":
        assert list(data.names.classes) == sorted({*cells}, key=float)


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (["1.0", "2.0", "1", "2"], ("1", "2")),
        (["00000", "000000", "451", "0451"], ("00000", "451")),
        (["TRUE", "false", "True", "FALSE"], ("FALSE", "TRUE")),
        (["1", "1.0", "u", "1.00"], ("1", "u")),
        (["u", "U", "u ", "v"], ("U", "u", "v")),
    ],
    ids=str,
)
def test_labels_are_one_class_where_their_values_are_equal(cells: list[str], classes: tuple[str, ...]) -> None:
    data = Data.from_csv("x,y\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells)))
    assert data.names.classes == classes


@pytest.mark.parametrize("gap", [*sorted(GAPS), "NaN", "N/A"])
def test_gaps_are_dropped_or_filled_and_it_is_said(gap: str) -> None:
    text = f"a,b,c\n1,10,x\n{gap or ' '},20,y\n3,30,{gap}\n5,40,y\n"
    dropped, filled = (Table.from_csv(text).pick(missing=how) for how in ("drop", "fill"))
    assert dropped.X.tolist() == [[1, 10], [5, 40]]
    assert dropped.notes == ("Rows dropped for a gap: 2 of 4.",)
    assert filled.X.tolist() == [[1, 10], [3, 20], [5, 40]]  # (1 + 5) / 2
    assert filled.notes == (
        "Missing inputs filled with the mean of their column: 1.",
        "Rows dropped for a gap: 1 of 4.",
    )


def test_of_too_many_rows_a_seeded_sample_is_taken_and_it_is_said() -> None:
    text = "a,b\n" + "".join(f"{n},{n % 2}\n" for n in range(MOST_ROWS + 5000))
    first, again, other = (Table.from_csv(text).pick(seed=seed) for seed in (1, 1, 2))
    assert len(first.X) == MOST_ROWS
    assert (np.diff(first.X[:, 0]) > 0).all()
    np.testing.assert_array_equal(first.X, again.X)
    assert (first.X != other.X).any()
    assert first.notes == ("Rows drawn at random: 20000 of 25000.",)


@pytest.mark.parametrize("missing", ["drop", "fill"])
@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("x,z,y,,\n1,5,u,,\n2,6,v,,\n3,7,u,,\n,,,,\n", ()),  # as spreadsheets write
        ("x,z,y\n1,5,u,\n2,6,v,\n3,7,u,\n", ()),
        ("x,z,y,remarks\n1,5,u,\n2,6,v,\n3,7,u,-\n", ("Columns left out because they are empty: 'remarks'.",)),
    ],
)
def test_an_empty_last_column_is_not_the_target(text: str, notes: tuple[str, ...], missing: Any) -> None:
    data = Data.from_csv(text, missing=missing)
    assert (data.names.inputs, data.names.target, data.names.classes) == (("x", "z"), "y", ("u", "v"))
    assert data.notes == notes
    assert len(data.X) == 3


def test_columns_that_are_left_out_are_named_with_the_reason() -> None:
    words = "".join(f"w{n}," for n in range(8))
    many = "".join(f"c{n}," for n in range(14))
    rows = "".join(f"{'u,' * 8},{'1,' * 14}{kind}\n" for kind in "ab")
    notes = Data.from_csv(f"{words}nothing,{many}kind\n{rows}").notes
    assert notes == (
        "Columns left out because they hold words: 'w0' ('u'), 'w1' ('u'), 'w2' ('u'), 'w3' ('u'), 'w4' ('u'), "
        "'w5' ('u'), … (+2).",
        "Columns left out because they are empty: 'nothing'.",
        "Columns left out because 12 inputs are allowed: 'c12', 'c13'.",
    )
    assert Data.from_csv(f"{words}nothing,{many}kind\n{rows}", inputs=["c1"]).notes == ()


def test_a_table_can_be_trained_on() -> None:
    data = Data.from_frame(load_iris(as_frame=True).frame, test_share=0.2, seed=1).standardized()
    run = advance(start(Experiment.of(training={"learning_rate": 0.1}), data=data), 60)
    assert run.latest["test_accuracy"] > 0.9

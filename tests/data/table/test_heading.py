"""The first row of a table: names, or the first example?"""

import pytest

from dnn import Data
from dnn.data.table.table import Table


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1,2\n3,4\n", ["column 1", "column 2"]),
        ("5.1,3.5,setosa\n4.9,3.0,virginica\n", ["column 1", "column 2", "column 3"]),
        ("city,kind\nKöln,a\nBonn,b\n", ["city", "kind"]),
        ("id,2019,2020\n1,5,6\n2,7,8\n", ["id", "2019", "2020"]),
        ("a,a,,a\n1,2,3,4\n", ["a", "a 2", "column 3", "a 3"]),
        ("1,,3\n4,5,6\n", ["column 1", "column 2", "column 3"]),
        (f"{'long ' * 20},b\n1,2\n", ["long long long long long long long long", "b"]),
    ],
    ids=repr,
)
def test_the_first_row_is_a_heading_where_it_names_things(text: str, names: list[str]) -> None:
    assert [column.name.strip() for column in Table.from_csv(text).columns] == names


@pytest.mark.parametrize(
    "text",
    [
        "0,1,2,kind\n5.5,3.5,1.4,u\n4.9,3.0,1.3,v\n",  # as pandas writes what has no names
        "0,1,kind\n5.5,3.5,u\n4.9,3.0,v\n",
        "0,kind\n5.5,u\n4.9,v\n",
        "0,1,2,3\n5.5,3.5,1.4,0.2\n4.9,3.0,1.4,0.2\n",
        "id,0,1,kind\nr1,3,1,u\nr2,5,9,v\nr3,2,2,u\n",
        ",0,1,2,kind\n0,5.5,3.5,1,u\n1,4.5,3.2,2,v\n",
        "city,1970,1980,1990\nBonn,1.5,2.5,3.5\nUlm,2.5,3.5,4.5\n",  # where 1 is added to each
        "city,1970,1980,1990\nBonn,1500,2500,3000\nUlm,2500,3500,4000\n",
        "city,kind,2021,2022\nBonn,u,10.5,11.5\nUlm,v,9,8.5\n",
        "city,2021\nBonn,1.5\nUlm,2.5\n",
        "city;2021;2022\nBonn;1,5;2,5\nUlm;3,5;0,5\n",
        "1990,1991,1992\n1.5,2.5,3.5\n2.5,3.5,1.2\n",
        "city,2022,2021\nBonn,83,2500\nUlm,65,2600\n",  # the newest first
        "0,1,2,3,4\n16,3,7,0,1\n5,9,1,2,8\n",  # whole numbers that pandas wrote without names
        "pupil,1,2,3\nAnn,5,3,4\nBob,2,4,5\n",
        "cell,10,20,50\nX,1.5,2.5,3.5\nY,0.5,2.2,3.1\n",
        "pupil,1,2\nAnn,good,poor\nBob,poor,good\n",  # numbers above words
    ],
)
def test_numbers_are_names_where_they_count_and_no_other_row_does(text: str) -> None:
    table = Table.from_csv(text)
    names = [name or "column 1" for name in text.partition("\n")[0].replace(";", ",").split(",")]
    assert table.heading
    assert [column.name for column in table.columns] == names


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3\n4,5,6\n7,8,9\n",
        "0,0,0\n0,1,1\n1,0,1\n1,1,0\n",
        "u,1,2\nv,3,4\nw,5,6\n",
        "u,1,2\nv,5,3\nw,1,1\n",
        "1,u\n1.5,v\n2.5,u\n",
        "2019,5\n2020,6\n2021,9\n",
        "Bonn,2019,5\nUlm,2020,6\nAalen,2021,7\n",
        "0,u\n1,v\n2,v\n",
        "0,1,2,3,4\n1,2,3,4,5\n5,9,1,2,8\n",
        "Bonn,2022,2021\nUlm,2021,2020\nAalen,2020,2019\n",
    ],
)
def test_a_first_example_is_none(text: str) -> None:
    table = Table.from_csv(text)
    assert not table.heading
    assert table.rows == text.count("\n")


def test_it_can_be_said() -> None:
    assert Data.from_csv("1,2\n3,4\n5,6\n", heading=True, kind="number").names.inputs == ("1",)
    assert Table.from_csv("a,b\n1,2\n", heading=False).rows == 2


def test_names_that_begin_alike_or_come_twice_stay_apart() -> None:
    long = "concentration of the substance in the sample"
    names = [f"{long} before", f"{long} after", "a", "a", "a 2", "b  c", "b c"]
    table = Table.from_csv(",".join(names) + "\n" + ",".join("1" * 7) + "\n" + ",".join("2" * 7))
    found = [column.name for column in table.columns]
    assert found[2:] == ["a", "a 3", "a 2", "b c", "b c 2"]
    assert found[0].endswith("sample before")
    assert found[1].endswith("sample after")
    assert max(map(len, found)) == 40

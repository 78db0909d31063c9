"""Numbers as people write them, and which sign is the decimal one in a file that does not say so."""

from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Data, InvalidData
from dnn.data.table.numbers import number
from dnn.data.table.table import Table


@pytest.mark.parametrize(
    ("cell", "comma", "value"),
    [
        ("1,234.5", False, 1234.5),
        ("1.234,5", True, 1234.5),
        ("1.234.567", True, 1234567.0),
        ("1,5", True, 1.5),
        ("1 234,5", True, 1234.5),
        ("−12\u00a0345\u00a0678", True, -12345678.0),
        ("1\u202f234,5", True, 1234.5),
        ("1\u2009234.5", False, 1234.5),
        ("1 23", True, None),
        ("1234 567", True, None),
        ("1 234.567", True, None),
        ("1 2345", False, None),
        ("1  234", False, None),
        ("1 .5", False, None),
        ("12 %", False, 12.0),
        ("12%", False, 12.0),
        ("+5", False, 5.0),
        ("−5", False, -5.0),
        (".5", False, 0.5),
        ("5.", False, 5.0),
        ("1e-3", False, 0.001),
        ("1e999", False, None),
        ("1_000", False, None),
        ("0x10", False, None),
        ("nan", False, None),
        ("inf", False, None),
        ("٣", False, None),
        ("1,23", False, None),
        ("2024-01-01", False, None),
        ("", False, None),
        (".", False, None),
        ("e5", False, None),
        ("0,123", False, None),
        ("0.123", True, None),
        ("1234,567", False, None),
        ("1234,567", True, 1234.567),
        ("12,34,567.5", False, 1234567.5),
        ("1'234.5", False, 1234.5),
        ("12’345’678", False, 12345678.0),
        ("$1,200.50", False, 1200.5),
        ("-$5", False, -5.0),
        ("$-5", False, -5.0),
        ("-$-5", False, None),
        ("US$ 3.5", False, 3.5),
        ("1.200,50 €", True, 1200.5),
        ("CHF 1'200.50", False, 1200.5),
        ("12,5 zł", True, 12.5),
        ("(123.45)", False, -123.45),
        ("($1,000)", False, -1000.0),
        ("(5,00) €", True, -5.0),
        ("(-5)", False, None),
        ("3.00-", False, -3.0),
        ("1.234,50-", True, -1234.5),
        ("2-", False, None),  # a grade
        ("12 kg", False, None),
        ("1-2", False, None),
    ],
)
def test_a_cell_is_a_number_as_people_write_them_or_none(cell: str, comma: bool, value: float | None) -> None:
    found = number(cell, comma)
    assert found == value if value is not None else np.isnan(found)


def numbers(text: str, **reading: Any) -> list[list[float]]:
    return [column.numbers.tolist() for column in Table.from_csv(text, **reading).columns if column.numeric]


@pytest.mark.parametrize(
    ("text", "found", "decimal"),
    [
        ("a;y\n0,875;u\n1,250;v\n", [[0.875, 1.25]], ","),  # nobody groups thousands after a 0
        ("a;y\n-0,250;u\n-1,125;v\n", [[-0.25, -1.125]], ","),
        ("a;y\n4321,125;u\n1,250;v\n", [[4321.125, 1.25]], ","),  # nor after four digits
        ('a,y\n"0,375",u\n"2,500",v\n', [[0.375, 2.5]], ","),
        ("a;b;y\n51,500;7,250;u\n48,125;9,750;v\n", [[51.5, 48.125], [7.25, 9.75]], ","),  # the semicolon
        ("a\tb\ty\n51,500\t7,250\tu\n48,125\t9,750\tv\n", [[51.5, 48.125], [7.25, 9.75]], ","),
        ("a;b;y\n51,500;7,5;u\n48,125;9,75;v\n", [[51.5, 48.125], [7.5, 9.75]], ","),  # another column
        ('a,b,y\n"51,500",7.5,u\n"48,125",9.75,v\n', [[51500, 48125], [7.5, 9.75]], "."),
        ("a;b;y\n51,500;7.5;u\n48,125;9.75;v\n", [[51500, 48125], [7.5, 9.75]], "."),
        ('a,y\n"51,500",u\n"48,125",v\n', [[51500, 48125]], "."),
        ('a,b,y\n"51,500",123456,u\n"48,125",654321,v\n', [[51.5, 48.125], [123456, 654321]], ","),  # not grouped
        ("a;y\n1,250;u\n950;v\n875;v\n", [[1250, 950, 875]], "."),  # 950 has no decimals, so 1,250 has none
        ("a;y\n1.250;u\n950;v\n875;v\n", [[1250, 950, 875]], ","),
        ("a;y\n1.250;u\n9.125;v\n", [[1.25, 9.125]], "."),
        ("a;y\n1.250 €;u\n9.125 €;v\n", [[1250, 9125]], ","),  # nobody writes thirds of a cent
        ("a;y\n$1,250;u\n$9,125;v\n", [[1250, 9125]], "."),
        ("a;y\n(1.250);u\n(950);v\n", [[-1250, -950]], ","),
        ('a,y\n"1,250,000",u\n"2,500",v\n', [[1250000, 2500]], "."),
        ("a;y\n1.250.000;u\n2.500;v\n", [[1250000, 2500]], ","),
        ("a;y\n1.250,5 €;u\n900,00 €;v\n", [[1250.5, 900]], ","),
        ("t;y\n1;0,125\n2;0,375\n3;0,500\n", [[1, 2, 3], [0.125, 0.375, 0.5]], ","),  # a target
    ],
)
def test_the_whole_file_tells_the_decimal_sign(text: str, found: list[list[float]], decimal: str) -> None:
    assert numbers(text) == found
    assert Table.from_csv(text).decimal == decimal


@given(st.lists(st.integers(-999_999, 999_999), min_size=1, max_size=20), st.sampled_from(";\t"))
def test_three_decimals_are_never_taken_for_thousands(thousandths: list[int], delimiter: str) -> None:
    values = [n / 1000 for n in thousandths]
    rows = "".join(f"{value:.3f}{delimiter}u\n".replace(".", ",") for value in values)
    assert numbers(f"a{delimiter}y\n{rows}") == [values]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("litre;y\n1,459 €;u\n1,629 €;v\n", True),  # petrol costs tenths of a cent
        ("litre,y\n$3.459,u\n$3.629,v\n", True),
        ("price;y\n1.459 €;u\n1.629 €;v\n", False),
        ('price,y\n"$3,459",u\n"$3,629",v\n', False),
        ("price;y\n$1,459;u\n$629.50;v\n$29.50;v\n", False),
    ],
)
def test_money_with_three_decimals_or_thousands_is_said_where_the_delimiter_speaks_against_it(
    text: str, said: bool
) -> None:
    assert bool(Table.from_csv(text).notes) == said


def test_a_doubtful_reading_is_said_and_can_be_changed() -> None:
    text = "a;y\n51,500;u\n48,125;v\n"
    note = "'51,500' is read as 51.5. If that is wrong, choose the other decimal sign."
    assert Table.from_csv(text).notes == (note,)
    assert Data.from_csv(text).notes == (note,)
    told = Table.from_csv(text, decimal=".")
    assert (told.notes, told.decimal, told.read) == ((), ".", "semicolon, decimal point")
    assert sorted(Data.from_csv(text, decimal=".").points[:, 0]) == [48125, 51500]
    assert numbers(text, decimal=",") == [[51.5, 48.125]]
    with pytest.raises(InvalidData, match="The decimal sign is ';'; it must be a point or a comma"):
        Data.from_csv(text, decimal=";")  # type: ignore[arg-type]


@pytest.mark.parametrize("sign", [",", "."])
def test_a_column_with_the_other_decimal_sign_is_read_and_it_is_said(sign: Literal[",", "."]) -> None:
    cells = {",": ("1,5;2,25", "8.5"), ".": ("1.5;2.25", "8,5")}[sign]
    text = "a;b;c;y\n" + f"{cells[0]};{cells[1]};u\n" * 2 + f"{cells[0]};{cells[1]};v\n"
    table = Table.from_csv(text)
    assert table.decimal == sign
    assert [column.numbers[0] for column in table.columns[:3]] == [1.5, 2.25, 8.5]
    assert table.notes == (f"{cells[1]!r} is read as 8.5. If that is wrong, choose the other decimal sign.",)
    assert Table.from_csv(text, decimal=sign).numeric == ("a", "b")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (['"$1,200.50"', '"$1,300.00"', "$999.00"], [1200.5, 1300, 999]),
        (["(123.45)", "200.00", "(5.00)"], [-123.45, 200, -5]),
        (["1'234.5", "2'345.5", "999.5"], [1234.5, 2345.5, 999.5]),
        (["12 %", "13 %", "14.5%"], [12, 13, 14.5]),
        (["3.00-", "4.00-", "5.00"], [-3, -4, 5]),
        (["TRUE", "FALSE", "TRUE"], [1, 0, 1]),
        (["Yes", "no", "yes"], [1, 0, 1]),
        (["t", "f", "f"], [1, 0, 0]),
        (["true", "1", "0"], [1, 1, 0]),
        (["ja", "", "nein"], [1, np.nan, 0]),
        (["vero", "Falso", "VERO"], [1, 0, 1]),
        (["Sim", "Não", "sim"], [1, 0, 1]),
        (["tak", "nie", "1"], [1, 0, 1]),
        (["Si", "No", "si"], [1, 0, 1]),
        (["True", "1.0", "0.0"], [1, 1, 0]),  # equal by value
        (["Rs. 1200.50", "Rs 900.00", "999.00"], [1200.5, 900, 999]),
    ],
    ids=str,
)
def test_what_accounts_and_surveys_hold_are_inputs(cells: list[str], values: list[float]) -> None:
    table = Table.from_csv("size,v,kind\n" + "".join(f"{n},{cell},{'aba'[n]}\n" for n, cell in enumerate(cells)))
    assert table.likely() == (("size", "v"), "kind")
    np.testing.assert_array_equal(table.column("v").numbers, values)


@pytest.mark.parametrize("cells", [["f", "f", "f"], ["f", "m", "f"], ["yes", "no", "perhaps"], ["true", "2", "0"]])
def test_other_words_are_no_numbers(cells: list[str]) -> None:
    table = Table.from_csv("size,v,kind\n" + "".join(f"{n},{cell},{'aba'[n]}\n" for n, cell in enumerate(cells)))
    assert table.numeric == ("size",)

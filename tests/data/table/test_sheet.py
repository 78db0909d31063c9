"""Tables of one's own: read from whatever a spreadsheet writes, or refused in words where they cannot be."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_iris

from dnn import Data, InvalidData, advance, start
from dnn.data.table.column import GAPS, number
from dnn.data.table.csv_text import MOST_MEGABYTES, decoded
from dnn.data.table.sheet import MOST_ROWS, Sheet
from dnn.experiment import Experiment

PEOPLE = "height,weight,sex\n1.80,80,m\n1.65,60,f\n1.75,70,m\n1.60,55,f\n"


def columns(sheet: Sheet) -> dict[str, list[float]]:
    return {column.name: column.numbers.tolist() for column in sheet.columns}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a,b\n1.5,2\n-3,4e2\n", "comma, decimal point"),
        ("a;b\n1,5;2\n-3;4e2\n", "semicolon, decimal comma"),
        ("a\tb\n1,5\t2\n−3\t400\n", "tab, decimal comma"),
        ("a|b\r\n1.5|2\r\n-3|400\r\n", "bar, decimal point"),
        ('"a";"b"\r\r\n"1.5";"2"\n\n-3;400', "semicolon, decimal point"),
        ("a, b\n1.5 , 2\n -3, 4e2\n\n", "comma, decimal point"),
        ('a;b\n1,5;2\n-3;"400,0"\n', "semicolon, decimal comma"),
        ('a,b\n"1,5",2\n-3,400\n', "comma, decimal comma"),
        ('a,b\n"1.5","2"\n"-3","400.0"\n', "comma, decimal point"),
        ("sep=;\na;b\n1,5;2\n-3;400\n", "semicolon, decimal comma"),
        ('"sep=|"\r\na|b\r\n1.5|2\r\n-3|400\r\n', "bar, decimal point"),
        ("SEP=,\na,b\n1.5,2\n-3,400\n", "comma, decimal point"),
        ("sep=\t\na\tb\n1.5\t2\n-3\t400\n", "tab, decimal point"),
    ],
    ids=repr,
)
def test_delimiter_and_decimal_sign_are_found_out(text: str, read: str) -> None:
    sheet = Sheet.from_csv(text)
    assert columns(sheet) == {"a": [1.5, -3.0], "b": [2.0, 400.0]}
    assert sheet.read == read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    text = "Größe;Gewicht;Städte\n" + "1,80;80;Köln\n1,65;60;Düsseldorf\n1,75;70;München\n" * 5
    raw = text.encode(encoding)
    raw = b"\xff\xfe" + raw if encoding == "utf-16-le" else raw
    sheet = Sheet.from_csv(raw)
    assert [column.name for column in sheet.columns] == ["Größe", "Gewicht", "Städte"]
    assert sheet.column("Städte").categories == ("Düsseldorf", "Köln", "München")
    assert sheet.column("Größe").numbers[0] == 1.8


HEADINGS = {  # as they are called in the files that people have
    "cp1252": (
        "Länge;Breite;Art", "Größe;Gewicht;Straße", "años;peso;señal", "höhe (m);Breite [cm];Art", "âge;poids;mangé",
        "température;humidité;pluie", "altura;coração;espécie", "città;età;più", "længde;bredde;køn", "ÅR;LÄNGD;KÖN",
        "pituus;leveys;väri", "hæð;þyngd;kyn", "prix (€);quantité;été", "Temperatur (°C);µm;Art", "Fläche (m²);l’âge;y",
    ),
    "cp1250": ("długość;szerokość;gatunek", "wzrost;waga;płeć", "délka;šířka;druh", "výška;váha;pohlaví"),
    "cp1254": ("yaş;ağırlık;boy", "sıcaklık;nem;yağış"),
    "mac_roman": ("Länge;Breite;Art", "température;humidité;pluie"),
    "cp850": ("Länge;Breite;Art", "Größe;Gewicht;Straße"),
    "cp1251": ("рост;вес;пол", "Рост (см);Вес (кг);Пол", "x;y;класс", "температура;влажность;дождь", "вік;зріст;стать"),
    "cp1253": ("ύψος;βάρος;φύλο", "μήκος;πλάτος;είδος"),
    "gb18030": ("身高;体重;性别", "长度;宽度;种类", "温度 (°C);湿度;下雨", "年龄;收入;是否购买"),
    "big5": ("身高;體重;性別", "長度;寬度;種類"),
    "cp932": ("身長;体重;性別", "長さ;幅;種類", "気温;湿度;天気", "セパル;ペタル;クラス"),
    "cp949": ("키;몸무게;성별", "온도;습도;날씨"),
    "utf-8": ("Länge;Breite;Art", "рост;вес;пол", "身高;体重;性别"),
    "utf-8-sig": ("Länge;Breite;Art", "рост;вес;пол", "身高;体重;性别"),
    "utf-16": ("Länge;Breite;Art", "рост;вес;пол", "身高;体重;性别"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "heading"), [(encoding, each) for encoding, headings in HEADINGS.items() for each in headings]
)
def test_a_heading_alone_tells_the_encoding_of_a_table_of_numbers(encoding: str, heading: str) -> None:
    rows = "".join(f"{n / 8:.2f};{60 - n},5;{n % 3}\r\n".replace(".", ",") for n in range(60))
    assert decoded(f"{heading}\r\n{rows}".encode(encoding)).partition("\r\n")[0] == heading


def test_the_encoding_can_be_said() -> None:
    raw = "рост;вес\n1;2\n2;3\n".encode("koi8_r")  # nothing tells it from capitals in another one
    assert Sheet.from_csv(raw, "koi8_r").numeric == ("рост", "вес")
    assert Data.from_csv(raw, encoding="koi8_r").names.inputs == ("рост",)
    for encoding in ("utf-8", "no such encoding"):
        with pytest.raises(InvalidData, match=f"This cannot be read as '{encoding}'"):
            Sheet.from_csv(raw, encoding)
    assert Sheet.from_csv("Größe;y\n1;2\n", "utf-16").numeric[0] == "Größe", "a text has none"


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
    assert [column.name.strip() for column in Sheet.from_csv(text).columns] == names


@pytest.mark.parametrize("gap", [" ", "\u00a0", "\u202f"])
def test_thousands_with_a_space_between_them_are_numbers(gap: str) -> None:
    text = f"prix;surface;y\n1{gap}234,5;80;a\n999,5;1{gap}200;b\n12{gap}000,25;75;a\n"
    sheet = Sheet.from_csv(text.encode("cp1252", "ignore") if gap == "\u00a0" else text)
    assert columns(sheet)["prix"] == [1234.5, 999.5, 12000.25]
    assert columns(sheet)["surface"] == [80, 1200, 75]
    assert sheet.likely() == (("prix", "surface"), "y")


@given(
    st.lists(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3), min_size=1, max_size=20), st.sampled_from(",;\t|")
)
def test_what_pythons_csv_writes_is_read_to_the_last_digit(table: list[list[float]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["x", "y", "z"], *table])
    np.testing.assert_array_equal(np.transpose(list(columns(Sheet.from_csv(out.getvalue())).values())), table)


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
        ("12 %", False, None),
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
    ],
)
def test_a_cell_is_a_number_as_people_write_them_or_none(cell: str, comma: bool, value: float | None) -> None:
    found = number(cell, comma)
    assert found == value if value is not None else np.isnan(found)


BAD: dict[str, tuple[Any, str]] = {
    "empty": (b"", "The table is empty; it needs a line of names and a line for every example."),
    "blank": ("\n \n\t\n", "The table is empty"),
    "one column": ("height\n1.8\n1.7\n", "There is one column only ('height'); inputs and a target are needed"),
    "prose": (b"This is a letter.\nIt has lines.\n", "There is one column only ('This is a letter.')"),
    "binary": (bytes(range(256)) * 10, "This is not a text; save the table as CSV."),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is not a text"),
    "excel": (b"PK\x03\x04" + b"\x00" * 100, "This is an Excel file or an archive; save the table as CSV first."),
    "100 MB": (b"1,2\n" * 25_000_000, "It has 100.0 MB; 10 MB are allowed. Keep fewer rows or columns."),
    "ragged": ("a,b,c\n1,2,3\n4,5\n", "Row 3 has 2 cells, and the first row has 3."),
    "one cell": ("a,b,c\n1,2,3\n4\n", "Row 3 has 1 cell, and the first row has 3."),
    "html": (b"<!DOCTYPE html>\n<html><body>a,b</body></html>", "This is a web page, not a table"),
    "formula": ("a,b\n1,2\n=A1+B1,3\n", "Row 3 holds a formula, '=A1+B1'; save the table with its values."),
    "quotes": ('a,b\n1,"2\n3,4\n', "A quotation mark is opened and never closed"),
    "heading alone": ("a,b\n", "There is a line of names and no line with an example."),
    "separator alone": ("sep=;\n", "The table is empty"),
    "wide": (",".join("1" * 501) + "\n" + ",".join("2" * 501), "There are 501 columns; 500 are allowed."),
}


@pytest.mark.parametrize("name", BAD)
def test_every_bad_file_gets_its_sentence(name: str, tmp_path: Path) -> None:
    given, sentence = BAD[name]
    with pytest.raises(InvalidData, match=re.escape(sentence)):
        Sheet.from_csv(given)
    path = tmp_path / "table.csv"
    path.write_bytes(given if isinstance(given, bytes) else given.encode())
    with pytest.raises(InvalidData, match=re.escape(sentence)):
        Data.from_csv(path)


@pytest.mark.parametrize("path", ["", "no such file.csv", "/", "a\x00b"])
def test_a_file_that_cannot_be_read_is_named(path: str) -> None:
    with pytest.raises(InvalidData, match="There is no file"):
        Data.from_csv(path)


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
        ("a,b\nx,y\nz,w\n", {}, "No column beside 'b' holds numbers, so there is no input."),
        ("a,b\n1,x\n2,y\n,z\n", {"inputs": ["a"], "target": "a"}, "The target 'a' cannot be an input too."),
        ("a,b,c\n1,,x\n,2,y\n", {}, "Every row has a gap in one of the chosen columns"),
        ("a,b,c\n1,,x\n2,,y\n", {"inputs": ["a", "b"]}, "Column 'b' is empty."),
        ("a,b\n" + "".join(f"{n},c{n}\n" for n in range(11)), {}, "The target 'b' has 11 classes; 10 are allowed."),
        ("a,b\n" + "".join(f"{n},{n}.5\n" for n in range(30)) + "1,many\n", {}, "example 31 says 'many'"),
        (",".join("abcdefghijklmn") + "\n" + ("1," * 13 + "x\n" + "2," * 13 + "y\n"), {"inputs": list("abcdefghijklm")},
         "13 inputs are chosen; 12 are allowed."),
    ],
    ids=map(str, range(16)),
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
        (["1", "2", "3"], None, "multiclass"),
        (["1", "2", "3"], "number", "regression"),
        (["0.5", "1.5", "1.5"], None, "regression"),
        (["0.5", "1.5", "1.5"], "class", "binary"),
        (["10", "9", "9"], None, "binary"),
    ],
)
def test_whole_numbers_that_repeat_are_classes_if_nothing_else_is_said(cells: list[str], kind: Any, task: str) -> None:
    data = Data.from_csv("x,y\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells)), kind=kind)
    assert data.task == task
    if task != "regression":
        assert list(data.names.classes) == sorted({*cells}, key=float)


@pytest.mark.parametrize("gap", [*sorted(GAPS), "NaN", "N/A"])
def test_gaps_are_dropped_or_filled_and_it_is_said(gap: str) -> None:
    text = f"a,b,c\n1,10,x\n{gap or ' '},20,y\n3,30,{gap}\n5,40,y\n"
    dropped, filled = (Sheet.from_csv(text).pick(missing=how) for how in ("drop", "fill"))
    assert dropped.X.tolist() == [[1, 10], [5, 40]]
    assert dropped.notes == ("Rows dropped for a gap: 2 of 4.",)
    assert filled.X.tolist() == [[1, 10], [3, 20], [5, 40]]  # (1 + 5) / 2
    assert filled.notes == (
        "Missing inputs filled with the mean of their column: 1.",
        "Rows dropped for a gap: 1 of 4.",
    )


def test_of_too_many_rows_a_seeded_sample_is_taken_and_it_is_said() -> None:
    text = "a,b\n" + "".join(f"{n},{n % 2}\n" for n in range(MOST_ROWS + 5000))
    first, again, other = (Sheet.from_csv(text).pick(seed=seed) for seed in (1, 1, 2))
    assert len(first.X) == MOST_ROWS
    assert (np.diff(first.X[:, 0]) > 0).all()
    np.testing.assert_array_equal(first.X, again.X)
    assert (first.X != other.X).any()
    assert first.notes == ("Rows drawn at random: 20000 of 25000.",)


def test_ten_megabytes_are_read(tmp_path: Path) -> None:
    line = b"1.5,2.5,yes\n-1.5,0.25,no\n"
    raw = b"a,b,c\n" + line * (MOST_MEGABYTES * 1_000_000 // len(line) - 1)
    assert len(raw) > 9_999_900
    path = tmp_path / "large.csv"
    path.write_bytes(raw)
    assert len(Data.from_csv(path).X) == MOST_ROWS


@pytest.mark.parametrize("made", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_frames_give_what_their_csv_file_gives(made: Any) -> None:
    frame = load_iris(as_frame=True).frame.rename(columns=str.title)
    frame["Target"] = load_iris().target_names[frame["Target"]]
    frame.iloc[3, 0] = None
    columns = {name: [None if value != value else value for value in column] for name, column in frame.items()}
    by_frame = Data.from_frame(made(columns), test_share=0.2)
    by_csv = Data.from_csv(frame.to_csv(index=False), test_share=0.2)
    np.testing.assert_array_equal(by_frame.X, by_csv.X)
    np.testing.assert_array_equal(by_frame.y, by_csv.y)
    assert by_frame.names == by_csv.names
    assert by_frame.names.classes == ("setosa", "versicolor", "virginica")
    assert len(by_frame.X) == 149


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        ([[1, 2]], "list is no table; give a pandas or polars frame."),
        (None, "NoneType is no table"),
        (pd.DataFrame(), "The table is empty"),
        (pd.DataFrame({"a": [], "b": []}), "The table is empty"),
        (pl.DataFrame(), "The table is empty"),
        (pl.DataFrame({"a": [1.0, np.inf], "b": [0, 1]}), "Column 'a' cannot be an input: example 2 says 'inf'."),
        (pd.DataFrame({"a": [1.0, np.inf], "b": [0, 1]}), "Column 'a' cannot be an input: example 2 says 'inf'."),
    ],
    ids=str,
)
def test_what_is_no_frame_is_refused(frame: Any, sentence: str) -> None:
    with pytest.raises(InvalidData, match=re.escape(sentence)):
        Data.from_frame(frame)


def test_booleans_and_categories_of_a_frame_are_classes() -> None:
    numbers, categories, booleans = [1, 2, 3], ["b", "a", "b"], [True, False, True]
    for frame in (
        pd.DataFrame({"x": numbers, "y": pd.Categorical(categories), "z": booleans}),
        pl.DataFrame({"x": numbers, "y": pl.Series(categories, dtype=pl.Categorical), "z": booleans}),
    ):
        assert Data.from_frame(frame, inputs=["x"]).names.classes == ("False", "True")
        assert Data.from_frame(frame, inputs=["x"], target="y").names.classes == ("a", "b")


def test_a_table_can_be_trained_on() -> None:
    data = Data.from_frame(load_iris(as_frame=True).frame, test_share=0.2, seed=1).standardized()
    run = advance(start(Experiment.of(training={"learning_rate": 0.1}), data=data), 60)
    assert run.latest["test_accuracy"] > 0.9


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_whatever_is_given_is_read_or_refused(given: bytes | str) -> None:
    said = "."
    try:
        Sheet.from_csv(given if isinstance(given, bytes) else given + "\n.").pick()
    except InvalidData as error:
        said = str(error)
    assert said[-1] == "."
    assert len(said) < 250


def test_text_is_never_taken_for_another() -> None:
    assert decoded("naïve café".encode()) == "naïve café"

"""Files and pasted texts: read from whatever a program writes, or refused in words where they cannot be."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Data, InvalidData
from dnn.data.table.csv_text import MOST_MEGABYTES, decode_text
from dnn.data.table.selection import MOST_ROWS
from dnn.data.table.table import Table


def columns(table: Table) -> dict[str, list[float]]:
    return {column.name: column.numbers.tolist() for column in table.columns}


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
    table = Table.from_csv(text)
    assert columns(table) == {"a": [1.5, -3.0], "b": [2.0, 400.0]}
    assert table.read == read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    text = "Größe;Gewicht;Städte\n" + "1,80;80;Köln\n1,65;60;Düsseldorf\n1,75;70;München\n" * 5
    raw = text.encode(encoding)
    raw = b"\xff\xfe" + raw if encoding == "utf-16-le" else raw
    table = Table.from_csv(raw)
    assert [column.name for column in table.columns] == ["Größe", "Gewicht", "Städte"]
    assert table.column("Städte").categories == ("Düsseldorf", "Köln", "München")
    assert table.column("Größe").numbers[0] == 1.8


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
    assert decode_text(f"{heading}\r\n{rows}".encode(encoding)).partition("\r\n")[0] == heading


def test_the_encoding_can_be_said() -> None:
    raw = "рост;вес\n1;2\n2;3\n".encode("koi8_r")  # nothing tells it from capitals in another one
    assert Table.from_csv(raw, "koi8_r").numeric == ("рост", "вес")
    assert Data.from_csv(raw, encoding="koi8_r").names.inputs == ("рост",)
    for encoding in ("utf-8", "no such encoding"):
        with pytest.raises(InvalidData, match=f"This cannot be read as '{encoding}'"):
            Table.from_csv(raw, encoding)
    assert Table.from_csv("Größe;y\n1;2\n", "utf-16").numeric[0] == "Größe", "a text has none"


def test_the_last_delimiter_may_be_missing_and_commas_in_the_cells_are_no_delimiters() -> None:
    table = Table.from_csv("May 1, 2024;1;2;u;\nMay 2, 2024;2;3;v;\nMay 3, 2024;4;5;\n")
    assert [column.texts for column in table.columns] == [
        ("May 1, 2024", "May 2, 2024", "May 3, 2024"), ("1", "2", "4"), ("2", "3", "5"), ("u", "v", "")
    ]  # fmt: skip


@pytest.mark.parametrize("gap", [" ", "\u00a0", "\u202f"])
def test_thousands_with_a_space_between_them_are_numbers(gap: str) -> None:
    text = f"prix;surface;y\n1{gap}234,5;80;a\n999,5;1{gap}200;b\n12{gap}000,25;75;a\n"
    table = Table.from_csv(text.encode("cp1252", "ignore") if gap == "\u00a0" else text)
    assert columns(table)["prix"] == [1234.5, 999.5, 12000.25]
    assert columns(table)["surface"] == [80, 1200, 75]
    assert table.likely() == (("prix", "surface"), "y")


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
    "json": ('[{"a": 1, "b": 2}, {"a": 2, "b": 3}]\n', "This is JSON, not a table; save it as CSV"),
    "a list of lists": ("[1,2,3]\n[4,5,6]\n", "This is JSON, not a table"),
    "titles": (
        "From: us\nOn: May 1, 10:00\na,b,c\n1,2,3\n2,3,4\n",
        "The first 2 rows have fewer cells than all others",
    ),
    "json lines": ('{"a": 1, "b": 2}\n{"a": 2, "b": 3}\n', "This is JSON, not a table"),
    "a delimiter too few": ("a;b;c\n1;2;\n3;4\n5;6;x\n", "A cell is missing there, or the semicolon at its end."),
    "a title": ("Sales, 2024\na,b,c\n1,2,3\n", "All rows but the first have as many, so it is a title"),
    "wide": (",".join("1" * 501) + "\n" + ",".join("2" * 501), "There are 501 columns; 500 are allowed."),
}


@pytest.mark.parametrize("name", BAD)
def test_every_bad_file_gets_its_sentence(name: str, tmp_path: Path) -> None:
    given, sentence = BAD[name]
    with pytest.raises(InvalidData, match=re.escape(sentence)):
        Table.from_csv(given)
    path = tmp_path / "table.csv"
    path.write_bytes(given if isinstance(given, bytes) else given.encode())
    with pytest.raises(InvalidData, match=re.escape(sentence)):
        Data.from_csv(path)


@pytest.mark.parametrize("path", ["", "no such file.csv", "/", "a\x00b"])
def test_a_file_that_cannot_be_read_is_named(path: str) -> None:
    with pytest.raises(InvalidData, match="There is no file"):
        Data.from_csv(path)


ABOVE = "Lines above the table that are left out: {}, from '{}' on."
BELOW = ABOVE.replace("above", "below")


@pytest.mark.parametrize(
    ("text", "names", "notes"),
    [
        ("# site B\n# from 2023\na,b,y\n1,2,0.5\n2,3,0.75\n", "aby", (ABOVE.format(2, "# site B"),)),
        ("Sales of a year\n\na,b,y\n1,5,u\n2,6,v\n", "aby", (ABOVE.format(1, "Sales of a year"),)),
        ("Sales of a year,,\nin euros,,\na,b,y\n1,5,u\n2,6,v\n", "aby", (ABOVE.format(2, "Sales of a year"),)),
        ("# a b y\n1 2 0.5\n2 3 0.75\n", "aby", ()),  # as NumPy writes it
        ("# by hand\n# a,b,y\n1,2,0.5\n2,3,0.75\n", "aby", (ABOVE.format(1, "# by hand"),)),
        ("#,b,y\n1,2,0.5\n2,3,0.75\n", "#by", ()),
        (" 0.5  18.00 2.5\n 0.25  0.00 7.0\n", None, ()),
        ("a,b,y\n1,2,u\n2,3,v\n\nSource: city\nTel. 5\n", "aby", (BELOW.format(2, "Source: city"),)),
        ("a,b,y\r1,2,u\r2,3,v\r", "aby", ()),  # an old Mac's line ends
        (b"a,b,y\r\n1,2,u\r\n2,3,v\r\n\x1a", "aby", ()),
        ("a,b,y\n1,2,u\n2,3,v\n".encode("utf-16-le"), "aby", ()),
        ("a,b,y\n1,2,ü\n2,3,v\n".encode("utf-16-be"), "aby", ()),
    ],
    ids=repr,
)
def test_what_programs_put_around_a_table_is_left_out(text: Any, names: str | None, notes: Any) -> None:
    table = Table.from_csv(text)
    assert [column.name for column in table.columns] == [*(names or ("column 1", "column 2", "column 3"))]
    assert table.rows == 2
    assert table.notes == notes


@pytest.mark.slow
def test_ten_megabytes_are_read(tmp_path: Path) -> None:
    line = b",".join([b"-1.2345678901234567"] * 12) + b",no\n" + b",".join([b"0.12345678901234567"] * 12) + b",yes\n"
    raw = b"a,b,c,d,e,f,g,h,i,j,k,l,m\n" + line * (MOST_MEGABYTES * 1_000_000 // len(line) - 1)
    assert len(raw) > 9_999_000
    path = tmp_path / "large.csv"
    path.write_bytes(raw)
    assert len(Data.from_csv(path).X) == MOST_ROWS


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_whatever_is_given_is_read_or_refused(given: bytes | str) -> None:
    said = "."
    try:
        Table.from_csv(given if isinstance(given, bytes) else given + "\n.").pick()
    except InvalidData as error:
        said = str(error)
    assert said[-1] == "."
    assert len(said) < 250


def test_text_is_never_taken_for_another() -> None:
    assert decode_text("naïve café".encode()) == "naïve café"


@pytest.mark.parametrize(
    ("text", "kind"), [('[{"a":1,"y":2}]', "JSON"), ('{"a":[1,2]}', "JSON"), ("<html><table></table>", "a web page")]
)
def test_a_document_of_one_line_is_no_path(text: str, kind: str) -> None:
    with pytest.raises(InvalidData, match=f"This is {kind}, not a table"):
        Data.from_csv(text)

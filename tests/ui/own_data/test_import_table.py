"""A table on the page, opened or pasted: what is found out about it, what is refused, and what is learnt from."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dnn import Experiment, advance
from dnn.datasets.custom_data import CustomData
from dnn.datasets.rows import Rows
from dnn.experiment.links import needs_file
from dnn.ui.own_data.import_table import PASTED, in_words
from dnn.ui.toolbar import share
from tests.ui.own_data.data_page import DataPage
from tests.ui.page import Page

pytestmark = pytest.mark.slow
TABLE = "height;weight;sex\n1,80;80;m\n1,65;60;f\n1,75;;m\n1,60;55;f\n1,70;58;f\n1,85;90;m\n"


@pytest.fixture
def page() -> DataPage:
    return DataPage(data="circles")


def pasted(page: Page, text: str) -> AppTest:
    """The open dialog with a text in it, drawn as the page draws it."""
    page.at.session_state[PASTED] = text
    return drawn(page)


def drawn(page: Page) -> AppTest:
    """The dialog as the page draws it: it is open as long as its button is pressed."""
    (button,) = [button for button in page.at.button if button.label == "Open a table"]
    button.click()
    page.run()
    return page.at


def test_a_pasted_table_is_looked_at_and_then_learnt_from() -> None:
    page = Page(data="circles")
    page.set("Data set", "own")
    at = pasted(page, TABLE)
    said = [caption.value.replace("\\", "") for caption in at.caption]
    assert "6 rows, 3 columns (semicolon, decimal comma)" in said
    assert "Rows dropped for a gap: 1 of 6." in said
    page.press("Use this table")
    own = page.experiment.data.dataset
    assert isinstance(own, CustomData)
    assert own.names.inputs == ("height", "weight")
    assert own.classes == ("f", "m")
    assert own.X.tolist() == [[1.8, 80], [1.65, 60], [1.6, 55], [1.7, 58], [1.85, 90]]
    assert page.experiment.data.standardize == "each"
    assert page.player.run.data.names.inputs == ("height", "weight")
    assert Page(**page.link).experiment == page.experiment
    page.press("Undo")
    assert len(page.experiment.data.dataset.rows) == 500  # type: ignore[attr-defined]


def control(page: Page, kind: str, label: str) -> Any:
    (found,) = [each for each in getattr(page.at, kind) if each.label == label]
    return found


def test_what_was_found_out_about_a_table_is_shown_and_can_be_changed(page: DataPage) -> None:
    page.set("Data set", "own")
    at = pasted(page, "where;a;y\nBonn;51,500;3\nUlm;48,125;5\nAalen;47,250;8\n")
    said = [caption.value.replace("\\", "") for caption in at.caption]
    assert "3 rows, 3 columns (semicolon, decimal comma)" in said
    assert "'51,500' is read as 51.5. If that is wrong, choose the other decimal sign." in said
    assert "Columns left out because they hold words: 'where' ('Bonn')." in said
    assert "Targets from 3 to 8" in said
    assert "The whole numbers of 'y' hardly repeat, so they are numbers and not classes." in said
    assert control(page, "button_group", "The target is").value == "number"
    control(page, "button_group", "The target is").set_value("class")
    drawn(page)
    assert "Examples of each class: 3 (1), 5 (1), 8 (1)" in [c.value.replace("\\", "") for c in page.at.caption]
    control(page, "button_group", "Decimal sign").set_value(".")
    drawn(page)
    said = [caption.value.replace("\\", "") for caption in page.at.caption]
    assert "3 rows, 3 columns (semicolon, decimal point)" in said
    assert not any("is read as" in text for text in said)
    page.press("Use this table")
    assert sorted(page.experiment.data.dataset.X[:, 0]) == [47250, 48125, 51500]  # type: ignore[attr-defined]


def test_prices_are_learnt_and_stand_in_their_own_units(page: DataPage) -> None:
    page.set("Data set", "own")
    rows = "".join(
        f"{n % 7 + 1},{(n * 13) % 31 + 40},{90_000 + 20_000 * (n % 7) + 3_000 * ((n * 13) % 31)}\n" for n in range(60)
    )
    pasted(page, f"rooms,area,price\n{rows}")
    page.press("Use this table")
    assert page.experiment.data.standardize_target
    run = page.player.run
    assert run.data.y.min() >= 90_000
    assert run.history["train_cost"][0] == pytest.approx(np.var(run.data.y) / 2, rel=1)
    later = advance(run, 100)
    predicted, y = later.predict(run.data.points)[:, 0], run.data.y[:, 0]
    assert 1 - ((predicted - y) ** 2).mean() / y.var() > 0.95


def test_a_share_for_testing_that_few_inputs_do_not_allow_is_said(page: DataPage) -> None:
    page.set("Data set", "own")
    pasted(page, "class,survived\n" + "".join(f"{1 + n % 3},{n * 7 % 5 % 2}\n" for n in range(300)))
    page.press("Use this table")
    run = page.player.run
    assert run.data.n_train == 200
    said = [caption.value.replace("\\", "") for caption in page.at.caption]
    assert (
        "Test examples: 100 instead of 90, because rows with the same inputs stay together." not in said
    )  # near enough
    page.set("Test share", 0.1)
    said = [caption.value.replace("\\", "") for caption in page.at.caption]
    assert "Test examples: 100 instead of 30, because rows with the same inputs stay together." in said


def test_the_first_line_can_be_an_example_or_the_names(page: DataPage) -> None:
    page.set("Data set", "own")
    pasted(page, "1,2,3\n4,5,6\n7,8,9\n")
    assert control(page, "toggle", "The first line holds names").value is False
    control(page, "toggle", "The first line holds names").set_value(True)
    drawn(page)
    assert control(page, "multiselect", "Inputs").options == ["1", "2"]
    assert "2 rows, 3 columns (comma, decimal point)" in [caption.value for caption in page.at.caption]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<html><body></body></html>", "This is a web page"),
        ("a,b\n1,2,3\n", "Row 2 has 3 cells"),
        ("a\n1\n2\n", "There is one column only"),
        ("a,b\n=1+1,2\n", "Row 2 holds a formula"),
        ("a,b\n1,x\n2,x\n", "has one value only"),
    ],
)
def test_a_bad_table_gets_its_sentence_and_the_experiment_goes_on(page: DataPage, text: str, sentence: str) -> None:
    page.set("Data set", "own")
    before = page.experiment
    at = pasted(page, text)
    assert any(sentence in error.value.replace("\\", "") for error in at.error)
    assert "Use this table" not in page.buttons
    assert page.experiment == before


def opened(page: Page, name: str, raw: bytes) -> AppTest:
    """The dialog with a file of this name in it."""
    (uploader,) = [each for each in page.at.file_uploader if each.label == "A CSV or TSV file"]
    uploader.set_value((name, raw, "application/octet-stream"))
    return drawn(page)


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is not a text; save the table as CSV."),
        ("book.xlsx", b"PK\x03\x04" + b"\x00" * 100, "This is an Excel file or an archive"),
        ("nothing.csv", b"", "The table is empty"),
        ("blank.csv", b" \n\n", "The table is empty"),
    ],
)
def test_every_file_that_is_no_table_gets_its_sentence(page: DataPage, name: str, raw: bytes, sentence: str) -> None:
    page.set("Data set", "own")
    pasted(page, "")
    at = opened(page, name, raw)
    assert [sentence in error.value.replace("\\", "") for error in at.error] == [True]
    assert "Use this table" not in page.buttons


def test_what_was_given_last_is_shown_and_it_is_said_where_it_comes_from(page: DataPage) -> None:
    page.set("Data set", "own")
    pasted(page, "")
    at = opened(page, "large_table.csv", b"a,b,c\n1,2,u\n2,3,v\n")
    assert "2 rows, 3 columns (comma, decimal point)" in [caption.value for caption in at.caption]
    (text,) = [area for area in at.text_area if area.label == "Or paste a table"]
    text.set_value(TABLE)
    drawn(page)
    said = [caption.value for caption in at.caption]
    assert "6 rows, 3 columns (semicolon, decimal comma)" in said
    assert "This is what the pasted text says." in said
    at = opened(page, "large_table.csv", b"a,b\n1,u\n2,v\n3,v\n")
    said = [caption.value for caption in at.caption]
    assert "3 rows, 2 columns (comma, decimal point)" in said
    assert r"This is what the file large\_table\.csv says\." in said


def test_a_guessed_encoding_is_shown_and_can_be_corrected(page: DataPage) -> None:
    page.set("Data set", "own")
    pasted(page, "")
    at = opened(page, "table.csv", "рост;вес;пол\n1;2;м\n2;3;ж\n".encode("koi8_r"))
    (choice,) = [box for box in at.selectbox if box.label == "Written in"]
    assert choice.value == "cp1251"
    choice.set_value("koi8_r")
    drawn(page)
    (inputs,) = [each for each in at.multiselect if each.label == "Inputs"]
    assert inputs.options == ["рост", "вес"]
    at = opened(page, "table.csv", "рост;вес;пол\n1;2;м\n2;3;ж\n".encode())
    assert "Written in" not in [box.label for box in at.selectbox]


def test_a_single_example_is_counted_as_one() -> None:
    one = CustomData(rows=Rows([[1, 2, 0]]), inputs=("a", "b"), target="c", classes=("no", "yes"))
    assert in_words(one).replace("\\", "") == "1 example of a, b; target: c (no, yes)"
    assert in_words(CustomData.of([[1.0, 2.0]] * 2, [1.5, 2.5])).replace("\\", "") == "2 examples of x1, x2; target: y"
    assert in_words(CustomData.of([[1.0, 2.0]], [1.5])).replace("\\", "") == "1 example of x1, x2; target: y"


def test_the_file_of_large_own_data_is_read_again_and_the_link_says_that_it_is_not_enough() -> None:
    rng = np.random.default_rng(0)
    own: Any = CustomData.of(rng.standard_normal((20_000, 12)), rng.standard_normal(20_000))
    experiment = Experiment.of(data={"dataset": own})
    assert needs_file(experiment)
    assert share.read(share.text(experiment)) == experiment

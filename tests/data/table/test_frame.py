"""Data frames of pandas, polars and pyarrow: what their CSV file would give, and never less."""

import datetime
import re
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn.datasets import load_iris

from dnn import Data, InvalidData
from dnn.data.table.table import Table


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


KIND = ["u", "v", "u", "v"]
LEVELS = pd.MultiIndex.from_tuples([("a", "x"), ("a", "z"), ("b", "")])


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (pd.array([1, 2, None, 4], dtype="Int64"), [1, 2, 4]),
        (pd.array([1.5, 2, None, 4], dtype="Float64"), [1.5, 2, 4]),
        (pd.array([True, False, None, True], dtype="boolean"), [1, 0, 1]),
        (pd.array([1, 2, None, 4], dtype="int64[pyarrow]"), [1, 2, 4]),
        (pd.array(["1,5", "0,250", None, "4"], dtype="string"), [1.5, 0.25, 4]),
        (pd.array(["$5", "($1,200.50)", None, "4"], dtype="string[pyarrow]"), [5, -1200.5, 4]),
        (pd.Series([np.float32(1.5), 2, pd.NA, np.int8(4)], dtype=object), [1.5, 2, 4]),
        (pd.Series([Decimal("1.5"), Decimal(2), Decimal("NaN"), Decimal(4)], dtype=object), [1.5, 2, 4]),
        (pd.Series([True, np.False_, pd.NaT, 1], dtype=object), [1, 0, 1]),
        (pl.Series(["1.5", "2", None, "4"]).cast(pl.Decimal(10, 2)), [1.5, 2, 4]),
        (pl.Series([1.5, float("nan"), 2.0, 4.0]), [1.5, 2, 4]),
        (pl.Series([True, False, None, True]), [1, 0, 1]),
        (pa.array([1, 2, None, 4]), [1, 2, 4]),
        (pa.array([Decimal("1.50"), None, Decimal("2.00"), Decimal("4.00")]), [1.5, 2, 4]),
    ],
    ids=lambda value: str(getattr(value, "dtype", "")) or None,
)
def test_gaps_and_numbers_of_every_type_are_gaps_and_numbers(column: Any, values: list[float]) -> None:
    made = pa.table if isinstance(column, pa.Array) else pl.DataFrame if isinstance(column, pl.Series) else pd.DataFrame
    frame = made({"x": column, "w": [1.0, 2.0, 3.0, 4.0], "kind": KIND})
    dropped = Table.from_frame(frame).pick()
    assert dropped.X[:, 0].tolist() == values
    assert dropped.names.classes == ("u", "v")
    filled = Table.from_frame(frame).pick(missing="fill")
    assert len(filled.X) == 4
    assert filled.X[:, 0].sum() == pytest.approx(sum(values) + np.mean(values))


@pytest.mark.parametrize(
    ("frame", "inputs"),
    [
        (pd.DataFrame([[1.0, 2.0, "u"], [2.0, 3.0, "v"]]), ("0", "1")),
        (pd.DataFrame([[1, 2, "u"], [2, 3, "v"]], columns=["x", "x", "y"]), ("x", "x 2")),
        (pd.DataFrame([[1, 2, "u"], [2, 3, "v"]], columns=LEVELS), ("a x", "a z")),
        (pa.table([[1, 2], [2, 3], ["u", "v"]], names=["x", "x", "y"]), ("x", "x 2")),
        (pl.DataFrame({"x" * 60: [1, 2], "x" * 50: [2, 3], "y": ["u", "v"]}), None),
    ],
    ids=["numbered", "twice alike", "two levels", "pyarrow, twice alike", "long"],
)  # fmt: skip
def test_columns_have_names_whatever_their_labels_are(frame: Any, inputs: tuple[str, ...] | None) -> None:
    data = Data.from_frame(frame)
    assert data.names.classes == ("u", "v")
    assert len({*data.names.inputs}) == 2
    assert inputs in (None, data.names.inputs)


def test_the_frame_that_was_given_stays_as_it_was() -> None:
    frame = pd.DataFrame([[1, 2, "u"], [2, 3, "v"]], columns=["x", "x", "y"])
    Data.from_frame(frame)
    assert list(frame.columns) == ["x", "x", "y"]


@pytest.mark.parametrize("dtype", [object, float])
def test_equal_numbers_are_one_class(dtype: Any) -> None:
    frame = pd.DataFrame({"x": [1, 2, 3, 4], "y": pd.Series([0, 1, 0.0, 1.0], dtype=dtype)})
    assert Data.from_frame(frame).task == "binary"


def test_numbers_that_no_float_holds_are_no_numbers() -> None:
    odd = [Decimal("sNaN"), 10**400, 1, 2]
    frame = pd.DataFrame({"odd": pd.Series(odd, dtype=object), "x": [1, 2, 3, 4], "y": KIND})
    assert Table.from_frame(frame).numeric == ("x",)
    with pytest.raises(InvalidData, match="Series is no table"):
        Data.from_frame(frame["x"])
    with pytest.raises(InvalidData, match="LazyFrame is no table"):
        Data.from_frame(pl.DataFrame({"x": [1]}).lazy())


def test_dates_and_lists_are_left_out_with_the_reason() -> None:
    days = [datetime.date(2024, 1, day) for day in (1, 2, 3, 4)]
    frame = pd.DataFrame({"day": days, "x": [1, 2, 3, 4], "list": [np.zeros(2)] * 4, "y": KIND})
    (note,) = Data.from_frame(frame).notes
    assert note == "Columns left out because they hold words: 'day' ('2024-01-01'), 'list' ('[0. 0.]')."


@pytest.mark.parametrize(
    ("cells", "read"), [(["1.5", None, "2.25"], "'1.5' is read as 1.5"), (["31", None, "1,234"], None)], ids=repr
)
def test_texts_with_another_decimal_sign_are_read_as_in_a_file_and_it_is_said(cells: Any, read: str | None) -> None:
    frame = pd.DataFrame({"a": ["1,5", "2,25", "3,5"], "b": cells, "y": ["u", "v", "u"]})
    table = Table.from_frame(frame)
    assert table.numeric == ("a", "b")
    assert [note.partition(". ")[0] for note in table.notes] == [read] * (read is not None)


def test_a_doubtful_text_in_a_frame_is_said() -> None:
    frame = pd.DataFrame({"a": ["48,137", "51,500"], "y": ["u", "v"]})
    (note,) = Table.from_frame(frame).notes
    assert note.startswith("'48,137' is read as 48.137.")
    assert Data.from_frame(frame).notes == (note,)
    assert Table.from_frame(frame, decimal=".").notes == ()

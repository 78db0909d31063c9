"""Own data, edited cell by cell."""

import numpy as np
import pytest

from dnn.datasets.custom_data import CustomData
from dnn.datasets.rows import Rows
from dnn.ui.own_data.edit_table import DRAFT, EDITED, changed, table
from tests.ui.own_data.data_page import DataPage

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> DataPage:
    return DataPage(data="circles")


def test_rows_are_edited_added_and_left_out_where_they_are_not_filled_in() -> None:
    import pandas as pd

    own = CustomData(rows=Rows([[1, 2, 0], [3, 4, 1]]), inputs=("a", "b"), target="c", classes=("no", "yes"))
    table = pd.DataFrame({"a": [1.0, 5.0, None], "b": [2.5, 4.0, 1.0], "c": ["yes", "no", "yes"]})
    after, ignored_columns = changed(own, table)
    assert after == CustomData(
        rows=Rows([[1, 2.5, 1], [5, 4, 0]]), inputs=("a", "b"), target="c", classes=("no", "yes")
    )
    assert ignored_columns == 1
    many = CustomData.of(np.arange(2 * (EDITED + 3)).reshape(-1, 2), np.arange(EDITED + 3))
    first = pd.DataFrame(many.X[: EDITED - 1], columns=["x1", "x2"]).assign(y=many.y[: EDITED - 1])
    assert len(changed(many, first)[0].rows) == EDITED + 2  # those that are not shown stay


def test_an_untouched_table_is_the_same_data_and_a_new_name_is_a_new_class() -> None:
    own = CustomData(rows=Rows([[1, 2, 0], [3, 4, 1]]), classes=("no", "yes"))  # inputs without names
    untouched = table(own)
    assert changed(own, untouched) == (own, 0)
    untouched.loc[1, "y"] = " perhaps "
    after, _ = changed(own, untouched)
    assert (after.classes, after.y.tolist(), after.inputs) == (("no", "yes", "perhaps"), [0, 2], ())


def test_changes_that_were_not_used_are_offered_again(page: DataPage) -> None:
    page.set("Data set", "own")
    own = page.experiment.data.dataset
    assert isinstance(own, CustomData)
    after = CustomData(rows=Rows(own.rows.numbers[:7]), inputs=own.inputs, target=own.target, classes=own.classes)
    page.at.session_state[DRAFT] = (own, after)

    def edit() -> None:
        (button,) = [button for button in page.at.button if button.label == "Edit"]
        button.click()
        page.run()

    edit()
    assert any("changes from before" in info.value for info in page.at.info)
    page.press("Use these examples")
    assert page.experiment.data.dataset == after
    edit()
    assert not any("changes from before" in info.value for info in page.at.info)
    (use,) = [button for button in page.at.button if button.label == "Use these examples"]
    assert use.disabled

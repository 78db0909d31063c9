"""Your own data: rows inside an experiment that are compared, saved, linked and changed like any other setting."""

from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import DATASETS, Data, Experiment, InvalidSetting
from dnn.data.dataset import LONGEST_TEXT
from dnn.data.names import Names
from dnn.datasets.custom_data import MOST_IN_LINK, CustomData, with_points, without
from dnn.datasets.rows import MOST_ROWS, Rows
from dnn.experiment.links import from_query, needs_file, to_query
from tests.strategies import own_data, seeds


def large(m: int, n: int = 2, seed: int = 0) -> CustomData:
    rng = np.random.default_rng(seed)
    return CustomData.of(rng.standard_normal((m, n)), rng.integers(3, size=m), Names.plain(n, 3))


@pytest.mark.parametrize(("classes", "task"), [(0, "regression"), (2, "binary"), (5, "multiclass")])
def test_the_classes_tell_the_task_even_where_one_has_no_example_yet(classes: int, task: str) -> None:
    own = with_points(CustomData.empty(classes), [[1.0, 2.0], [3.0, 4.0]], [0, 0])
    data = Experiment.of(data={"dataset": own}).make_data()
    assert own.task == data.task == task
    assert data.y.shape == (2, classes if classes > 2 else 1)
    assert data.names == own.names


@given(own_data(least=1))
def test_own_data_come_back_from_a_file(own: CustomData) -> None:
    experiment = Experiment.of(data={"dataset": own})
    again = Experiment.model_validate_json(experiment.model_dump_json())
    assert again == experiment
    assert hash(again) == hash(experiment)
    np.testing.assert_array_equal(again.make_data().X, experiment.make_data().X)


@given(own_data(least=1))
def test_own_data_come_back_from_a_link_to_the_last_digit(own: CustomData) -> None:
    experiment = Experiment.of(data={"dataset": own})
    query = dict(parse_qsl(urlencode(to_query(experiment))))
    if needs_file(experiment):
        assert len(own.rows.text) > LONGEST_TEXT
    else:
        assert from_query(query) == (experiment, ())


def test_a_link_holds_200_drawn_points_and_says_when_it_needs_the_file() -> None:
    drawn = with_points(CustomData.empty(3), large(MOST_IN_LINK).X * 1e-6, large(MOST_IN_LINK).y)
    experiment = Experiment.of(data={"dataset": drawn}, seed=5)
    assert not needs_file(experiment)
    assert from_query(to_query(experiment)) == (experiment, ())
    more = Experiment.of(data={"dataset": with_points(drawn, [[0, 0]], [1])}, seed=5)
    assert needs_file(more)
    found, (problem,) = from_query(to_query(more))
    assert found == Experiment.of(seed=5)
    assert str(problem) == (
        "Data: a link without its points is not allowed; the data were too many for a link, so open the file of this "
        "experiment."
    )


@pytest.mark.parametrize("name", [name for name, kind in DATASETS.items() if not kind.is_table])
def test_any_data_set_can_be_taken_over_to_go_on_drawing(name: str) -> None:
    data = Experiment.of(data={"dataset": name, "samples": 60}, seed=1).make_data()
    own = CustomData.holding(data)
    X, y = DATASETS[name](kind=name).sample(60, 1)
    assert (own.task, own.names) == (data.task, data.names)
    np.testing.assert_allclose(own.X, X, rtol=5.1e-4)
    np.testing.assert_allclose(own.y, y, rtol=5.1e-4)


def test_points_are_added_at_the_end_with_four_digits_and_taken_away_by_number() -> None:
    own = with_points(CustomData.empty(), [[1.23456, -0.00098765]], [1])
    assert own.rows.text == "1.235 -0.0009877 1"
    more = with_points(own, [[2, 3], [4, 5]], [0, 1])
    assert without(more, [1, 2]) == own
    assert without(more, [0, -1, 99]).rows.text == "2 3 0~4 5 1"
    assert without(own, [5]) is own
    assert len(without(own, 0).rows) == 0
    with pytest.raises(InvalidSetting, match="these data have 2"):
        with_points(own, [[1, 2, 3]], [0])
    with pytest.raises(InvalidSetting, match="20000 rows"):
        with_points(large(MOST_ROWS), [[1, 2]], [0])


@given(own_data(), seeds, st.floats(0.0, 0.9))
def test_rows_with_the_same_inputs_are_never_parted(own: CustomData, seed: int, share: float) -> None:
    thrice = CustomData(**{**own.model_dump(), "rows": Rows(np.tile(own.rows.numbers, (3, 1)))})
    data = Experiment.of(data={"dataset": thrice, "test_share": share}, seed=seed).make_data()
    train, test = ({tuple(row) for row in rows} for rows in (data.points[: data.n_train], data.points[data.n_train :]))
    assert not train & test
    assert train
    assert data.order is not None
    np.testing.assert_array_equal(data.points, thrice.X[data.order])
    assert abs(len(data.X) - data.n_train - round(len(data.X) * share)) < 3


@given(own_data(least=20), seeds)
def test_a_further_row_leaves_nearly_all_others_what_they_are(own: CustomData, seed: int) -> None:
    def trained(own: CustomData) -> set[tuple[float, ...]]:
        data: Data = Experiment.of(data={"dataset": own}, seed=seed).make_data()
        return {tuple(row) for row in data.points[: data.n_train]}

    more = CustomData(**{**own.model_dump(), "rows": Rows(np.vstack([own.rows.numbers, 2 * own.rows.numbers[:1] + 1]))})
    new = {tuple(more.X[-1])}
    assert len((trained(own) ^ trained(more)) - new) <= 1


def test_twenty_thousand_rows_of_twelve_inputs_are_a_value_like_any_other() -> None:
    experiment, same = (Experiment.of(data={"dataset": large(20_000, 12)}) for _ in range(2))
    assert experiment == same
    assert hash(experiment) == hash(same)
    assert experiment != Experiment.of(data={"dataset": large(20_000, 12, seed=1)})
    assert experiment.make_data().X.shape == (20_000, 12)
    assert needs_file(experiment)
    assert "Rows(20000 × 13)" in repr(experiment)


@pytest.mark.parametrize("classes", [0, 2, 4])
def test_no_points_yet_are_data_with_names_and_nothing_else(classes: int) -> None:
    spec = {
        "dataset": CustomData.empty(classes),
        "features": ["x1", "x2", "x1*x2"],
        "standardize": "each",
        "weights": "balanced",
    }
    data = Experiment.of(data=spec).make_data()
    assert (data.X.shape, data.points.shape) == ((0, 3), (0, 2))
    assert data.y.shape == (0, classes if classes > 2 else 1)
    assert data.names.classes == CustomData.empty(classes).classes

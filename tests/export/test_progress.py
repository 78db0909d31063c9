"""How far a run is comes back to the last bit for whoever has its experiment, and nobody else gets anything of it."""

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import Experiment, InvalidFile, Run, advance, advance_batch, start
from dnn.export.progress import load_progress, write_progress
from tests.export.runs import same
from tests.strategies import small_experiments

MOST = 10_000_000


def back(run: Run, content: bytes, most: int = MOST) -> Run:
    return load_progress(content, run.experiment, run.experiment.make_data(), most_bytes=most)[0]


@settings(max_examples=30)
@given(experiment=small_experiments(dtype=st.sampled_from(["float64", "float32"])), epochs=st.integers(0, 6))
def test_a_run_goes_on_bit_for_bit(experiment: Experiment, epochs: int) -> None:
    run = advance(start(experiment), epochs)
    found = back(run, write_progress(run, 100, {}))
    assert same(run, found)
    assert same(advance(run, 5), advance(found, 5))


def changed() -> Run:
    experiment = Experiment.of(
        data={"samples": 80, "validation_share": 0.2}, training={"optimizer": "adam", "patience": 60, "batch_size": 16}
    )
    run = advance(start(experiment), 40)
    frozen = np.zeros(run.params.vector.size)
    frozen[2] = 1.0
    run = advance(run.with_params(run.params.vector + 0.25, frozen), 7)
    return advance_batch(advance_batch(run))


def test_weights_by_hand_an_epoch_that_has_begun_and_early_stopping_come_along() -> None:
    run = changed()
    found = back(run, write_progress(run, 100, {}))
    assert same(run, found)
    assert found.changed
    assert (found.batch, run.batch) == (2, 2)
    np.testing.assert_array_equal(found.frozen, run.frozen)
    assert same(advance(run, 80), advance(found, 80))


def test_of_a_long_history_some_rows_come_along_and_all_else() -> None:
    run = advance(start(Experiment.of(data={"samples": 20}), history_limit=1000), 300)
    found = back(run, write_progress(run, 50, {}))
    epochs = found.history["epoch"]
    assert 25 <= len(epochs) < 50
    assert set(np.diff(epochs)) == {8.0}
    assert found.history.limit == 1000
    np.testing.assert_array_equal(found.history["train_cost"], run.history["train_cost"][epochs.astype(int)])
    np.testing.assert_array_equal(advance(found, 5).params.vector, advance(run, 5).params.vector)


def test_a_note_goes_along() -> None:
    run = start(Experiment.of(data={"samples": 20}))
    note = {"playing": True, "speed": None, "words": "é"}
    assert load_progress(write_progress(run, 9, note), run.experiment, run.data, most_bytes=MOST)[1] == note


def test_another_experiment_does_not_take_it() -> None:
    run = changed()
    content = write_progress(run, 100, {})
    for other in (
        run.experiment.model_copy(update={"draw": 1}),
        run.experiment.model_copy(
            update={"training": run.experiment.training.model_copy(update={"learning_rate": 0.5})}
        ),
    ):
        with pytest.raises(InvalidFile):
            load_progress(content, other, other.make_data(), most_bytes=MOST)


def test_what_is_damaged_too_large_or_another_file_is_refused() -> None:
    run = changed()
    content = write_progress(run, 100, {})
    for cut in (0, 1, 10, len(content) // 2, len(content) - 1):
        with pytest.raises(InvalidFile):
            back(run, content[:cut])
    for place in range(40, len(content), len(content) // 40):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        try:
            found = back(run, bytes(damaged))
        except InvalidFile:
            continue
        assert same(run, found)  # what the file says twice may be damaged once
    with pytest.raises(InvalidFile):
        back(run, content, most=1000)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("header.npy", b"")
    with pytest.raises(InvalidFile):
        back(run, archive.getvalue())

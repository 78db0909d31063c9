"""The model file gives a run back to the last bit, and whatever else is given gets a sentence."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnn import EXPORTS, Data, Experiment, InvalidFile, Run, advance, advance_batch, load, start
from dnn.export.archive import MOST_MEMBERS
from dnn.ui.catalogue import translated
from tests.export.runs import same
from tests.strategies import small_experiments


def saved(run: Run) -> bytes:
    return EXPORTS["npz"](run)


@settings(max_examples=40)
@given(experiment=small_experiments(dtype=st.sampled_from(["float64", "float32"])), epochs=st.integers(0, 6))
def test_a_run_comes_back_and_goes_on_bit_for_bit(experiment: Experiment, epochs: int) -> None:
    run = advance(start(experiment), epochs)
    back = load(saved(run))
    assert same(run, back)
    assert same(advance(run, 5), advance(back, 5))
    np.testing.assert_array_equal(run.predict_proba(run.data.points), back.predict_proba(run.data.points))
    assert saved(back) == saved(run)


def adam() -> Run:
    experiment = Experiment.of(
        data={"dataset": "moons", "samples": 60, "features": ("x1", "x1*x2"), "weights": "balanced"},
        training={"optimizer": "adam", "patience": 50},
        seed=4,
    )
    return advance(start(experiment, history_limit=64), 7)


def test_the_middle_of_an_epoch_edits_and_the_best_so_far_come_back() -> None:
    run = advance_batch(adam())
    changed = run.with_params(run.params.vector + 0.1, np.arange(run.params.vector.size) % 2)
    for each in (run, advance(run, 3), changed, advance(changed, 100)):
        back = load(saved(each))
        assert same(each, back)
        assert same(advance(each, 60), advance(back, 60))
        assert back.changed == each.changed
        assert back.history.stride == each.history.stride
        assert advance(back, 60).history.stride == advance(each, 60).history.stride


def test_own_data_come_back(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    data = Data.split(
        rng.normal(size=(40, 5)), np.arange(40) % 3, weights=rng.uniform(size=40), test_share=0.3, rng=rng
    )
    run = advance(start(Experiment(), data=data), 3)
    path = tmp_path / "mine.npz"
    path.write_bytes(saved(run))
    with path.open("rb") as opened:
        for source in (path, str(path), opened):
            back = load(source)
            assert same(advance(run, 2), advance(back, 2))
            np.testing.assert_array_equal(back.data.X, data.X)


def test_a_missing_file_is_the_callers() -> None:
    with pytest.raises(FileNotFoundError):
        load("/nowhere/at-all.npz")


# what is not a model file


def repacked(change: Callable[[dict[str, np.ndarray], dict[str, Any]], None]) -> bytes:
    with np.load(io.BytesIO(saved(adam())), allow_pickle=False) as file:
        arrays = dict(file)
    header = json.loads(arrays.pop("header").tobytes())
    change(arrays, header)
    out = io.BytesIO()
    np.savez(out, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(f"{name}.npy", content)
    return out.getvalue()


def foreign() -> bytes:
    out = io.BytesIO()
    np.savez(out, weights=np.ones(3))
    return out.getvalue()


def pickled() -> bytes:
    out = io.BytesIO()
    np.savez(out, header=np.array([{"format": "dnn run"}], dtype=object), allow_pickle=True)
    return out.getvalue()


def put(where: str, name: str, value: object) -> Callable[[dict[str, np.ndarray], dict[str, Any]], None]:
    def change(arrays: dict[str, np.ndarray], header: dict[str, Any]) -> None:
        target: dict[str, Any] = {"arrays": arrays, "header": header}.get(where) or header[where]
        target[name] = value

    return change


BAD = {
    "empty": (b"", "no model file"),
    "a picture": (b"\x89PNG\r\n" * 99, "no model file"),
    "cut off": (saved(adam())[:-200], "no model file"),
    "another program's": (foreign(), "another program's"),
    "pickled": (pickled(), "form that is not known"),
    "no JSON": (zipped(header=b"\x93NUMPY"), "form that is not known"),
    "too many parts": (zipped(**{f"a{n}": b"" for n in range(MOST_MEMBERS + 1)}), "65 parts"),
    "an older or newer one": (repacked(put("header", "version", 99)), "version 99"),
    "another kind": (repacked(put("header", "format", "keras")), "another program's"),
    "other layers": (repacked(lambda a, h: h["experiment"]["network"].update(hidden_layer_sizes=[3])), "params"),
    "a setting that is not allowed": (
        repacked(lambda a, h: h["experiment"]["training"].update(learning_rate=-1)),
        "Learning rate",
    ),
    "no parameters": (repacked(lambda a, h: a.pop("params") is None), "'params' is missing"),
    "parameters of text": (repacked(lambda a, h: a.update(params=a["params"].astype("<U9"))), "form that is not known"),
    "parameters that are not finite": (repacked(lambda a, h: a.update(params=a["params"] * np.nan)), "not finite"),
    "a history of another network": (repacked(lambda a, h: a.update(history=a["history"][:, :-1])), "history"),
    "more training examples than there are": (repacked(put("data", "n_train", 1000)), "1000"),
    "no such task": (repacked(put("data", "task", "poetry")), "poetry"),
    "a feature that is code": (repacked(put("data", "features", ["__import__('os')", "x1"])), "Feature"),
    "fewer weights": (repacked(lambda a, h: a.update(data_weights=a["data_weights"][1:])), "weights"),
    "an epoch before the first": (repacked(put("run", "epoch", -1)), "how far"),
    "a list": (repacked(lambda a, h: h.update(run=[])), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_model_file_gets_a_sentence(name: str) -> None:
    content, said = BAD[name]
    with pytest.raises(InvalidFile) as caught:
        load(content)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400


def test_no_other_librarys_words_are_handed_on() -> None:
    """They are English everywhere, and speak of zip files."""
    for content, said in (
        (b"\x89PNG\r\n" * 99, "this is no model file, or it is damaged"),
        (repacked(lambda a, h: h.update(run=[])), "this model file is damaged or was changed"),
    ):
        with pytest.raises(InvalidFile) as caught:
            load(content)
        assert translated(caught.value.message, "zh") == translated(said, "zh") != said


@pytest.mark.slow
def test_a_bomb_is_not_unpacked() -> None:
    """A gigabyte of zeros in a megabyte, and an array that promises more than the file has."""
    bomb = zipped(header=bytes(300_000_000))
    assert len(bomb) < 500_000
    with pytest.raises(InvalidFile, match="unpacks to 300 MB; 100 MB"):
        load(bomb, most_bytes=100_000_000)
    promise = io.BytesIO()
    np.lib.format.write_array_header_1_0(promise, {"descr": "|u1", "fortran_order": False, "shape": (10**11,)})
    with pytest.raises(InvalidFile, match="cut off"):
        load(zipped(header=promise.getvalue()))


CONTENT = saved(adam())


@settings(max_examples=300)
@given(place=st.integers(0, len(CONTENT) - 1), value=st.integers(0, 255), length=st.integers(1, len(CONTENT)))
def test_damage_is_noticed_or_harmless(place: int, value: int, length: int) -> None:
    for damaged in (CONTENT[:place] + bytes([value]) + CONTENT[place + 1 :], CONTENT[:length], CONTENT[length:]):
        try:
            run = load(damaged)
        except InvalidFile:
            continue
        assert isinstance(run, Run)


def test_the_history_is_a_table() -> None:
    run = adam()
    lines = EXPORTS["csv"](run).decode().split("\r\n")
    assert lines[0].startswith("epoch,train_cost,test_cost,train_accuracy,test_accuracy,learning_rate,gradient_norm_1")
    assert [float(line.split(",")[1]) for line in lines[1:-1]] == run.history["train_cost"].tolist()
    alone = start(
        run.experiment.model_copy(update={"data": run.experiment.data.model_copy(update={"test_share": 0.0})})
    )
    assert EXPORTS["csv"](alone).decode().split("\r\n")[1].split(",")[2] == ""


def test_notes_on_how_data_were_read_stay_where_they_were_read() -> None:
    """A file from elsewhere must not bring sentences along, which are templates."""
    table = {"a": [1.0, 2.0, None, 4.0, 5.0, 6.0], "y": ["p", "q", "p", "q", "p", "q"]}
    data = Data.from_frame(pandas.DataFrame(table), target="y")
    assert data.notes
    run = advance(start(Experiment(), data=data), 2)
    assert same(run, load(saved(run)))
    assert load(saved(run)).data.notes == ()

"""The shell's way in: what it prints, what it writes, and what it says when something is wrong."""

import importlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from dnn import EXPORTS, Experiment, advance, load, start
from dnn.cli import DIVERGED, INTERRUPTED, WRONG, main
from dnn.experiment.links import from_query
from dnn.hosting.page_process import ensure_home

ROOT = Path(__file__).parents[1]
EXPERIMENT = Experiment.of(data={"dataset": "xor", "samples": 60}, training={"optimizer": "adam"}, seed=5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "experiment.json"
    path.write_text(EXPERIMENT.model_dump_json())
    return path


def test_train_writes_what_was_asked_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.parent / "new" / "folder"
    assert main(["train", str(file), "--epochs", "30", "--export", "script, npz,csv", "--out", str(out)]) == 0
    run = advance(start(EXPERIMENT), 30)
    said = capsys.readouterr()
    assert f"Epoch 30: train cost {run.latest['train_cost']!r}" in said.out
    assert "100%" in said.err  # the progress bar
    for name in ("script", "npz", "csv"):
        assert (out / EXPORTS[name].file_name(run)).read_bytes() == EXPORTS[name](run)


def test_what_cannot_be_written_is_said_before_the_work(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module("dnn.export.base"), "find_spec", lambda name: None)
    assert main(["train", str(file), "--epochs", "100000000", "--export", "script,onnx"]) == WRONG
    assert "pip install onnx" in capsys.readouterr().err


def test_where_nothing_can_be_written_is_said_before_the_work(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (file, file / "folder", *([Path("/dev/null/x")] if os.name == "posix" else [])):
        assert main(["train", str(file), "--epochs", "100000000", "--export", "script", "--out", str(out)]) == WRONG
        said = capsys.readouterr()
        assert re.fullmatch(rf"dnn: {re.escape(str(out))}: .+\n", said.err)
        assert said.out == ""
    assert Experiment.model_validate_json(file.read_text()) == EXPERIMENT


@pytest.mark.skipif(os.name != "posix", reason="Windows has no signal for Ctrl-C that one process is sent alone")
def test_ctrl_c_keeps_the_epochs_so_far(file: Path) -> None:
    arguments = ["train", str(file), "--epochs", "100000000", "--export", "npz,csv", "--out", str(file.parent)]
    with subprocess.Popen(
        [sys.executable, "-m", "dnn", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        said = ""
        while not re.search(r"[1-9]\d*/100000000", said):
            said += process.stderr.read(1) if process.stderr else ""
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    (path,) = file.parent.glob("*.npz")
    run = load(path)
    assert run.epoch > 0
    assert f"Interrupted after epoch {run.epoch}.\n" in err
    assert f"Epoch {run.epoch}: train cost {run.latest['train_cost']!r}" in out
    assert run.latest == advance(start(EXPERIMENT), run.epoch).latest
    (table,) = file.parent.glob("*.csv")
    assert table.read_bytes() == EXPORTS["csv"](run)
    assert "Traceback" not in said + err


def test_train_goes_on_with_a_run(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["train", str(file), "--epochs", "3", "--export", "npz", "--out", str(file.parent), "--quiet"])
    assert capsys.readouterr().err == ""
    (path,) = file.parent.glob("*.npz")
    assert main(["train", str(path), "--epochs", "4", "--export", "npz", "--out", str(file.parent)]) == 0
    assert load(path).latest == advance(start(EXPERIMENT), 7).latest
    loud = path.rename(path.with_suffix(".NPZ"))
    assert main(["train", str(loud), "--epochs", "0", "--quiet"]) == 0
    assert "Epoch 7: " in capsys.readouterr().out


def test_share_prints_the_link(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["share", str(file)]) == 0
    address = urlsplit(capsys.readouterr().out.strip())
    assert address.netloc == "localhost:8501"
    assert from_query(dict(parse_qsl(address.query))) == (EXPERIMENT, ())


def test_a_run_that_diverges_has_an_exit_code_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wild.json"
    wild = Experiment.of(
        data={"dataset": "bumps"},
        network={"activation": "linear", "initializer": {"kind": "normal", "scale": 9.0}},
        training={"learning_rate": 9.0},
    )
    path.write_text(wild.model_dump_json())
    assert main(["train", str(path)]) == DIVERGED
    assert "Diverged in epoch" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}]", "Experiment"),
        ('{"seed": 1,\n}', "JSON that is broken in line 2, column 1"),
        ('{"seed": -1}', "Seed: -1 is not allowed; it must be a whole number from 0"),
        ('{"data": {"features": ["__import__(1)"]}}', "Feature: "),
    ],
)
def test_a_bad_experiment_gets_a_sentence(
    content: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    for command in ("train", "share"):
        assert main([command, str(path)]) == WRONG
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith("dnn: ")
        assert said in printed.err


def test_a_bad_run_and_a_missing_file_get_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.npz"
    path.write_bytes(b"nothing")
    assert main(["train", str(path)]) == WRONG
    assert "no model file" in capsys.readouterr().err
    assert main(["share", str(tmp_path / "none.json")]) == WRONG
    assert "none.json: No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["train", "x.json", "--epochs", "-3"], "whole number from 0"),
        (["train", "x.json", "--export", "script,word"], "'word' is not allowed; choose from script"),
        (["train", "x.json", "--epochs", "100000001"], "whole number from 0 to 100000000"),
        (["train", "x.json", "--epochs", "9" * 5000], "whole number from 0 to 100000000"),
        (["fly"], "argument COMMAND: invalid choice: 'fly'"),
        *(
            (["share", "x.json", "--address", wrong], f"{wrong!r} is not allowed; it must be the page's address")
            for wrong in (
                "",
                "foo",
                "foo:8501",
                "http://",
                "http://foo:x/",
                "http://foo/x?y=1",
                "ftp://foo",
                "http://foo/#",
            )
        ),
        (["train"], "file"),
    ],
)
def test_wrong_arguments_get_sentences(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == WRONG
    assert said in capsys.readouterr().err


def test_help_explains_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["train", "--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    for name, export in EXPORTS.items():
        assert re.search(rf"^  {name} +{re.escape(export.label)}:", said, re.MULTILINE)


def test_the_module_runs_in_the_shell(file: Path) -> None:
    command = [sys.executable, "-m", "dnn", "share", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("http://localhost:8501/?data=xor")
    assert done.stderr == ""


def test_without_its_packages_the_page_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dnn.hosting.page_process.find_spec", lambda name: None if name == "plotly" else object())
    assert main([]) == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "dnn: the page needs plotly, not installed here: pip install 'dnn-playground[page]'\n"


def test_a_user_without_an_account_has_a_home_to_look_for_settings_in(monkeypatch: pytest.MonkeyPatch) -> None:
    pwd = pytest.importorskip("pwd")

    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(RuntimeError):
        Path.home()
    ensure_home()
    assert Path.home().is_dir()

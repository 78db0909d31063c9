"""The shell's way in: open the page, train an experiment and write files of it, or print its link."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from dnn.documents import read
from dnn.errors import CannotExport, DnnError
from dnn.experiment import Experiment
from dnn.export import EXPORTS, load
from dnn.links import link
from dnn.run import Run
from dnn.training import advance, start

APP = Path(__file__).parents[1] / "app.py"
ADDRESS = "http://localhost:8501"
DONE, DIVERGED, WRONG = 0, 1, 2  # exit codes
STEPS = 200  # of the progress bar


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; gives the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        code: int = asked.do(asked)
    except (DnnError, OSError) as error:
        print(f"dnn: {_sentence(error)}", file=sys.stderr)  # noqa: T201 - this is the shell
        return WRONG
    except KeyboardInterrupt:
        return 130  # as shells have it
    return code


def _parser() -> argparse.ArgumentParser:
    formats = "\n".join(
        f"  {name:10} {export.label}: {export.help[0].lower()}{export.help[1:]}" for name, export in EXPORTS.items()
    )
    parser = argparse.ArgumentParser(
        prog="python -m dnn",
        description="A deep neural network in bare NumPy. Without a command, its page opens in the browser.",
        epilog="Exit codes: 0 done, 1 the training diverged, 2 something given was wrong.",
    )
    parser.set_defaults(do=_open)
    commands = parser.add_subparsers(title="commands", metavar="")
    train = commands.add_parser(
        "train",
        help="train an experiment, or go on with a run, and write files",
        description="Train an experiment, or go on with a run, and write files of what came out.",
        epilog=f"formats:\n{formats}\n\nexample:\n  python -m dnn train mine.json --epochs 500 --export script,npz",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    train.add_argument("file", type=Path, help="an experiment (.json), as Share on the page gives it, or a run (.npz)")
    train.add_argument("--epochs", type=_count, default=100, help="how many epochs to train (default: %(default)s)")
    train.add_argument(
        "--export", type=_formats, default=[], metavar="FORMATS", help="what to write, with commas between"
    )
    train.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where to write it (default: here)")
    train.add_argument("--quiet", action="store_true", help="no progress bar")
    train.set_defaults(do=_train)
    share = commands.add_parser(
        "share", help="print the link of an experiment", description="Print an experiment's link."
    )
    share.add_argument("file", type=Path, help="an experiment (.json) or a run (.npz)")
    share.add_argument("--address", default=ADDRESS, help="where the page is (default: %(default)s)")
    share.set_defaults(do=_share)
    return parser


def _open(asked: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    os.chdir(APP.parent)  # where its settings are
    if os.name == "posix":
        os.execv(sys.executable, command)  # the server takes this program's place, and what stops the one the other
    return subprocess.call(command)


def _train(asked: argparse.Namespace) -> int:
    begun = _begun(asked.file)
    run = begun if isinstance(begun, Run) else start(begun)
    for name in asked.export:  # before the work, not after it
        if reason := EXPORTS[name].why_not(run):
            raise CannotExport(f"{EXPORTS[name].label}: {reason}")
    step = max(1, asked.epochs // STEPS)
    with tqdm(total=asked.epochs, unit="epoch", disable=asked.quiet) as bar:
        last = run.epoch + asked.epochs
        while run.epoch < last and not run.stopped:
            before, run = run.epoch, advance(run, min(step, last - run.epoch))
            bar.update(run.epoch - before)
            bar.set_postfix(cost=f"{run.latest['train_cost']:.4g}")
    test = f", test cost {run.latest['test_cost']!r}" if run.tested else ""
    _say(f"Epoch {run.epoch}: train cost {run.latest['train_cost']!r}{test}")
    if run.stopped:
        print(run.stopped, file=sys.stderr)  # noqa: T201
    asked.out.mkdir(parents=True, exist_ok=True)
    files = {asked.out / EXPORTS[name].file_name(run): EXPORTS[name](run) for name in asked.export}
    for path, content in files.items():
        path.write_bytes(content)
        _say(str(path))
    return DIVERGED if run.diverged else DONE


def _share(asked: argparse.Namespace) -> int:
    begun = _begun(asked.file)
    _say(link(begun.experiment if isinstance(begun, Run) else begun, asked.address))
    return DONE


def _begun(path: Path) -> Run | Experiment:
    """What is in the file: a run, by its ending, or else an experiment."""
    return load(path) if path.suffix == ".npz" else read(path.read_bytes())


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not allowed; it must be a whole number from 0")
    return int(text)


def _formats(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in EXPORTS:
            raise argparse.ArgumentTypeError(f"{name!r} is not allowed; choose from {', '.join(EXPORTS)}")
    return names


def _say(text: str) -> None:
    print(text)  # noqa: T201


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return textwrap.shorten(str(error), 2000)

"""The command line: open the page, also to a class, train an experiment or a sweep, or print a link."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from tqdm import tqdm

from dnn.errors import CannotExport, DnnError, shown
from dnn.experiment import Experiment
from dnn.experiment.documents import read
from dnn.experiment.links import link
from dnn.export import EXPORTS, load
from dnn.hosting import page_process, serve
from dnn.training import advance, start
from dnn.training.run import Run

ADDRESS = "http://localhost:8501"
DONE, DIVERGED, WRONG, INTERRUPTED = 0, 1, 2, 130  # exit codes; the last one is the shells' convention
MOST_EPOCHS = 100_000_000
MOST_JOBS = 1024
STEP = 0.1  # seconds between two steps of the progress bar


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.do(options)
    except (DnnError, OSError) as error:
        _complain(_message(error))
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    formats = "\n".join(
        f"  {name:10} {export.label}: {export.help[0].lower()}{export.help[1:]}" for name, export in EXPORTS.items()
    )
    parser = argparse.ArgumentParser(
        prog="python -m dnn" if Path(sys.argv[0]).name == "__main__.py" else "dnn",
        description="A deep neural network in bare NumPy. Without a command, its page opens in the browser.",
        epilog="Exit codes: 0 done, 1 the training diverged, 2 an argument or a file was wrong, 130 interrupted.",
    )
    parser.set_defaults(do=_open)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    train = commands.add_parser(
        "train",
        help="train an experiment, or continue a run, and write files",
        description="Train an experiment, or continue a run, and write files of the result.\n"
        "Ctrl-C ends the training early: the files are then those of the epochs so far.",
        epilog=f"formats:\n{formats}\n\nexample:\n  dnn train mine.json --epochs 500 --export script,npz",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    train.add_argument("file", type=Path, help="an experiment (.json), as Share on the page writes it, or a run (.npz)")
    train.add_argument("--epochs", type=_count, default=100, help="how many epochs to train (default: %(default)s)")
    train.add_argument(
        "--export", type=_formats, default=[], metavar="FORMATS", help="which files to write, separated by commas"
    )
    train.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where to write them (default: here)")
    train.add_argument("--quiet", action="store_true", help="no progress bar")
    train.set_defaults(do=_train)
    sweep = commands.add_parser(
        "sweep",
        help="train many experiments that differ in a few settings",
        description="Train the experiments of a sweep. Results are written to a file as they come,\n"
        "one a line. If the command is interrupted, the same command with --resume continues.",
        epilog="example:\n  dnn sweep sweep.json --jobs 8 --out results.jsonl --resume",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sweep.add_argument("file", type=Path, help="a sweep (.json)")
    sweep.add_argument("--jobs", type=_jobs, default=1, help="how many processes train (default: %(default)s)")
    sweep.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler to use instead, like tcp://host:8786")
    sweep.add_argument(
        "--out",
        type=Path,
        default=Path("results.jsonl"),
        metavar="FILE",
        help="the results file (default: %(default)s)",
    )
    sweep.add_argument("--resume", action="store_true", help="continue that file: compute only the missing results")
    sweep.add_argument("--address", type=_address, default=ADDRESS, help="the page's address, for the links")
    sweep.add_argument("--quiet", action="store_true", help="no progress bar")
    sweep.set_defaults(do=_sweep)
    host = commands.add_parser(
        "serve",
        help="open the page to a class",
        description="Serve the page to everybody in this machine's network, within limits.",
        epilog=serve.EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_options(host, _address)
    host.set_defaults(do=_serve)
    share = commands.add_parser(
        "share", help="print the link of an experiment", description="Print an experiment's link."
    )
    share.add_argument("file", type=Path, help="an experiment (.json) or a run (.npz)")
    share.add_argument("--address", type=_address, default=ADDRESS, help="the page's address (default: %(default)s)")
    share.set_defaults(do=_share)
    return parser


def _open(_options: argparse.Namespace) -> int:
    """Run the page's server in this process until it is stopped."""
    page_process.open_page()
    return DONE


def _serve(options: argparse.Namespace) -> int:
    return DONE if serve.run(options, print) else WRONG


def _train(options: argparse.Namespace) -> int:
    source = _open_file(options.file)
    run = source if isinstance(source, Run) else start(source)
    for name in options.export:  # fail before training, not after it
        if reason := EXPORTS[name].why_not(run):
            raise CannotExport(f"{EXPORTS[name].label}: {reason}")
    if options.export:
        _make_folder(options.out)
    first = run.epoch
    run, interrupted = _advance_with_bar(run, options.epochs, quiet=options.quiet)
    if interrupted:
        print(f"Interrupted after epoch {run.epoch}.", file=sys.stderr)
        if run.epoch == first:  # no result yet
            return INTERRUPTED
    test = f", test cost {run.latest['test_cost']!r}" if run.has_test_data else ""
    print(f"Epoch {run.epoch}: train cost {run.latest['train_cost']!r}{test}")
    if run.stopped:
        print(run.stopped, file=sys.stderr)
    files = {options.out / EXPORTS[name].file_name(run): EXPORTS[name](run) for name in options.export}
    for path, content in files.items():
        path.write_bytes(content)
        print(str(path))
    if interrupted:
        return INTERRUPTED
    return DIVERGED if run.diverged else DONE


def _advance_with_bar(run: Run, epochs: int, *, quiet: bool) -> tuple[Run, bool]:
    """Advance ``run`` by ``epochs`` epochs with a progress bar; also return whether it was interrupted."""
    step, last = 1, run.epoch + epochs
    try:
        with tqdm(total=epochs, unit="epoch", disable=quiet) as bar:
            while run.epoch < last and not run.stopped:
                before, began = run.epoch, perf_counter()
                run = advance(run, min(step, last - run.epoch))
                step = max(1, int(step * min(2.0, STEP / max(perf_counter() - began, 1e-9))))
                bar.update(run.epoch - before)
                bar.set_postfix(cost=f"{run.latest['train_cost']:.4g}")
    except KeyboardInterrupt:
        return run, True
    return run, False


def _make_folder(folder: Path) -> None:
    """Make the output folder if it does not exist; raises OSError."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _share(options: argparse.Namespace) -> int:
    source = _open_file(options.file)
    print(link(source.experiment if isinstance(source, Run) else source, options.address))
    return DONE


def _sweep(options: argparse.Namespace) -> int:
    from dnn.sweeps import command  # start-up time: it loads scikit-learn

    sweep, names = command.read_sweep(options.file), ("jobs", "cluster", "resume", "address", "quiet")
    tally, interrupted = command.run_with_bar(sweep, options.out, **{name: getattr(options, name) for name in names})
    for line in tally.lines():
        print(line)
    if interrupted:
        _complain(f"interrupted; {command.GO_ON} with {options.out}")
        return INTERRUPTED
    return DONE if tally.best else DIVERGED


def _open_file(path: Path) -> Run | Experiment:
    """Open a run from an .npz file, else an experiment."""
    return load(path) if path.suffix.lower() == ".npz" else read(path.read_bytes())


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= MOST_EPOCHS):
        allowed = f"it must be a whole number from 0 to {MOST_EPOCHS}"
        raise argparse.ArgumentTypeError(f"{shown(text)} is not allowed; {allowed}")
    return int(text)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST_JOBS):
        allowed = f"it must be a whole number from 1 to {MOST_JOBS}"
        raise argparse.ArgumentTypeError(f"{shown(text)} is not allowed; {allowed}")
    return int(text)


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not set(" ?#") & set(text)
    except ValueError:  # not a valid port
        fits = False
    if not fits:
        allowed = f"it must be the page's address, like {ADDRESS}, without ? and #"
        raise argparse.ArgumentTypeError(f"{shown(text)} is not allowed; {allowed}")
    return text


def _formats(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in EXPORTS:
            raise argparse.ArgumentTypeError(f"{name!r} is not allowed; choose from {', '.join(EXPORTS)}")
    return names


def _complain(text: str) -> None:
    print(f"dnn: {text}", file=sys.stderr)


def _message(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return textwrap.shorten(str(error), 2000)

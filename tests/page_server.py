"""The page as a test serves it by a command: from its start until it is stopped."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.services import stop

PATIENCE = 60.0  # seconds in which it must answer


def is_up(address: str) -> bool:
    """Whether a page answers there."""
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
            return True
    except OSError:
        return False


@contextmanager
def served(port: int, folder: Path, environment: Mapping[str, str], log: Path, *words: str) -> Iterator[str]:
    """The address of the page that `python -m dnn` with more ``words`` serves; its output goes to ``log``."""
    address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
    command = [sys.executable, "-m", "dnn", *words]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        while not is_up(address):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield address
    finally:
        stop(process, patience=30)

"""The playground's own server, and others, started for a table and stopped afterwards."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"


@contextlib.contextmanager
def served(command: list[str], address: str) -> Iterator[subprocess.Popen[str]]:
    """A server that has answered at ``address``, and that is stopped afterwards, come what may."""
    # as a person starts it: without the one BLAS thread that `make bench` asks for
    env = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    with subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            deadline = time.monotonic() + 60
            while not answers(address):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"the server did not start: {' '.join(command)}")
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def answers(address: str) -> bool:
    """Whether somebody serves ``address``."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def playground() -> Iterator[str]:
    """The playground itself; gives its address."""
    with playground_process() as (url, _):
        yield url


@contextlib.contextmanager
def playground_process() -> Iterator[tuple[str, int]]:
    """The playground itself; gives its address and the number of its process."""
    port = free_port()
    options = ["--server.headless", "true", "--server.address", HOST, "--server.port", str(port)]
    options += ["--server.fileWatcherType", "none"]
    with served(["-m", "streamlit", "run", "app.py", *options], f"http://{HOST}:{port}/_stcore/health") as server:
        yield f"http://{HOST}:{port}", server.pid

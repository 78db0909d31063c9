"""Servers that tests start themselves: where those of other projects are, and how each is stopped."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

PLACES = (os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")  # where .ci/services looks


def find_service(name: str) -> str:
    """The path of the program ``name``. Without it the test is skipped, and fails on Linux where CI=true."""
    path = shutil.which(name, path=os.pathsep.join(PLACES))
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" and sys.platform == "linux" else pytest.skip
        missing(f"no {name} on this machine: `make test` installs it where it can")
    return path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def stop(process: subprocess.Popen[bytes], patience: float = 10) -> None:
    """End a server, by force if it takes more than ``patience`` seconds."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

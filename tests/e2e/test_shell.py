"""`python -m dnn` without a command opens the page."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from tests.e2e.conftest import ROOT, wait_until_healthy


def test_the_module_serves_the_page_and_stops_with_it(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"HEADLESS": "true", "ADDRESS": "127.0.0.1", "PORT": str(port)}
    environment = os.environ | {f"STREAMLIT_SERVER_{name}": value for name, value in settings.items()}
    log = tmp_path / "log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "dnn"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            wait_until_healthy(process, f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait(30)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0  # nothing goes on behind
    assert "Traceback" not in log.read_text()

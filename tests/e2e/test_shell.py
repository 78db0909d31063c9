"""`python -m dnn` without a command opens the page."""

import os
import socket
from pathlib import Path

from tests.page_server import served
from tests.services import free_port

ROOT = Path(__file__).parents[2]


def test_the_module_serves_the_page_and_stops_with_it(tmp_path: Path) -> None:
    port = free_port()
    settings = {"HEADLESS": "true", "ADDRESS": "127.0.0.1", "PORT": str(port)}
    environment = os.environ | {f"STREAMLIT_SERVER_{name}": value for name, value in settings.items()}
    log = tmp_path / "log"
    with served(port, ROOT, environment, log):
        pass
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0  # nothing goes on behind
    assert "Traceback" not in log.read_text()

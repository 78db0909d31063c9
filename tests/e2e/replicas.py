"""Two replicas of the playground behind nginx, with the very configuration of deploy/nginx."""

import contextlib
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path

import pytest

from tests.e2e.conftest import start_server
from tests.services import find_service, free_port, stop

ROOT = Path(__file__).parents[2]
BASE = "/dnn"
# nginx's own part of the configuration. Where root starts it, its workers must be able to write into root's folder.
MAIN = """{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/dnn.conf;
}}
"""


class Stay(urllib.request.HTTPRedirectHandler):
    """It follows no redirection."""

    def redirect_request(self, *args: object) -> None:
        return None


@dataclass
class Replicas:
    """The address of nginx, and the replicas behind it by the name that their cookie has."""

    origin: str
    processes: dict[str, subprocess.Popen[bytes]]
    access_log: Path

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.origin + BASE

    def get(self, path: str, cookie: str = "", **more: str) -> tuple[int, HTTPMessage, str]:
        """Status, headers and text of what nginx answers; ``more`` are headers with _ for -."""
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        headers |= {"Cookie": f"dnn_replica={cookie}"} if cookie else {}
        request = urllib.request.Request(self.origin + path, headers=headers)
        try:
            with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def kill(self, name: str) -> None:
        """End a replica as a crash does."""
        self.processes[name].kill()
        self.processes[name].wait()


def rendered(listen: int, ports: tuple[int, int], folder: Path) -> str:
    """The configuration with the ports of a test. Each text that gives way must be there."""
    text = (ROOT / "deploy" / "nginx" / "dnn.conf").read_text(encoding="utf-8")
    changes = {
        "listen 80;": f"listen 127.0.0.1:{listen};",
        "/var/log/nginx/dnn.log": str(folder / "access.log"),
        ":8501": f":{ports[0]}",
        ":8502": f":{ports[1]}",
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


@contextlib.contextmanager
def replicas_behind_nginx(folder: Path) -> Iterator[Replicas]:
    """Start all three, and stop them. No replica may have logged a traceback."""
    program = find_service("nginx")
    ports, listen = (free_port(), free_port()), free_port()
    logs = [folder / f"replica-{number}.log" for number in (1, 2)]
    (folder / "dnn.conf").write_text(rendered(listen, ports, folder), encoding="utf-8")
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(user=user, folder=folder), encoding="utf-8")
    with contextlib.ExitStack() as running:
        nginx = subprocess.Popen(
            [program, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL
        )
        running.callback(stop, nginx)
        with ThreadPoolExecutor() as pool:
            started = [pool.submit(start_server, port, log, BASE) for port, log in zip(ports, logs, strict=True)]
        for each in started:
            if each.exception() is None:
                running.callback(stop, each.result())
        found = Replicas(
            f"http://127.0.0.1:{listen}",
            {str(number): each.result() for number, each in enumerate(started, 1)},
            folder / "access.log",
        )
        wait_for_nginx(nginx, found, folder)
        yield found
    for log in logs:
        assert "Traceback" not in log.read_text(), log.read_text()


def wait_for_nginx(nginx: subprocess.Popen[bytes], found: Replicas, folder: Path) -> None:
    deadline = time.monotonic() + 20
    while nginx.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            found.get(BASE)
            return
        time.sleep(0.05)
    pytest.fail(f"nginx did not start:\n{(folder / 'error.log').read_text()}")

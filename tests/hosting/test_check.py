"""`dnn serve --check`: what it finds on machines that are fine, and on those that are not."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dnn.classroom.open_store import VARIABLE, open_store
from dnn.cli import DONE, WRONG, main
from dnn.hosting import network, page_process, proxy
from dnn.hosting.check import check, classes, clock, firewall, listening, newest_file, packages, proxy_lines, room
from dnn.hosting.memory import BASE, SESSION, available, needed, sessions_in
from dnn.hosting.proxy import ask, origin
from tests.classroom.redis_server import redis_server
from tests.services import free_port


@contextmanager
def server(health: str = "ok", opens: int = 101, seconds: float = 0.0) -> Iterator[str]:
    """The address of a server, or of a proxy, that answers so and whose clock is ``seconds`` ahead."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asks = self.headers.get("Upgrade") == "websocket" and self.path == "/dnn/_stcore/stream"
            body = b"" if asks else health.encode()
            self.send_response(opens if asks else 200)
            if not (asks and opens == 101):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(time.time() + seconds)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_address[1]}/dnn/"
        finally:
            listening.shutdown()
            thread.join()


# the command


def test_it_says_what_it_found_and_its_exit_code_is_the_worst(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy, "PATIENCE", 0.5)  # for the server below that never answers
    port = free_port()
    arguments = ["serve", "--check", "--address", "127.0.0.1", "--port", str(port), "--sessions", "1"]
    assert main(arguments) == DONE
    said = capsys.readouterr().out
    assert f"ok       port: {port} is free\n" in said
    assert "warning  address: 127.0.0.1 is this machine alone\n         For a class" in said
    assert "problem" not in said
    with socket.create_server(("127.0.0.1", port)) as taken:
        taken.settimeout(1)
        assert main([*arguments, "--url", f"http://127.0.0.1:{free_port()}"]) == WRONG
    said = capsys.readouterr().out
    assert f"problem  port: port {port} is taken" in said
    assert "problem  proxy: no playground answers at" in said


def test_every_topic_is_looked_at_once() -> None:
    with server() as url:
        lines = list(check("0.0.0.0", free_port(), 30, url))
    topics = ["packages", "port", "address", "firewall", "proxy", "WebSocket", "classes", "clock", "memory"]
    assert [line.topic for line in lines] == topics


@pytest.mark.parametrize("wrong", ["school.example", "ftp://school.example", "http://school.example/?a=b"])
def test_an_address_that_is_none_is_said(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--check", "--url", wrong])
    assert "it must be the page's address" in capsys.readouterr().err


# each topic


def test_a_missing_package_is_a_problem_and_a_missing_code_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dnn.hosting.check.find_spec", lambda name: None)
    assert (packages().level, packages().do) == ("warning", "Run: pip install segno")
    monkeypatch.setattr("dnn.hosting.check.find_spec", lambda name: object())
    assert packages().level == "ok"
    monkeypatch.setattr(page_process, "find_spec", lambda name: None)
    assert packages().level == "problem"
    assert "pip install" in packages().found


def test_a_port_that_a_playground_has_already_is_fine() -> None:
    with server() as url:
        port = int(url.split(":")[2].split("/")[0])
        first, _ = listening("127.0.0.1", port)
    assert (first.level, first.found) == ("ok", f"a playground listens on {port} already")


def test_a_machine_without_a_network_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "network_addresses", lambda: ())
    assert [line.level for line in listening("0.0.0.0", free_port())] == ["ok", "problem"]
    monkeypatch.setattr(network, "network_addresses", lambda: ("192.168.1.7", "10.0.0.5"))
    _, line = listening("0.0.0.0", 8600)
    assert line.found == "pupils type http://192.168.1.7:8600 or http://10.0.0.5:8600"


def test_a_firewall_that_is_on_gets_the_command_that_opens_the_port(tmp_path: Path) -> None:
    assert firewall(8600, "linux", tmp_path).level == "ok"
    settings = tmp_path / "etc" / "ufw" / "ufw.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text("# ENABLED=yes\nENABLED=no\n")
    assert firewall(8600, "linux", tmp_path).level == "ok"
    settings.write_text("ENABLED=yes\n")
    assert "sudo ufw allow 8600/tcp" in firewall(8600, "linux", tmp_path).do
    settings.unlink()
    (tmp_path / "run" / "firewalld").mkdir(parents=True)
    assert "--add-port=8600/tcp" in firewall(8600, "linux", tmp_path).do
    assert firewall(8600, "win32", tmp_path).level == firewall(8600, "darwin", tmp_path).level == "warning"


@pytest.mark.parametrize(
    ("opens", "levels", "said"),
    [
        (101, ["ok", "ok"], "it comes through"),
        (403, ["ok", "problem"], "DNN_TRUSTED_ORIGINS=http://127.0.0.1:"),
        (400, ["ok", "problem"], "pass on the headers Upgrade and Connection"),
        (200, ["ok", "problem"], "does not come through (200)"),
    ],
)
def test_a_proxy_must_let_the_socket_through(opens: int, levels: list[str], said: str) -> None:
    with server(opens=opens) as url:
        found = ask(url)
        lines = list(proxy_lines(url, found))
    assert (found.is_playground, found.socket) == (True, opens)
    assert [line.level for line in lines] == levels
    assert said in str(lines[-1])


def test_another_server_at_that_address_is_a_problem() -> None:
    with server(health="<html>") as url:
        (line,) = proxy_lines(url, ask(url))
    assert line.level == "problem"
    nobody = ask(f"http://127.0.0.1:{free_port()}")
    assert (nobody.is_playground, nobody.socket) == (False, None)
    assert "refused" in nobody.said


def test_an_origin_is_what_a_browser_names() -> None:
    assert origin("HTTPS://DNN.School.example:8443/dnn/") == "https://dnn.school.example:8443"


def test_a_clock_that_is_wrong_is_said() -> None:
    newest = newest_file()
    assert clock(newest, newest, None).level == clock(newest, newest, newest + 60).level == "ok"
    assert clock(newest - 3600, newest, None).level == "problem"
    assert clock(newest, newest, newest + 90) == clock(newest, newest, newest - 90)
    assert "90 seconds away" in clock(newest, newest, newest + 90).found
    with server(seconds=3600) as url:
        assert ask(url).date == pytest.approx(time.time() + 3600, abs=30)


def test_memory_for_the_sessions() -> None:
    enough = int(needed(30))
    assert sessions_in(enough) == 30
    assert room(30, enough).level == "ok"
    short = room(30, enough - 1)
    assert short.level == "problem"
    assert "--sessions 29;" in short.do
    assert room(30, int(BASE - SESSION)).do == "End other programs."
    assert room(30, None).level == "warning"


def test_a_containers_limit_counts(tmp_path: Path) -> None:
    assert available(tmp_path, "linux") is None
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "meminfo").write_text("MemTotal: 9000 kB\nMemAvailable:    4000 kB\n")
    assert available(tmp_path, "linux") == 4000 * 1024
    group = tmp_path / "sys" / "fs" / "cgroup"
    group.mkdir(parents=True)
    (group / "memory.max").write_text("max\n")
    (group / "memory.current").write_text("1000\n")
    assert available(tmp_path, "linux") == 4000 * 1024  # no limit
    (group / "memory.max").write_text("3000\n")
    assert available(tmp_path, "linux") == 2000
    (group / "memory.stat").write_text("anon 900\ninactive_file 100\n")
    assert available(tmp_path, "linux") == 2100


def test_this_machine_says_what_is_free() -> None:
    free = available()
    assert free is None or free > 0


# where classes are kept


@pytest.fixture
def new_store() -> Iterator[None]:
    open_store.cache_clear()
    yield
    open_store.cache_clear()


@pytest.mark.usefixtures("new_store")
def test_classes_are_in_memory_or_in_a_redis_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert (classes().level, "memory" in classes().found) == ("ok", True)
    with redis_server() as redis:
        monkeypatch.setenv(VARIABLE, redis.url)
        assert (classes().level, "answers" in classes().found) == ("ok", True)
    assert classes().level == "problem"


@pytest.mark.usefixtures("new_store")
def test_an_address_that_is_none_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "localhost:6379")
    assert (classes().level, VARIABLE in classes().found) == ("problem", True)

"""What strangers can set, names above all, makes no element and no request; and the page under a proxy's name."""

import contextlib
import json
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from dnn import Experiment
from dnn.datasets.custom_data import CustomData
from dnn.datasets.rows import Rows
from dnn.experiment.links import to_query
from tests.e2e.conftest import free_port, start_server
from tests.e2e.test_playground import PANEL, wait_for_charts

WAIT = 30_000
HOSTILE = (
    "![a](//other.example/b.png)",
    "[a](//other.example)",
    "www.other.example/a",
    "http://other.example/b",
    "me@other.example",
    "<img src=//other.example/c.png>",
    '<a href="//other.example">a</a>',
    r"$\href{//other.example}{a}$",
    ":material/home:",
    ":red[a] :streamlit:",
    ":material_home: :smile:",
    "\u202eelpmaxe.rehto",
    "<svg onload=alert(1)>",
    "a" * 10_000,
)
# Elements that such a name has become: their addresses lead elsewhere, or they are an icon, colour, picture or formula.
MADE = r"""() => [...document.querySelectorAll('*')].filter((each) => {
    const addresses = ['href', 'src', 'xlink:href'].map((name) => each.getAttribute(name)).filter(Boolean);
    return addresses.map((address) => new URL(address, document.baseURI))
        .some(({ protocol, host }) => protocol === 'mailto:' || host.endsWith('other.example'))
      || each.alt === 'Streamlit logo'
      || (each.matches('.stMarkdownColoredText') && each.textContent === 'a')
      || each.matches('[onload]');
  }).map((each) => each.outerHTML.slice(0, 200))"""
TEXTS = r"""selector => [...document.querySelectorAll(selector)].map((each) =>
    each.textContent.replaceAll('\u2060', ''))"""


def link(inputs: tuple[str, ...], classes: tuple[str, ...]) -> str:
    X = np.random.default_rng(1).normal(size=(40, len(inputs))).round(2)
    own = CustomData(
        rows=Rows(np.column_stack([X, np.arange(40) % len(classes)])),
        inputs=inputs,
        classes=classes,
        target=HOSTILE[0],
    )
    words = to_query(Experiment.of(data={"dataset": own, "standardize": "each"}))
    texts = {"title": HOSTILE[0] + HOSTILE[2] + HOSTILE[5][:30], "task": " ".join(HOSTILE[:-1])}
    return urlencode(words | texts)


def innocent(page: Page, where: str) -> None:
    page.wait_for_timeout(300)  # for pictures that would be asked for
    assert page.evaluate(MADE) == [], where
    assert page.get_by_test_id("stException").count() == 0, where


def shown(name: str) -> str:
    """A name as data keep it, without what turns it round."""
    name = " ".join(name.split()).replace("\u202e", "")
    return name if len(name) <= 40 else f"{name[:39]}…"


def close_dialog(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("turn", [0, 7])
def test_hostile_names_are_only_letters(page: Page, server: str, turn: int) -> None:
    names = HOSTILE[turn:] + HOSTILE[:turn]
    query = link(names[:7], names[7:])
    page.goto(f"{server}/?{query}")
    expect(page.locator(PANEL)).to_have_attribute("data-state", "paused", timeout=WAIT)  # a teacher's link waits
    wait_for_charts(page)
    innocent(page, "the page")
    page.locator("summary", has_text="Inputs and weights").click()
    expect(page.get_by_text("The network sees")).to_be_visible()
    expect(page.locator(".st-key-features button").first).to_be_visible()
    pills = page.evaluate(TEXTS, ".st-key-features button")
    assert {shown(name) for name in names[:7]} <= {" ".join(text.split()) for text in pills}
    innocent(page, "the fold")
    page.locator(".dnn-boundary > [role=img]").first.hover()
    page.locator("[data-testid=stTooltipHoverTarget]").first.hover()
    innocent(page, "pointed at")

    page.get_by_role("button", name="Edit", exact=True).click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    innocent(page, "the editor")
    close_dialog(page)

    page.get_by_role("button", name="Open a table").click()
    table = "\t".join(names) + "\n" + "\n".join("\t".join([*map(str, range(13)), name]) for name in names[:8] * 2)
    page.get_by_label("Or paste a table").fill(table)
    page.get_by_label("Or paste a table").press("Control+Enter")
    expect(page.get_by_role("button", name="Use this table")).to_be_visible(timeout=WAIT)
    innocent(page, "a pasted table")
    file = {"name": "![a](www.other.example).csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_text("This is what the file")).to_be_visible(timeout=WAIT)
    page.get_by_role("dialog").get_by_role("combobox", name="Target").click()
    innocent(page, "a file")
    page.keyboard.press("Escape")
    close_dialog(page)

    page.locator(".st-key-share button").first.click()
    page.get_by_role("button", name="Link for pupils").click()
    expect(page.get_by_role("button", name="Copy link for pupils")).to_be_visible()
    innocent(page, "the link for pupils")
    close_dialog(page)

    page.get_by_role("button", name="Inside").click()
    expect(page.get_by_test_id("matrices")).to_have_attribute("data-stop", "x", timeout=WAIT)
    innocent(page, "inside one step")
    page.get_by_text("One weight").click()
    page.get_by_role("combobox", name="From").click()
    innocent(page, "one weight")


@pytest.mark.parametrize(
    "path", ["", "lessons", "inside", "mistakes", "shapes", "textbook", "trainability", "sweep", "compare"]
)
def test_hostile_words_of_an_address_are_only_letters(page: Page, server: str, path: str) -> None:
    words = (
        "lang",
        "lesson",
        "show",
        "layers",
        "features",
        "learning_rate",
        "data",
        "optimizer",
        "activation",
        "nonsense",
    )
    query = dict(zip(words, HOSTILE, strict=False)) | {"title": HOSTILE[1], "task": " ".join(HOSTILE[:-1])}
    query |= {f"2.{word}": text for word, text in query.items()} | {"7.x": HOSTILE[0], HOSTILE[5]: HOSTILE[6]}
    query |= {f"axis.{number}": text for number, text in enumerate(HOSTILE[:-1])}
    query |= {"axis.x": f"training.{HOSTILE[0]}:1", "axis.y": f"training.loss:{json.dumps(HOSTILE)[1:-1]}"}
    page.goto(f"{server}/{path}?{urlencode(query)}")
    expect(page.locator("h1, h2").first).to_be_visible(timeout=WAIT)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=WAIT)
    innocent(page, path)


# under another name


def pipe(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


class PassOn(socketserver.BaseRequestHandler):
    """One request, in which the Host header becomes another name, as nginx has it; then whatever follows."""

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (data := self.request.recv(65_536)):
                return
            head += data
        head = re.sub(rb"(?im)^host: .*\r$", b"Host: backend.example:8501\r", head)
        if b"upgrade: websocket" not in head.lower():  # one request for each connection
            head = re.sub(rb"(?im)^connection: .*\r$", b"Connection: close\r", head)
        assert isinstance(self.server, Proxy)
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.server.behind)) as behind:
            behind.sendall(head)
            threading.Thread(target=pipe, args=(self.request, behind), daemon=True).start()
            pipe(behind, self.request)


class Proxy(socketserver.ThreadingTCPServer):
    """It passes requests on to the port ``behind``."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), PassOn)
        self.behind = free_port()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with Proxy() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("trusted", [True, False])
def test_behind_a_proxy_it_plays_where_a_setting_says_so_and_else_says_why_not(
    page: Page, proxy: Proxy, trusted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"http://127.0.0.1:{proxy.server_address[1]}"
    if trusted:
        monkeypatch.setenv("DNN_TRUSTED_ORIGINS", address)
    process = start_server(proxy.behind, tmp_path / "log")
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(urlsplit(socket.url).path))
    try:
        page.goto(address)
        if trusted:
            expect(page.locator(PANEL)).to_have_attribute("data-state", "playing", timeout=WAIT)
        else:
            notice = page.locator(".dnn-notice").first
            expect(notice).to_contain_text(f"DNN_TRUSTED_ORIGINS={address}", timeout=WAIT)
            page.wait_for_timeout(2000)  # it would have been opened again four times
        assert len([path for path in opened if "/live/socket/" in path]) == 1
    finally:
        process.kill()
        process.wait()

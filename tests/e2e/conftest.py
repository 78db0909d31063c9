"""The browser tests' surroundings: one server, one browser, and a fresh page without network for every test."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    ViewportSize,
    WebError,
    expect,
    sync_playwright,
)

from tests.chromium import find_chromium
from tests.page_server import is_up
from tests.services import free_port, stop

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No other host is found, and nothing is intercepted for that: interception switches the browser's cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # The scripts that Streamlit is made of are modules, which the browser only keeps compiled without the first of
    # these. The others are those of Playwright's own list that a page could feel: this list takes that one's place.
    "--disable-features=BackgroundResourceFetch,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
    "OptimizationHints,NetworkTimeServiceQuerying,PreconnectToSearch",
]
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
FOREIGN = re.compile(r"^(https?|wss?)://(?!(127\.0\.0\.1|localhost)[:/])")

expect.set_options(timeout=15_000)  # a machine with much to do answers late, and not wrongly

# a visitor who has been here: no tour stands over the page (the first, empty page may keep nothing)
SEEN = "try { localStorage.setItem('dnn.first-steps', 'seen') } catch {}"

# A display that shows about 10 frames a second: at 60 a page that plays takes a whole core from the other tests.
SLOW_DISPLAY = """(() => {
    const frame = window.requestAnimationFrame.bind(window), cancel = window.cancelAnimationFrame.bind(window);
    const waiting = new Map();
    window.requestAnimationFrame = (draw) => {
        const id = setTimeout(() => waiting.set(id, frame((now) => { waiting.delete(id); draw(now); })), 80);
        return id;
    };
    window.cancelAnimationFrame = (id) => { clearTimeout(id); if (waiting.has(id)) cancel(waiting.get(id)); };
})()"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked, and run last: the quick ones first, and Playwright's event loop disturbs none."""
    items.sort(key=in_browser)
    for item in filter(in_browser, items):
        item.add_marker("e2e")
        item.add_marker(pytest.mark.timeout(300))  # a journey of several tests, which share what takes longest


def in_browser(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


def launch(playwright: Playwright, profile: Path) -> BrowserContext:
    start = playwright.chromium.launch_persistent_context
    try:
        # Without motion: Streamlit's animations would be drawn 60 times a second, which costs as much as its scripts.
        return start(profile, executable_path=find_chromium(), args=FLAGS, viewport=DESKTOP, reduced_motion="reduce")
    except Error as error:
        if "Executable doesn't exist" not in error.message:
            raise
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no Chromium on this machine: `make test` installs one where it can")


@pytest.fixture(scope="session")
def returning_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser that has opened the page before: it has the scripts, compiled, and nothing else of what was done.

    Only one with a profile on disk keeps compiled scripts. Its first tab stays empty, and open.
    """
    with sync_playwright() as playwright:
        context = launch(playwright, tmp_path_factory.mktemp("profile"))
        context.add_init_script(SEEN)
        context.add_init_script(SLOW_DISPLAY)
        yield context
        context.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running playground. Its whole output is read at the end: no traceback may have been logged."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log"
    process = start_server(port, log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)
    assert "Traceback" not in log.read_text(), log.read_text()


def start_server(port: int, log: Path, base: str = "") -> subprocess.Popen[bytes]:
    """A playground on this port that answers under the path ``base``, and writes what it says to ``log``."""
    options = ["--server.headless", "true", "--server.address", "127.0.0.1", "--server.port", str(port)]
    options += ["--server.fileWatcherType", "none", "--server.baseUrlPath", base]
    options += ["--server.disconnectedSessionTTL", "6"]  # a closed tab is given up while a test looks on
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    wait_until_healthy(process, f"http://127.0.0.1:{port}{base}", log)
    return process


def wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if is_up(url):
            return
        time.sleep(0.1)
    process.kill()
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture
def newcomer(returning_browser: BrowserContext) -> Iterator[Page]:
    """A tab of a browser that has never opened the page: the first steps are shown in it."""
    assert returning_browser.browser is not None
    context = returning_browser.browser.new_context(viewport=DESKTOP)
    context.add_init_script(SLOW_DISPLAY)
    yield context.new_page()
    context.close()


@pytest.fixture
def console_errors() -> list[str]:
    """What the page under test wrote to the console as errors."""
    return []


@pytest.fixture
def page(returning_browser: BrowserContext, server: str, console_errors: list[str]) -> Iterator[Page]:
    """A new tab without anything stored that cannot reach another host; asking for one, or an error, fails the test."""
    context = returning_browser
    foreign: list[str] = []
    uncaught: list[str] = []
    blocked: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            console_errors.append(message.text)
            if "Content Security Policy" in message.text:
                blocked.append(message.text)

    def note_request(request: Request) -> None:
        if FOREIGN.match(request.url):
            foreign.append(request.url)

    def note_socket(page: Page) -> None:
        page.on("websocket", lambda socket: foreign.append(socket.url) if FOREIGN.match(socket.url) else None)

    def note_error(error: WebError) -> None:
        uncaught.append(str(error.error))

    context.on("console", note_console)
    context.on("weberror", note_error)
    context.on("request", note_request)
    context.on("page", note_socket)
    try:
        yield context.new_page()
    finally:
        forget(context, server)
        context.remove_listener("console", note_console)
        context.remove_listener("weberror", note_error)
        context.remove_listener("request", note_request)
        context.remove_listener("page", note_socket)
    assert foreign == [], "the page asked another host"
    assert uncaught == [], "JavaScript raised"
    assert blocked == [], "the page needs what its policy forbids"


def forget(context: BrowserContext, address: str) -> None:
    """Close all tabs but the first, and clear what the pages of ``address`` have stored; the scripts stay."""
    first, *others = context.pages
    for page in others:
        page.close()
    client = context.new_cdp_session(first)
    kinds = "cookies,local_storage,indexeddb,service_workers,cache_storage"
    client.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": kinds})
    client.detach()

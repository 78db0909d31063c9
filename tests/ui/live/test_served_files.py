"""The files that the live view's scripts are made of: all of them are served, and no other."""

import posixpath
import re
from pathlib import Path

import plotly
import pytest
from starlette.testclient import TestClient

from dnn import web
from dnn.ui.live.socket import STATIC
from dnn.ui.panel import component

FILES = [path for path in STATIC.rglob("*") if path.is_file() and path.suffix != ".ts"]  # types are for the checker
SERVED = {f"/ui/live/static/{path.relative_to(STATIC).as_posix()}": path for path in FILES}
SERVED |= {f"/web/{path.name}": path for path in web.FOLDER.glob("*.js")}


def _mistakes(client: TestClient, url: str) -> list[str]:
    """What is wrong with the answers to a browser that asks for a file, and asks again."""
    answer = client.get(url)
    if answer.status_code != 200:
        return [f"status {answer.status_code}"]
    headers = answer.headers
    kind = {".js": "javascript", ".css": "text/css"}[Path(url).suffix]
    again = client.get(url, headers={"if-none-match": headers.get("etag", "")})
    right = {
        "content": answer.content == SERVED[url].read_bytes(),
        "cache-control": headers.get("cache-control") == "public, max-age=0",
        "etag": bool(headers.get("etag")),
        "content-type": kind in headers.get("content-type", ""),  # a browser runs no module of another type
        "the second answer": again.status_code == 304,
    }
    return [name for name, is_right in right.items() if not is_right]


def test_the_panels_files_are_served_and_asked_for_anew(client: TestClient) -> None:
    assert len(SERVED) > 140
    assert {url: mistakes for url in sorted(SERVED) if (mistakes := _mistakes(client, url))} == {}


def test_plotly_is_the_installed_packages_and_kept_for_long(client: TestClient) -> None:
    answer = client.get(f"/live/plotly-{plotly.__version__}/plotly.min.js")
    assert answer.status_code == 200
    assert answer.content == (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()
    age = re.fullmatch(r"public, max-age=(\d+)", answer.headers["cache-control"])
    assert age is not None
    assert int(age[1]) >= 30 * 24 * 3600


@pytest.mark.parametrize("folder", ["/ui/live/static", "/web"])
@pytest.mark.parametrize(
    "path", ["nothing.js", "__init__.py", "../socket.py", "..%2fsocket.py", "%2e%2e/player.py", "../__init__.py", ""]
)
def test_no_other_file_is_served(client: TestClient, folder: str, path: str) -> None:
    answer = client.get(f"{folder}/{path}")
    assert answer.status_code == 404
    assert "max-age" not in answer.headers.get("cache-control", "")


def test_every_file_that_the_browser_is_told_to_fetch_is_served() -> None:
    """A script asks for others by paths relative to its own address: they must lead to what is served."""
    fetched = {f"/ui/live/static/{name}" for name in re.findall(r"'(\w+\.(?:js|css))'", component.JS)}
    assert fetched
    for url, file in SERVED.items():
        names = re.findall(r"^(?:import|export) [^;]*? from '([^']+)'", file.read_text(encoding="utf-8"), re.MULTILINE)
        fetched |= {posixpath.normpath(f"{posixpath.dirname(url)}/{name}") for name in names}
    assert fetched <= SERVED.keys()

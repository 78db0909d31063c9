"""Two replicas behind a real nginx: who comes stays with one of them, and goes on at the other when it is gone."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from dnn import Experiment, Run, load
from dnn.data.names import Names
from dnn.datasets.custom_data import CustomData
from dnn.experiment.links import to_query
from tests.e2e.playground import PANEL, number, wait_for
from tests.e2e.replicas import Replicas, replicas_behind_nginx

HEALTH = "/dnn/_stcore/health"
WAIT = 60_000
TABLE = "width,height,kind\n" + "".join(f"{k % 7},{k % 11 / 4},{'ab'[k % 7 > 3]}\n" for k in range(400))
KEPT = "() => sessionStorage.getItem('dnn.run')"
KEPT_ANEW = f"before => ![before, null].includes(({KEPT})())"
NOTICES = ".dnn-notices .dnn-notice"


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    with replicas_behind_nginx(tmp_path_factory.mktemp("replicas")) as found:
        yield found


def cookie_after(replicas: Replicas, cookie: str = "") -> str:
    """The replica that a browser's cookie names after an answer."""
    status, headers, _ = replicas.get(HEALTH, cookie)
    assert status == 200
    given = [each for each in headers.get_all("Set-Cookie", []) if each.startswith("dnn_replica=")]
    assert all(each.endswith("; Path=/dnn/; HttpOnly; SameSite=Lax") for each in given)
    return given[0].partition(";")[0].removeprefix("dnn_replica=") if given else cookie


def test_newcomers_are_spread_and_whoever_has_a_cookie_stays(replicas: Replicas) -> None:
    assert {cookie_after(replicas) for _ in range(40)} == {"1", "2"}
    for name in ("1", "2"):
        before = replicas.get(HEALTH, name)[1]
        assert not [each for each in before.get_all("Set-Cookie", []) if each.startswith("dnn_replica=")]
    assert cookie_after(replicas, "3; Domain=other.example") in ("1", "2")


def test_in_a_frame_of_another_site_the_cookie_is_one_that_browsers_keep(replicas: Replicas) -> None:
    given = replicas.get("/dnn/", sec_fetch_dest="iframe")[1].get_all("Set-Cookie", [])
    (replica,) = [each for each in given if each.startswith("dnn_replica=")]
    assert replica.endswith("; Path=/dnn/; HttpOnly; SameSite=None; Secure; Partitioned")


def test_a_deep_link_is_served_under_the_path_with_its_headers_and_logged_without_its_words(replicas: Replicas) -> None:
    assert replicas.get("/dnn?layers=4&task=a%20b")[1]["Location"] == "/dnn/?layers=4&task=a%20b"
    status, headers, page = replicas.get("/dnn/lessons?lesson=1&task=secret-words")
    assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert "<noscript>" in page
    assert replicas.get("/dnn/ui/live/static/panel.js")[0] == 200
    assert replicas.get("/elsewhere")[0] == 404
    replicas.get("/dnn/_stcore/upload_file/secret-session/secret-file")
    replicas.get("/dnn/sweep-results/secret-token.jsonl")
    logged = replicas.access_log.read_text()
    assert "GET /dnn/lessons 200" in logged
    assert "/dnn/_stcore/upload_file/..." in logged
    assert "secret" not in logged


def test_a_run_outlives_its_replica_with_its_own_data(
    page: Page, replicas: Replicas, console_errors: list[str], tmp_path: Path
) -> None:
    """From a deep link through an uploaded table and a downloaded model to another replica and on."""
    page.goto(f"{replicas.url}/?{deep_link()}")
    expect(page.locator(PANEL)).to_have_attribute("data-state", "playing", timeout=WAIT)
    shared_link_is_of_nginx(page, replicas)
    open_own_table(page)
    model = downloaded(page, tmp_path / "before.npz")
    replica, epoch = replica_of(page), number(page.locator(PANEL), "epoch")
    page.wait_for_function(KEPT_ANEW, arg=page.evaluate(KEPT))
    replicas.kill(replica)
    expect(page.locator(NOTICES).filter(has_text="Another one goes on from epoch")).to_be_visible(timeout=WAIT)
    wait_for(page, f"+d.epoch >= {epoch} && d.state === 'playing'")
    assert replica_of(page) not in ("", replica)
    after = downloaded(page, tmp_path / "after.npz")
    assert after.experiment == model.experiment
    assert len(after.data.X) == 400
    assert after.epoch >= epoch
    assert cookie_after(replicas, replica) == replica_of(page)
    console_errors.clear()  # the connections that broke


def deep_link() -> str:
    """To four units on own data, so few that the address holds them."""
    X = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]] * 3)
    own = CustomData.of(X, np.array([0.0, 1.0] * 6), Names(("left", "right"), ("", ""), classes=("no", "yes")))
    return urlencode(to_query(Experiment.of(data={"dataset": own}, network={"hidden_layer_sizes": [4]})))


def open_own_table(page: Page) -> None:
    """A table of 400 rows, which no address holds."""
    page.get_by_role("button", name="Open a table").click()
    file = {"name": "own.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Use this table").click(timeout=WAIT)
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=WAIT)
    page.wait_for_function("() => location.search.includes('data=file')")
    wait_for(page, "+d.epoch > 20 && d.state === 'playing'")


def downloaded(page: Page, path: Path) -> Run:
    page.get_by_role("button", name="Take it with you").click()
    with page.expect_download(timeout=WAIT) as download:
        page.get_by_role("button", name="Model file", exact=True).click()
    download.value.save_as(path)
    page.keyboard.press("Escape")
    return load(path)


def shared_link_is_of_nginx(page: Page, replicas: Replicas) -> None:
    """Links carry the address of the proxy and its path, not those of a replica."""
    page.locator(".st-key-share button").first.click()
    page.get_by_role("button", name="Link for pupils").click()
    link = page.get_by_role("dialog").get_by_role("link", name="Preview").get_attribute("href", timeout=WAIT) or ""
    address, _, words = link.partition("?")
    assert address.rstrip("/") == replicas.url
    assert "layers=4" in words
    page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def replica_of(page: Page) -> str:
    """The replica that the browser's cookie names."""
    return next((each["value"] for each in page.context.cookies() if each["name"] == "dnn_replica"), "")

"""Two replicas behind a real nginx: who comes stays with one of them, and goes on at the other when it is gone."""

from collections.abc import Iterator

import pytest

from tests.e2e.replicas import Replicas, replicas_behind_nginx

HEALTH = "/dnn/_stcore/health"


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


def test_a_deep_link_is_served_under_the_path_with_its_headers_and_logged_without_its_words(replicas: Replicas) -> None:
    assert replicas.get("/dnn")[1]["Location"] == "/dnn/"
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

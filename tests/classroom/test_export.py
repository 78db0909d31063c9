import csv
import io
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn import Experiment
from dnn.classroom import Classroom, Goal, Pupil, Report, Seat
from dnn.classroom.export import COLUMNS, to_csv, to_html
from dnn.classroom.store import tidy
from dnn.experiment.links import from_query
from dnn.plots.boundary_picture import picture
from dnn.plots.theme import LIGHT
from tests.classroom.examples import report, run

ROOM = Classroom(code="ABC234", began=1000.0, title="<Moons>", task="A & B", goal=Goal(accuracy=0.95, most_units=4))
ADDRESS = "http://school.example/"


def seat(name: str, told: Report | None = None, reached: float | None = None) -> Seat:
    return Seat(pupil=Pupil(id=name, name=name), seen=1100.0, number=1, report=told, reached=reached)


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))


class Parts(HTMLParser):
    """The tags of a page, and its texts."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_a_row_for_each_pupil() -> None:
    trained = run(network={"hidden_layer_sizes": (3,)})
    told = Report.of(trained, "paused")
    fox, bear = rows(to_csv(ROOM, [seat("Fox", told, 1090.0), seat("Bär")], ADDRESS))
    assert tuple(fox) == COLUMNS
    assert (fox["name"], fox["units"], fox["weights"], fox["epoch"]) == ("Fox", "3", "13", "2")
    assert float(fox["accuracy"]) == told.accuracy
    assert float(fox["train_cost"]) == told.train_cost
    assert fox["minutes_to_goal"] == "1.5"
    assert from_query(dict(parse_qsl(urlsplit(fox["link"]).query))) == (trained.experiment, ())
    assert bear == dict.fromkeys(COLUMNS, "") | {"name": "Bär"}


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_spreadsheet_computes_no_name(name: str) -> None:
    assert rows(to_csv(ROOM, [seat(name)]))[0]["name"] == f"'{name}"


@given(st.text(min_size=1).map(tidy).filter(bool))
def test_any_name_is_one_cell(name: str) -> None:
    (row,) = rows(to_csv(ROOM, [seat(name)]))
    assert row["name"] in (name, f"'{name}")
    assert row["name"][0] not in "=+-@"


def test_a_card_rounds_no_accuracy_up_to_a_goal_that_is_not_reached() -> None:
    told = Report.of(run(), "paused").model_copy(update={"accuracy": 0.9499})
    texts = Parts(to_html(ROOM, [seat("Fox", told)])).texts
    assert texts[texts.index("Accuracy") :][:2] == ["Accuracy", "94.9 %"]


def test_a_card_for_each_pupil() -> None:
    trained = run(network={"hidden_layer_sizes": (3,)}, training={"learning_rate": 0.25})
    told = Report.of(trained, "playing")
    page = Parts(to_html(ROOM, [seat("Fox", told, 1125.9), seat("Bear")], ADDRESS))
    assert [text for text in page.texts if text in ("<Moons>", "A & B", "Fox", "Bear")] == [
        "<Moons>", "<Moons>", "A & B", "Fox", "Bear",
    ]  # fmt: skip
    assert "Goal: 95 % right with at most 4 units" in page.texts
    assert "✓ Goal reached after 2:05" in page.texts
    assert "No network yet" in page.texts
    assert page.texts[page.texts.index("Learning rate") :][:2] == ["Learning rate", "0.25"]
    assert page.texts[page.texts.index("Hidden layers") :][:2] == ["Hidden layers", "3"]
    (image,) = page.of("img")
    assert image["src"] == picture(told.boundary, "binary", told.classes, LIGHT)
    (link,) = page.of("a")
    assert from_query(dict(parse_qsl(urlsplit(link["href"] or "").query)))[0] == trained.experiment


@given(st.text(min_size=1).map(tidy).filter(bool))
def test_a_page_stands_by_itself_whatever_the_names(name: str) -> None:
    whole = to_html(ROOM, [seat(name, report())])
    page = Parts(whole)
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "h1", "p", "main", "article", "h2", "img", "dl", "dt", "dd",
    }  # fmt: skip
    assert name in page.texts
    assert all((image["src"] or "").startswith("data:image/png;base64,") for image in page.of("img"))
    assert not re.search(rb"https?://", whole)


def test_a_page_in_another_language() -> None:
    page = to_html(
        ROOM, [seat("Fox", report(experiment=Experiment().model_dump_json()))], say=lambda t: f"[{t}]", locale="zh"
    )
    assert '<html lang="zh">' in page.decode()
    assert "[Accuracy]" in Parts(page).texts


def test_settings_that_cannot_be_read_are_left_out() -> None:
    for experiment in ("", '{"version": 99}'):
        told = report(experiment=experiment)
        assert rows(to_csv(ROOM, [seat("Fox", told)], ADDRESS))[0]["link"] == ""
        assert Parts(to_html(ROOM, [seat("Fox", told)], ADDRESS)).of("a") == []

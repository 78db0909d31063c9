"""The networks of a class as files: a table for a spreadsheet, and one page with their pictures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from html import escape
from math import floor

from dnn.classroom.classroom import Classroom
from dnn.classroom.report import Report
from dnn.classroom.store import Seat
from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.experiment.differences import ABSENT, differences
from dnn.experiment.links import link, needs_file
from dnn.experiment.setting_names import setting_title, value_text
from dnn.messages import Message, Translate
from dnn.plots.boundary_picture import picture
from dnn.plots.run_html import USUAL
from dnn.plots.theme import LIGHT
from dnn.sweeps.documents import FORMULA

COLUMNS = ("name", "accuracy", "train_cost", "units", "weights", "epoch", "minutes_to_goal", "link")
LONGEST = 80  # characters of a setting's value

# Nothing is loaded from anywhere, and no script runs.
PAGE = """<!doctype html>
<html lang="{locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1rem/1.45 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 76rem;
  background: {paper}; color: {ink}; }}
h1 {{ font-size: 1.5rem; margin: 0; }} h2 {{ font-size: 1.125rem; margin: 0 0 0.5rem; overflow-wrap: anywhere; }}
.task {{ max-width: 45rem; white-space: pre-line; overflow-wrap: anywhere; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: 1.5rem;
  margin-top: 1.5rem; align-items: start; }}
article {{ border: 1px solid {grid}; border-radius: 0.5rem; padding: 1rem; break-inside: avoid; }}
article.reached {{ border-color: #2e7d32; box-shadow: 0 0 0 1px #2e7d32; }}
img {{ width: 100%; aspect-ratio: 1; display: block; }}
.goal {{ color: #2e7d32; font-weight: 600; margin: 0.5rem 0 0; }}
dl {{ display: grid; grid-template-columns: auto 1fr; gap: 0.125rem 0.75rem; margin: 0.75rem 0 0;
  font-size: 0.875rem; }}
dt {{ color: {muted}; }} dd {{ margin: 0; overflow-wrap: anywhere; }} a {{ color: inherit; }}
</style></head><body>
<h1>{title}</h1>{about}
<main>{cards}</main></body></html>
"""


def to_csv(classroom: Classroom, seats: Iterable[Seat], address: str = "") -> bytes:
    """Return a table with a row for each pupil and :data:`COLUMNS`, in UTF-8 with the mark that spreadsheets look for.

    ``address`` is that of the page, for the links. What is unknown is empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for seat in seats:
        report = seat.report
        numbers = (
            (report.accuracy, report.train_cost, report.units, report.weights, report.epoch) if report else (None,) * 5
        )
        name = seat.pupil.name
        minutes = None if seat.reached is None else round((seat.reached - classroom.began) / 60, 1)
        safe_name = f"'{name}" if name.startswith(FORMULA) else name  # else a spreadsheet would compute it
        writer.writerow([safe_name, *numbers, minutes, _link(report, address)])
    return text.getvalue().encode("utf-8-sig")


def to_html(
    classroom: Classroom, seats: Iterable[Seat], address: str = "", *, say: Translate = str, locale: str = "en"
) -> bytes:
    """Return one page with a card for each pupil: the boundary, numbers, settings, and a link that begins anew.

    ``address`` is that of the page, for the links. ``say`` translates into the language with the code ``locale``.
    """
    title = classroom.title or say(Message("Class {code}", code=classroom.code))
    about = f'<p class="task">{escape(classroom.task)}</p>' if classroom.task else ""
    if goal := classroom.goal.message:
        text = say(Message("Goal: {goal}", goal=goal))
        about += f"<p>{escape(text)}</p>"
    look = {"paper": LIGHT.paper, "ink": LIGHT.ink, "grid": LIGHT.grid, "muted": LIGHT.muted}
    cards = "".join(_card(classroom, seat, address, say) for seat in seats)
    page = PAGE.format(title=escape(title), about=about, cards=cards, locale=escape(locale, quote=True), **look)
    return page.encode()


def _card(classroom: Classroom, seat: Seat, address: str, say: Translate) -> str:
    report, name = seat.report, escape(seat.pupil.name)
    reached = ""
    if seat.reached is not None:
        minutes, seconds = divmod(max(0, int(seat.reached - classroom.began)), 60)  # as on the wall
        text = say(Message("Goal reached after {minutes}:{seconds}", minutes=minutes, seconds=f"{seconds:02}"))
        reached = f'<p class="goal">✓ {escape(text)}</p>'
    head = f'<article class="{"reached" if reached else ""}"><h2>{name}</h2>'
    if report is None:
        nothing = say(Message("No network yet"))
        return f"{head}{reached}<p>{escape(nothing)}</p></article>"
    rows = "".join(f"<dt>{escape(say(title))}</dt><dd>{escape(_cut(text))}</dd>" for title, text in _rows(report, say))
    url = _link(report, address)
    text = say(Message("Open it in the playground"))
    opens = f'<p><a href="{escape(url, quote=True)}">{escape(text)}</a></p>'
    return f"{head}{_picture(report, name)}{reached}<dl>{rows}</dl>{opens if url else ''}</article>"


def _picture(report: Report, name: str) -> str:
    if not report.boundary:
        return ""
    return f'<img alt="{name}" src="{picture(report.boundary, report.task, report.classes, LIGHT)}">'


def _rows(report: Report, say: Translate) -> list[tuple[str, str]]:
    """Return the numbers and settings of a card: titles in English, texts translated."""
    rows: list[tuple[str, str]] = []
    if report.accuracy is not None:
        tenths = floor(1000 * report.accuracy + 1e-6)  # never rounded up to a goal that is not reached
        rows.append((Message("Accuracy"), f"{tenths / 10:g} %"))
    if report.train_cost is not None:
        rows.append((Message("Train cost"), f"{report.train_cost:.4g}"))
    rows += [
        (Message("Epoch"), str(report.epoch)),
        (Message("Units"), str(report.units)),
        (Message("Weights"), str(report.weights)),
    ]
    if (experiment := _experiment(report)) is None:
        return rows
    settings = {}
    for path in USUAL:
        section, name = path.split(".")
        settings[setting_title(path)] = value_text(path, getattr(getattr(experiment, section), name), say, 6)
    for each in differences([experiment, Experiment()]):
        if each.title not in settings and each.texts[0] != ABSENT:
            settings[each.title] = say(each.texts[0])
    return rows + list(settings.items())


def _experiment(report: Report) -> Experiment | None:
    try:
        return Experiment.model_validate_json(report.experiment) if report.experiment else None
    except InvalidSetting:  # from a server of another version
        return None


def _link(report: Report | None, address: str) -> str:
    experiment = _experiment(report) if report else None
    return "" if experiment is None or not address or needs_file(experiment) else link(experiment, address)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

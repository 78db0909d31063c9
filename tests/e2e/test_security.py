"""What strangers can set, names above all, makes no element and no request."""

import json
from urllib.parse import urlencode, urlsplit

import numpy as np
from playwright.sync_api import Page, expect

from dnn import Experiment
from dnn.datasets.custom_data import CustomData
from dnn.datasets.rows import Rows
from dnn.experiment.links import to_query
from tests.e2e.playground import PANEL, RESTS, visit_page, wait_for_charts

WAIT = 30_000
PAGES = ("lessons", "inside", "mistakes", "textbook", "shapes", "trainability", "sweep", "compare", "landscape")
HOSTILE = (
    "![a](//o.example/b.png)",
    "[a](//o.example)",
    "www.o.example/a",
    "http://o.example/b",
    "me@o.example",
    "<img src=//o.example/c.png>",
    '<a href="//o.example">a</a>',
    r"$\href{//o.example}{a}$",
    ":material/home:",
    ":red[a] :streamlit:",
    ":material_home: :smile:",
    "\u202eelpmaxe.o",
    "<svg onload=alert(1)>",
    "a" * 10_000,
)
# All of these in eight names of at most 40 letters, so that data can have them as inputs and as classes at once, and
# the page shows them in full.
TOGETHER = ((5, 4), (6, 11), (0, 2), (7, 1), (10, 8), (9, 3), (12,), (13,))
NAMES = tuple(" ".join(HOSTILE[number] for number in numbers) for numbers in TOGETHER)
# Elements that such a name has become: their addresses lead elsewhere, or they are an icon, colour, picture or formula.
MADE = r"""[...document.querySelectorAll('*')].filter((each) => {
    const addresses = ['href', 'src', 'xlink:href'].map((name) => each.getAttribute(name)).filter(Boolean);
    return addresses.map((address) => new URL(address, document.baseURI))
        .some(({ protocol, host }) => protocol === 'mailto:' || host.endsWith('o.example'))
      || each.alt === 'Streamlit logo'
      || (each.matches('.stMarkdownColoredText') && each.textContent === 'a')
      || each.matches('[onload]');
  }).map((each) => each.outerHTML.slice(0, 200))"""
# Those, and how many exceptions are shown, once what has come is drawn.
FOUND = f"""async () => {{
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return [{MADE}, document.querySelectorAll('[data-testid=stException]').length];
}}"""
TEXTS = r"""selector => [...document.querySelectorAll(selector)].map((each) =>
    each.textContent.replaceAll('\u2060', ''))"""


def link() -> str:
    """Of a run whose inputs and classes have these names, with such a title and task."""
    X = np.random.default_rng(1).normal(size=(40, len(NAMES))).round(2)
    own = CustomData(
        rows=Rows(np.column_stack([X, np.arange(40) % len(NAMES)])),
        inputs=NAMES,
        classes=NAMES,
        target=HOSTILE[0],
    )
    words = to_query(Experiment.of(data={"dataset": own, "standardize": "each"}))
    texts = {"title": HOSTILE[0] + HOSTILE[2] + HOSTILE[5][:30], "task": " ".join(HOSTILE[:-1])}
    return urlencode(words | texts)


def innocent(page: Page, where: str) -> None:
    """Whatever it would ask another host for is seen at any time until the test ends."""
    page.wait_for_function(RESTS)
    made, exceptions = page.evaluate(FOUND)
    assert made == [], where
    assert exceptions == 0, where


def shown(name: str) -> str:
    """A name as data keep it, without what turns it round."""
    name = " ".join(name.split()).replace("\u202e", "")
    return name if len(name) <= 40 else f"{name[:39]}…"


def close_dialog(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_hostile_names_and_words_of_an_address_are_only_letters_on_every_page(page: Page, server: str) -> None:
    page.goto(f"{server}/?{link()}")
    expect(page.locator(PANEL)).to_have_attribute("data-state", "paused", timeout=WAIT)  # a teacher's link waits
    wait_for_charts(page)
    on_the_page_and_in_its_settings(page)
    in_the_editor(page)
    in_tables_that_are_opened(page)
    in_the_link_for_pupils(page)
    inside_one_step(page)
    in_an_address_of_every_page(page)
    page.wait_for_timeout(300)  # for pictures that would be asked for


def on_the_page_and_in_its_settings(page: Page) -> None:
    innocent(page, "the page")
    page.locator("summary", has_text="Inputs and weights").click()
    expect(page.get_by_text("The network sees")).to_be_visible()
    expect(page.locator(".st-key-features button").first).to_be_visible()
    pills = page.evaluate(TEXTS, ".st-key-features button")
    assert {shown(name) for name in NAMES} <= {" ".join(text.split()) for text in pills}
    innocent(page, "the fold")
    page.locator(".dnn-boundary > [role=img]").first.hover()
    page.locator("[data-testid=stTooltipHoverTarget]").first.hover()
    innocent(page, "pointed at")


def in_the_editor(page: Page) -> None:
    page.get_by_role("button", name="Edit", exact=True).click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    innocent(page, "the editor")
    close_dialog(page)


def table(names: tuple[str, ...]) -> str:
    """All of them are its columns, and eight its classes."""
    return "\t".join(names) + "\n" + "\n".join("\t".join([*map(str, range(13)), name]) for name in names[:8] * 2)


def in_tables_that_are_opened(page: Page) -> None:
    """The first is pasted and the second a file: each name is a class of one of them."""
    page.get_by_role("button", name="Open a table").click()
    page.get_by_label("Or paste a table").fill(table(HOSTILE))
    page.get_by_label("Or paste a table").press("Control+Enter")
    expect(page.get_by_role("button", name="Use this table")).to_be_visible(timeout=WAIT)
    innocent(page, "a pasted table")
    file = {
        "name": "![a](www.o.example).csv",
        "mimeType": "text/csv",
        "buffer": table(HOSTILE[7:] + HOSTILE[:7]).encode(),
    }
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_text("This is what the file")).to_be_visible(timeout=WAIT)
    page.get_by_role("dialog").get_by_role("combobox", name="Target").click()
    innocent(page, "a file")
    page.keyboard.press("Escape")
    close_dialog(page)


def in_the_link_for_pupils(page: Page) -> None:
    page.locator(".st-key-share button").first.click()
    page.get_by_role("button", name="Link for pupils").click()
    expect(page.get_by_role("button", name="Copy link for pupils")).to_be_visible()
    innocent(page, "the link for pupils")
    close_dialog(page)


def inside_one_step(page: Page) -> None:
    page.get_by_role("button", name="Inside").click()
    expect(page.get_by_test_id("matrices")).to_have_attribute("data-stop", "x", timeout=WAIT)
    innocent(page, "inside one step")
    page.get_by_text("One weight").click()
    page.get_by_role("combobox", name="From").click()
    innocent(page, "one weight")
    page.keyboard.press("Escape")


def in_an_address_of_every_page(page: Page) -> None:
    query = urlencode(hostile_words())
    for path in ("", *PAGES):
        visit_page(page, path, f"?{query}")
        expect(page.locator("h1, h2").first).to_be_visible(timeout=WAIT)
        assert urlsplit(page.url).path == f"/{path}"
        innocent(page, path)


def hostile_words() -> dict[str, str]:
    settings = ("layers", "features", "learning_rate", "data", "optimizer", "activation", "nonsense")
    words = ("lang", "lesson", "show", *settings)
    query = dict(zip(words, HOSTILE, strict=False)) | {"title": HOSTILE[1], "task": " ".join(HOSTILE[:-1])}
    query |= {f"2.{word}": text for word, text in query.items()} | {"7.x": HOSTILE[0], HOSTILE[5]: HOSTILE[6]}
    query |= {f"axis.{number}": text for number, text in enumerate(HOSTILE[:-1])}
    axes = {"axis.x": f"training.{HOSTILE[0]}:1", "axis.y": f"training.loss:{json.dumps(HOSTILE)[1:-1]}"}
    return query | axes

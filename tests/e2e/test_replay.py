"""The replay in a browser, opened from disk: it asks nobody for anything, and shows what the run was."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from dnn import EXPORTS, Experiment, Run, advance, start

LARGEST = 6_000_000
LAST = 60  # epoch of the run that is replayed; a browser with a slow display shows it in seconds
DIFFERENT_RUNS: list[dict[str, object]] = [
    {"data": {"dataset": {"kind": "blobs", "classes": 6}}, "network": {"hidden_layer_sizes": (8,) * 6}},
    {"data": {"dataset": "bumps"}, "network": {"hidden_layer_sizes": ()}},
    {"data": {"features": ("x1", "x2", "x1*x2")}, "network": {"hidden_layer_sizes": (64, 64)}},
    {"data": {"samples": 10, "test_share": 0.0}, "network": {"hidden_layer_sizes": (1024,)}},
]


def test_keys_a_slider_and_play_lead_through_a_replay_that_begins_at_its_end(page: Page, tmp_path: Path) -> None:
    experiment = Experiment.of(data={"dataset": "moons"}, network={"hidden_layer_sizes": (4, 3)}, seed=2)
    run = advance(start(experiment), LAST)
    path = tmp_path / "replay.html"
    path.write_bytes(EXPORTS["replay"](run))
    page.goto(path.as_uri())
    expect(page.locator("body")).to_have_attribute("data-epoch", str(LAST))
    it_begins_at_the_end_and_the_keys_lead_through_it(page, run)
    it_plays_to_the_end_and_stops(page)
    every_picture_is_drawn_and_the_slider_changes_them(page)


def cost(run: Run, epoch: int) -> str:
    return f"{run.history['train_cost'][epoch]:.4f}"


def it_begins_at_the_end_and_the_keys_lead_through_it(replayed: Page, run: Run) -> None:
    expect(replayed.locator("#epoch")).to_have_text(str(LAST))
    expect(replayed.locator("#train")).to_have_text(re.compile(re.escape(cost(run, LAST)[:5])))
    replayed.keyboard.press("Home")
    expect(replayed.locator("#epoch")).to_have_text("0")
    expect(replayed.locator("#train")).to_have_text(re.compile(re.escape(cost(run, 0)[:5])))
    replayed.keyboard.press("ArrowRight")
    expect(replayed.locator("#epoch")).to_have_text("1")
    replayed.keyboard.press("ArrowLeft")
    replayed.keyboard.press("Space")
    expect(replayed.locator("#play")).to_have_text("Pause")
    replayed.keyboard.press("Space")
    expect(replayed.locator("#play")).to_have_text("Play")
    replayed.keyboard.press("End")
    expect(replayed.locator("#epoch")).to_have_text(str(LAST))


def it_plays_to_the_end_and_stops(replayed: Page) -> None:
    replayed.locator("#speed").select_option("fast")
    replayed.locator("#play").click()
    expect(replayed.locator("#play")).to_have_text("Pause")
    expect(replayed.locator("#play")).to_have_text("Play", timeout=60_000)
    expect(replayed.locator("#epoch")).to_have_text(str(LAST))


def every_picture_is_drawn_and_the_slider_changes_them(replayed: Page) -> None:
    def pictures() -> list[str]:
        found: list[str] = replayed.evaluate("[...document.querySelectorAll('canvas')].map((c) => c.toDataURL())")
        return found

    end = pictures()
    assert len(end) == 3
    replayed.locator("#at").fill("0")
    expect(replayed.locator("#epoch")).to_have_text("0")
    beginning = pictures()
    assert all(one != other for one, other in zip(beginning, end, strict=True))
    replayed.locator("#theme").click()
    assert all(one != other for one, other in zip(beginning, pictures(), strict=True))


def cursor(page: Page) -> float:
    """Where the upright line of this moment stands in the cost chart: the column with the most pixels of ink."""
    return page.evaluate(
        """() => {
            const canvas = document.querySelector('#cost canvas'), { width, height } = canvas;
            const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
            const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink');
            const [r, g, b] = [1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16));
            const far = (i) => Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b);
            const near = (i) => far(i) < 30 && data[i + 3] > 60;
            const found = new Array(width).fill(0);
            for (let i = 0; i < data.length; i += 4) if (near(i)) found[(i / 4) % width]++;
            return found.indexOf(Math.max(...found));
        }"""
    )


def test_the_cost_stands_over_its_epoch(page: Page, tmp_path: Path) -> None:
    """The frames are closer together at the beginning; the epochs of the chart are not."""
    experiment = Experiment.of(data={"samples": 20}, training={"batch_size": "full"})
    path = tmp_path / "replay.html"
    path.write_bytes(EXPORTS["replay"](advance(start(experiment), 5000)))
    page.goto(path.as_uri())
    expect(page.locator("body")).to_have_attribute("data-epoch", "5000")
    right = cursor(page)
    page.keyboard.press("Home")
    expect(page.locator("body")).to_have_attribute("data-epoch", "0")
    left = cursor(page)
    assert right - left > 200
    for frame in (20, 60, 100):
        page.locator("#at").fill(str(frame))
        epoch = int(page.locator("body").get_attribute("data-epoch") or 0)
        assert abs(cursor(page) - left - (right - left) * epoch / 5000) <= 2


def test_it_says_what_colours_and_lines_are(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "replay.html"
    path.write_bytes(EXPORTS["replay"](start(Experiment.of(data={"dataset": "iris"}))))
    page.goto(path.as_uri())
    expect(page.locator("#classes span")).to_have_text(["setosa", "versicolor", "virginica", "test: rings"])
    expect(page.locator(".key.test")).to_be_visible()
    drawn = "name => getComputedStyle(document.querySelector(name), '::before').borderTopColor"
    classes = page.evaluate("JSON.parse(document.querySelector('#data').textContent).themes.light.classes")
    of_classes = {f"rgb{tuple(bytes.fromhex(color[1:]))}" for color in classes}
    assert {page.evaluate(drawn, name) for name in (".key.train", ".key.test")}.isdisjoint(of_classes)
    path.write_bytes(EXPORTS["replay"](start(Experiment.of(data={"dataset": "iris", "test_share": 0.0}))))
    page.reload()
    expect(page.locator("#classes span")).to_have_text(["setosa", "versicolor", "virginica"])
    expect(page.locator(".key.test")).to_be_hidden()
    expect(page.locator("#test")).to_be_hidden()


def test_any_run_makes_a_small_file_that_shows_itself(page: Page, tmp_path: Path, console_errors: list[str]) -> None:
    for number, sections in enumerate(DIFFERENT_RUNS):
        content = EXPORTS["replay"](advance(start(Experiment.of(**sections)), 12))
        assert len(content) < LARGEST, sections
        path = tmp_path / f"replay{number}.html"
        path.write_bytes(content)
        page.goto(path.as_uri())
        expect(page.locator("body")).to_have_attribute("data-epoch", "12")
        assert console_errors == [], sections

"""A real JupyterLab: a run, its figures and the live widget show themselves there, and the widget plays."""

import contextlib
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from dnn.plots.theme import DARK
from tests.e2e.conftest import FOREIGN, ROOT, SLOW_DISPLAY
from tests.services import free_port, stop

if os.environ.get("CI") != "true":
    pytest.importorskip("jupyterlab", reason="it is a test in JupyterLab: `make test` installs it")

WAIT = 60_000
RUN = """\
import warnings
warnings.simplefilter("error")
import dnn
from dnn import Experiment, advance, plots, start
from dnn.sweeps import Axis, Sweep, run_sweep
run = advance(start(Experiment()), epochs=40)
run"""
SWEEP = """\
axis = Axis(name="network.activation", values=("tanh", "relu"))
plots.sweep(run_sweep(Sweep(axes=(axis,), epochs=5)))"""
FIGURES = {  # a text of each, and what of it is drawn
    "plots.boundary(run)": ("x₂", ".points .point"),
    "plots.cost(run)": ("epoch", ".trace .js-line"),
    "plots.network(run)": ("inputs", ".points .point"),
    "plots.landscape(run)": ("first principal component", ".points .point"),
    SWEEP: ("ReLU", "image"),
}
LIVE = "widget = dnn.live(Experiment(), speed=500); widget"
OTHER = 'widget.player.use(Experiment.of(network={"hidden_layer_sizes": [5, 3]}))'
EPOCH = "print(widget.run.epoch, widget.run.params.sizes)"
CELLS = [RUN, *FIGURES, LIVE, OTHER, EPOCH, "widget.close()"]
REACHED = """least => {
    const { textContent } = document.querySelector('.dnn-live output');
    return parseInt(textContent.slice('epoch '.length).replace(',', '')) > least;
}"""
PICTURE = "canvas => canvas.toDataURL()"


@contextlib.contextmanager
def jupyterlab(folder: Path) -> Iterator[tuple[str, str]]:
    """The address of a JupyterLab with the notebooks of ``folder``, and its token. It keeps nothing elsewhere."""
    port, token = free_port(), secrets.token_hex(16)
    kept = {name: str(folder / ".kept" / name) for name in ("HOME", "IPYTHONDIR")}
    kept |= {f"JUPYTER_{name}_DIR": str(folder / ".kept" / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    kept |= {f"JUPYTERLAB_{name}_DIR": str(folder / ".kept" / name) for name in ("SETTINGS", "WORKSPACES")}
    settings = folder / ".kept" / "SETTINGS" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false", "checkForUpdates": false}')
    (settings / "themes.jupyterlab-settings").write_text('{"theme": "JupyterLab Dark"}')
    options = ["--no-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.allow_root=True"]
    options += ["--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}"]
    surroundings = {**os.environ, **kept, "JUPYTER_TOKEN": token, "PYTHONPATH": str(ROOT)}
    log = folder / "log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "jupyterlab", *options]
        process = subprocess.Popen(command, cwd=folder, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(process, f"http://127.0.0.1:{port}/api", log)
        yield f"http://127.0.0.1:{port}", token
    finally:
        stop(process, patience=20)  # and the kernels with it


def wait_until_it_answers(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


@pytest.fixture
def notebook(returning_browser: BrowserContext, tmp_path: Path) -> Iterator[Page]:
    """A notebook of ``CELLS`` with a running kernel; an error in the console or another host fails the test."""
    book = new_notebook(cells=[new_code_cell(cell) for cell in CELLS])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, tmp_path / "book.ipynb")
    assert returning_browser.browser is not None
    context = returning_browser.browser.new_context(viewport={"width": 1100, "height": 3600})
    context.add_init_script(SLOW_DISPLAY)
    wrong: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    context.on("console", note)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("request", lambda request: wrong.append(request.url) if FOREIGN.match(request.url) else None)
    with jupyterlab(tmp_path) as (url, token):
        page = context.new_page()
        page.goto(f"{url}/lab/tree/book.ipynb?token={token}")
        page.get_by_role("button", name="Python 3 (ipykernel) | Idle").wait_for(timeout=WAIT)
        yield page
        context.close()
    assert wrong == []


def cell(page: Page, text: str) -> Locator:
    return page.locator(".jp-CodeCell").nth(CELLS.index(text))


def run_next(page: Page, count: int = 1) -> None:
    """Run so many cells from the chosen one on."""
    for _ in range(count):
        page.keyboard.press("Shift+Enter")


def epoch_of(widget: Locator) -> int:
    return int(widget.locator("output").inner_text().split(" ·")[0].removeprefix("epoch ").replace(",", ""))


def test_a_run_its_figures_and_the_live_widget_show_themselves_in_jupyterlab(notebook: Page) -> None:
    page = notebook
    cell(page, RUN).locator(".jp-InputPrompt").click()
    run_next(page, CELLS.index(LIVE) + 1)

    widget = cell(page, LIVE).locator(".dnn-live")
    expect(widget.locator("output")).to_contain_text("epoch 0 · train cost 0.", timeout=WAIT)
    images = cell(page, RUN).locator("img")
    expect(images).to_have_count(2)
    assert all(images.nth(k).evaluate("image => image.complete && image.naturalWidth > 0") for k in range(2))
    for text, (said, drawn) in FIGURES.items():
        figure = cell(page, text).locator(".js-plotly-plot")
        expect(figure).to_contain_text(said)
        expect(figure.locator(drawn).first).to_be_attached()
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts() == []

    assert widget.evaluate("widget => widget.style.getPropertyValue('--dnn-paper')") == DARK.paper  # as the notebook
    expect(widget.get_by_label("Speed")).to_have_value("500")
    network = widget.locator(".dnn-live-network")
    expect(network).to_have_accessible_name("The network: 2 → 4 → 2 → 1")
    pictures = widget.locator("canvas").all()
    before = [picture.evaluate(PICTURE) for picture in pictures]
    widget.get_by_role("button", name="Play").click()
    for epoch in (20, 200):  # frames go on arriving
        page.wait_for_function(REACHED, arg=epoch, timeout=WAIT)
    widget.get_by_role("button", name="Pause").click()
    expect(widget.get_by_role("button", name="Play")).to_be_visible()
    changed = [before != picture.evaluate(PICTURE) for before, picture in zip(before, pictures, strict=True)]
    assert changed == [True, False, True, True, True]  # all but the examples
    epoch = epoch_of(widget)

    cell(page, EPOCH).locator(".jp-InputPrompt").click()
    run_next(page)
    expect(cell(page, EPOCH).locator(".jp-OutputArea-output")).to_have_text(f"{epoch} (2, 4, 2, 1)")
    assert epoch_of(widget) == epoch
    cell(page, OTHER).locator(".jp-InputPrompt").click()
    run_next(page)
    expect(network).to_have_accessible_name("The network: 2 → 5 → 3 → 1")
    expect(widget.locator("output")).to_contain_text("epoch 0 ·")
    cell(page, CELLS[-1]).locator(".jp-InputPrompt").click()
    run_next(page)
    expect(widget).to_have_count(0)
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts() == []

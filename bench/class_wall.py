"""What the wall of a class costs: 30 pupils report twice a second, the server sends it, a browser draws it.

The server has the routes of the live view and the wall alone on a page, so nothing else is counted. Reports are made
beforehand, and the thread that publishes them is not counted. A core that works all the time is 100 %. Linux only: the
time of the browser is that of its processes in /proc.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import uvicorn
from browser import browser_page
from playground import HOST, free_port
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from threadpoolctl import threadpool_limits
from timing import load

from dnn import Experiment, advance, start
from dnn.classroom import Goal, Report, open_store
from dnn.ui.live.socket import ROUTES
from dnn.ui.live.wall_player import WallPlayer

PUPILS, STEPS = 30, 40  # and reports of each, which are sent forth and back
EVERY = 0.5  # seconds between two reports of a pupil
SECONDS = 20.0  # for which it is watched
LAYERS = ([4, 2], [3], [8, 8], [2], [5, 5, 5], [6])
DATA = ("moons", "circles", "spiral")

PAGE = """<!doctype html><title>Wall</title>
<link rel="stylesheet" href="/ui/live/static/panel.css"><link rel="stylesheet" href="/ui/live/static/group.css">
<link rel="stylesheet" href="/ui/live/static/wall.css">
<style>:root {{ --st-text-color: #222; --st-background-color: #fff; --st-font: sans-serif; }}</style>
<div class="dnn-panel"><div class="dnn-group" id="wall"></div></div>
<script type="module">
  import {{ Panel }} from '/ui/live/static/wall.js';
  const language = {{ name: 'en', words: {{}}, glossary: {{}} }};
  const panel = new Panel(document.getElementById('wall'), {{ language, tell() {{}} }});
  panel.update({{ code: 'ABCDEF', address: '', qr: '', goal: '95 %', acts: true, frozen: false, compares: [2, 6] }});
  panel.connect('ws://' + location.host + '/live/socket#{token}');
</script>"""

# Counts for some seconds: pictures of the wall, and changes of its tiles.
WATCH = """async (seconds) => {
  const wall = document.getElementById('wall');
  const frames = Number(wall.dataset.frame);
  let changes = 0;
  const observer = new MutationObserver((seen) => { changes += seen.length; });
  observer.observe(wall.querySelector('ul'), { subtree: true, attributeFilter: ['data-epoch'] });
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  observer.disconnect();
  return { frames: (wall.dataset.frame - frames) / seconds, changes: changes / seconds };
}"""


def main() -> None:
    """Print the table."""
    print(f"Wall of a class: {PUPILS} pupils, a report every {EVERY} s each{load()}\n")
    line = "{:<28}{:>14}{:>16}{:>10}{:>10}{:>10}"
    print(line.format("", "pictures/s", "tile changes/s", "server", "browser", "both"))
    print(line.format("", ">=2", f"{PUPILS / EVERY:.0f}", "", "", "<=20 %"))
    port = free_port()
    server = subprocess.Popen([sys.executable, __file__, str(port)], stdout=subprocess.DEVNULL)
    try:
        url = f"http://{HOST}:{port}"
        wait_for(url)
        with browser_page() as page:
            page.goto(url)
            page.locator(".dnn-wall-tile").nth(PUPILS - 1).wait_for()
            page.wait_for_timeout(2000)
            for name, large in (("wall", False), ("wall with one tile large", True)):
                if large:
                    page.locator(".dnn-wall-tile button").first.click()
                before = seconds_of(url), browser_seconds()
                seen = page.evaluate(WATCH, SECONDS)
                served, drawn = ((after - first) / SECONDS for after, first in
                                 zip((seconds_of(url), browser_seconds()), before, strict=True))  # fmt: skip
                costs = (f"{100 * share:.1f} %" for share in (served, drawn, served + drawn))
                print(line.format(name, f"{seen['frames']:.1f}", f"{seen['changes']:.0f}", *costs), flush=True)
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    """Until the server answers: first it trains all that will be reported."""
    for _ in range(600):
        try:
            seconds_of(url)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def seconds_of(url: str) -> float:
    """Processor seconds of the server so far, without those of the thread that publishes."""
    with urllib.request.urlopen(f"{url}/seconds", timeout=30) as answer:
        return float(answer.read())


def browser_seconds() -> float:
    """Processor seconds of all processes of the browser that this one has started."""
    parents, spent = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        process = int(status.parent.name)
        parents[process] = int(fields[1])
        command = (status.parent / "cmdline").read_text() if status.parent.exists() else ""
        spent[process] = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if "chrom" in command else 0.0
    mine = {os.getpid()}
    while more := {each for each, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return sum(spent.get(each, 0.0) for each in mine)


def serve(port: int) -> None:
    """A class whose pupils report, and its wall on a page."""
    store = open_store()
    classroom, _ = store.create(title="Wall", goal=Goal(accuracy=0.95))
    pupils = [store.join(classroom.code, f"Pupil {number + 1}").id for number in range(PUPILS)]
    told = [reports(number) for number in range(PUPILS)]
    player = WallPlayer(classroom.code, teacher=True)
    spent = [0.0]

    def publish() -> None:
        turn = 0
        while True:
            place = turn % (2 * STEPS)
            for number, pupil in enumerate(pupils):
                store.publish(classroom.code, pupil, told[number][min(place, 2 * STEPS - 1 - place)])
                spent[0] = time.thread_time()
                time.sleep(EVERY / PUPILS)
            turn += 1

    def page(request: Request) -> Response:
        return HTMLResponse(PAGE.format(token=player.token))

    def seconds(request: Request) -> Response:
        return JSONResponse(time.process_time() - spent[0])

    threading.Thread(target=publish, daemon=True).start()
    app = Starlette(routes=[*ROUTES, Route("/", page), Route("/seconds", seconds)])
    uvicorn.run(app, host=HOST, port=port, log_level="error")


def reports(number: int) -> list[Report]:
    """What one pupil's page reports while its network learns."""
    run = start(
        Experiment.of(
            data={"dataset": DATA[number % len(DATA)]},
            network={"hidden_layer_sizes": LAYERS[number % len(LAYERS)]},
            training={"learning_rate": 0.1},
            seed=number,
        )
    )
    found = []
    for _ in range(STEPS):
        run = advance(run, 5)
        found.append(Report.of(run, "playing"))
    return found


if __name__ == "__main__":
    with threadpool_limits(1, user_api="blas"):
        serve(int(sys.argv[1])) if len(sys.argv) > 1 else main()

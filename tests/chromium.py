"""Which Chromium the browser tests and the benchmarks of the page drive."""

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """The same search as in .ci/browser: a Chromium of the machine, first the one without windows, else none.

    Where there is none, Playwright starts its own, if that was installed.
    """
    return next(filter(None, map(shutil.which, NAMES)), None)

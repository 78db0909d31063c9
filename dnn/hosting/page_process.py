"""Start the page's server in this process."""

from __future__ import annotations

import os
import runpy
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from dnn.errors import DnnError

HERE = Path(__file__)
# The page's start-up script, next to its settings, in a package and in a checkout.
APPS = (HERE.parents[1] / "launch" / "app.py", HERE.parents[2] / "app.py")
PACKAGES = ("streamlit", "plotly", "babel")


class LacksPackages(DnnError):
    """The page needs packages that are not installed."""


def open_page() -> None:
    """Run the page's server until it is stopped. Raises LacksPackages."""
    check_packages()
    ensure_home()
    sys.argv = ["streamlit", "run", str(next(path for path in APPS if path.exists()))]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def check_packages() -> None:
    """Raise LacksPackages if the page cannot start for want of a package."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        needs = f"the page needs {', '.join(missing)}, not installed here"
        raise LacksPackages(f"{needs}: pip install 'dnn-playground[page]'")


def ensure_home() -> None:
    """Set HOME if it is missing, as for a user without an account: Streamlit looks there for settings."""
    try:
        Path.home()
    except RuntimeError:
        os.environ["USERPROFILE" if os.name == "nt" else "HOME"] = tempfile.gettempdir()

"""What every test shares: how Hypothesis searches, and what the garbage collector leaves alone."""

import gc
import os

from hypothesis import settings

# No deadline: a busy machine is slow, not wrong. In CI the same examples every time: a red build can be repeated.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

# Collecting makes a million objects that stay; searching them for garbage took a tenth of the tests' time.
gc.disable()


def pytest_collection_finish() -> None:
    """Leave what stands now out of every search for garbage, and begin to search."""
    gc.collect()
    gc.freeze()
    gc.enable()

"""What every test shares: its one BLAS thread, how Hypothesis searches, what the garbage collector leaves alone."""

import gc
import os

from hypothesis import settings

# As the page and sweeps train: as many threads as cores in each of pytest's processes wait for each other. NumPy reads
# this when it is imported, and processes that a test starts inherit it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# No deadline: a busy machine is slow, not wrong. In CI twice as many examples as where one waits for them, and the same
# every time: a red build can be repeated. `make quick` asks for fewer by the name of its profile.
settings.register_profile("here", deadline=None, max_examples=50)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

# Collecting makes a million objects that stay; searching them for garbage took a tenth of the tests' time.
gc.disable()


def pytest_collection_finish() -> None:
    """Leave what stands now out of every search for garbage, and begin to search: seldom, because it takes long."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 20)
    gc.enable()

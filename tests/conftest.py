"""What every test shares: how Hypothesis searches."""

import os

from hypothesis import settings

# No deadline: a busy machine is slow, not wrong. In CI the same examples every time: a red build can be repeated.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

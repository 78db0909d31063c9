"""The servers of other projects that tests start themselves: nginx and redis-server."""

import os
import shutil
import sys

import pytest

PLACES = (os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")  # where .ci/services looks


def find_service(name: str) -> str:
    """The path of the program ``name``. Without it the test is skipped, and fails on Linux where CI=true."""
    path = shutil.which(name, path=os.pathsep.join(PLACES))
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" and sys.platform == "linux" else pytest.skip
        missing(f"no {name} on this machine: `make test` installs it where it can")
    return path

"""What every export is: a name for people, a kind of file, and a function from a run to the bytes of that file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dnn.run import Run


@dataclass(frozen=True)
class Export:
    """One format. Calling it with a run gives the file's bytes; raises CannotExport where the format cannot hold it."""

    label: str
    help: str  # what one does with the file, in a sentence
    suffix: str
    media_type: str
    write: Callable[[Run], bytes]

    def __call__(self, run: Run) -> bytes:
        """The file for ``run``."""
        return self.write(run)

    def file_name(self, run: Run) -> str:
        """What the file is called: a name of ours, whatever the data are called."""
        return f"dnn-{run.experiment.data.dataset.kind}{self.suffix}"

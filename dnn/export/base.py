"""What every export is: a name for people, a kind of file, and a function from a run to the bytes of that file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from dnn.errors import CannotExport
from dnn.messages import Message
from dnn.training.run import Run

NO_EXAMPLES = Message("There are no examples yet.")


@dataclass(frozen=True)
class Export:
    """One format. Calling it with a run gives the file's bytes; raises CannotExport where the format cannot hold it."""

    label: str
    help: str  # what one does with the file, in a sentence
    suffix: str
    media_type: str
    write: Callable[[Run], bytes]
    needs: str = ""  # a package that is not installed with this one

    def why_not(self, run: Run) -> str:
        """A sentence saying why ``run`` cannot be written so, or nothing where it can."""
        if self.needs and find_spec(self.needs) is None:
            return Message(
                "It needs the package {package}, which is not installed: pip install {package}", package=self.needs
            )
        return "" if run.data.n_train else NO_EXAMPLES

    def __call__(self, run: Run) -> bytes:
        """The file for ``run``."""
        if reason := self.why_not(run):
            raise CannotExport(Message("{format}: {reason}", format=self.label, reason=reason))
        return self.write(run)

    def file_name(self, run: Run) -> str:
        """What the file is called: a name of ours, whatever the data are called."""
        return f"dnn-{run.experiment.data.dataset.kind}{self.suffix}"

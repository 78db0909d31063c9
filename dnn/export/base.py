"""The class of an export format: a label, a file type, and a function from a run to the bytes of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from dnn.activations import Activation
from dnn.components import Component
from dnn.errors import CannotExport
from dnn.initializers import Initializer
from dnn.losses import Loss
from dnn.messages import Message
from dnn.optimizers import Optimizer
from dnn.schedules import Schedule
from dnn.training.run import Run

NO_EXAMPLES = Message("There are no examples yet.")
NOUNS: dict[type[Component], Message] = {
    Activation: Message("The activation"),
    Initializer: Message("The initialiser"),
    Loss: Message("The loss"),
    Optimizer: Message("The optimiser"),
    Schedule: Message("The schedule"),
}


def refusal(component: Component, target: str, reason: str) -> Message:
    """Return the message for a component that cannot be exported to ``target``, a library such as PyTorch."""
    noun = next(noun for base, noun in NOUNS.items() if isinstance(component, base))
    values = {"noun": noun, "name": component.label, "target": target, "reason": reason}
    return Message("{noun} “{name}” cannot be written for {target}: {reason}.", **values)


def without_code(target: str, *parts: tuple[Iterable[Component], Mapping[type[Any], object]]) -> str:
    """Return a message about the first component without code for ``target``, or ""."""
    for components, table in parts:
        for component in components:
            if type(component) not in table:
                return refusal(component, target, Message("it has no code for that yet"))
    return ""


def anything(run: Run) -> str:
    """Return "": the format can hold every run."""
    return ""


@dataclass(frozen=True)
class Export:
    """One format. Calling it with a run returns the file's bytes; raises CannotExport if it cannot hold the run."""

    label: str
    help: str  # the use of the file, in one sentence
    suffix: str
    media_type: str
    write: Callable[[Run], bytes]
    refuses: Callable[[Run], str] = anything  # the reason why a run cannot be exported, or ""
    needs: str = ""  # an optional package

    def why_not(self, run: Run) -> str:
        """Return why ``run`` cannot be exported in this format, or ""."""
        if self.needs and find_spec(self.needs) is None:
            return Message(
                "It needs the package {package}, which is not installed: pip install {package}", package=self.needs
            )
        return self.refuses(run) if run.data.n_train else NO_EXAMPLES

    def __call__(self, run: Run) -> bytes:
        """Return the file's bytes for ``run``."""
        if reason := self.why_not(run):
            raise CannotExport(Message("{format}: {reason}", format=self.label, reason=reason))
        return self.write(run)

    def file_name(self, run: Run) -> str:
        """The file name; it does not depend on the data."""
        return f"dnn-{run.experiment.data.dataset.kind}{self.suffix}"

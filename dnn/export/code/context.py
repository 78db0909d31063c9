"""What a listing is made from: the facts of a run that its pieces of code ask for, and the sections that they give."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dnn.components import Array
from dnn.export.code import activations, losses, optimizers, schedules
from dnn.export.literals import READABLE, assigned
from dnn.training.loop import batch_size_of
from dnn.training.run import Run

UNTRAINED = 100  # epochs of a listing for a run that has not begun
LINES = 20  # costs that are printed, or a few more


@dataclass(frozen=True)
class Section:
    """A part of the listing: its title, what it does in a sentence with its equation, and its code."""

    title: str
    text: str
    code: str


def epochs_of(run: Run) -> int:
    """How many epochs a listing trains for: as many as the run, so that both end with the same cost."""
    return run.epoch or UNTRAINED


def stride(epochs: int) -> int:
    """Epochs between two printed costs: 1, 2 or 5, times a power of ten."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if epochs <= LINES * step:
                return step
        size *= 10


class Facts:
    """What this run needs of the code: which kinds, and whether it shuffles, drops units out or weighs examples."""

    def __init__(self, run: Run) -> None:
        self.run, self.data, self.training = run, run.data, run.experiment.training
        self.sizes = run.params.sizes
        self.several = self.sizes[-1] > 1
        self.loss = losses.CODE[run.network.loss.kind](run.network.loss, self.several)
        self.hidden = list(run.network.activations(len(run.params))[:-1])
        self.names = activations.named(self.hidden)
        self.optimizer = optimizers.CODE[self.training.optimizer.kind](self.training.optimizer)
        self.rate = schedules.function(self.training.schedule)
        self.dropout = self.training.dropout_of(len(self.hidden))
        self.drops, self.weighted = any(self.dropout), run.data.weights is not None
        self.penalised = bool(self.training.l1 or self.training.l2)
        self.batch_size = batch_size_of(run)
        self.shuffles = self.batch_size < self.data.n_train
        labels = self.data.labels.astype(float)[:, None]  # of several classes their numbers say it in short
        targets = labels if self.data.task == "multiclass" else self.data.y
        self.points = assigned("POINTS", self.data.points, "the inputs of every example")
        self.targets = assigned("TARGETS", targets, "what belongs to each: a class, or the number itself")
        heavy = self.data.weights
        self.weights = ("", "") if heavy is None else assigned("WEIGHTS", heavy[:, None], "how much each counts")
        given = [] if run.origin is None else self.blocks(run.origin)
        given += [] if run.frozen is None else self.blocks(run.frozen)
        self.packs = any("unpacked" in made for _, made in (self.points, self.targets, self.weights))
        self.packs |= any(block.size > READABLE for block in given)

    @property
    def packs_start(self) -> bool:
        """Whether a snippet that holds the starting parameters too has arrays packed into texts."""
        return self.packs or any(block.size > READABLE for block in self.blocks(self.run.params.vector))

    def blocks(self, vector: Array) -> list[Array]:
        """A vector like the parameters' as a matrix (n_in + 1, n_out) for each layer."""
        place, blocks = 0, []
        for n_in, n_out in pairwise(self.sizes):
            blocks.append(vector[place : place + (n_in + 1) * n_out].reshape(n_in + 1, n_out))
            place += (n_in + 1) * n_out
        return blocks

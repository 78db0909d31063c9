"""The context of a listing: the parts of a run that its code needs, and its sections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from dnn.components import Array
from dnn.errors import CannotExport
from dnn.export.code import activations, initializers, losses, optimizers, schedules
from dnn.export.code.source import Source
from dnn.export.literals import READABLE, assignment
from dnn.training.run import Run

UNTRAINED = 100  # epochs of a listing for a run that has not started
LINES = 20  # approximate number of printed costs


@dataclass(frozen=True)
class Section:
    """A part of the listing: its title, a sentence with its equation, and its code."""

    title: str
    text: str
    code: str


def epochs_of(run: Run) -> int:
    """Return the number of epochs of a listing: as many as the run, so that both end with the same cost."""
    return run.epoch or UNTRAINED


def stride(epochs: int) -> int:
    """Return the number of epochs between two printed costs: 1, 2 or 5 times a power of ten."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if epochs <= LINES * step:
                return step
        size *= 10


class Context:
    """The code that a run needs: its components, and whether it shuffles, uses dropout or weights examples.

    The code of a component is created on access and adds the classes that it needs to ``source``. All properties raise
    CannotExport for a component that cannot be exported.
    """

    def __init__(self, run: Run) -> None:
        self.run, self.data, self.training = run, run.data, run.experiment.training
        self.source = Source()
        self.sizes = run.params.sizes
        self.several = self.sizes[-1] > 1
        self.hidden = list(run.network.activations(len(run.params))[:-1])
        self.names = activations.function_names(self.hidden)
        self.dropout = self.training.dropout_of(len(self.hidden))
        self.drops, self.weighted = any(self.dropout), run.data.weights is not None
        self.penalised = bool(self.training.l1 or self.training.l2)
        self.batch_size = run.batch_size
        self.shuffles = self.batch_size < self.data.n_train
        self.full_batch = not self.shuffles and not self.drops
        self.min_improvement = self.training.min_improvement * self.data.cost_scale

    @property
    def n_train_line(self) -> str:
        """The statement that says which examples train."""
        if not self.data.n_validation:
            return f"N_TRAIN = {self.data.n_train}  # the first examples train, the others test"
        numbers = f"{self.data.n_train}, {self.data.n_validation}"
        rest = "the next are held out, the others test" if self.run.has_test_data else "the others are held out"
        return f"N_TRAIN, N_VALIDATION = {numbers}  # the first train, {rest}"

    @property
    def parts(self) -> dict[str, tuple[str, str]]:
        """Where the examples of each part begin and end, as code. Early stopping watches the last part."""
        parts, test = {"train": ("None", "N_TRAIN")}, "N_TRAIN"
        if self.data.n_validation:
            test = "N_TRAIN + N_VALIDATION"
        if self.run.has_test_data:
            parts["test"] = (test, "None")
        if self.data.n_validation:
            parts["validation"] = ("N_TRAIN", test)
        return parts

    def reports(self, cost: str = "costs[{place}]") -> str:
        """Return the end of an f-string with the ``cost`` of each part, an expression with {place} or {part}."""
        each = {part: "{" + cost.format(place=place, part=part) + "!r}" for place, part in enumerate(self.parts)}
        return each["train"] if len(each) == 1 else ", ".join(f"{part} {text}" for part, text in each.items())

    @cached_property
    def functions(self) -> str:
        """The hidden activations and their slopes."""
        return activations.functions(self.hidden, self.source)

    @cached_property
    def loss(self) -> losses.LossCode:
        """The output's activation, the losses and their slope."""
        return losses.code_of(self.run.network.loss, self.several, self.source)

    @cached_property
    def optimizer(self) -> optimizers.OptimizerCode:
        """The code from a gradient to a step."""
        return optimizers.code_of(self.training.optimizer, self.source)

    @cached_property
    def rate(self) -> str:
        """``learning_rate(epoch)``, or "" for a constant rate."""
        return schedules.function(self.training.schedule, self.source)

    @cached_property
    def initializer_lines(self) -> list[str]:
        """The lines that draw the initial weights and biases of a layer."""
        network = self.run.experiment.network
        return initializers.body(network.initializer, network.bias_initializer, self.source)

    @cached_property
    def points(self) -> tuple[str, str]:
        """A statement with the inputs of every example, and an expression that converts them to an array (m, n)."""
        return assignment("POINTS", self.data.points, "the inputs of every example")

    @cached_property
    def targets(self) -> tuple[str, str]:
        """The same for the targets (m, outputs); for several classes their shorter class numbers (m, 1)."""
        labels = self.data.labels.astype(float)[:, None]
        targets = labels if self.data.task == "multiclass" else self.data.y
        return assignment("TARGETS", targets, "what belongs to each: a class, or the number itself")

    @cached_property
    def weights(self) -> tuple[str, str]:
        """The same for the sample weights (m, 1); empty without weights."""
        weights = self.data.weights
        return ("", "") if weights is None else assignment("WEIGHTS", weights[:, None], "how much each counts")

    @cached_property
    def packs(self) -> bool:
        """Whether the listing has arrays encoded as base64."""
        vectors = [vector for vector in (self.run.origin, self.run.frozen) if vector is not None]
        return any("unpacked" in made for _, made in (self.points, self.targets, self.weights)) or any(
            block.size > READABLE for vector in vectors for block in self.blocks(vector)
        )

    @property
    def packs_start(self) -> bool:
        """Whether a snippet with the initial parameters has arrays encoded as base64."""
        return self.packs or any(block.size > READABLE for block in self.blocks(self.run.params.vector))

    def blocks(self, vector: Array) -> list[Array]:
        """Split a vector like the parameters' into a matrix (n_in + 1, n_out) for each layer."""
        place, blocks = 0, []
        for n_in, n_out in pairwise(self.sizes):
            blocks.append(vector[place : place + (n_in + 1) * n_out].reshape(n_in + 1, n_out))
            place += (n_in + 1) * n_out
        return blocks


def refuses(run: Run) -> str:
    """Return why ``run`` cannot be exported as a listing: a message about the component without code, or ""."""
    context = Context(run)
    try:
        _ = context.functions, context.loss, context.optimizer, context.rate
        _ = context.initializer_lines if run.origin is None else []
    except CannotExport as error:
        return error.message
    return ""

"""The shelf: runs that a visitor keeps to return to them or to compare them, as one immutable value.

What is kept of a run is its experiment and its epoch: runs are deterministic, so it is trained again when it is opened.
A run that was changed on the way does not follow from its experiment; of that its model file is kept.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import Field, field_validator

from dnn.components import Document
from dnn.errors import DnnError, InvalidFile, InvalidSetting, Problem, shown
from dnn.experiment import Experiment
from dnn.experiment.differences import names
from dnn.experiment.documents import text_of
from dnn.export.model import load, write_model
from dnn.messages import Message, Translate
from dnn.plots.boundary_picture import SIDE, levels_of
from dnn.training.history import History
from dnn.training.run import Run
from dnn.ui.limits import check_limits

MOST = 24  # runs on the shelf
LONGEST_NAME = 60  # characters
MOST_EPOCHS = 10_000_000
MOST_MODEL = 1_000_000  # characters of the text of a model file; ten times as many bytes unpacked
LONGEST = 8_000_000  # characters of all runs, so that a file of them can be opened
LONGEST_STORED = 4_000_000  # characters of a shelf in a browser's tab, which stores 5 MB
KEPT_ROWS = 512  # of the history in a model file
FULL = Message("The shelf is full: it holds {most} runs. Remove one to keep another.", most=MOST)
TOO_MUCH = Message("The shelf is full: with this run its file would be too large to be opened again.")
TOO_LARGE = Message(
    "This run was changed on the way, and its weights and data are too large for the shelf. Keep its model file "
    "(*Take it with you*)."
)
EXPECTED = Message("it must be the JSON of a shelf, as Download gives it")

Cost = Annotated[float, Field(allow_inf_nan=False)] | None


class Kept(Document):
    """One kept run: how to train it again, and how it looked. ``number`` tells it apart from the others."""

    experiment: Experiment
    epoch: int = Field(0, ge=0, le=MOST_EPOCHS)
    batch: int = Field(0, ge=0, le=20_000)  # updates done in the epoch that had begun
    number: int = Field(0, ge=0, le=2**31 - 1)
    name: str = Field("", max_length=LONGEST_NAME)  # empty: made of what differs
    picture: str = Field("", max_length=4 * SIDE * SIDE)  # `levels_of`, compressed, in base64
    train_cost: Cost = None
    test_cost: Cost = None
    train_accuracy: Cost = None
    test_accuracy: Cost = None
    diverged: bool = False
    model: str = Field("", max_length=MOST_MODEL)  # of a run that was changed on the way

    @field_validator("experiment", mode="before")
    @classmethod
    def _valid_experiment(cls, value: Any) -> Experiment:
        """Check it by itself, so that its own problems are reported, and for this page's limits."""
        return check_limits(value if isinstance(value, Experiment) else Experiment.model_validate(value))

    @classmethod
    def of(cls, run: Run) -> Self:
        """Keep ``run``. Raises ShelfFull for one that was changed and is too large."""
        finite = {name: value if np.isfinite(value) else None for name, value in run.latest.items()}
        return cls(
            experiment=run.experiment,
            epoch=run.epoch,
            batch=run.batch,
            picture=b64encode(zlib.compress(levels_of(run), 9)).decode(),
            model=_model_text(run) if follows_own_way(run) else "",
            diverged=run.diverged,
            train_cost=finite["train_cost"],
            test_cost=finite["test_cost"],
            train_accuracy=finite["train_accuracy"],
            test_accuracy=finite["test_accuracy"],
        )

    @property
    def was_changed(self) -> bool:
        """Whether settings, weights or data were changed on the way."""
        return bool(self.model)

    @property
    def levels(self) -> bytes:
        """The bytes of :func:`levels_of`; a plain picture if they cannot be read."""
        try:
            found = _unpacked(self.picture, SIDE * SIDE)
        except InvalidFile:
            found = b""
        return found if len(found) == SIDE * SIDE else bytes([128]) * (SIDE * SIDE)

    def run(self) -> Run | None:
        """Return the run in the model file; None if there is none, because the experiment leads to it."""
        if not self.model:
            return None
        run = load(_unpacked(self.model, 10 * MOST_MODEL), most_bytes=10 * MOST_MODEL)
        if run.experiment != self.experiment or run.epoch != self.epoch:
            raise InvalidFile(Message("its model file is of another run"))
        return run

    def same_run(self, other: Kept) -> bool:
        """Whether both are of the same run at the same moment."""
        return (self.experiment, self.epoch, self.batch, self.model) == (
            other.experiment,
            other.epoch,
            other.batch,
            other.model,
        )


class Shelf(Document):
    """All kept runs in the order in which they were kept."""

    version: Literal[1] = 1
    kept: tuple[Kept, ...] = ()

    @field_validator("kept", mode="before")
    @classmethod
    def _valid_runs(cls, value: Any) -> tuple[Kept, ...]:
        if not isinstance(value, list | tuple) or len(value) > MOST:
            text = Message("{count} of them", count=len(value)) if isinstance(value, list | tuple) else shown(value)
            raise InvalidSetting([Problem("kept", text, Message("it must be a list of up to {most} runs", most=MOST))])
        kept = [each if isinstance(each, Kept) else Kept.model_validate(each) for each in value]
        if len({each.number for each in kept}) < len(kept):
            kept = [each.model_copy(update={"number": place}) for place, each in enumerate(kept)]
        return tuple(kept)

    def names(self, say: Translate = str) -> tuple[str, ...]:
        """Return the name of each run: the visitor's, or one made of what differs."""
        run_names = names([each.experiment for each in self.kept], [each.epoch for each in self.kept], say)
        return tuple(each.name or name for each, name in zip(self.kept, run_names, strict=True))

    def of(self, number: int) -> Kept | None:
        """Return the run with this number, if it is still there."""
        return next((each for each in self.kept if each.number == number), None)

    def adding(self, *more: Kept) -> Shelf:
        """Return the shelf with ``more`` at its end, without those it has. Raises ShelfFull if there is no room."""
        kept = list(self.kept)
        for each in more:
            if any(each.same_run(other) for other in kept):
                continue
            if len(kept) == MOST:
                raise ShelfFull(FULL)
            number = max((other.number for other in kept), default=-1) + 1
            kept.append(each.model_copy(update={"number": number}))
            if sum(map(_length, kept)) > LONGEST:
                raise ShelfFull(TOO_MUCH)
        return self.model_copy(update={"kept": tuple(kept)})

    def without(self, number: int) -> Shelf:
        """Return the shelf without the run of this number."""
        return self.model_copy(update={"kept": tuple(each for each in self.kept if each.number != number)})

    def renamed(self, number: int, name: str) -> Shelf:
        """Return the shelf with another name of a run; an empty one is made of what differs again."""
        name = " ".join(name.split())[:LONGEST_NAME]
        kept = (each.model_copy(update={"name": name}) if each.number == number else each for each in self.kept)
        return self.model_copy(update={"kept": tuple(kept)})


class ShelfFull(DnnError):
    """There is no room for another run, or not for so large a one."""


def read(document: bytes | str) -> Shelf:
    """Return the shelf in a file's bytes; raises InvalidSetting or InvalidFile with a message."""
    shelf = Shelf.model_validate_json(text_of(document, "shelf", EXPECTED))
    for each in shelf.kept:
        each.experiment.make_data()  # a formula may be undefined at one of the points
        each.run()
    return shelf


@lru_cache(maxsize=256)
def _length(kept: Kept) -> int:
    return len(kept.model_dump_json())


@lru_cache(maxsize=8)
def shelf_text(shelf: Shelf) -> str:
    """Return the text that the browser's tab stores."""
    return shelf.model_dump_json()


def follows_own_way(run: Run) -> bool:
    """Whether ``run`` was changed on the way, so that its experiment does not lead to it."""
    return run.changed or run.frozen is not None or run.origin is not None


def _model_text(run: Run) -> str:
    history = History.of(run.history.table(), run.history.layers, KEPT_ROWS, run.history.stride)
    text = b64encode(zlib.compress(write_model(replace(run, history=history)), 9)).decode()
    if len(text) > MOST_MODEL:
        raise ShelfFull(TOO_LARGE)
    return text


def _unpacked(text: str, most: int) -> bytes:
    """Return the bytes in a compressed text; raises InvalidFile if it is damaged, or larger than ``most`` bytes."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(b64decode(text, validate=True), most)
    except (zlib.error, ValueError):
        raise InvalidFile(Message("what is kept of a run is damaged")) from None
    if not unpacker.eof:
        raise InvalidFile(Message("what is kept of a run is damaged or too large"))
    return content

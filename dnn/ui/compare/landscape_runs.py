"""Other runs for the plane of a landscape: those of the comparison and of the shelf that have the same network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dnn.analysis.path import POINTS, Path, thinned_epochs
from dnn.experiment import Experiment
from dnn.experiment.differences import names
from dnn.messages import Message
from dnn.training import advance
from dnn.training.run import Run
from dnn.ui import session
from dnn.ui.compare import state
from dnn.ui.live.group import GroupPlayer
from dnn.ui.live.starting import started
from dnn.ui.session.shelf import Kept
from dnn.ui.turns import long_computation
from dnn.ui.visitor import store
from dnn.ui.visitor.language import tr

CHOSEN, PATHS = "landscape.beside", "landscape.paths"  # in the store: keys of the chosen runs, and their paths
MOST = 3  # besides the run on screen: there are four kinds of lines
SECONDS = 3.0  # of training for one path
SLICE = 20  # epochs between two looks at the clock


@dataclass(frozen=True)
class Other:
    """A run that can be chosen. ``kept`` is the run on the shelf, if it is there."""

    key: str
    name: str
    experiment: Experiment
    epoch: int
    kept: Kept | None = None

    @long_computation()
    def path(self) -> Path:
        """Its path, trained again as far as there is time; of a run that was changed on the way its end alone."""
        if self.kept is not None and (run := self.kept.run()) is not None:
            return Path.of(run)
        run, began = started(self.experiment), time.perf_counter()
        earlier: list[Run] = []
        for epoch in thinned_epochs(self.epoch, POINTS):
            while run.epoch < epoch and not run.stopped and time.perf_counter() - began < SECONDS:
                run = advance(run, min(epoch - run.epoch, SLICE))
            if not earlier or earlier[-1] is not run:
                earlier.append(run)
        return Path.of(run, earlier)


def choose() -> tuple[tuple[str, Path], ...]:
    """Draw the choice of other runs; return the name and the path of each that is chosen."""
    offered = {other.key: other for other in _offered(session.experiment())}
    kept = [key for key in store.value(CHOSEN) or [] if key in offered]
    if kept != (store.value(CHOSEN) or []):
        store.put({CHOSEN: kept})
    chosen = st.multiselect(
        tr("Other runs in the same plane"),
        list(offered),
        key=CHOSEN,
        format_func=partial(_name, offered),
        max_selections=MOST,
        placeholder=tr("From the comparison or the shelf") if offered else tr("None has the same network"),
        disabled=not offered,
        persist_state="session",
        help=tr("Runs with the same layers, activations and loss. Put runs on the shelf with *Keep*."),
    )
    known = store.value(PATHS) or {}
    with st.spinner(tr("Training it again to find its path …")):
        paths = {key: known.get(key) or offered[key].path() for key in chosen}
    store.put({PATHS: paths})
    return tuple((_reached(offered[key], path), path) for key, path in paths.items())


def _name(offered: dict[str, Other], key: str) -> str:
    return offered[key].name if key in offered else key


def _reached(other: Other, path: Path) -> str:
    """Its name, with the epoch where the path ends before that of the run."""
    if path.run.epoch >= other.epoch or path.run.stopped:
        return other.name
    return tr(Message("{name}, as far as epoch {epoch}", name=other.name, epoch=path.run.epoch))


def _offered(experiment: Experiment) -> Iterator[Other]:
    """The runs of the comparison, if there is one, then those on the shelf, as far as their networks are the same."""
    wanted = _network(experiment)
    player = GroupPlayer.of(store.value(state.TOKEN) or "")
    if player is not None:
        compared = state.comparison().experiments
        for place, (name, run) in enumerate(zip(names(compared, say=tr), player.runs, strict=False)):
            if run is not None and _network(run.experiment) == wanted:
                label = tr(Message("Compared: {name}", name=name))
                yield Other(f"compared.{place}.{hash(run.experiment)}", label, run.experiment, run.epoch)
    shelf = session.shelf()
    for kept, name in zip(shelf.kept, shelf.names(tr), strict=True):
        if _network(kept.experiment) == wanted:
            label = tr(Message("Shelf: {name}, epoch {epoch}", name=name, epoch=kept.epoch))
            yield Other(f"shelf.{kept.number}", label, kept.experiment, kept.epoch, kept)


def _network(experiment: Experiment) -> tuple[object, ...]:
    """What must be the same for two runs to have a plane in common."""
    data, network = experiment.data, experiment.network
    inputs, classes = len(data.features or data.dataset.names.inputs), len(data.dataset.names.classes)
    return inputs, classes, network.hidden_layer_sizes, network.activation, experiment.training.loss

"""Own data that no link can hold outlive a reload: the browser's tab stores them and returns them when asked.

The address then says ``data=file``. Stored data are used only if all other words of that address are the same.
"""

from __future__ import annotations

from functools import lru_cache

from dnn.errors import InvalidSetting
from dnn.experiment import Experiment
from dnn.experiment.documents import read
from dnn.experiment.links import needs_file, to_query
from dnn.ui import session
from dnn.ui.limits import within_limits
from dnn.ui.widgets.tab_storage import stored_text, tab_storage

KEY, NAME = "own-data-storage", "dnn.own-data"  # of the component, and in the tab's storage


def draw() -> None:
    """Give the browser the data that the address cannot hold, or ask for them after a reload."""
    experiment, wanted = session.experiment(), session.words_without_data() is not None
    if wanted or needs_file(experiment):
        text = _text(experiment) if needs_file(experiment) else None
        tab_storage(NAME, KEY, text=text, wanted=wanted, on_kept=_restore, always=True)


@lru_cache(maxsize=8)
def _text(experiment: Experiment) -> str:
    return experiment.model_dump_json()


def _restore() -> None:
    """Play what the browser stored. It may send anything."""
    wanted = session.words_without_data()
    session.end_data_search()
    try:
        experiment, problems = within_limits(read(stored_text(KEY)))
    except InvalidSetting:
        return
    if not problems and to_query(experiment) == wanted:
        session.open(experiment)
        session.forget_problems()

"""What one visitor plays, and how it changes.

``open`` is the one way in; ``actions`` are what a visitor does; ``changes`` applies them, and ``history`` undoes them;
``playing`` has the player. What Streamlit stores for the visitor and the address bar are in ``dnn.ui.visitor``.
"""

from dnn.ui.session.actions import (
    PANEL,
    can_redo,
    can_undo,
    last_action,
    new_weights,
    redo,
    reset,
    run_actions,
    run_panel_action,
    undo,
)
from dnn.ui.session.arrival import (
    forget_problems,
    found_data,
    is_newcomer,
    open,
    open_address,
    open_run,
    problems_found,
    without_data,
)
from dnn.ui.session.changes import apply_pending, push_together, set_widgets, update
from dnn.ui.session.data_choice import use_custom_data, use_dataset, with_defaults
from dnn.ui.session.playing import DEFAULT_SPEED, PROJECTOR, appearance, experiment, player

__all__ = [
    "DEFAULT_SPEED",
    "PANEL",
    "PROJECTOR",
    "appearance",
    "apply_pending",
    "can_redo",
    "can_undo",
    "experiment",
    "forget_problems",
    "found_data",
    "is_newcomer",
    "last_action",
    "new_weights",
    "open",
    "open_address",
    "open_run",
    "player",
    "problems_found",
    "push_together",
    "redo",
    "reset",
    "run_actions",
    "run_panel_action",
    "set_widgets",
    "undo",
    "update",
    "use_custom_data",
    "use_dataset",
    "with_defaults",
    "without_data",
]

"""The session of one visitor: the experiment, its run, and changes to them.

``open`` plays an experiment from any source. ``actions`` holds the visitor's actions, ``changes`` applies them,
``history`` undoes them, and ``playing`` has the player. The store and the address bar are in ``dnn.ui.visitor``.
"""

from dnn.ui.session.actions import (
    PANEL,
    can_redo,
    can_undo,
    last_action,
    look_at,
    new_weights,
    play,
    redo,
    reset,
    run_actions,
    run_panel_action,
    step_batch,
    undo,
)
from dnn.ui.session.arrival import (
    PROBLEMS,
    end_data_search,
    forget_problems,
    is_newcomer,
    open,
    open_address,
    open_run,
    words_without_data,
)
from dnn.ui.session.changes import apply_pending, push_together, set_widgets, shelf, update
from dnn.ui.session.data_choice import use_custom_data, use_dataset, with_defaults
from dnn.ui.session.playing import DEFAULT_SPEED, PROJECTOR, appearance, experiment, player, present_player
from dnn.ui.session.recovery import kept_text, receive_kept_run, recovered_run, restore_kept_run, take_kept_run
from dnn.ui.session.shelf_actions import keep_runs

__all__ = [
    "DEFAULT_SPEED",
    "PANEL",
    "PROBLEMS",
    "PROJECTOR",
    "appearance",
    "apply_pending",
    "can_redo",
    "can_undo",
    "end_data_search",
    "experiment",
    "forget_problems",
    "is_newcomer",
    "keep_runs",
    "kept_text",
    "last_action",
    "look_at",
    "new_weights",
    "open",
    "open_address",
    "open_run",
    "play",
    "player",
    "present_player",
    "push_together",
    "receive_kept_run",
    "recovered_run",
    "redo",
    "reset",
    "restore_kept_run",
    "run_actions",
    "run_panel_action",
    "set_widgets",
    "shelf",
    "step_batch",
    "take_kept_run",
    "undo",
    "update",
    "use_custom_data",
    "use_dataset",
    "with_defaults",
    "words_without_data",
]

"""The messages of a run that cannot go on."""

from __future__ import annotations

from dnn.messages import Message
from dnn.training.early_stopping import Best, Watched

TOO_LARGE = Message(
    "Diverged in epoch 0: the starting weights already give an infinite cost, or one that is not a number. "
    "Start again with smaller starting weights or fewer layers."
)


def divergence(epoch: int, learning_rate: float) -> str:
    """The message for a run that broke in ``epoch``."""
    return Message(
        "Diverged in epoch {epoch}: the cost or a weight became infinite or not a number. The weights are those of "
        "epoch {last}, the last with finite numbers. Start again with a learning rate smaller than {rate}.",
        epoch=epoch,
        last=epoch - 1,
        rate=f"{learning_rate:g}",
    )


def stopped_early(patience: int | None, best: Best, watched: Watched) -> str:
    """The message for a run whose ``patience`` is over; ``watched`` is the cost that did not fall."""
    numbers = {"patience": patience, "cost": f"{best.cost:.4g}", "epoch": best.epoch}
    if watched == "validation_cost":
        return Message(
            "Stopped early: for {patience} epochs the validation cost was not better than {cost}, that of epoch "
            "{epoch}. Its weights are back.",
            **numbers,
        )
    if watched == "test_cost":
        return Message(
            "Stopped early: for {patience} epochs the test cost was not better than {cost}, that of epoch {epoch}. Its "
            "weights are back.",
            **numbers,
        )
    return Message(
        "Stopped early: for {patience} epochs the train cost was not better than {cost}, that of epoch {epoch}. Its "
        "weights are back.",
        **numbers,
    )

"""Which epoch a replay shows when: evenly, or on a logarithmic scale, because most happens early."""

from __future__ import annotations


def epoch_at(share: float, first: int, last: int, *, logarithmic: bool) -> int:
    """The epoch shown after a ``share`` of the replay's time, from ``first`` at 0 to ``last`` at 1.

    ``logarithmic``: every doubling of the epochs since ``first``, counted from 1, takes as long as the one before it.
    """
    epochs = last - first
    passed = (epochs + 1.0) ** share - 1.0 if logarithmic else epochs * share
    return first + round(passed)


def replay_epochs(last: int, most: int) -> list[int]:
    """About ``most`` epochs from 0 to ``last``, as a logarithmic replay shows them; all of a short run."""
    if last < most:
        return list(range(last + 1))
    frames = most
    while len(found := _frames(last, frames)) < most:  # at the start several frames fall on one epoch
        frames += most - len(found)
    return found


def _frames(last: int, frames: int) -> list[int]:
    return sorted({epoch_at(k / (frames - 1), 0, last, logarithmic=True) for k in range(frames)})

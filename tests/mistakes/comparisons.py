"""Training with a mistake and without it, done once for all tests that look at it."""

from functools import cache

from dnn.mistakes import MISTAKES, Comparison, compare


def compared(name: str, draw: int = 0, epochs: int | None = None) -> Comparison:
    """Training from the starting weights of one draw; ``epochs`` replaces those of the mistake's setting."""
    return _compared(name, draw, MISTAKES[name].setting.epochs if epochs is None else epochs)


@cache
def _compared(name: str, draw: int, epochs: int) -> Comparison:
    return compare(name, draw=draw, epochs=epochs)

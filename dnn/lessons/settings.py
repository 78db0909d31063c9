"""The settings that steps let a pupil change: the words of a link for each of their options."""

from __future__ import annotations

from dnn.lessons.lesson import Option, Setting


def units(*widths: int) -> Setting:
    """The width of one hidden layer."""
    return Setting("Hidden units", tuple(_option(str(width), layers=str(width)) for width in widths))


def layers(width: int, *depths: int) -> Setting:
    """So many hidden layers of one width."""
    return Setting(
        "Hidden layers",
        tuple(_option(str(depth), layers="-".join([str(width)] * depth) or "none") for depth in depths),
    )


def rates(*values: float) -> Setting:
    """The learning rate."""
    return Setting("Learning rate", tuple(_option(f"{value:g}", learning_rate=repr(value)) for value in values))


def chosen(label: str, word: str, **options: str) -> Setting:
    """A component by its name in the link; the keys are names, the values labels."""
    return Setting(label, tuple(_option(text, **{word: name}) for name, text in options.items()))


def spreads(*values: float) -> Setting:
    """The standard deviation of the starting weights."""
    return Setting(
        "Spread of the starting weights",
        tuple(
            Option(f"{value:g}", (("initializer", "normal"), ("initializer.scale", repr(value)))) for value in values
        ),
    )


def starts(**names: str) -> Setting:
    """The starting weights: ``normal_`` and a spread, or the name of an initialiser, and its label."""
    return Setting("Initialiser", tuple(Option(label, _start(name)) for name, label in names.items()))


def _start(name: str) -> tuple[tuple[str, str], ...]:
    kind, found, spread = name.partition("normal_")
    if kind or not found:
        return (("initializer", name),)
    return (("initializer", "normal"), ("initializer.scale", spread.replace("_", ".")))


def numbers(label: str, word: str, *values: float) -> Setting:
    """A number of a training setting."""
    return Setting(label, tuple(_option(f"{value:g}", **{word: repr(value)}) for value in values))


def _option(label: str, **words: str) -> Option:
    return Option(label, tuple(words.items()))

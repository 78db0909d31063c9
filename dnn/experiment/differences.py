"""Which settings differ among experiments, and short names made of them: *ReLU, 0.1* and *tanh, 0.1*.

Table, legends and names of compared runs all come from here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dnn.components import Component
from dnn.experiment.experiment import Experiment
from dnn.experiment.links import WORDS
from dnn.experiment.setting_names import setting_title, value_text
from dnn.messages import Message, Translate

MOST_PARTS = 4  # settings in a name; the table has the others
ABSENT = "–"  # in place of a parameter that a component does not have
DIGITS = 6  # of a number


@dataclass(frozen=True)
class Difference:
    """One setting that differs: its name as in a link, and one value for each experiment.

    ``values`` has None both for "none" and for a parameter that the experiment's component lacks; ``texts`` says which.
    ``title`` and ``texts`` are English; pass them to ``tr``.
    """

    setting: str
    title: str
    values: tuple[Any, ...]
    texts: tuple[str, ...]

    @property
    def is_number(self) -> bool:
        """Whether every experiment that has the setting has a number there."""
        return all(type(value) in (int, float) for value in self.values if value is not None)

    def marked(self) -> tuple[bool, ...]:
        """For each experiment whether its value is another than that of the first."""
        return tuple((value, text) != (self.values[0], self.texts[0]) for value, text in self._pairs())

    def _pairs(self) -> list[tuple[Any, str]]:
        return list(zip(self.values, self.texts, strict=True))


def differences(experiments: Sequence[Experiment]) -> tuple[Difference, ...]:
    """Return the settings in which not all of these experiments agree, in the order of ``links.WORDS``.

    Parameters that all have the value that their component has by itself are left out: the component differs.
    """
    flat = [_settings(experiment) for experiment in experiments]
    order = {word: place for place, word in enumerate(WORDS)}
    names = dict.fromkeys(name for settings in flat for name in settings)
    found = []
    for name in sorted(names, key=lambda name: (order[name.partition(".")[0]], name.count("."))):
        present = [name in settings for settings in flat]
        values = tuple(settings.get(name) for settings in flat)
        if all(present) and all(value == values[0] for value in values):
            continue
        if all(_is_usual(name, settings) for settings in flat if name in settings):
            continue  # the name of the component says it all
        path = _path(name)
        texts = tuple(
            value_text(path, value, _english, DIGITS) if here else ABSENT
            for here, value in zip(present, values, strict=True)
        )
        found.append(Difference(name, setting_title(path), values, texts))
    return tuple(found)


def names(experiments: Sequence[Experiment], epochs: Sequence[int] = (), say: Translate = str) -> tuple[str, ...]:
    """Return a different short name for each experiment, made of what differs.

    A single experiment is named by what differs from the default one. Experiments that would have the same name get
    their number of ``epochs``, and if that is the same too, a number. ``say`` translates.
    """
    if not experiments:
        return ()
    alone = all(experiment == experiments[0] for experiment in experiments)
    differing = differences([experiments[0], Experiment()] if alone else experiments)
    several_numbers = sum(difference.is_number for difference in differing) > 1
    found = []
    for place, experiment in enumerate(experiments):
        parts = [
            _part(difference, 0 if alone else place, several_numbers, say)
            for difference in differing
            if difference.texts[0 if alone else place] != ABSENT
        ]
        shown = [*parts[:MOST_PARTS], "…"] if len(parts) > MOST_PARTS else parts
        found.append(", ".join(shown) or say(experiment.data.dataset.label))
    if epochs:
        found = _distinguished(found, [say(Message("epoch {epoch}", epoch=epoch)) for epoch in epochs])
    return tuple(_numbered(found))


def _distinguished(found: list[str], additions: list[str]) -> list[str]:
    """Add to names that occur more than once what tells them apart."""
    count = Counter(found)
    return [f"{name}, {more}" if count[name] > 1 else name for name, more in zip(found, additions, strict=True)]


def _numbered(found: list[str]) -> list[str]:
    """Number those names that are still the same."""
    used: set[str] = set()
    result = []
    for name in found:
        unique, number = name, 2
        while unique in used:
            unique, number = f"{name} ({number})", number + 1
        used.add(unique)
        result.append(unique)
    return result


def _part(difference: Difference, place: int, several_numbers: bool, say: Translate) -> str:
    """Return one setting in a name. Components, layers and a learning rate alone explain themselves."""
    text, word = say(difference.texts[place]), difference.setting
    if word == "layers":
        return text if difference.values[place] else say("no hidden layer")
    choice = isinstance(difference.values[place], Component) or word == "activation"
    if choice or (word == "learning_rate" and not several_numbers):
        return text
    return f"{_inside(say(difference.title))} {text}"


def _inside(title: str) -> str:
    """Return a title as it stands inside a name: *learning rate*, but *L2*."""
    return title if title[1:2].isdigit() or title[1:2].isupper() else title[:1].lower() + title[1:]


def _path(name: str) -> str:
    """Return the dotted name of a setting: ``training.optimizer.beta1`` of ``optimizer.beta1`` in a link."""
    word, *rest = name.split(".")
    return ".".join([*WORDS[word], *rest])


def _english(text: str) -> str:
    """Leave a text as it is, so that a Message can still be translated."""
    return text


def _settings(experiment: Experiment) -> dict[str, Any]:
    """Return every setting by its name in a link; the parameters of components follow after a dot."""
    found: dict[str, Any] = {}
    for word, path in WORDS.items():
        value: Any = experiment
        for name in path:
            value = getattr(value, name)
        found |= _flat(word, value)
    return found


def _flat(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Component):
        found: dict[str, Any] = {name: _default(value)}
        for field in type(value).model_fields:
            found |= {} if field == "kind" else _flat(f"{name}.{field}", getattr(value, field))
        return found
    if isinstance(value, tuple) and value and isinstance(value[0], Component):
        found = {name: tuple(_default(each) for each in value)}
        for place, each in enumerate(value, start=1):
            found |= {key: inner for key, inner in _flat(f"{name}.{place}", each).items() if key.count(".") > 1}
        return found
    return {name: value}


def _default(component: Component) -> Component:
    """Return ``component`` with its default parameters."""
    return _default_of(type(component), component.kind)


@cache
def _default_of(component: type[Component], kind: str) -> Component:
    return component(kind=kind)


def _is_usual(name: str, settings: dict[str, Any]) -> bool:
    """Whether a parameter, such as ``optimizer.beta1``, has the value that its component has by itself."""
    owner, _, field = name.rpartition(".")
    component = settings.get(owner)
    if not isinstance(component, Component):
        return False
    usual = getattr(component, field)
    return bool(settings[name] == (type(usual)(kind=usual.kind) if isinstance(usual, Component) else usual))

"""Names for pupils who give none."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from dnn.classroom.store import folded
from dnn.messages import Message, Translate

ANIMALS = (
    Message("Ant"), Message("Badger"), Message("Bat"), Message("Bear"), Message("Beaver"), Message("Bee"),
    Message("Butterfly"), Message("Camel"), Message("Cat"), Message("Cheetah"), Message("Crab"), Message("Crane"),
    Message("Deer"), Message("Dolphin"), Message("Duck"), Message("Eagle"), Message("Elephant"), Message("Falcon"),
    Message("Fox"), Message("Frog"), Message("Giraffe"), Message("Hedgehog"), Message("Horse"), Message("Kangaroo"),
    Message("Koala"), Message("Lion"), Message("Lynx"), Message("Mole"), Message("Octopus"), Message("Otter"),
    Message("Owl"), Message("Panda"), Message("Penguin"), Message("Rabbit"), Message("Seal"), Message("Squirrel"),
    Message("Swan"), Message("Tiger"), Message("Turtle"), Message("Whale"),
)  # fmt: skip


def free_animal(taken: Iterable[str], say: Translate = str) -> str:
    """Return a random animal's name in the language of ``say``, one that is not ``taken`` as long as there is one."""
    names, others = [say(animal) for animal in ANIMALS], {folded(name) for name in taken}
    return secrets.choice([name for name in names if folded(name) not in others] or names)

"""The terms of the field that the lessons use, by topic: data and text only.

Adding one is an entry in a file of its topic. ``tests/lessons/test_glossary.py`` checks that the step that it names
uses it.
"""

from __future__ import annotations

from dnn.lessons.glossary import depth, landscapes, learning, network, results
from dnn.lessons.glossary.term import Term

__all__ = ["GLOSSARY", "TERMS", "TOPICS", "Term"]

TOPICS: dict[str, tuple[Term, ...]] = {
    "What a network is made of": network.TERMS,
    "How it learns": learning.TERMS,
    "Where it starts, and how deep it is": depth.TERMS,
    "How well it does": results.TERMS,
    "The cost as a landscape": landscapes.TERMS,
}
GLOSSARY: tuple[Term, ...] = tuple(term for terms in TOPICS.values() for term in terms)
TERMS: dict[str, Term] = {term.slug: term for term in GLOSSARY}  # as an address names them

"""Every published case is used by one of the tests beside this one."""

from types import ModuleType

from tests.published import test_layers, test_training, test_updates
from tests.published.cases import CASES


def used(module: ModuleType) -> set[str]:
    """The names given to ``cases`` in a module of tests."""
    marks = [mark for test in vars(module).values() for mark in getattr(test, "pytestmark", [])]
    return {name for mark in marks if mark.name == "parametrize" for name in mark.kwargs["ids"]}


def test_every_published_case_is_used() -> None:
    assert used(test_layers) | used(test_updates) | used(test_training) == CASES.keys()

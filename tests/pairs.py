"""Cases that hold every pair of values of two settings: far fewer than all combinations, and nearly as telling."""

from collections.abc import Sequence
from itertools import combinations, product


def pairs(*settings: Sequence[str]) -> list[tuple[str, ...]]:
    """Return combinations, one value of each of ``settings``, in which every pair of values occurs at least once.

    The same for the same settings: of all combinations, in order, each time the one with the most pairs still missing.
    """

    def pairs_of(case: tuple[str, ...]) -> set[tuple[tuple[int, str], ...]]:
        return set(combinations(enumerate(case), 2))

    left = {case: pairs_of(case) for case in product(*settings)}
    missing, cases = set().union(*left.values()), list[tuple[str, ...]]()
    while missing:
        best = max(left, key=lambda case: len(left[case] & missing))
        cases.append(best)
        missing -= left.pop(best)
    return cases

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from tests.pairs import pairs

SETTINGS = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5, unique=True), min_size=2, max_size=4)


@given(SETTINGS)
def test_every_pair_of_values_occurs_and_no_case_is_there_twice(settings: list[list[str]]) -> None:
    cases = pairs(*settings)
    assert len(set(cases)) == len(cases) <= len(list(product(*settings)))
    for (one, values), (other, others) in combinations(enumerate(settings), 2):
        assert {(case[one], case[other]) for case in cases} == set(product(values, others))

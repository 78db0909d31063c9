"""How lessons begin and end: three lines of what a claim measures, and a question about the lesson before."""

import pytest

from dnn import LESSONS
from dnn.lessons.closings import CLOSINGS
from tests.lessons.claims.claim import joined, said
from tests.lessons.test_claims import CLAIMS

# For each line, words of a claim of the lesson that is measured from five seeds and shows it; or one for each sentence.
EVIDENCE: dict[str, tuple[str | tuple[str, ...], ...]] = {
    "one-neuron": (
        "Those places form a straight line",
        "is a closed curve in the plane",
        "With 1 the steps are too short for ten epochs",
    ),
    "one-hidden": (
        "the cost of one half is",
        "Four bends are enough to follow the petals",
        "four units draw one straight line",
    ),
    "sigmoid-net": (
        "No slope is larger than a quarter",
        "almost nothing of the error reaches the first layer",
        "all eight layers learn",
    ),
    "relu-net": (
        "About half of the weighted sums are negative",
        "by no more than a factor of 5",
        "Half of them die in the first epoch",
    ),
    "modular": (
        "Count the lines in the diagram",
        "the training goes on",
        "From three layers on it stays at 0.69",
    ),
    "starting-points": (
        "Every hidden unit gives 0",
        "A layer of eight is worth one",
        "With Xavier's rule ReLU makes the spread fifty to a hundred times smaller",
    ),
    "overfitting": (
        "the noise is learnt with them",
        "The validation cost is lowest within the first thirty epochs",
        "the test cost is less than half of what it was",
    ),
    "faster": (
        "Twenty-one rough steps get further than one exact step",
        "Along the valley the gradients nearly agree",
        "at the end the rate is nearly 0",
    ),
    "weather": (
        "most hidden units are dead after one epoch",
        "each varies by only 0.02 to 0.03",
        "fewer rainy days are missed",
    ),
    "spot-the-mistake": (
        ("at what a single neuron reaches", "The cost stays at ln 2 ≈ 0.693"),
        ("The very first cost is many times ln 2", "The cost leaps and does not settle"),
        (
            "the cost falls as it should",
            "then the cost is infinite or not a number",
            "while test examples gain nothing",
        ),
    ),
    "valleys": (
        "the cost falls",
        "In eight directions the cost curves down",
        "until its largest curvature is about",
    ),
    "own-network": (
        "70 % of these are 196",
        "On 2,000 new examples the same network gets half of them right",
        "Two layers of eight units bend the boundary of the moons enough",
    ),
}


def test_there_is_a_closing_for_each_lesson_that_there_is_and_for_no_other() -> None:
    assert CLOSINGS.keys() == EVIDENCE.keys()
    assert CLOSINGS.keys() == LESSONS.keys()
    for name, closing in CLOSINGS.items():
        assert (LESSONS[name].learnt, LESSONS[name].recall) == (closing.learnt, closing.recall)


@pytest.mark.parametrize("name", CLOSINGS)
def test_what_was_learnt_is_three_sentences_that_a_claim_measures(name: str) -> None:
    claims = [claim for claim in CLAIMS if claim.step.startswith(f"{name}.")]
    assert len(set(CLOSINGS[name].learnt)) == len(EVIDENCE[name]) == 3
    for line in EVIDENCE[name]:
        for words in (line,) if isinstance(line, str) else line:
            assert any(words in joined(claim.sentence) and words in said(claim.step) for claim in claims), words


@pytest.mark.parametrize("name", list(CLOSINGS)[1:])
def test_a_lesson_begins_with_a_question_about_the_one_before(name: str) -> None:
    recall = CLOSINGS[name].recall
    assert recall is not None
    assert f"From lesson {list(LESSONS).index(name)}:" in recall.question
    assert len(set(recall.choices)) == 3
    assert recall.right in range(3)


def test_the_first_lesson_has_no_lesson_before() -> None:
    assert LESSONS["one-neuron"].recall is None


def test_the_right_choices_are_not_all_at_one_place() -> None:
    assert {closing.recall.right for closing in CLOSINGS.values() if closing.recall} == {0, 1, 2}

"""The script beside the reference: nothing of either is left out, and every pair of lines stands in both."""

import inspect

import pytest

from dnn import LESSONS, advance, start
from dnn.export.beside_reference import PARTS, beside_reference
from dnn.export.listing import listing
from dnn.lessons.lesson import changed
from dnn.reference import ReferenceNetwork

STEP = LESSONS["own-network"].steps[4]


@pytest.mark.parametrize("setting", range(len(STEP.settings)))
def test_every_line_is_found_whatever_is_chosen(setting: int) -> None:
    for option in STEP.settings[setting].options:
        readings = beside_reference(advance(start(changed(STEP.experiment, option)), 2))
        for reading, part in zip(readings, PARTS, strict=True):
            missing = len(part.lines) - len(reading.pairs)
            assert missing == sum(line.pattern == r"params = best\[2\]" for line in part.lines) * (
                "PATIENCE" not in readings[0].code
            )
            for line, reference, _ in reading.pairs:
                assert line in reading.code
                assert all(each in reading.reference for each in reference)


def test_all_sections_and_all_steps_of_the_reference_are_read() -> None:
    run = advance(start(STEP.experiment), 2)
    read = {title for part in PARTS for title in part.sections}
    assert {section.title for section in listing(run)} <= read
    methods = {name for part in PARTS for name in part.methods}
    steps = {name for name, _ in inspect.getmembers(ReferenceNetwork, inspect.isfunction)} - {"__init__"}
    # what only mistakes change, or what the page does before training
    assert steps - methods == {"scales", "bias_for", "passed_on", "count", "layer_input"}


def test_long_tables_are_cut_and_code_is_not() -> None:
    run = advance(start(STEP.experiment), 2)
    whole = {section.title: section.code for section in listing(run)}
    readings = {reading.part.title: reading.code for reading in beside_reference(run)}
    assert len(readings["Settings and numbers"].splitlines()) < 60
    assert "\n...\n" in readings["Settings and numbers"]
    assert readings["Training"] == "\n\n\n".join(whole[title] for title in ("Chance", "Train"))
    assert readings["Forward"] == "\n\n\n".join(whole[title] for title in ("Activations", "Forward"))

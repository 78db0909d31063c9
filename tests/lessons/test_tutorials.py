"""Which steps say what the tutorial is of which their text speaks."""

from dnn import LESSONS, start
from dnn.lessons.tutorials import COURSE, TUTORIALS, told_of


def test_each_tutorial_is_described_where_a_step_names_it() -> None:
    for lesson in LESSONS.values():
        for step in lesson.steps:
            for name in TUTORIALS:
                if f"`{name}`" in step.text:
                    assert told_of(lesson, step) == (TUTORIALS[name], COURSE), step.title


def test_every_tutorial_is_named_in_its_lesson_and_in_its_description() -> None:
    for name, text in TUTORIALS.items():
        assert any(f"`{name}`" in step.text for step in LESSONS[name].steps), name
        assert f"`{name}`" in text


def test_a_step_that_speaks_of_no_tutorial_says_nothing() -> None:
    lesson = LESSONS["one-neuron"]
    assert all(told_of(lesson, step) == () for step in lesson.steps)


def test_what_a_tutorial_prints_is_what_its_lesson_runs() -> None:
    hidden = LESSONS["one-hidden"].steps[2].experiment
    assert (start(hidden).params.sizes[1:-1], hidden.training.learning_rate) == ((4,), 1.2)
    assert "4 tanh units" in TUTORIALS["one-hidden"]
    assert "learning rate of 1.2" in TUTORIALS["one-hidden"]

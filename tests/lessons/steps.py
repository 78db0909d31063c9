"""All steps of all lessons by name, such as ``weather.4``, and what a step says."""

from dnn import LESSONS
from dnn.lessons import Step

STEPS: dict[str, Step] = {
    f"{lesson.id}.{number}": step for lesson in LESSONS.values() for number, step in enumerate(lesson.steps, 1)
}


def said(name: str) -> list[str]:
    """What a step tells and asks, below the title of its lesson."""
    step = STEPS[name]
    texts = [LESSONS[name.rpartition(".")[0]].title, step.title, step.text.strip()]
    if asked := step.prediction:
        texts += [asked.question, *asked.choices, asked.why]
    if goal := step.checkpoint:
        texts += [goal.task, goal.why]
    return texts

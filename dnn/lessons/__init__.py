"""Twelve lessons, from one neuron to a network of the pupil's own: data and text only.

What a lesson says is true: ``tests/lessons`` runs every step. Adding one is a file here and a line in ``LESSONS``.
"""

from dnn.lessons import (
    faster,
    modular,
    one_hidden,
    one_neuron,
    overfitting,
    own_network,
    relu_net,
    sigmoid_net,
    spot_the_mistake,
    starting_points,
    valleys,
    weather,
)
from dnn.lessons.closings import closed
from dnn.lessons.lesson import Lesson, Step

__all__ = ["LESSONS", "Lesson", "Step"]

LESSONS: dict[str, Lesson] = {
    lesson.id: closed(lesson)
    for lesson in (
        one_neuron.LESSON,
        one_hidden.LESSON,
        sigmoid_net.LESSON,
        relu_net.LESSON,
        modular.LESSON,
        starting_points.LESSON,
        overfitting.LESSON,
        faster.LESSON,
        weather.LESSON,
        spot_the_mistake.LESSON,
        valleys.LESSON,
        own_network.LESSON,
    )
}

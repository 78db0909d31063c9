"""The settings as widgets. They only draw; ``dnn.ui.form`` converts an experiment to their values.

Names, bounds, steps and help texts come from the declaration of the setting. An invalid value gets a message below its
widget, and the last valid experiment continues. Every group is a module with two functions: ``read()`` returns the
values of its widgets as plain nested values, and ``draw(marks)`` draws them.
"""

from dnn.ui.controls.groups import draw

__all__ = ["draw"]

"""The settings as widgets. They only draw: ``dnn.ui.form`` has the values that they hold for an experiment.

Names, bounds, steps and help texts come from where the setting is declared. A value that is not allowed gets a message
under its widget, and the last allowed experiment goes on. Every group is a module with two functions: ``read()``
returns the values of its widgets as plain nested values, and ``draw(marks)`` draws them.
"""

from dnn.ui.controls.groups import draw

__all__ = ["draw"]

"""Serving the page to a class: the limits, the addresses that pupils type, and the command that starts it."""

"""Pieces of plain NumPy code, from which scripts and notebooks are put together: one table for each kind of setting.

The pieces do the same operations in the same order as the engine does, so that a script prints the same numbers.
"""

"""Pieces of plain NumPy code, from which scripts and notebooks are put together.

The pieces do the same operations in the same order as the engine does, so that a script prints the same numbers. Each
kind of component has a table of short code by class; a class that is not in it is written out from its own source.
"""

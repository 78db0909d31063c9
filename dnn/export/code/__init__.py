"""Pieces of plain NumPy code from which scripts and notebooks are built.

The pieces do the same operations in the same order as the engine, so that a script prints the same numbers. Each type
of component has a table of short code by class; other classes are exported from their source.
"""

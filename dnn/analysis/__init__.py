"""Analyses of a network outside its training loop."""

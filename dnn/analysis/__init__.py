"""Questions asked of a network from outside its training loop."""

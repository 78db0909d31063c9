"""The page that takes one training step apart: the walk, the chain rule at one weight, and the gradient check."""

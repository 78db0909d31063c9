"""The page about one training step: the walk-through, the chain rule at one weight, and the gradient check."""

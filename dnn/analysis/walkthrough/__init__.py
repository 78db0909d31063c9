"""What a walk through one training step is made of: its numbers, its stops, and the code that each stop shows."""

"""The parts of the lessons' page: location, progress, the step on screen, and the terms that it explains."""

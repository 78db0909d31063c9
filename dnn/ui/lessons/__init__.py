"""The parts of the lessons' page: where a pupil is, what is done, the step on screen, and the words it explains."""

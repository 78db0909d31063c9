"""The live view: a run that plays, the frames that show it, and the socket that brings them to the browser."""

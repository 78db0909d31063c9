"""How those who play share the server's time: how long each may train for a frame, and how long it then rests.

Python computes in one thread at a time, so there is one core for all. Alone, a player may have it to itself. Beside
others it may have its part of ``SHARE``; what is left over is for clicks, whose scripts run in threads of their own,
and for visitors who come. A rest is as long as a frame was dear, so one whose frames take ten times as long gets a
tenth as many of them.
"""

from __future__ import annotations

BUDGET = 0.0125  # seconds of training for one frame, while one is watching: with its picture 50 a second and more
ROUND = 1 / 60  # seconds in which everybody gets a frame, as long as there are few enough
SHARE = 0.6  # of the time that frames may take where several play
SLICE = 0.01  # seconds of training in one go at most, while others wait
LEAST = 0.0003  # seconds of training for a frame at least
OF_PICTURE = 0.4  # or this share of what its picture takes: else those with dear pictures would hardly get on
LONGEST_REST = 0.4  # seconds: a click is not kept waiting for longer
DIAGNOSES = 15  # a second, of all who play together: each takes longer than a picture
MOST_BESIDE = 7  # light runs, from which on their number does not make heavy ones rest for longer


def training_seconds(playing: int, picture: float) -> float:
    """Seconds of training for a frame of each of ``playing`` runs, if its picture takes ``picture`` seconds."""
    if playing <= 1:
        return BUDGET
    least = min(max(LEAST, OF_PICTURE * picture), SLICE)
    return min(max(SHARE * ROUND / playing - picture, least), SLICE)


def diagnosis_interval(playing: int) -> float:
    """Seconds between two diagnoses of each of ``playing`` runs, at least: one second while they are few."""
    return max(1.0, playing / DIAGNOSES)


def rest(seconds: float, playing: int) -> float:
    """Seconds of rest after a frame that took ``seconds``, where ``playing`` runs share the server."""
    return min(seconds * (playing / SHARE - 1), LONGEST_REST) if playing > 1 else 0.0


def rest_of_heavy(seconds: float, light: int, heavy: int) -> float:
    """The same after a frame of a heavy run, before the next one of any of them: together they count as one player.

    ``light`` and ``heavy`` are the numbers of runs of either sort that play.
    """
    beside = min(light, MOST_BESIDE) or (1 if heavy > 1 else 0)
    return rest(seconds, 1 + beside)

"""One set of colours for every picture: orange for class 0 and negative numbers, blue for class 1 and positive ones.

Orange and blue stay apart for colour-blind readers; the way from one to the other passes through the colour of the
paper, so "undecided" looks empty. Strong colours are for points and lines, the softer ramp is for fields.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as CSS hex strings."""

    name: Literal["light", "dark"]
    ink: str  # text, axes, the boundary line
    muted: str  # ticks and secondary text
    grid: str
    paper: str
    classes: tuple[str, str]  # points and edges: class 0 or negative, class 1 or positive
    ramp: tuple[str, str, str]  # fields: 0, undecided, 1
    many: tuple[str, ...]  # points of three classes and more
    scale: float = 1.0  # factor for the size of texts and points

    @cached_property
    def ramp_colors(self) -> np.ndarray:
        """Return 256 colours from 0 to 1, uint8 of shape (256, 3)."""
        stops = np.array([_rgb(color) for color in self.ramp], float)
        places = np.linspace(0.0, 2.0, 256)
        channels = [np.interp(places, [0.0, 1.0, 2.0], stops[:, channel]) for channel in range(3)]
        colors: np.ndarray = np.rint(np.column_stack(channels)).astype(np.uint8)
        return colors

    def projected(self) -> Theme:
        """Return the theme for projection: larger texts and points."""
        return replace(self, scale=1.4)

    def soft(self, color: str) -> str:
        """Return ``color`` as in a field below points: mixed with the paper."""
        channels = [
            round(0.55 * strong + 0.45 * pale) for strong, pale in zip(_rgb(color), _rgb(self.paper), strict=True)
        ]
        return "#" + "".join(f"{channel:02x}" for channel in channels)

    def of_classes(self, count: int) -> tuple[str, ...]:
        """Return a colour for each of ``count`` classes."""
        return self.classes if count <= 2 else self.many[:count]

    @property
    def page_font(self) -> dict[str, Any]:
        """Return the page's font for figures that Streamlit draws, where ``--st-font`` is not defined."""
        return {"family": '"Source Sans", sans-serif', "size": round(14 * self.scale), "color": self.ink}

    def layout(self, **more: Any) -> dict[str, Any]:
        """Return the common layout of all figures, updated with ``more``."""
        return {
            "template": {},  # Plotly would process its default template at every redraw
            "font": {"family": "var(--st-font), sans-serif", "size": round(13 * self.scale), "color": self.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "autosize": True,
        } | more

    def axis(self, **more: Any) -> dict[str, Any]:
        """Return the common settings of all axes, updated with ``more``."""
        return {
            "color": self.muted,
            "gridcolor": self.grid,
            "linecolor": self.grid,
            "zeroline": False,
            "ticks": "",
            "ticklabeloverflow": "allow",  # measuring every label takes a third of a redraw
        } | more


# Characters that Plotly treats as markup or as a placeholder.
_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;"})


def verbatim(text: str) -> str:
    """Escape a visitor's name so that Plotly draws it literally: titles and hover texts are markup."""
    return text.translate(_SIGNS)


def _rgb(color: str) -> Rgb:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


LIGHT = Theme(
    name="light",
    ink="#23282b",
    muted="#5b6468",
    grid="#dedad0",
    paper="#fcfbf8",
    classes=("#d95f02", "#2166ac"),
    ramp=("#f0a566", "#f6f4ee", "#7fb2dc"),
    many=("#d95f02", "#2166ac", "#1b7837", "#762a83", "#b2182b", "#01665e", "#c51b7d", "#7f5f00", "#4d4d4d", "#4a4aa0"),
)
DARK = Theme(
    name="dark",
    ink="#e8e5de",
    muted="#a3aaad",
    grid="#343b3d",
    paper="#16191b",
    classes=("#f39a4d", "#6cabdd"),
    ramp=("#a8561a", "#23282a", "#2f6ca6"),
    many=("#f39a4d", "#6cabdd", "#7fc97f", "#c89ad6", "#f28e8e", "#6cc7bd", "#f2a3cf", "#d9bf5f", "#c0c0c0", "#a8a8f0"),
)
THEMES: dict[str, Theme] = {"light": LIGHT, "dark": DARK}

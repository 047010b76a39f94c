"""Where the names of lines stand in the column beside a chart, none on top of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.look.theme import escaped, see_through
from dashboard.look.wording import clipped

GAP = 17
"""Pixels from one line of words to the next."""

LETTER, LONGEST = 6.7, 30
"""About how wide a letter is, and how many of them a name may have."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name for the line that ends at a height, from 0 (bottom) to 1 (top) of the plot; `said` follows the name."""

    name: str
    height: float
    colour: str
    said: str = ""

    @property
    def full(self) -> str:
        """The name and what follows it."""
        return f"{self.name} {self.said}".strip()

    @property
    def short(self) -> str:
        """The same with a name that is not too long for the column."""
        return f"{clipped(self.name, LONGEST)} {self.said}".strip()


def spread(wanted: Sequence[float], room: float, gap: float = GAP) -> list[float]:
    """For heights in pixels, given from the top downwards, the nearest ones that lie a gap apart, within the room.

    ValueError where there are more than fit.
    """
    if len(wanted) > fitting(room, gap):
        raise ValueError("more labels than there is room for")
    placed: list[float] = []
    for number, height in enumerate(wanted):
        lowest_left = (len(wanted) - 1 - number) * gap  # what comes below must have its place too
        ceiling = placed[-1] - gap if placed else room
        placed.append(max(min(height, ceiling), lowest_left))
    return placed


def fitting(room: float, gap: float = GAP) -> int:
    """How many labels fit into so many pixels."""
    return int(room // gap) + 1


def margin(labels: Sequence[Label]) -> int:
    """The pixels that the column of labels needs."""
    longest = max((len(one.short) for one in labels), default=0)
    return round(longest * LETTER) + 34 if labels else 16


def beside(
    labels: Sequence[Label], domain: tuple[float, float], room: float
) -> tuple[list[dict[str, Any]], list[Label]]:
    """The labels to the right of the plot as annotations, highest first, each joined to the end of its line.

    `domain` is the part of the paper's height that the plot takes, `room` its pixels. Out: the annotations, and the
    labels there is no room for.
    """
    ranked = sorted(labels, key=lambda one: -one.height)
    chosen, left_out = ranked[: fitting(room)], ranked[fitting(room) :]
    heights = [one.height * room for one in chosen]
    return [
        {
            "text": escaped(label.short),
            "x": 1,
            "y": float(domain[0] + label.height * (domain[1] - domain[0])),
            "xref": "paper",
            "yref": "paper",
            "ax": 16,
            "ay": round(wanted - placed, 1),
            "xanchor": "left",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": see_through(label.colour, 0.55),
            "font": {"size": 12, "color": label.colour},
            "borderpad": 1,
        }
        for label, wanted, placed in zip(chosen, heights, spread(heights, room), strict=True)
    ], left_out

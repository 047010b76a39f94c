"""The column of names beside a chart, placed so that no name covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.look.theme import escaped, see_through
from dashboard.look.wording import clipped

GAP = 17
"""Pixels from one line of words to the next."""

LETTER, LONGEST = 6.7, 30
"""The approximate width of a letter in pixels, and the longest name in letters."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name for the line that ends at a height, from 0 (bottom) to 1 (top) of the plot; `suffix` follows the name."""

    name: str
    height: float
    colour: str
    suffix: str = ""

    @property
    def full(self) -> str:
        """The name and what follows it."""
        return f"{self.name} {self.suffix}".strip()

    @property
    def short(self) -> str:
        """The same, cut to the width of the column."""
        return f"{clipped(self.name, LONGEST)} {self.suffix}".strip()


def spread(wanted: Sequence[float], room: float, gap: float = GAP) -> list[float]:
    """The nearest heights that are a gap apart and within the room. In and out: pixels, from the top downwards.

    ValueError if there are more than fit.
    """
    if len(wanted) > fitting(room, gap):
        raise ValueError("more labels than there is room for")
    placed: list[float] = []
    for number, height in enumerate(wanted):
        lowest_left = (len(wanted) - 1 - number) * gap  # leave room for the labels below
        ceiling = placed[-1] - gap if placed else room
        placed.append(max(min(height, ceiling), lowest_left))
    return placed


def fitting(room: float, gap: float = GAP) -> int:
    """How many labels fit into this number of pixels."""
    return int(room // gap) + 1


def margin(labels: Sequence[Label]) -> int:
    """The pixels that the column of labels needs."""
    longest = max((len(one.short) for one in labels), default=0)
    return round(longest * LETTER) + 34 if labels else 16


def beside(
    labels: Sequence[Label], domain: tuple[float, float], room: float
) -> tuple[list[dict[str, Any]], list[Label]]:
    """The labels to the right of the plot as annotations, highest first, each joined to the end of its line.

    `domain` is the share of the paper's height that the plot takes, `room` its height in pixels. Out: the annotations,
    and the labels that do not fit.
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

"""The names of lines, each beside the last point of its line, placed so that no name covers another."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.look.theme import Theme, escaped, see_through
from dashboard.look.wording import clipped

LINE, PADDING = 15, 3
"""The height of a line of words in pixels, and the room between two labels."""

LETTER, LONGEST = 6.6, 28
"""The approximate width of a letter in pixels, and the most letters in a line."""

NARROWEST = 600
"""The width of the plot in pixels that labels reckon with. On a wider page they have more room than they need."""

BESIDE = 9
"""Pixels from the last point of a line to its label."""

Span = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a line that ends on a day at a height, from 0 (bottom) to 1 (top) of the plot.

    `number`: its last number and who is counted; it stands above the name.
    """

    name: str
    height: float
    day: pd.Timestamp
    colour: str
    number: str = ""

    @property
    def full(self) -> str:
        """The name and its number in one line."""
        return f"{self.name} {self.number}".strip()

    @property
    def lines(self) -> list[str]:
        """The lines of the label: the number, then the name. A name of up to two lines is never cut."""
        name = textwrap.wrap(clipped(self.name, 2 * LONGEST - 6), LONGEST, break_long_words=True)
        return [*([self.number] if self.number else []), *name]

    @property
    def width(self) -> float:
        """Its width in pixels."""
        return max((len(line) for line in self.lines), default=0) * LETTER

    def right(self, span: Span) -> float:
        """Where it begins, in pixels from the left of the narrowest plot."""
        share = (self.day - span[0]) / ((span[1] - span[0]) or pd.Timedelta(days=1))
        return float(min(max(share, 0.0), 1.0)) * NARROWEST + BESIDE


def spread(wanted: Sequence[float], room: float, gap: float) -> list[float]:
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


def fitting(room: float, gap: float) -> int:
    """How many labels fit into this number of pixels."""
    return int(room // gap) + 1


def margin(labels: Sequence[Label], span: Span) -> int:
    """The pixels to the right of the plot that the labels need."""
    return round(max((one.right(span) + one.width - NARROWEST for one in labels), default=0)) + 14 if labels else 16


def columns(labels: Sequence[Label], span: Span) -> list[list[Label]]:
    """The labels in groups that do not overlap from left to right."""
    found: list[list[Label]] = []
    end = float("-inf")
    for one in sorted(labels, key=lambda label: label.right(span)):
        if one.right(span) > end:
            found.append([])
        found[-1].append(one)
        end = max(end, one.right(span) + one.width)
    return found


def beside(labels: Sequence[Label], span: Span, room: float) -> tuple[list[tuple[Label, float]], list[Label]]:
    """The labels with their heights in pixels, and those that do not fit. The first labels are placed before others."""
    placed: list[tuple[Label, float]] = []
    left_out: list[Label] = []
    for column in columns(labels, span):
        gap = max(len(one.lines) for one in column) * LINE + PADDING
        ranked = sorted(column, key=labels.index)
        most = fitting(room - min(gap, room), gap)
        chosen = sorted(ranked[:most], key=lambda one: -one.height)
        left_out += ranked[most:]
        half = min(gap, room) / 2  # a label stands with its whole height within the plot
        wanted = [one.height * room - half for one in chosen]
        placed += zip(chosen, [one + half for one in spread(wanted, room - 2 * half, gap)], strict=True)
    return placed, left_out


def written(label: Label, pixels: float, place: tuple[str, float, float], look: Theme) -> dict[str, Any]:
    """A label as an annotation, joined to its point by a line if it had to move.

    `pixels`: its height. `place`: the axis, the value at which its line ends there, and the height of the plot.
    """
    axis, value, room = place
    number, *name = (escaped(line) for line in label.lines)
    return {
        "text": f"<b>{number}</b>" + "".join(f"<br>{line}" for line in name),
        "x": label.day,
        "y": value,
        "xref": "x",
        "yref": axis,
        "ax": BESIDE,
        "ay": round(label.height * room - pixels, 1),
        "xanchor": "left",
        "align": "left",
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": see_through(label.colour, 0.55),
        "font": {"size": 12, "color": label.colour},
        "bgcolor": see_through(look.surface, 0.7),
        "borderpad": 0,
    }

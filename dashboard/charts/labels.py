"""The names of lines, each beside the last point of its line, where it covers no mark, no line and no other name."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, permutations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.charts.time_axis import Span
from dashboard.look.theme import Theme, escaped, see_through
from dashboard.look.wording import clipped

LINE, PADDING = 15, 3
"""The height of a line of words in pixels, and the room between two labels."""

LETTER, LONGEST = 6.8, 28
"""The approximate width of a letter in pixels, and the most letters in a line."""

WIDTHS = (640.0, 850.0, 1080.0)
"""Widths of the plot in pixels for which the labels are placed: the page may have any width between them."""

BESIDE, STEP = 9, 6
"""Pixels from the last point of a line to its label, and between two heights that are tried."""

COVERED, TO_THE_LEFT, CROSSING = 30.0, 12.0, 60.0
"""What a place costs for each piece of a line or mark that it covers, on the left of its point, and if it crosses the
way of another label to its point. Each pixel away from its point costs 1.
"""

PIECES = 0.008
"""The length of a piece of a level line, as a share of the width."""

MARK = 5
"""How many pieces of a line a mark counts for: a mark that is covered cannot be read."""

Spots = npt.NDArray[np.float64]


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
    def lines(self) -> tuple[str, ...]:
        """The lines of the label: the number, then the name. A name of up to two lines is never cut."""
        return (*([self.number] if self.number else []), *_wrapped(self.name))

    @property
    def width(self) -> float:
        """Its width in pixels."""
        return max((len(line) for line in self.lines), default=0) * LETTER

    @property
    def half(self) -> float:
        """Half of its height in pixels."""
        return (len(self.lines) * LINE + PADDING) / 2


@lru_cache(maxsize=1_000)
def _wrapped(name: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(clipped(name, 2 * LONGEST - 6), LONGEST, break_long_words=True))


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its place: the height of its middle in pixels, and the side of its point on which it stands."""

    label: Label
    pixels: float
    on_left: bool
    share: float

    def ends(self, width: float) -> tuple[float, float]:
        """Its left and right end in pixels on a plot of this width."""
        point = self.share * width
        if self.on_left:
            return point - BESIDE - self.label.width, point - BESIDE
        return point + BESIDE, point + BESIDE + self.label.width

    def covers(self, other: Placed) -> bool:
        """Whether two labels would overlap on a plot of any width."""
        if abs(self.pixels - other.pixels) >= self.label.half + other.label.half:
            return False
        ends = ((self.ends(width), other.ends(width)) for width in WIDTHS)
        return any(mine[0] < others[1] and others[0] < mine[1] for mine, others in ends)

    def leads_through(self, other: Placed, room: float) -> bool:
        """Whether the line from this label to its point runs through the words of another label."""
        low, high = sorted((self.pixels, self.label.height * room))
        if high <= other.pixels - other.label.half or low >= other.pixels + other.label.half:
            return False
        side = -BESIDE if self.on_left else BESIDE
        for width in WIDTHS:
            left, right = other.ends(width)
            near, far = sorted((self.share * width, self.share * width + side))
            if near < right and far > left:
                return True
        return False


def spots(lines: Iterable[Sequence[tuple[pd.Timestamp, float]]], span: Span, *, stepped: bool = True) -> Spots:
    """What labels should not cover, as pairs (share of the width, height from 0 to 1).

    In: the points of each line, by day, with their heights. `stepped`: with the level and the upright pieces of a line
    that keeps each height until the next point.
    """
    found: list[tuple[float, float]] = []
    for line in lines:
        points = [(_share(day, span), height) for day, height in line]
        found += points * MARK
        for (left, low), (right, high) in pairwise(points) if stepped else ():
            found += [(share, low) for share in np.arange(left, right, PIECES)]
            found += [(right, height) for height in np.linspace(low, high, max(2, round(abs(high - low) * 40)))]
    return np.array(found, dtype=float).reshape(-1, 2)


def margin(placed: Sequence[Placed]) -> int:
    """The pixels to the right of the plot that the labels need."""
    return round(max((one.ends(width)[1] - width for one in placed for width in WIDTHS), default=2)) + 14


def beside(labels: Sequence[Label], span: Span, room: float, taken: Spots) -> tuple[list[Placed], list[Label]]:
    """The labels with their places, and those that do not fit. The first labels choose first; where the way of a label
    to its point runs through another one then, the earliest ones do, if that helps.

    `room`: the height of the plot in pixels. `taken`: what they should not cover (`spots`).
    """
    found = _in_turn(labels, span, room, taken)
    if not crossed(found[0], room):
        return found
    by_day = _in_turn(sorted(labels, key=lambda one: one.day), span, room, taken)
    return min(found, by_day, key=lambda way: (len(way[1]), crossed(way[0], room)))


def crossed(placed: Sequence[Placed], room: float) -> int:
    """How many ways from a label to its point run through another label."""
    return sum(one.leads_through(other, room) for one, other in permutations(placed, 2))


def _in_turn(labels: Sequence[Label], span: Span, room: float, taken: Spots) -> tuple[list[Placed], list[Label]]:
    placed: list[Placed] = []
    left_out: list[Label] = []
    for label in labels:
        free = [one for one in _places(label, span, room) if not any(one.covers(other) for other in placed)]
        if free:
            placed.append(min(free, key=lambda one: _cost(one, placed, room, taken)))
        else:
            left_out.append(label)
    return placed, left_out


def _places(label: Label, span: Span, room: float) -> Iterator[Placed]:
    """The places that a label may have: to the right of its point, or to the left if there is room."""
    share = _share(label.day, span)
    lowest, highest = label.half, max(room - label.half, label.half)
    begin = min(max(label.height * room, lowest), highest)
    heights = [begin, *(float(one) for one in np.arange(lowest, highest + 1, STEP))]
    for pixels in heights:
        yield Placed(label, pixels, False, share)
        left = Placed(label, pixels, True, share)
        if left.ends(WIDTHS[0])[0] > 0:
            yield left


def _cost(one: Placed, placed: Sequence[Placed], room: float, taken: Spots) -> float:
    away = abs(one.pixels - one.label.height * room)
    above = [other for other in placed if (other.label.height - one.label.height) * (other.pixels - one.pixels) < 0]
    near = [other for other in above if abs(other.share - one.share) < 0.2]
    return away + COVERED * _covered(one, room, taken) + TO_THE_LEFT * one.on_left + CROSSING * len(near)


def _covered(one: Placed, room: float, taken: Spots) -> float:
    """How many of the spots a label would cover, on average over the widths."""
    if not len(taken):
        return 0.0
    level = np.abs(taken[:, 1] * room - one.pixels) < one.label.half + 2
    counts = []
    for width in WIDTHS:
        left, right = one.ends(width)
        counts.append((level & (taken[:, 0] * width > left - 3) & (taken[:, 0] * width < right + 3)).sum())
    return float(np.mean(counts))


def _share(day: pd.Timestamp, span: Span) -> float:
    """How far a day is from the left of the plot, as a share of its width."""
    return float(min(max((day - span[0]) / ((span[1] - span[0]) or pd.Timedelta(days=1)), 0.0), 1.0))


def written(one: Placed, place: tuple[str, float, float], look: Theme) -> dict[str, Any]:
    """A label as an annotation, joined to its point by a line if it had to move.

    `place`: the axis, the value at which its line ends there, and the height of the plot.
    """
    axis, value, room = place
    number, *name = (escaped(line) for line in one.label.lines)
    side = "right" if one.on_left else "left"
    return {
        "text": f"<b>{number}</b>" + "".join(f"<br>{line}" for line in name),
        "x": one.label.day,
        "y": value,
        "xref": "x",
        "yref": axis,
        "ax": -BESIDE if one.on_left else BESIDE,
        "ay": round(one.label.height * room - one.pixels, 1),
        "xanchor": side,
        "align": side,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": see_through(one.label.colour, 0.55),
        "font": {"size": 12, "color": one.label.colour},
        "bgcolor": see_through(look.surface, 0.6),
        "borderpad": 0,
    }

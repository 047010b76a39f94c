"""Where the names at the ends of lines can stand without covering each other."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

PIXELS_HIGH, PIXELS_WIDE = 330, 1000
"""About how large the upper part of the chart is; only the spacing of labels depends on it."""

LINE_HEIGHT, LETTER_WIDTH = 17, 7
FURTHEST = 34
"""How many pixels a name may stand above or below the end of its line."""

MOST = 9


@dataclass(frozen=True, slots=True)
class Label:
    """A name at the end of a line."""

    name: str
    day: pd.Timestamp
    value: float
    colour: str


@dataclass(frozen=True, slots=True)
class Plane:
    """The part of the chart with the running totals: its days and its values, linear or logarithmic."""

    first: pd.Timestamp
    last: pd.Timestamp
    lowest: float
    highest: float
    log: bool

    @classmethod
    def of(cls, totals: pd.DataFrame, *, log: bool) -> Plane:
        """The plane that holds all points of running totals."""
        values = totals["value"].astype(float)
        lowest = max(values[values > 0].min(), 1.0) if log and (values > 0).any() else 0.0
        return cls(totals["date"].min(), totals["date"].max(), lowest, max(values.max(), lowest + 1), log)

    def on_axis(self, value: float) -> float:
        """What plotly wants for a value: its logarithm on a logarithmic axis."""
        return math.log10(max(value, self.lowest, 1e-9)) if self.log else value

    def height(self, value: float) -> float:
        """How high a value stands, from 0 to 1."""
        bottom, top = self.on_axis(self.lowest), self.on_axis(self.highest)
        return (self.on_axis(value) - bottom) / ((top - bottom) or 1)

    def moved(self, value: float, share: float) -> float:
        """The value that stands higher by a share of the axis; never below zero."""
        bottom, top = self.on_axis(self.lowest), self.on_axis(self.highest)
        moved = self.on_axis(value) + share * (top - bottom)
        return float(10**moved) if self.log else max(moved, 0.0)

    def place(self, label: Label) -> tuple[float, float]:
        """Where the line of a label ends, in pixels from the left and the bottom."""
        days = (self.last - self.first).days or 1
        return (label.day - self.first).days / days * PIXELS_WIDE * 0.8, self.height(label.value) * PIXELS_HIGH


def placed(labels: list[Label], plane: Plane) -> list[tuple[Label, float]]:
    """The labels that find a place, each with the pixels by which it stands above the end of its line.

    The lines that end last and highest choose first; a label that would stand too far from its line is left out.
    """
    taken: list[tuple[float, float, float]] = []
    fitting = []
    for label in sorted(labels, key=lambda one: (one.day, one.value), reverse=True)[:MOST]:
        left, bottom = plane.place(label)
        right = left + LETTER_WIDTH * min(len(label.name), 28) + 12
        shift = _free(left, right, bottom, taken)
        if shift is not None:
            taken.append((left, right, bottom + shift))
            fitting.append((label, shift))
    return fitting


def _free(left: float, right: float, bottom: float, taken: list[tuple[float, float, float]]) -> float | None:
    """The smallest shift, down or up, at which nothing else stands; None where there is none near enough."""
    for step in range(FURTHEST // 2 + 1):
        for shift in (-2.0 * step, 2.0 * step):
            height = bottom + shift
            if height < 0 > shift:
                continue  # it would stand on the axis
            if all(right < l or left > r or abs(height - h) >= LINE_HEIGHT for l, r, h in taken):  # noqa: E741
                return shift
    return None

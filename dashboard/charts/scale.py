"""A linear or logarithmic axis of numbers, fixed before anything is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

HEADROOM = 1.06


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `lowest` to `highest`. If it is logarithmic, nothing is below `lowest`."""

    lowest: float
    highest: float
    log: bool

    @classmethod
    def of(cls, values: pd.Series[float], *, log: bool) -> Scale:
        """The axis that holds all values. A linear one begins at zero unless a value is negative."""
        numbers = values.dropna().astype(float)
        highest = float(numbers.max()) if len(numbers) else 1.0
        if not log:
            lowest = min(0.0, float(numbers.min())) if len(numbers) else 0.0
            return cls(lowest * HEADROOM, max(highest * HEADROOM, lowest + 1), log)
        positive = numbers[numbers > 0]
        lowest = max(float(positive.min()) / 1.5, 0.5) if len(positive) else 0.5
        return cls(lowest, max(highest, lowest) * 1.5, log)

    @property
    def range(self) -> list[float]:
        """The range of the axis as plotly takes it."""
        return [self.on_axis(self.lowest), self.on_axis(self.highest)]

    def on_axis(self, value: float) -> float:
        """The value, or its logarithm."""
        return math.log10(max(value, self.lowest)) if self.log else value

    def height(self, value: float) -> float:
        """The height of a value on the axis, from 0 to 1."""
        bottom, top = self.range
        return min(max((self.on_axis(value) - bottom) / ((top - bottom) or 1), 0.0), 1.0)

    def at(self, share: float) -> float:
        """The value at a height from 0 to 1."""
        return self.moved(self.lowest, share)

    def moved(self, value: float, share: float) -> float:
        """The value that is higher by a share of the axis, but never below its lower end."""
        bottom, top = self.range
        moved = self.on_axis(value) + share * (top - bottom)
        return max(float(10**moved) if self.log else moved, self.lowest)

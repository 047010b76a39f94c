"""A sparkline: a small step line without axes, drawn as a polygon that CSS cuts out of a box (clip-path)."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]
"""A point as (right, up), each from 0 to 1."""


def steps(points: Sequence[Point]) -> list[Point]:
    """The corners of a line that keeps each height until the next point."""
    corners: list[Point] = []
    for number, (right, up) in enumerate(points):
        if number:
            corners.append((right, points[number - 1][1]))
        corners.append((right, up))
    return corners


def runs(corners: Sequence[Point], longest: float) -> list[list[Point]]:
    """The parts of a line: a level that is longer than `longest` ends there, and the line begins again after it.

    Parts of a single point are left out.
    """
    found: list[list[Point]] = [[]]
    for here in corners:
        before = found[-1][-1] if found[-1] else here
        if here[0] - before[0] > longest:
            found[-1].append((before[0] + longest, before[1]))
            found.append([])
        else:
            found[-1].append(here)
    return [run for run in found if len(run) > 1]


def line(corners: Sequence[Point], half: int = 1) -> str:
    """The clip-path of the line itself, with a width in pixels to each side."""
    there = [f"calc({_share(x)} - {half}px) calc({_share(1 - y)} - {half}px)" for x, y in corners]
    back = [f"calc({_share(x)} + {half}px) calc({_share(1 - y)} + {half}px)" for x, y in reversed(corners)]
    return f"polygon({', '.join([*there, *back])})"


def area(corners: Sequence[Point]) -> str:
    """The clip-path of the area under the line."""
    under = [(corners[0][0], 0.0), *corners, (corners[-1][0], 0.0)]
    return f"polygon({', '.join(f'{_share(x)} {_share(1 - y)}' for x, y in under)})"


def _share(part: float) -> str:
    return f"{part * 100:.2f}%"

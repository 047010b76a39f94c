"""Columns of a PDF page: prose that stands side by side is read one column after the other, and not across.

In: the runs of text of a page with their positions, and the page as text in which blanks show where the runs stand.
Out: the text in reading order. Tables stay as they are, because their rows are read across.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

RUN = re.compile(r"\S+(?: {1,2}\S+)*")  # three blanks part two columns
FEWEST_LINES = 3  # that begin at the same place make a column
WORDS_OF_PROSE = 2  # words of a line of a column at the least, on average
FLOWING = 0.25  # of the lines of a column begin in the middle of a sentence; rows of a table do not
WIDE = 60  # points from one run of text to the next on the same line, where a column may begin


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text on a page, in points from its lower left corner."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part [start, end) of a line with blanks around it."""

    start: int
    end: int
    text: str


def may_have_columns(runs: Sequence[Run]) -> bool:
    """Whether the file writes the lines of a page across: two runs of words side by side, again and again."""
    words = [run for run in runs if " " in run.text.strip()]
    across = sum(abs(left.y - right.y) < 1 and right.x - left.x > WIDE for left, right in pairwise(words))
    return across >= FEWEST_LINES


def in_reading_order(layout: str) -> str | None:
    """The text of a page, its columns one after the other; None if it has no columns of prose."""
    lines = [[Segment(*run.span(), run.group()) for run in RUN.finditer(line)] for line in layout.split("\n")]
    starts = _column_starts(lines)
    if not starts:
        return None
    out: list[str] = []
    found = False
    for band in _bands(lines, starts):
        columns = _columns(band, starts)
        found = found or columns is not None
        out += columns if columns is not None else map(_across, band)
    return "\n".join(out) if found else None


def _bands(lines: Sequence[Sequence[Segment]], starts: Sequence[int]) -> Iterator[list[Sequence[Segment]]]:
    """Runs of lines that may be parts of the same columns, and each other line alone.

    After an empty line, a line that is in one column only is no part of the columns above it.
    """
    band: list[Sequence[Segment]] = []
    after_gap = False
    for line in lines:
        if not line:
            after_gap = True
            continue
        goes_on = len(line) > 1 or (bool(band) and not after_gap)
        after_gap = False
        if goes_on and _fits(line, starts):
            band.append(line)
            continue
        yield band
        yield [line]
        band = []
    yield band


def _across(line: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in line)


def _column_starts(lines: Sequence[Sequence[Segment]]) -> list[int]:
    """Where the columns after the first begin: places at which enough lines have a segment that is not their first."""
    counts = Counter(segment.start for line in lines for segment in line[1:])
    starts: list[int] = []
    for start in sorted(counts):
        near = sum(counts[at] for at in (start - 1, start, start + 1))
        most = counts[start] >= max(counts[start - 1], counts[start + 1])
        if near >= FEWEST_LINES and most and (not starts or start - starts[-1] > 1):
            starts.append(start)
    return starts


def _fits(line: Sequence[Segment], starts: Sequence[int]) -> bool:
    """Whether every segment of a line stays inside one column."""
    if len(line) == 1 and line[0].start < starts[0] - 1:
        return line[0].end < starts[0]
    columns = [bisect_right(starts, segment.start + 1) for segment in line]
    inside = all(
        column == len(starts) or segment.end < starts[column] for column, segment in zip(columns, line, strict=True)
    )
    return inside and len(set(columns)) == len(columns)


def _columns(band: Sequence[Sequence[Segment]], starts: Sequence[int]) -> list[str] | None:
    """The lines of a band, column by column; None if it is no prose in columns."""
    columns: list[list[str]] = [[] for _ in range(len(starts) + 1)]
    for line in band:
        for segment in line:
            columns[bisect_right(starts, segment.start + 1)].append(segment.text)
    filled = [column for column in columns if column]
    if len(filled) < 2 or not all(map(_is_prose, filled)):
        return None
    return [text for column in filled for text in column]


def _is_prose(column: Sequence[str]) -> bool:
    """Whether the lines of a column are sentences that go on from line to line."""
    words = sum(len(line.split()) for line in column)
    flowing = sum(line[0].islower() for line in column[1:])
    return len(column) >= FEWEST_LINES and words >= WORDS_OF_PROSE * len(column) and flowing >= FLOWING * len(column)

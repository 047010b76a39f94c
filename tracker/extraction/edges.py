"""Figures at the edges of a war, whose dates may lie some hours or days beyond it.

In another time zone the first reports are printed the evening before. A report that is brought up to date for days and
keeps its first date puts "on Wednesday" into the week before.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from tracker.knowledge.registry import Conflict
from tracker.model import Figure, first_day

DAYS = 7  # days before the beginning of a war that a weekday may be misread as, or after a short one that tell of it
FEW = 5  # days that a war lasts of which the news of the week after tells
_DAY = len("2024-01-31")


def goes_on(conflict: Conflict, figure: Figure) -> bool:
    """Whether a conflict was going on at the date of a figure, or when it was printed if that is not known."""
    if figure.date is not None:
        return conflict.covers(figure.date[:_DAY])
    printed = (figure.published or "")[:_DAY] or None
    return conflict.covers(printed) or _is_eve(printed, conflict) or _is_just_over(printed, conflict)


def begins_soon(conflict: Conflict, figure: Figure) -> bool:
    """Whether a conflict began in the days after the date of a figure, and was going on when it was printed."""
    date, printed = figure.date, (figure.published or "")[:_DAY]
    if date is None or min(len(date), len(printed), len(conflict.start)) < _DAY or not conflict.covers(printed):
        return False
    return 0 < (first_day(conflict.start) - first_day(date[:_DAY])).days <= DAYS


def _is_eve(printed: str | None, conflict: Conflict) -> bool:
    """Whether this is the day before a conflict began."""
    return printed is not None and printed == _eve(conflict.start)


def _is_just_over(printed: str | None, conflict: Conflict) -> bool:
    """Whether a war of a few days ended in the days before: what is printed then tells of it."""
    if printed is None or conflict.end is None or len(printed) < _DAY:
        return False
    week = _week_after(conflict.start, conflict.end)
    return week is not None and week[0] < printed <= week[1]


@cache
def _eve(start: str) -> str | None:
    """The day before a war began; None if its first day is not known."""
    return (first_day(start) - dt.timedelta(days=1)).isoformat() if len(start) == _DAY else None


@cache
def _week_after(start: str, end: str) -> tuple[str, str] | None:
    """The last day of a war of a few days and the day a week later; None if it lasted longer."""
    if len(start) < _DAY or len(end) < _DAY or (first_day(end) - first_day(start)).days >= FEW:
        return None
    return end, (first_day(end) + dt.timedelta(days=DAYS)).isoformat()

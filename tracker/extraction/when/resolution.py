"""What a date phrase means against the date its article stands at: pure arithmetic, dateparser for the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from tracker.model import Precision

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
_AS_EXACT_AS = {"month": Precision.MONTH, "year": Precision.YEAR, "decade": Precision.YEAR}


class Told(NamedTuple):
    """What the words of a date phrase say; None or False where they do not. `weekday`: 0 is Monday.

    `first`: the first day of a span within a month, "25 to 27 October".
    """

    year: int | None
    month: int | None
    day: int | None
    first: int | None
    weekday: int | None
    unit: str
    number: int
    last: bool


class Moment(NamedTuple):
    """A date as an ISO string, as exact as it was told; with `stretch`, a span of time since `begin`."""

    date: str | None
    precision: Precision | None
    begin: str | None = None
    stretch: bool = False


UNKNOWN = Moment(None, None)
Meaning = Callable[[Told, dt.date], Moment | None]


def moment(means: str, told: Told, base: dt.date | None) -> Moment | None:
    """What the phrase means (`means` is a key of MEANINGS); None where it is no date at all, such as 31 February.

    Without a base date, what is told relative to it stays unknown.
    """
    if base is None:
        if means == "calendar" and told.year is not None:
            base = dt.date(told.year, 12, 31)
        else:
            one_day = told.unit == "day" and told.number == 1
            return Moment(None, None, stretch=means in _STRETCHES and not one_day)
    try:
        return MEANINGS[means](told, base)
    except (OverflowError, ValueError):  # before the year 1, or no day of that month
        return None


def _calendar(told: Told, base: dt.date) -> Moment | None:
    """A date by its numbers; without a year, the latest such day or month that is not after the base date."""
    if (told.month or 1) > 12 or not 1 <= (told.day or 1) <= 31:
        return None
    if told.month is None:
        return Moment(f"{told.year:04d}", Precision.YEAR) if told.year else None
    year = told.year
    if year is None:
        year = base.year if (told.month, told.day or 1) <= (base.month, base.day) else base.year - 1
    if told.day is None:
        return Moment(f"{year:04d}-{told.month:02d}", Precision.MONTH)
    day = dt.date(year, told.month, told.day)
    return _on(day) if told.first is None else _stretch(day.replace(day=told.first), day)


def _weekday(told: Told, base: dt.date) -> Moment:
    """The latest such weekday that is not after the base date; that day itself counts, as papers use it."""
    back = (base.weekday() - (told.weekday or 0)) % 7
    if told.last and back == 0:
        back = 7
    return _on(base - dt.timedelta(days=back))


def _today(_told: Told, base: dt.date) -> Moment:
    return _on(base)


def _yesterday(_told: Told, base: dt.date) -> Moment:
    return _on(base - dt.timedelta(days=1))


def _day_before_yesterday(_told: Told, base: dt.date) -> Moment:
    return _on(base - dt.timedelta(days=2))


def _weekend(_told: Told, base: dt.date) -> Moment:
    sunday = base - dt.timedelta(days=(base.weekday() + 1) % 7)
    return Moment(sunday.isoformat(), Precision.DAY, (sunday - dt.timedelta(days=1)).isoformat())


def _past(told: Told, base: dt.date) -> Moment:
    """A span of time up to the base date, or the weekday told: "in the past three days"; one day is that day."""
    if told.weekday is not None:
        base -= dt.timedelta(days=(base.weekday() - told.weekday) % 7)
    if told.unit == "day" and told.number == 1:
        return _on(base)
    days = told.number // 24 if told.unit == "hour" else _DAYS[told.unit] * told.number
    return _stretch(base - dt.timedelta(days=min(days, 36500)), base)


def _ago(told: Told, base: dt.date) -> Moment:
    """Left to dateparser, which knows months and leap years; as exact as the unit."""
    if told.unit == "hour" and told.number < 24:
        return _on(base)
    day = parsed(f"{told.number} {told.unit}s ago", base)
    if day is None:
        return UNKNOWN
    precision = _AS_EXACT_AS.get(told.unit, Precision.DAY)
    size = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[precision]
    return Moment(day.isoformat()[:size], precision)


def _this(told: Told, base: dt.date) -> Moment:
    """This week, month or year, so far."""
    begins = {
        "week": base - dt.timedelta(days=base.weekday()),
        "month": base.replace(day=1),
        "year": base.replace(month=1, day=1),
    }
    return _stretch(begins.get(told.unit, base), base)


def _last(told: Told, base: dt.date) -> Moment:
    """The week, month or year before this one; last night is yesterday's."""
    if told.unit == "week":
        sunday = base - dt.timedelta(days=base.weekday() + 1)
        return _stretch(sunday - dt.timedelta(days=6), sunday)
    if told.unit == "month":
        month = (base.replace(day=1) - dt.timedelta(days=1)).isoformat()[:7]
        return Moment(month, Precision.MONTH, month, stretch=True)
    if told.unit == "year":
        year = f"{base.year - 1:04d}"
        return Moment(year, Precision.YEAR, year, stretch=True)
    return _yesterday(told, base)


def _month_last_year(told: Told, base: dt.date) -> Moment:
    return Moment(f"{base.year - 1:04d}-{told.month or 1:02d}", Precision.MONTH)


def _unknown(_told: Told, _base: dt.date) -> Moment:
    return UNKNOWN


MEANINGS: Mapping[str, Meaning] = {
    "calendar": _calendar,
    "weekday": _weekday,
    "today": _today,
    "yesterday": _yesterday,
    "day-before-yesterday": _day_before_yesterday,
    "weekend": _weekend,
    "past": _past,
    "ago": _ago,
    "this": _this,
    "last": _last,
    "unknown": _unknown,
    "month-last-year": _month_last_year,
    "day-before": _yesterday,
    "day-after": _today,
}
"""What a phrase of a language file can mean, by the word it uses for that."""
_STRETCHES = frozenset({"past", "this"})


def _on(day: dt.date) -> Moment:
    return Moment(day.isoformat(), Precision.DAY)


def _stretch(begin: dt.date, end: dt.date) -> Moment:
    return Moment(end.isoformat(), Precision.DAY, begin.isoformat(), stretch=True)


@lru_cache(maxsize=4096)
def parsed(words: str, base: dt.date) -> dt.date | None:
    """What dateparser makes of English `words` against `base`; once for each pair. None where it cannot tell."""
    import dateparser

    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": dt.datetime(base.year, base.month, base.day),
            "PREFER_DATES_FROM": "past",
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return found.date() if found else None

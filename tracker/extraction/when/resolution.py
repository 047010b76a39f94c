"""Date resolution: what a date phrase means relative to the date of its article. Pure arithmetic."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tracker.model import Precision

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
_MONTHS = {"month": 1, "year": 12, "decade": 120}
FIRST_YEAR = "0001"
SATURDAY = 5
LONGEST_WAIT = 62  # days from a 31st to the next one
_AS_EXACT_AS = {"month": Precision.MONTH, "year": Precision.YEAR, "decade": Precision.YEAR}


class DateParts(NamedTuple):
    """The parts that a date phrase states; None or False for those it does not. `weekday`: 0 is Monday.

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


class ResolvedDate(NamedTuple):
    """A date as an ISO string, with the precision stated; if `stretch`, a span of time since `begin`."""

    date: str | None
    precision: Precision | None
    begin: str | None = None
    stretch: bool = False


def days_of(parts: DateParts) -> int:
    """The length of the time that is stated, in days; a day if none is."""
    return _DAYS.get(parts.unit, 1) * parts.number


UNKNOWN = ResolvedDate(None, None)
Meaning = Callable[[DateParts, dt.date], ResolvedDate | None]


def resolve(means: str, parts: DateParts, base: dt.date | None, year: int | None = None) -> ResolvedDate | None:
    """The date of a phrase with the meaning `means` (a key of MEANINGS); None if there is no such day: 31 February.

    Without a base date, a relative phrase stays unknown; a day or month without a year is of `year`.
    """
    if base is None:
        told = parts.year or (year if parts.month is not None else None)
        if means == "calendar" and told is not None:
            base = dt.date(told, 12, 31)
        else:
            one_day = parts.unit == "day" and parts.number == 1
            return ResolvedDate(None, None, stretch=means in _STRETCHES and not one_day)
    try:
        found = MEANINGS[means](parts, base)
    except (OverflowError, ValueError):  # before the year 1, or no day of that month
        return None
    return None if found is not None and (found.date or FIRST_YEAR) < FIRST_YEAR else found


def _calendar(parts: DateParts, base: dt.date) -> ResolvedDate | None:
    """A date stated by its numbers. Without a year it is the latest such day or month up to the base date."""
    if (parts.month or 1) > 12 or not 1 <= (parts.day or 1) <= 31:
        return None
    if parts.month is None:
        return ResolvedDate(f"{parts.year:04d}", Precision.YEAR) if parts.year else None
    year = parts.year
    if year is None:
        year = base.year if (parts.month, parts.day or 1) <= (base.month, base.day) else base.year - 1
    if parts.day is None:
        return ResolvedDate(f"{year:04d}-{parts.month:02d}", Precision.MONTH)
    day = dt.date(year, parts.month, parts.day)
    return _on(day) if parts.first is None else _stretch(day.replace(day=parts.first), day)


def _day_of_month(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The latest day with such a number up to the base date: "el pasado día 7"."""
    back = (base - dt.timedelta(days=days) for days in range(LONGEST_WAIT))
    found = next((day for day in back if day.day == parts.day), None)
    return UNKNOWN if found is None else _on(found)


def _weekday_and_day(parts: DateParts, base: dt.date) -> ResolvedDate | None:
    """The day with such a number, if it falls on the weekday told: else the number counts something, "16 people"."""
    found = _day_of_month(parts, base)
    agrees = found.date is not None and dt.date.fromisoformat(found.date).weekday() == parts.weekday
    return found if agrees else None


def _weekday(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The latest such weekday up to the base date. The base date itself counts, as newspapers use it."""
    back = (base.weekday() - (parts.weekday or 0)) % 7
    if parts.last and back == 0:
        back = 7
    return _on(base - dt.timedelta(days=back))


def _weekday_last_week(parts: DateParts, base: dt.date) -> ResolvedDate:
    """A weekday of the week before this one, which begins on Monday."""
    return _on(base - dt.timedelta(days=base.weekday() + 7 - (parts.weekday or 0)))


def _weeks_ago(parts: DateParts, base: dt.date) -> ResolvedDate:
    """So many weeks before the latest such weekday: "two weeks ago last Friday"."""
    back = (base.weekday() - (parts.weekday or 0)) % 7 + 7 * parts.number
    return _on(base - dt.timedelta(days=back))


def _today(_parts: DateParts, base: dt.date) -> ResolvedDate:
    return _on(base)


def _yesterday(_parts: DateParts, base: dt.date) -> ResolvedDate:
    return _on(base - dt.timedelta(days=1))


def _day_before(parts: DateParts, base: dt.date) -> ResolvedDate:
    return _on(base - dt.timedelta(days=days_of(parts)))


def _day_of_event(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The day so long before the one told before it, "a week after 12 died"; without one only yesterday is known."""
    return _yesterday(parts, base) if days_of(parts) == 1 else UNKNOWN


def _day_before_yesterday(_parts: DateParts, base: dt.date) -> ResolvedDate:
    return _on(base - dt.timedelta(days=2))


def _weekend(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The latest Saturday and Sunday up to the base date; on a Sunday "last weekend" is the one before."""
    sunday = base - dt.timedelta(days=(base.weekday() + 1) % 7 or 7 * parts.last)
    return ResolvedDate(sunday.isoformat(), Precision.DAY, (sunday - dt.timedelta(days=1)).isoformat())


def _this_weekend(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The same, but on a Saturday it is the one that has begun."""
    return _on(base) if base.weekday() == SATURDAY else _weekend(parts, base)


def _past(parts: DateParts, base: dt.date) -> ResolvedDate:
    """A span of time up to the base date, or up to a stated day: "in the past three days". One day is that day."""
    if parts.weekday is not None:
        base -= dt.timedelta(days=(base.weekday() - parts.weekday) % 7)
    if parts.month is not None:
        base = dt.date.fromisoformat((_calendar(parts, base) or UNKNOWN).date or base.isoformat())
    if parts.unit == "day" and parts.number == 1:
        return _on(base)
    days = parts.number // 24 if parts.unit == "hour" else _DAYS[parts.unit] * parts.number
    if days == 0:
        return _on(base)  # "in less than an hour"
    return _stretch(base - dt.timedelta(days=min(days, 36500)), base)


def _from(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The span of time from a day up to the base date: "since the afternoon of 20 March"."""
    first = _weekday(parts, base) if parts.weekday is not None else _calendar(parts, base)
    if first is None or first.date is None:
        return UNKNOWN
    return _stretch(min(dt.date.fromisoformat(first.date), base), base)


def _day_long(parts: DateParts, base: dt.date) -> ResolvedDate | None:
    """The day up to the base date: "over the past day"; or the whole of a day that is stated: "за 14 августа"."""
    if parts.month is not None:
        told = _calendar(parts, base)
        return told._replace(begin=told.date, stretch=True) if told is not None else None
    return _stretch(base - dt.timedelta(days=1), base)


def _recent(_parts: DateParts, base: dt.date) -> ResolvedDate:
    """A span of time up to the base date whose length is not told: "in recent days"."""
    return ResolvedDate(base.isoformat(), Precision.DAY, stretch=True)


def _within(parts: DateParts, base: dt.date) -> ResolvedDate:
    """A span of time up to the base date, of a day as well: "84 were killed in a day"."""
    if parts.unit == "day" and parts.number == 1:
        return _stretch(base - dt.timedelta(days=1), base)
    return _past(parts, base)


def _ago(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The date so long ago. It is as precise as the unit."""
    if parts.unit == "hour" and parts.number < 24:
        return _on(base)
    day = _anniversary(parts, base)
    precision = _AS_EXACT_AS.get(parts.unit, Precision.DAY)
    return UNKNOWN if day.date is None else ResolvedDate(day.date[: precision.length], precision)


def _anniversary(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The very day so many weeks, months or years ago: "hoy se cumple un mes de la masacre"."""
    try:
        return _on(_counted_back(parts, base))
    except (OverflowError, ValueError):  # before the year 1
        return UNKNOWN


def _counted_back(parts: DateParts, base: dt.date) -> dt.date:
    """The day so many units before the base date. A month that is too short ends with its last day."""
    if parts.unit == "hour":
        return base - dt.timedelta(days=-(-parts.number // 24))  # the base date begins at midnight
    if parts.unit not in _MONTHS:
        return base - dt.timedelta(days=days_of(parts))
    year, month = divmod(base.year * 12 + base.month - 1 - _MONTHS[parts.unit] * parts.number, 12)
    return base.replace(year=year, month=month + 1, day=min(base.day, calendar.monthrange(year, month + 1)[1]))


def _this(parts: DateParts, base: dt.date) -> ResolvedDate:
    """This week, month or year up to the base date."""
    begins = {
        "week": base - dt.timedelta(days=base.weekday()),
        "month": base.replace(day=1),
        "year": base.replace(month=1, day=1),
    }
    return _stretch(begins.get(parts.unit, base), base)


def _last(parts: DateParts, base: dt.date) -> ResolvedDate:
    """The week, month or year before this one. "Last night" is yesterday."""
    if parts.unit == "week":
        sunday = base - dt.timedelta(days=base.weekday() + 1)
        return _stretch(sunday - dt.timedelta(days=6), sunday)
    if parts.unit == "month":
        month = (base.replace(day=1) - dt.timedelta(days=1)).isoformat()[:7]
        return ResolvedDate(month, Precision.MONTH, month, stretch=True)
    if parts.unit == "year":
        year = f"{base.year - 1:04d}"
        return ResolvedDate(year, Precision.YEAR, year, stretch=True)
    return _yesterday(parts, base)


def _month_last_year(parts: DateParts, base: dt.date) -> ResolvedDate | None:
    if parts.day is not None:  # "10 октября прошлого года"
        return _calendar(parts._replace(year=base.year - 1), base)
    return ResolvedDate(f"{base.year - 1:04d}-{parts.month or 1:02d}", Precision.MONTH)


def _month_long(parts: DateParts, base: dt.date) -> ResolvedDate | None:
    """The whole of a month: "during July"."""
    month = _calendar(parts._replace(day=None), base)
    return None if month is None else ResolvedDate(month.date, Precision.MONTH, month.date, stretch=True)


def _first_months(parts: DateParts, base: dt.date) -> ResolvedDate | None:
    """The first months of a year, up to the day of the article: "in the first half of 2024"."""
    year = parts.year or base.year - parts.last
    if not 1 <= parts.number <= 12 or year > base.year:
        return None
    if (year, parts.number) >= (base.year, base.month):
        return _stretch(dt.date(year, 1, 1), base)
    return ResolvedDate(f"{year:04d}-{parts.number:02d}", Precision.MONTH, f"{year:04d}-01", stretch=True)


def _unknown(_parts: DateParts, _base: dt.date) -> ResolvedDate:
    return UNKNOWN


MEANINGS: Mapping[str, Meaning] = {
    "calendar": _calendar,
    "day-of-month": _day_of_month,
    "weekday-and-day": _weekday_and_day,
    "weekday": _weekday,
    "weekday-last-week": _weekday_last_week,
    "weeks-ago": _weeks_ago,
    "today": _today,
    "part-of-day": _today,
    "day-told": _today,
    "overnight": _today,
    "yesterday": _yesterday,
    "day-before-yesterday": _day_before_yesterday,
    "weekend": _weekend,
    "this-weekend": _this_weekend,
    "past": _past,
    "day-long": _day_long,
    "from": _from,
    "within": _within,
    "recent": _recent,
    "ago": _ago,
    "anniversary": _anniversary,
    "this": _this,
    "last": _last,
    "unknown": _unknown,
    "month-last-year": _month_last_year,
    "month-long": _month_long,
    "first-months": _first_months,
    "first-half": lambda parts, base: _first_months(parts._replace(number=6), base),
    "first-quarter": lambda parts, base: _first_months(parts._replace(number=3), base),
    "day-before": _day_before,
    "day-of-event": _day_of_event,
    "day-after": _today,
}
"""The meanings that a phrase of a language file can have, by their names there."""
_FIRST_OF_A_YEAR = ("first-months", "first-half", "first-quarter")
CALENDAR = frozenset({"this", "last", *_FIRST_OF_A_YEAR})
"""Those of a week, a month or a part of a year."""
_STRETCHES = frozenset({"past", "recent", "this", "within", "from", "day-long", "month-long", *_FIRST_OF_A_YEAR})


def _on(day: dt.date) -> ResolvedDate:
    return ResolvedDate(day.isoformat(), Precision.DAY)


def _stretch(begin: dt.date, end: dt.date) -> ResolvedDate:
    return ResolvedDate(end.isoformat(), Precision.DAY, begin.isoformat(), stretch=True)

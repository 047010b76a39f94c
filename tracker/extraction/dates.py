"""When: the date phrases of a sentence, resolved against the date the article stands at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tracker.knowledge.language import Section
from tracker.model import Precision

_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}


@dataclass(frozen=True, slots=True)
class When:
    """A date phrase at [start, end) and what it says. `date` is None where there is nothing to resolve it against.

    `since`: the phrase tells where a count begins. `stretch`: it names a span of time that ends at `date` and began at
    `period_start`. `as_of`: it is the day up to which something is counted. `idle`: it tells no date (a time of day).
    """

    start: int
    end: int
    date: str | None
    precision: Precision | None
    period_start: str | None = None
    stretch: bool = False
    since: bool = False
    as_of: bool = False
    idle: bool = False


class DateReader:
    """Finds and resolves the date phrases of one language."""

    def __init__(self, section: Section) -> None:
        raw = section.raw
        self.months: Mapping[str, int] = raw["months"]
        self.weekdays: Mapping[str, int] = raw["weekdays"]
        self.units: Mapping[str, str] = raw["units"]
        self.counts: Mapping[str, int] = raw["counts"]
        self.phrases = [(p["means"], re.compile(self._fill(p["looks"]))) for p in raw["phrase"]]
        since = "|".join(sorted(map(re.escape, raw["since"]), key=len, reverse=True))
        self.since = re.compile(rf"\b(?:{since})\s+(?:early\s+|late\s+|mid-?\s?)?\Z")
        cues = {*self.months, *self.weekdays, *self.units, "today", "tonight", "yesterday", "overnight", "morning"}
        self.span_openers = frozenset(raw["span_openers"])
        self.span_links = frozenset(raw["span_links"])
        until = "|".join(sorted(map(re.escape, raw["as_of"]), key=len, reverse=True))
        self.as_of = re.compile(rf"\b(?:{until})(?:\s+(?:on|at|the|\d{{4}}))?\s+\Z")
        self.cue = re.compile(r"\b(?:" + "|".join(sorted(cues, key=len, reverse=True)) + r")|\d{2}|\d:\d")

    def _fill(self, looks: str) -> str:
        def alternatives(words: Any) -> str:
            return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

        filled = looks.replace("{month}", alternatives(self.months))
        filled = filled.replace("{longmonth}", alternatives(m for m in self.months if len(m) > 3))
        filled = filled.replace("{weekday}", alternatives(self.weekdays)).replace("{unit}", alternatives(self.units))
        return r"(?<![\w$])(?:" + re.sub(r"\{n\}", alternatives(self.counts), filled) + r")(?!\w)"

    def find(self, text: str, offset: int, base: dt.date | None) -> list[When]:
        """The date phrases of `text`, in order, not overlapping; `offset` is added to their positions."""
        low = text.lower()
        if len(low) != len(text) or not self.cue.search(low):
            return []
        taken: list[tuple[int, int]] = []
        found: list[When] = []
        for means, pattern in self.phrases:
            for match in pattern.finditer(low):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                when = self._resolve(means, match, base)
                if when is None:
                    continue
                taken.append(match.span())
                found.append(self._placed(when, low, match, offset))
        return self._spanned(sorted(found, key=lambda w: w.start), low, offset)

    def _spanned(self, found: list[When], low: str, offset: int) -> list[When]:
        """The dates with two that bound a span of time made one: "between 7 September and 4 October"."""
        out: list[When] = []
        for when in found:
            last = out[-1] if out else None
            if last is not None and last.date and when.date and not last.since:
                link = low[last.end - offset : when.start - offset].strip()
                before = low[: last.start - offset].rstrip().rpartition(" ")[2]
                if link in self.span_links and before in self.span_openers:
                    out[-1] = When(last.start, when.end, when.date, when.precision, last.date, stretch=True)
                    continue
            out.append(when)
        return out

    def _placed(self, when: When, low: str, match: re.Match[str], offset: int) -> When:
        before = low[max(0, match.start() - 24) : match.start()]
        inside = match.group().startswith("since")
        since = inside or bool(self.since.search(before))
        return When(
            match.start() + offset,
            match.end() + offset,
            when.date,
            when.precision,
            when.period_start,
            when.stretch,
            since,
            bool(self.as_of.search(before)),
            when.idle,
        )

    def _resolve(self, means: str, match: re.Match[str], base: dt.date | None) -> When | None:
        groups = {k: v for k, v in match.groupdict().items() if v}
        resolve = getattr(self, f"_{means}")
        result: When | None = resolve(groups, base, match.group())
        return result

    def _calendar(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When | None:
        year = groups.get("year") or groups.get("year2")
        if year is None and "yy" in groups:
            year = ("19" if int(groups["yy"]) > 50 else "20") + groups["yy"]
        month = self.months.get(groups["month"]) if "month" in groups else int(groups.get("mm", 0)) or None
        day = int(groups["day"]) if "day" in groups else None
        if groups.get("month") == "may" and day is None and year is None and "last" not in groups:
            return None  # "may" is a word of its own
        if (month is not None and month > 12) or (day is not None and not 0 < day <= 31):
            return None
        if year is None:
            return self._without_year(month, day, base)
        if month is None:
            return When(0, 0, year, Precision.YEAR)
        if day is None:
            return When(0, 0, f"{year}-{month:02d}", Precision.MONTH)
        return _day(int(year), month, day)

    @staticmethod
    def _without_year(month: int | None, day: int | None, base: dt.date | None) -> When | None:
        """The latest such day or month that is not after the base date."""
        if month is None:
            return None
        if base is None:
            return When(0, 0, None, None)
        year = base.year if (month, day or 1) <= (base.month, base.day) else base.year - 1
        return When(0, 0, f"{year}-{month:02d}", Precision.MONTH) if day is None else _day(year, month, day)

    def _weekday(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        """The latest such weekday that is not after the base date; that day itself counts, as papers use it."""
        if base is None:
            return When(0, 0, None, None)
        back = (base.weekday() - self.weekdays[groups["weekday"]]) % 7
        if "last" in groups and back == 0:
            back = 7
        return _on(base - dt.timedelta(days=back))

    def _today(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        return _on(base)

    def _yesterday(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        return _on(base - dt.timedelta(days=2 if words.startswith("the day") else 1) if base else None)

    def _weekend(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        if base is None:
            return When(0, 0, None, None)
        sunday = base - dt.timedelta(days=(base.weekday() + 1) % 7)
        return When(0, 0, sunday.isoformat(), Precision.DAY, (sunday - dt.timedelta(days=1)).isoformat())

    def _past(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        return self._back(groups, base)

    def _stretch(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        return self._back(groups, base)

    def _back(self, groups: Mapping[str, str], base: dt.date | None) -> When:
        if base is None:
            return When(0, 0, None, None, stretch=True)
        unit, count = self.units[groups["unit"]], self._count(groups)
        if unit == "day" and count == 1:
            return _on(base)
        days = count // 24 if unit == "hour" else _DAYS[unit] * count
        begin = base - dt.timedelta(days=min(days, 36500))
        return _stretch(begin, base)

    def _ago(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        """Left to dateparser, which knows months and leap years; as exact as the unit."""
        if base is None:
            return When(0, 0, None, None)
        unit = self.units[groups["unit"]]
        day = parsed(f"{self._count(groups)} {unit}s ago", base)
        return _precise(day, {"year": Precision.YEAR, "decade": Precision.YEAR, "month": Precision.MONTH}.get(unit))

    def _this(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        if base is None:
            return When(0, 0, None, None, stretch=True)
        begins = {"week": base - dt.timedelta(days=base.weekday()), "month": base.replace(day=1)}
        begin = begins.get(groups["unit"], base.replace(month=1, day=1))
        if groups["unit"] == "weekend":
            begin = base - dt.timedelta(days=1)
        return _stretch(begin, base)

    def _last(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        if base is None:
            return When(0, 0, None, None)
        unit = groups["unit"]
        if unit == "night":
            return _on(base - dt.timedelta(days=1))
        if unit in ("week", "weekend"):
            sunday = base - dt.timedelta(days=base.weekday() + 1)
            return _stretch(sunday - dt.timedelta(days=6 if unit == "week" else 1), sunday)
        if unit == "month":
            last = base.replace(day=1) - dt.timedelta(days=1)
            return When(0, 0, last.isoformat()[:7], Precision.MONTH, last.isoformat()[:7], stretch=True)
        year = str(base.year - 1)
        return When(0, 0, year, Precision.YEAR, year, stretch=True)

    def _unknown(self, groups: Mapping[str, str], base: dt.date | None, words: str) -> When:
        return When(0, 0, None, None, idle=True)

    def _count(self, groups: Mapping[str, str]) -> int:
        words = groups.get("n", "1")
        return int(words) if words.isdigit() else self.counts.get(words, 1)


def _day(year: int, month: int, day: int) -> When | None:
    try:
        return _on(dt.date(year, month, day))
    except ValueError:
        return None


def _on(day: dt.date | None) -> When:
    return When(0, 0, day.isoformat(), Precision.DAY) if day else When(0, 0, None, None)


def _stretch(begin: dt.date, end: dt.date) -> When:
    return When(0, 0, end.isoformat(), Precision.DAY, begin.isoformat(), stretch=True)


def _precise(day: dt.date | None, precision: Precision | None) -> When:
    if day is None:
        return When(0, 0, None, None)
    size = {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision or Precision.DAY, 10)
    return When(0, 0, day.isoformat()[:size], precision or Precision.DAY)


@lru_cache(maxsize=4096)
def parsed(words: str, base: dt.date) -> dt.date | None:
    """What dateparser makes of `words` against `base`; once for each pair. None where it cannot tell."""
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


def published_date(published: str | None) -> dt.date | None:
    """The day of an ISO date or datetime; None where there is none or it is not a full date."""
    try:
        return dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None

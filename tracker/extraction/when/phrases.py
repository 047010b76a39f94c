"""Finds the date phrases of a sentence and resolves them against the date of the article."""

from __future__ import annotations

import datetime as dt
import functools
import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.extraction.text.prefilter import Prefilter
from tracker.extraction.when.leads import AHEAD, BEFORE, LATELY, QUOTES, LeadReader, Met, SearchedText
from tracker.extraction.when.resolution import CALENDAR, DateParts, days_of, resolve
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.language import Section
from tracker.model import Precision

_YEAR = r"(?:19|20)\d\d"
_BEHIND = r"[^a-z0-9$]"  # before a phrase. Other letters are excluded after a match, which is faster
_OPENED = re.compile(r"\s?[(\[][^()\[\]]{0,12}")  # a bracket and a time of day between two dates
_DIGIT = re.compile(r"\d")
_UNMET = DateParts(None, None, None, None, None, "", 0, last=False)
EARLIEST = 9  # years; nothing is counted back from a day before it
MOST = 2_000  # entries of a cache; a full cache is cleared


class When(NamedTuple):
    """A date phrase at [start, end) and its meaning. `date` is None if there is nothing to resolve it against.

    `since`: the phrase states the start of a count; `begins`: the start of a war, "erupted in March". `as_of`: it
    states the end of a count. `reported`: it is the day of the report, "said on Tuesday". `hour`: it is a part of a
    day, "at dawn", of the day told before it. `stretch`: it is a span of time that ends at `date` and began at
    `period_start`. `idle`: it states no date of its own (a time of day, the date of another event, the name of a
    group). `shift`: days to add to the date before it ("a day earlier"). `past`: it is a time up to now, "in the past
    24 hours", "overnight". `loose`: it is a calendar week, month or year, or two days, in which something may have
    happened once: "earlier this week". `lately`: it is one of the last days, since which something is counted: "since
    Thursday". `counted`: it is the day up to which somebody had counted, "by Saturday morning 12 had died". `spoken`:
    it is "today" in a quotation, which may be of the day before.
    """

    start: int
    end: int
    date: str | None
    precision: Precision | None
    period_start: str | None = None
    stretch: bool = False
    since: bool = False
    as_of: bool = False
    reported: bool = False
    idle: bool = False
    shift: int = 0
    begins: bool = False
    past: bool = False
    hour: bool = False
    loose: bool = False
    lately: bool = False
    counted: bool = False
    spoken: bool = False


class Phrase(NamedTuple):
    """A date phrase of the language file.

    `means`: its meaning. `needs`: the prefilter flags it needs. `of_month`: whether it needs a month. `known`: a cache
    of the parts of matched words; None for words that are no date.
    """

    means: str
    pattern: LateRegex
    needs: int
    of_month: bool
    known: dict[str, DateParts | None]


class DateReader:
    """Finds and resolves the date phrases of one language."""

    def __init__(self, section: Section, speaking: Sequence[str]) -> None:
        raw = section.raw
        self.months: Mapping[str, int] = raw["months"]
        self.weekdays: Mapping[str, int] = raw["weekdays"]
        self.holidays: Mapping[str, list[int]] = raw["holidays"]
        self.units: Mapping[str, str] = raw["units"]
        self.counts: Mapping[str, int] = raw["counts"]
        self.tables: Mapping[str, Iterable[str]] = {
            "month": self.months,
            "longmonth": [m for m in self.months if len(m) > 3],
            "weekday": self.weekdays,
            "unit": self.units,
            "holiday": self.holidays,
            "n": self.counts,
        }
        self.looks = {f"{{{name}}}": any_of(words) for name, words in self.tables.items()}
        self.prefilter = Prefilter()
        self.phrases = [self._phrase(p["means"], "".join(p["looks"]), p["needs"]) for p in raw["phrase"]]
        self.needed = functools.reduce(operator.or_, [phrase.needs for phrase in self.phrases], 0)
        self.month = self.prefilter.flag(self.months)
        self.possible: dict[int, list[Phrase]] = {}
        self.leads = LeadReader(raw, speaking, self.prefilter)
        self.glued = frozenset(raw["glued"])
        self.shifts: Mapping[str, int] = raw["shifts"]
        self.year = LateRegex(raw["year"])
        self.words_as_well, self.bound = frozenset(raw["words_as_well"]), frozenset(raw["bound"])
        self.printing = frozenset(raw["printing"])
        self.credit = LateRegex(rf"\.?\s{{0,4}}\([^()]{{0,40}}?(?:\b{any_of(raw['credits'])}\b|/)[^()]{{0,40}}\)")
        self.span_openers, self.span_links = frozenset(raw["span_openers"]), frozenset(raw["span_links"])
        self.span_joins = frozenset(raw["span_joins"])
        self.span_clock = frozenset(raw["span_clock"])
        self.opens_both = not self.span_openers.isdisjoint(raw["since_beside"])
        cues = any_of([*self.months, *self.weekdays, *self.units, *self.holidays, *raw["cues"]])
        self.cue = LateRegex(rf"\b{cues}|\d\d|\d:\d")

    def _phrase(self, means: str, looks: str, needs: Sequence[str]) -> Phrase:
        """A phrase of the language file, with its {placeholders} replaced by the words of the tables."""
        filled = looks.replace("{year}", _YEAR)
        for name, words in self.looks.items():
            filled = filled.replace(name, words)
        flags = [self.prefilter.flag(self._ways(need)) for need in needs]
        of_month = any(need in ("{month}", "{longmonth}") for need in needs)
        pattern = LateRegex(rf"{_BEHIND}(?:{filled}){AHEAD}")
        return Phrase(means, pattern, functools.reduce(operator.or_, flags, 0), of_month, {})

    def _ways(self, need: str) -> Iterator[str]:
        """The alternatives of a need: "week|{unit}", "{weekday}s"."""
        for way in need.split("|"):
            name, in_table, ending = way.removeprefix("{").partition("}")
            yield from (word + ending for word in self.tables[name]) if in_table else (way,)

    def find(self, text: str, offset: int, base: dt.date | None, year: int | None = None) -> list[When]:
        """The date phrases of `text`, in order and not overlapping. `offset` is added to their positions.

        `year` is that of an article without a date, for days and months told without one.
        """
        low = text.lower()
        if len(low) != len(text):
            return []
        flags, words = self.prefilter.flags_of(low)
        phrases = self._possible(flags & self.needed)
        if not phrases:
            return []
        searched, spaced = SearchedText(low, flags, offset, base, year), f" {low}"
        months = self.prefilter.most(self.month, words, low) if flags & self.month else 0
        found: list[When] = []
        for phrase in phrases:
            at = 0
            while months > 0 or not phrase.of_month:  # else every month is already part of a date
                match = phrase.pattern.search(spaced, at)
                if match is None:
                    break
                start, at = match.start(), match.end() - 1
                if (spaced[start].isalnum() and not self._is_glued(spaced, start)) or spaced[start] == "_":
                    at = start + 1
                elif not found or _is_free(start + offset, at + offset, found):
                    when = self._when(phrase, match, searched)
                    if when is not None:
                        found.append(when)
                        months -= phrase.of_month
        if len(found) > 1:
            found.sort()
            return _anchored(self._spanned(found, searched))
        return found

    def _is_glued(self, spaced: str, at: int) -> bool:
        """Whether a letter before a date is a word that is glued to it: "بين مارس ومايو"."""
        return spaced[at] in self.glued and not spaced[at - 1].isalnum()

    def stands_at(self, head: str) -> dt.date | None:
        """The full date at the head of a text, which is the date of the article; None if there is none.

        A date after a word such as "since" does not count, but "posted on 3 May 2024" does; that of a picture does not.
        """
        for when in self.find(head, 0, None) if self.year.search(head) else ():
            words = head[: when.start].lower().split()[-2:]
            before = {*words[-1:], head[when.start :].partition(" ")[0].lower()}
            bound = not self.bound.isdisjoint(before) and self.printing.isdisjoint(words[:-1])
            bound = bound or self.credit.match(head.lower(), when.end) is not None
            if when.date and when.precision is Precision.DAY and not bound:
                return published_date(when.date)
        return None

    def _possible(self, flags: int) -> list[Phrase]:
        """The phrases that need only these flags. The result is cached for each set of flags."""
        known = self.possible.get(flags)
        if known is None:
            if len(self.possible) >= MOST:
                self.possible.clear()
            known = [phrase for phrase in self.phrases if phrase.needs & flags == phrase.needs]
            self.possible[flags] = known
        return known

    def _when(self, phrase: Phrase, match: re.Match[str], searched: SearchedText) -> When | None:
        """The date that a phrase states, or None."""
        words, means, start, end = match.group()[1:], phrase.means, match.start(), match.end() - 1
        parts = phrase.known.get(words, _UNMET)
        if parts is _UNMET:
            if len(phrase.known) >= MOST:
                phrase.known.clear()
            parts = phrase.known[words] = self._parts(match)
        found = resolve(means, parts, searched.base, searched.year) if parts is not None else None
        if found is None or parts is None or (means == "unknown" and not self.cue.search(searched.low)):
            return None
        met = Met(words, means, start, end, parts, found)
        led = self.leads.led(met, searched)
        if led.since and means == "weekday" and searched.base is not None and found.date == searched.base.isoformat():
            found = resolve(means, parts._replace(last=True), searched.base) or found  # "since Monday", on a Monday
        quoted = searched.low[start - 1 : start] in QUOTES and searched.low[end : end + 1] in QUOTES
        return When(
            start + searched.offset,
            end + searched.offset,
            found.date,
            found.precision,
            found.begin,
            found.stretch,
            led.since,
            led.as_of,
            led.reported or means == "part-of-day",  # "вранці" is of the day told before it, else of the article's
            means == "unknown" or led.elsewhere or quoted,
            self.shifts.get(means, 0) * days_of(parts),
            led.begins,
            (means in ("past", "within", "recent") and found.stretch) or means == "overnight",
            means in ("part-of-day", "day-told"),
            means in CALENDAR and found.stretch,
            led.lately,
            led.counted,
            means == "today" and _is_quoted(searched.low, start),
        )

    def _parts(self, match: re.Match[str]) -> DateParts | None:
        """The parts of a date phrase; None for an ambiguous word without a day or a year, such as "may"."""
        groups = {k: v for k, v in match.groupdict().items() if v}
        if groups.get("month") in self.words_as_well and groups.keys().isdisjoint(("day", "year", "last", "sure")):
            return None
        year = groups.get("year") or groups.get("year2")
        if year is None and "yy" in groups:
            year = ("19" if int(groups["yy"]) > 50 else "20") + groups["yy"]
        month = self.months.get(groups["month"]) if "month" in groups else int(groups.get("mm", 0)) or None
        holiday = self.holidays.get(groups.get("holiday", ""))
        count = groups.get("n", "1")
        return DateParts(
            year=int(year) if year else None,
            month=holiday[0] if holiday else month,
            day=holiday[1] if holiday else int(groups["day"]) if "day" in groups else None,
            first=int(groups["first"]) if "first" in groups else None,
            weekday=self.weekdays.get(groups.get("weekday", "")),
            unit=self.units.get(groups.get("unit", ""), ""),
            number=int(count) if count.isdigit() else self.counts.get(count, 1),
            last="last" in groups,
        )

    def _spanned(self, found: list[When], searched: SearchedText) -> list[When]:
        """The dates, with two that bound a span of time merged: "between 7 September and 4 October"."""
        out: list[When] = []
        for when in found:
            at = next((i for i in range(len(out) - 1, -1, -1) if out[i].date or not out[i].idle), 0)  # no time of day
            last = out[at] if out else None
            if last is not None and self._bound_a_span(last, when, searched):
                loose = self._link(last, when, searched) in self.span_joins and not self._opens(last, searched)
                span = When(last.start, when.end, when.date, when.precision, last.date, stretch=True, loose=loose)
                out[at:] = [span]
            else:
                if last is not None:
                    out[at], when = _retold(last, when, searched)
                out.append(when)
        return out

    def _bound_a_span(self, last: When, when: When, searched: SearchedText) -> bool:
        """Whether two dates are the ends of a span of time."""
        if not (last.date and when.date) or (last.since and not self.opens_both):
            return False
        link = self._link(last, when, searched)
        if link in self.span_joins and last.precision is when.precision and not (last.stretch or when.stretch):
            return last.date < when.date
        return link in self.span_links and self._opens(last, searched)

    def _link(self, last: When, when: When, searched: SearchedText) -> str:
        """The words between two dates; a month or a year has them inside: "between May", "and July"."""
        low, start = searched.low, when.start - searched.offset
        between = self._bare(low[last.end - searched.offset : start])
        return between or low[start : when.end - searched.offset].partition(" ")[0]

    def _opens(self, when: When, searched: SearchedText) -> bool:
        """Whether a date begins a span of time by the word before it, or by its own first word."""
        low, start = searched.low, when.start - searched.offset
        before = self._bare(low[:start][-2 * BEFORE :]).rpartition(" ")[2]
        own = low[start : when.end - searched.offset].partition(" ")[0]
        return not self.span_openers.isdisjoint((before, own))

    def _bare(self, words: str) -> str:
        """What stands beside a date without a time of day: "noon and" is "and"."""
        return " ".join(word for word in words.split() if not (word in self.span_clock or word[:1].isdigit()))


def _retold(last: When, when: When, searched: SearchedText) -> tuple[When, When]:
    """Two dates, one of them idle if they tell one day twice: "Saturday (2100 Friday, UTC)", "Tuesday (5 May)"."""
    low, begin, stop = searched.low, last.end - searched.offset, when.start - searched.offset
    if last.date is None or begin > stop:
        return last, when
    end = when.end - searched.offset
    apposed = when.shift and low[begin:stop] == ", " and low[end : end + 1] == ","  # not "today, a day after the raid"
    if not (apposed or (not when.shift and _OPENED.fullmatch(low, begin, stop))):
        return last, when
    if _DIGIT.search(low, stop, end) and not _DIGIT.search(low, last.start - searched.offset, begin):
        return last._replace(idle=True), when
    return last, when._replace(idle=True)


def _anchored(dates: list[When]) -> list[When]:
    """The dates, with those counted from one before them in the sentence: "said on Thursday … died a day earlier"."""
    for at, when in enumerate(dates):
        if not when.shift or when.idle:
            continue
        told = (
            d for d in reversed(dates[:at]) if d.precision is Precision.DAY and not (d.since or d.stretch or d.shift)
        )
        day = published_date(next((d.date for d in told), None))
        if day is not None and EARLIEST < day.year < dt.MAXYEAR:
            told_day = (day + dt.timedelta(days=when.shift)).isoformat()
            ahead = when.shift > 0 and when.date is not None and told_day > when.date
            dates[at] = when._replace(date=told_day, precision=Precision.DAY, shift=0, idle=ahead)
    return dates


def _is_quoted(low: str, at: int) -> bool:
    """Whether a place in a sentence is inside a quotation that it opened: whose "today" is that of the speaker."""
    return low.count('"', 0, at) % 2 == 1 or low.rfind("“", 0, at) > low.rfind("”", 0, at)


def _is_free(start: int, end: int, found: Sequence[When]) -> bool:
    """Whether no date found so far overlaps [start, end)."""
    return all(end <= when.start or when.end <= start for when in found)


def published_date(published: str | None) -> dt.date | None:
    """The day of an ISO date or datetime; None if there is none or it is not a full date."""
    try:
        return dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def up_to_the_telling(dates: Sequence[When]) -> Sequence[When]:
    """The dates, with spans of time up to now that end on the day on which they were told: "officials said on Tuesday
    that 12 were killed in the past four days".
    """
    days = [d for d in dates if d.reported and d.precision is Precision.DAY and not d.stretch]
    if len(days) != 1 or not any(d.past for d in dates):
        return dates
    return [_ending_on(d, published_date(days[0].date)) if d.past else d for d in dates]


def _ending_on(when: When, day: dt.date | None) -> When:
    """A span of time moved so that it ends on a day, if that is one of the last few days."""
    begin, end = published_date(when.period_start), published_date(when.date)
    if day is None or end is None or not 0 < (end - day).days <= LATELY:
        return when
    moved = (begin - (end - day)).isoformat() if begin is not None else None
    return when._replace(date=day.isoformat(), period_start=moved)

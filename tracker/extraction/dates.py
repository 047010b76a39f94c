"""When: the date phrases of a sentence, resolved against the date the article stands at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tracker.extraction.moments import Moment, Told, moment
from tracker.knowledge.alternation import any_of
from tracker.knowledge.language import Section
from tracker.model import Precision

_QUOTES = ('"', "“", "”", "'", "‘", "’")
_GROUP = re.compile(r"\((?:\?P<\w+>|\?:|(?P<looks>\?<?[=!]))?(?P<inside>[^()]*)\)(?P<times>\?|\*|\{0,\d*\})?")
_MUST = re.compile(r"\{([a-z]+)\}(?!\?)")
_YEAR = r"(?:19|20)\d\d"
_DIGIT = re.compile(r"\\d(?!\?|\*|\{0)")
_CLASS = re.compile(r"\[[^\]]*\]")
_LITERAL = re.compile(r"(?<![\\{a-z])[a-z]{3,}(?![?*{}])|[\ue000-\uf8ff]")
_PRIVATE = 0xE000  # characters of no alphabet: each stands for a group whose words are known
BEFORE = 24  # characters before a date in which "since", "as of" are looked for


class When(NamedTuple):
    """A date phrase at [start, end) and what it says. `date` is None where there is nothing to resolve it against.

    `since`: the phrase tells where a count begins; `begins`: it is when a war began, "erupted in March".
    `as_of`: up to when a count runs. `said`: it is the day of the report, "said on Tuesday". `stretch`: it names a span
    of time that ends at `date` and began at `period_start`. `idle`: it tells no date of its own (a time of day, the
    date of another event, the name of a group). `shift`: so many days from the date told before ("a day earlier").
    `past`: it is a length of time up to now, "in the past 24 hours".
    """

    start: int
    end: int
    date: str | None
    precision: Precision | None
    period_start: str | None = None
    stretch: bool = False
    since: bool = False
    as_of: bool = False
    said: bool = False
    idle: bool = False
    shift: int = 0
    begins: bool = False
    past: bool = False


class DateReader:
    """Finds and resolves the date phrases of one language."""

    def __init__(self, section: Section, speaking: Iterable[str]) -> None:
        raw = section.raw
        self.months: Mapping[str, int] = raw["months"]
        self.weekdays: Mapping[str, int] = raw["weekdays"]
        self.holidays: Mapping[str, list[int]] = raw["holidays"]
        self.units: Mapping[str, str] = raw["units"]
        self.counts: Mapping[str, int] = raw["counts"]
        self.phrases = [
            (p["means"], re.compile(self._fill(p["looks"])), needs(p["looks"]), words_in(p["looks"]))
            for p in raw["phrase"]
        ]
        tables = {"month": self.months, "weekday": self.weekdays, "unit": self.units, "holiday": self.holidays}
        self.parts = {name: re.compile(any_of(words)) for name, words in tables.items()}
        self.parts |= {"digit": re.compile(r"\d"), "year": re.compile(_YEAR)}
        self.possible: dict[frozenset[str], list[tuple[str, re.Pattern[str], tuple[str, ...]]]] = {}
        self.since = re.compile(rf"\b(?:{any_of(raw['since'])})\b[^.;:,]{{0,48}}\Z")
        self.since_words = tuple(raw["since"])
        about, starting = any_of(raw["about"]), any_of(raw["starting"])
        self.starting = re.compile(rf"\b(?:{starting})\b[^.;:,]{{0,60}}\Z")
        self.about = re.compile(rf"\b(?:{about})\b[^.;:]{{0,24}}\b(?:{starting})\b[^.;:,]{{0,60}}\Z")
        forms = "|".join(self._fill(form) for form in raw["counted_from"])
        self.elsewhere = re.compile(rf"(?:{forms})\b[^.;:,]{{0,60}}\Z")
        self.as_of = re.compile(rf"\b(?:{any_of(raw['as_of'])})(?:\s+(?:on|at|the|\d{{4}}))?\s+\Z")
        self.said = re.compile(rf"\b(?:{any_of(speaking)})(?:\s+(?:{any_of(raw['said_on'])})){{0,3}}\s+\Z")
        self.shifts: Mapping[str, int] = raw["shifts"]
        self.words_as_well = frozenset(raw["words_as_well"])
        self.bound = frozenset(raw["bound"])
        self.span_openers = frozenset(raw["span_openers"])
        self.span_links = frozenset(raw["span_links"])
        self.cue = re.compile(
            rf"\b(?:{any_of({*self.months, *self.weekdays, *self.units, *self.holidays, *raw['cues']})})|\d{{2}}|\d:\d"
        )

    def _fill(self, looks: str) -> str:
        """The regular expression of a phrase, its {words} replaced by those of the tables."""
        filled = looks.replace("{month}", any_of(self.months)).replace("{year}", _YEAR)
        filled = filled.replace("{longmonth}", any_of(m for m in self.months if len(m) > 3))
        filled = filled.replace("{holiday}", any_of(self.holidays))
        filled = filled.replace("{weekday}", any_of(self.weekdays)).replace("{unit}", any_of(self.units))
        return r"(?<![\w$])(?:" + filled.replace("{n}", any_of(self.counts)) + r")(?!\w)(?!-[a-z])"

    def find(self, text: str, offset: int, base: dt.date | None) -> list[When]:
        """The date phrases of `text`, in order, not overlapping; `offset` is added to their positions."""
        low = text.lower()
        if len(low) != len(text) or not self.cue.search(low):
            return []
        found: list[When] = []
        for means, pattern, words in self._possible(low):
            if words and not any(map(low.__contains__, words)):
                continue
            for match in pattern.finditer(low):
                if found and any(match.start() < w.end and w.start < match.end() for w in found):
                    continue
                resolved = moment(means, self._told(match), base) if not self._is_word(match) else None
                if resolved is not None:
                    found.append(self._when(resolved, low, match, means))
        if not found:
            return found
        ordered = self._spanned(sorted(found, key=lambda w: w.start), low)
        return [_moved(when, offset) for when in ordered]

    def _possible(self, low: str) -> Sequence[tuple[str, re.Pattern[str], tuple[str, ...]]]:
        """The phrases that need no part that a text lacks; worked out once for each set of missing parts."""
        absent = frozenset([name for name, part in self.parts.items() if not part.search(low)])
        known = self.possible.get(absent)
        if known is None:
            known = [
                (means, pattern, words) for means, pattern, needed, words in self.phrases if needed.isdisjoint(absent)
            ]
            self.possible[absent] = known
        return known

    def _is_word(self, match: re.Match[str]) -> bool:
        """Whether the phrase is a word of its own as much as a month: "may" without a day or a year."""
        groups = match.groupdict()
        bare = not (groups.get("day") or groups.get("year") or groups.get("last") or groups.get("sure"))
        return bare and groups.get("month") in self.words_as_well

    def _told(self, match: re.Match[str]) -> Told:
        groups = {k: v for k, v in match.groupdict().items() if v}
        year = groups.get("year") or groups.get("year2")
        if year is None and "yy" in groups:
            year = ("19" if int(groups["yy"]) > 50 else "20") + groups["yy"]
        month = self.months.get(groups["month"]) if "month" in groups else int(groups.get("mm", 0)) or None
        holiday = self.holidays.get(groups.get("holiday", ""))
        count = groups.get("n", "1")
        return Told(
            year=int(year) if year else None,
            month=holiday[0] if holiday else month,
            day=holiday[1] if holiday else int(groups["day"]) if "day" in groups else None,
            first=int(groups["first"]) if "first" in groups else None,
            weekday=self.weekdays.get(groups.get("weekday", "")),
            unit=self.units.get(groups.get("unit", ""), ""),
            count=int(count) if count.isdigit() else self.counts.get(count, 1),
            last="last" in groups,
        )

    def _when(self, found: Moment, low: str, match: re.Match[str], means: str) -> When:
        before = low[max(0, match.start() - BEFORE) : match.start()]
        far = low[max(0, match.start() - 3 * BEFORE) : match.start()]
        since = match.group().startswith(self.since_words) or bool(self.since.search(far))
        begins = not since and bool(self.starting.search(far))
        return When(
            match.start(),
            match.end(),
            found.date,
            found.precision,
            found.begin,
            found.stretch,
            since or (begins and bool(self.about.search(low[max(0, match.start() - 4 * BEFORE) : match.start()]))),
            bool(self.as_of.search(before)),
            bool(self.said.search(low[max(0, match.start() - 2 * BEFORE) : match.start()])),
            means == "unknown" or bool(self.elsewhere.search(far)) or _is_quoted(low, match),
            self.shifts.get(means, 0),
            begins,
            means == "past" and found.stretch,
        )

    def _spanned(self, found: list[When], low: str) -> list[When]:
        """The dates with two that bound a span of time made one: "between 7 September and 4 October"."""
        out: list[When] = []
        for when in found:
            last = out[-1] if out else None
            if last is not None and last.date and when.date and not last.since:
                link = low[last.end : when.start].strip()
                before = low[: last.start].rstrip().rpartition(" ")[2]
                if link in self.span_links and before in self.span_openers:
                    out[-1] = When(last.start, when.end, when.date, when.precision, last.date, stretch=True)
                    continue
            out.append(when)
        return out


def needs(looks: str) -> frozenset[str]:
    """What must stand in any text that a phrase can be found in: "digit", "month", "weekday", "unit", "holiday",
    "year".

    Read off the phrase itself: what is optional, or one of several, is not needed.
    """
    bare = looks
    while (group := _GROUP.search(bare)) is not None:
        optional = group["times"] or group["looks"] or "|" in group["inside"]
        bare = bare[: group.start()] + ("" if optional else group["inside"]) + bare[group.end() :]
    return frozenset.intersection(*(_parts_of(way) for way in bare.split("|")))


def _parts_of(way: str) -> frozenset[str]:
    found = {name.removeprefix("long") for name in _MUST.findall(way)} - {"n", ""}
    return frozenset(found | {"digit"} if _DIGIT.search(way) else found)


def words_in(looks: str) -> tuple[str, ...]:
    """Parts of words of which one at least stands in any text that a phrase can be found in: "day before|day after" has
    ("before", "after"); () where that cannot be read off the phrase.
    """
    bare, known = _CLASS.sub(" ", looks), list[tuple[str, ...]]()
    while (group := _GROUP.search(bare)) is not None:
        words = () if group["times"] or group["looks"] else _one_of(group["inside"], known)
        known.append(words)
        stands_for = chr(_PRIVATE + len(known) - 1) if words else " "
        bare = bare[: group.start()] + stands_for + bare[group.end() :]
    return _one_of(bare, known)


def _one_of(ways: str, known: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The words of which one stands in any of the ways: of each way, those that are least often met by chance."""
    out: list[str] = []
    for way in ways.split("|"):
        clauses = [(one,) if one.isascii() else known[ord(one) - _PRIVATE] for one in _LITERAL.findall(way)]
        if not clauses:
            return ()
        out += max(clauses, key=lambda words: min(map(len, words)))
    return tuple(word for word in dict.fromkeys(out) if not any(part in word and part != word for part in out))


def _is_quoted(low: str, match: re.Match[str]) -> bool:
    """Whether quotation marks close around a date, so that it is a name: the "9 May" front."""
    return low[match.start() - 1 : match.start()] in _QUOTES and low[match.end() : match.end() + 1] in _QUOTES


def _moved(when: When, offset: int) -> When:
    return when._replace(start=when.start + offset, end=when.end + offset) if offset else when


def published_date(published: str | None) -> dt.date | None:
    """The day of an ISO date or datetime; None where there is none or it is not a full date."""
    try:
        return dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None

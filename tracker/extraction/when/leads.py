"""What the words around a date phrase make of it: a day since when is counted, the day of the telling, another event's.

"2,000 killed since March", "said on Tuesday", "a war that broke out in May", "buried on Friday".
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.extraction.text.prefilter import Prefilter
from tracker.extraction.when.resolution import DateParts, ResolvedDate
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.model import Precision

QUOTES = frozenset("\"“”'‘’")
AHEAD = r"(?!\w)(?!-[a-z])"
_PARTED = re.compile(r"[\s-]")
_GAP = r"(?:[^.;:,]|(?<=\b\w)\.)"  # what may stand between such words and a date: no mark, but "U.S."
BEFORE = 24  # characters before a date in which "since" and "as of" are looked for
LATELY = 7  # days before the article that are still the last days


class SearchedText(NamedTuple):
    """A sentence to search: in lower case, its prefilter flags, its offset, the date of its article, or its year."""

    low: str
    flags: int
    offset: int
    base: dt.date | None
    year: int | None


class Lead(NamedTuple):
    """Words that change the meaning of a date after them, within `reach` characters."""

    flag: int
    pattern: LateRegex
    reach: int

    def before(self, searched: SearchedText, start: int) -> bool:
        """Whether such words are before the date at `start`."""
        if not searched.flags & self.flag:
            return False
        return self.pattern.search(searched.low[max(0, start - self.reach) : start]) is not None


class Met(NamedTuple):
    """A date phrase that was met: its words at [start, end) of a sentence, what they mean, its parts and its date."""

    words: str
    means: str
    start: int
    end: int
    parts: DateParts
    found: ResolvedDate


class Led(NamedTuple):
    """What the words around a date make of it; `When` in phrases.py explains it. `elsewhere`: it is another event's."""

    since: bool = False
    begins: bool = False
    as_of: bool = False
    reported: bool = False
    elsewhere: bool = False
    lately: bool = False
    counted: bool = False


class LeadReader:
    """Reads the words around a date with the lists of one language. `raw`: its section on dates."""

    def __init__(self, raw: Mapping[str, Any], speaking: Sequence[str], prefilter: Prefilter) -> None:
        self.prefilter, joints = prefilter, any_of(raw["joints"])
        gap = _GAP if not raw["apposed"] else rf"(?:{_GAP}|,(?=\s{any_of(raw['apposed'])}\s))"
        self.since_words = LateRegex(rf"{any_of([*raw['since'], *raw['since_beside']])}(?!\w)")
        self.since = self._lead(raw["since"], rf"\b{_GAP}{{0,48}}", 3 * BEFORE)
        self.since_beside = self._lead(raw["since_beside"], r"\s{1,3}", BEFORE)
        self.since_day = self._lead(raw["since"], r"(?:\s\w{1,9})?\s{1,3}", BEFORE)
        self.starting = self._lead(raw["starting"], rf"\b{gap}{{0,90}}", 5 * BEFORE)
        about = rf"{any_of(raw['about'])}\b[^.;:]{{0,24}}\b{any_of(raw['starting'])}"
        self.about = Lead(self.starting.flag, LateRegex(rf"\b{about}\b{gap}{{0,90}}\Z"), 6 * BEFORE)
        after = rf"(?<![\w$]){any_of(raw['counted_from'])}{AHEAD}".replace(r"\ ", r"\s{1,3}")
        after_it = LateRegex(rf"{after}{_GAP}{{0,60}}\Z")
        self.elsewhere = Lead(prefilter.flag(map(_rarest, raw["counted_from"])), after_it, 3 * BEFORE)
        self.as_of = self._lead(raw["as_of"], rf"(?:\s+(?:{joints}|\d{{4}}|\d\d?[:.]\d\d))?\s+", BEFORE)
        self.counted_by = self._lead(raw["counted_by"], rf"(?:\s+{joints})?\s+", BEFORE)
        self.reported = self._said([*speaking, *raw["telling"]], raw)
        cited = rf"\s[^,;:.]{{1,40}}\s(?:{any_of(raw['said_on'])}\s)?"
        self.cited = self._lead(raw["cited_on"], cited, 3 * BEFORE)
        leads = [self.since, self.since_beside, self.starting, self.elsewhere, self.as_of, self.reported, self.cited]
        leads += [self.counted_by] if raw["counted_by"] else []
        self.flags = functools.reduce(operator.or_, [lead.flag for lead in leads])
        self.recent = tuple(raw["recent"])
        self.owned, self.weekdays = LateRegex(any_of(raw["owning"])), frozenset(raw["weekdays"])
        self.endings = tuple(ending.strip("'’") for ending in raw["owning"])
        stated = any_of(raw["statements"])
        self.owned_statement = LateRegex(rf"(?:{any_of(raw['owning'])})?(?:\s[\w'’-]{{1,20}}){{0,2}}\s{stated}(?!\w)")
        self.said_before = tuple(f" {word} " for word in raw["said_before"])
        ceremonies, asides = (any_of(raw[name]).replace(r"\ ", r"\s{1,3}") for name in ("ceremonies", "asides"))
        struck = "".join(rf"(?<!{re.escape(words)}\s)" for words in raw["not_ceremony_behind"])
        aside = rf"\b{struck}{asides}(?:\s[\w'’-]{{1,20}}){{0,3}}\s"
        beside = rf"\b{ceremonies}\b(?:\s\w{{1,20}}){{0,2}}\s(?:{joints}\s)?|{aside}"
        if raw["gatherings"]:  # "the burial in Tarlo on Wednesday of six farmers", but no "raid on a funeral on Monday"
            opened = rf"(?:\A|{struck}\b{any_of(raw['gathering_articles'])}\s){any_of(raw['gatherings'])}"
            beside += rf"|{opened}(?:\s[\w'’-]{{1,20}}){{0,6}}\s(?:{joints}\s)?"
        told = (*raw["ceremonies"], *raw["asides"], *raw["appointments"], *raw["gatherings"])
        self.ceremony = prefilter.flag(map(_rarest, told))
        self.appointment = LateRegex(rf"['’]s\s(?:[\w'’-]{{1,20}}\s){{0,2}}{any_of(raw['appointments'])}(?!\w)")
        self.near_ceremony = LateRegex(rf"(?:{beside})\Z")
        self.ceremony_near = LateRegex(rf"\s(?:(?:{joints}\s)?{ceremonies}|(?:[\w'’-]{{1,20}}\s){{0,2}}{asides})\b")

    def _lead(self, words: Sequence[str], then: str, reach: int, unless: str = "") -> Lead:
        """A `Lead` of these words; `then` matches what may come between them and the date, `unless` looks behind."""
        return Lead(self.prefilter.flag(words), LateRegex(rf"\b{unless}{any_of(words)}{then}\Z"), reach)

    def _said(self, speaking: Sequence[str], raw: Mapping[str, Any]) -> Lead:
        """The say words before the day of a report: "said on Tuesday", "told Reuters on Tuesday", "announced by the
        army on Tuesday".
        """
        unsaid = "".join(rf"(?<!{re.escape(words)}\s)" for words in raw["not_saying_behind"])
        on = any_of(raw["said_on"])
        heard = "".join(rf"|(?<={re.escape(word)})\s[^\s,;:]{{1,24}}(?:\s{on})?" for word in raw["told_to"])
        heard += rf"|\s{any_of(raw['said_by'])}(?:\s[^\s,;:]{{1,24}}){{1,3}}\s{on}" if raw["said_by"] else ""
        if raw["statements"]:  # "said in its daily report on Tuesday"
            heard += (
                rf"|\s{any_of(raw['said_in'])}(?:\s[\w'’-]{{1,20}}){{0,2}}?\s{any_of(raw['statements'])}(?:\s{on})?"
            )
        return self._lead(speaking, rf"(?:(?:\s+{on}){{0,3}}{heard})\s+", 2 * BEFORE, unsaid)

    def led(self, met: Met, searched: SearchedText) -> Led:
        """What the words around a date make of it."""
        start, led = met.start, Led()
        if searched.flags & self.flags:
            since = self._tells_since(met, searched)
            begins = not since and self.starting.before(searched, start) and not _is_within(met, searched, 1)
            reported = self.reported.before(searched, start) or self.cited.before(searched, start)
            reported = reported and not self._owns(met, searched.low)
            led = Led(
                since or (begins and self.about.before(searched, start)),
                begins,
                self.as_of.before(searched, start),
                reported and not (met.means == "past" and met.found.stretch),  # "reported over the past 24 hours"
                self.elsewhere.before(searched, start),
                since and self.since_day.before(searched, start) and _is_within(met, searched, LATELY),
                self._is_counted_by(met, searched),
            )
        if self.said_before and searched.low[met.end : met.end + BEFORE].startswith(self.said_before):
            led = led._replace(reported=True)
        if searched.flags & self.ceremony and met.found.precision is Precision.DAY and not led.elsewhere:
            led = led._replace(elsewhere=self._of_a_ceremony(searched.low, start, met.end))
        return led

    def _owns(self, met: Met, low: str) -> bool:
        """Whether what stands behind a day belongs to it, "said Tuesday's strike hit …", and is no statement: "said in
        Tuesday's report". Some texts have lost their apostrophes: "said Tuesdays strike hit …".
        """
        behind = self.owned.match(low, met.end)
        lost = met.means == "weekday" and met.words.endswith(self.endings) and met.words not in self.weekdays
        return (behind is not None or lost) and self.owned_statement.match(low, met.end) is None

    def _is_counted_by(self, met: Met, searched: SearchedText) -> bool:
        """Whether somebody had counted up to a day: "by Saturday morning 12 had died", but no "by Saturday's storm"."""
        day = met.found.precision is Precision.DAY and not met.found.stretch
        return day and searched.low[met.end : met.end + 1] not in QUOTES and self.counted_by.before(searched, met.start)

    def _tells_since(self, met: Met, searched: SearchedText) -> bool:
        """Whether a date tells since when something is counted."""
        since = self.since_words.match(met.words) is not None or self.since.before(searched, met.start)
        since = since or (met.parts.first is None and self.since_beside.before(searched, met.start))
        return since and not (self.recent and met.words.startswith(self.recent))

    def _of_a_ceremony(self, low: str, start: int, end: int) -> bool:
        """Whether a date beside a word for a ceremony, a vow or what is planned is the day of that: "on Tuesday buried
        eight", "ahead of Sunday's elections".
        """
        if low[end : end + 1] in QUOTES:
            return self.appointment.match(low, end) is not None  # but "mourned Sunday's victims"
        before = self.near_ceremony.search(low[max(0, start - 3 * BEFORE) : start])
        return before is not None or self.ceremony_near.match(low, end) is not None


def _rarest(words: str) -> str:
    """The longest word of a phrase, which is probably its rarest."""
    return max(_PARTED.split(words), key=len)


def _is_within(met: Met, searched: SearchedText, days: int) -> bool:
    """Whether a date is that of the article or one of so many days before it: what broke out then is told, no total."""
    date, base = met.found.date, searched.base
    if base is None or date is None or len(date) < Precision.DAY.length:
        return False
    return 0 <= (base - dt.date.fromisoformat(date)).days <= days

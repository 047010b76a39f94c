"""Scope and cause of a figure: whether it counts an event, a period or a running total, and what caused the harm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from tracker.extraction.counts.mentions import UNIT_RULE, Mention
from tracker.extraction.text.tokens import Tokens
from tracker.extraction.when.phrases import When
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.language import Language
from tracker.knowledge.phrases import signs_of
from tracker.model import Cause, Outcome, Precision, Scope, first_day

# The 25th victim makes a total of 25; one person, "a soldier", was harmed once.
_SCOPES = {"ordinal": Scope.CUMULATIVE, "article": Scope.INCIDENT}
TOLL_RULES = frozenset(
    {"toll", "toll-bare", "toll-of-people", "to-the-toll", "to-count-the-toll", "and-to-the-toll", "number-of"}
)

# The losses of the last day beside the total: "(+700)".
_RISEN = frozenset({"personnel-risen", "personnel-risen-dead"})
SHORT = 2  # days of a span of time in which no running total is counted
MONTH = 31  # days
FEW = 4  # people harmed in a month or year that is told: fewer are of one event in it
MANY_FLED = 100  # so many displaced people came one after the other
APART = 20  # so many of the staff of a body, or nationals of a country abroad, were hardly harmed at once
HUGE = 1_500  # so many are told of in the perfect only over a time
SUDDEN = (Cause.DISASTER, Cause.ACCIDENT)
_OF_AN_EVENT = (Precision.DAY, Precision.MONTH)  # how exactly the date of a battle with many dead is told
_TAKEN = (Outcome.ABDUCTED, Outcome.DETAINED, Outcome.MISSING)  # a few are taken at once, but may die one by one
_HELD = (Outcome.ABDUCTED, Outcome.DETAINED)
SEVERAL_HELD = 10  # so many captives of whom a text tells only that they are held came one after the other
_CAUSES = tuple(Cause)  # CONFLICT is first, so it wins a tie
_LETTERS = re.compile(r"[^\W\d_]+")


class ScopeEvidence(NamedTuple):
    """The evidence for the scope of a figure: the lower-case text near it, its cause, date, and "since …" phrase."""

    near: str
    cause: Cause
    when: When | None
    since: bool
    lately: bool  # since one of the last days
    before: Scope | None  # of the figure before, in this sentence or the last
    perfect: bool  # told in the perfect, as the grammar of the sentence shows
    apart: bool  # of people whose dead are counted apart, one by one: the staff of a body, captives
    countless: bool  # so many that nobody counted them: "many have been killed"
    then: bool  # the text goes on with what happened on its date: "in May 1985, when 12 people died"
    one_before: bool  # the sentence before tells of one event of the last days


class ScopeReader:
    """Distinguishes a running total, a stated period and one event, by the words near a figure."""

    def __init__(self, language: Language) -> None:
        section = language.scope
        begin = "" if language.spelling.glued.before else r"(?<!\w)"  # "war killed" is not in "Peshawar killed"
        self.words = {name: LateRegex(partial(_any_of, begin, words)) for name, words in section.lists.items()}
        self.total = LateRegex(begin + any_of((*section.lists["cumulative"], *section.lists["up_to_now"])))
        turning, tolls, back = (any_of(section.lists[name]) for name in ("turning", "tolls", "turning_back"))
        the, conjunctions = (any_of(language.places.lists[name]) for name in ("definite", "conjunctions"))
        since, as_of = (any_of(language.dates.lists[name]) for name in ("since", "as_of"))
        self.since = LateRegex(rf"{begin}{since}(?!\w)")
        self.turns = LateRegex(
            rf"\b{turning}\b(?=[^.;]{{0,60}}\b{tolls}\b)"
            rf"|,\s(?={the}\s(?:\w{{1,12}}\s)?{tolls}\b)"
            rf"|(?<=,\s){conjunctions}\s(?=[^.;,]{{0,40}}\b{since}\b)"
            rf"|(?<=,)\s(?=\d[\d.,]*\s(?:\w{{1,20}}\s)?{since}\b)"
        )
        self.tolls = LateRegex(rf"\b{tolls}\b")
        parts = rf"{any_of(section.lists['divided'])}\s(?:[\w'’-]{{1,20}}\s){{0,3}}?{any_of(section.lists['dividing'])}"
        self.divides = LateRegex(rf"\W{{0,3}}(?:[\w'’-]{{1,20}}\s){{0,3}}?{parts}\b")
        self.turns_back = LateRegex(rf"\b(?!{as_of}\b){back}\b")  # "as 66 more died", not "as of 3 May"
        self.one_event = LateRegex(rf"{begin}{any_of(section.lists['events'])}(?!s?\w)(?!s\b)")
        one = rf"\b{any_of(section.lists['one'])}\s(?:[\w.'’-]{{1,20}}\s){{0,4}}"
        self.single = LateRegex(rf"{one}{any_of(section.lists['events'])}(?!s?\w)(?!s\b)")
        number = rf"(?:\d\d{{1,2}}|{any_of(section.lists['dozens'])})\s(?:[\w'’-]{{1,20}}\s)?"
        self.several = LateRegex(rf"\b{number}{any_of(section.lists['series'])}(?!\w)")
        self.large, self.many, self.long = (int(section.raw[name]) for name in ("large", "many", "long"))
        self.told_time = bool(section.raw["told_time"])
        self.spans = bool(section.raw["spans_go_on"])
        self.auxiliaries = frozenset(section.lists["auxiliaries"])
        self.auxiliaries_said = frozenset(section.lists["auxiliaries_said"])
        self.all_auxiliaries = self.auxiliaries | self.auxiliaries_said
        self.apart, self.abroad = (frozenset(section.lists[name]) for name in ("counted_apart", "abroad"))
        self.countless = frozenset(section.lists["countless"])

    def scope_of(self, mention: Mention, evidence: ScopeEvidence) -> Scope:
        """The scope of a figure."""
        quantity, when = mention.counted.quantity, evidence.when
        if quantity.kind in _SCOPES:
            return _SCOPES[quantity.kind]
        value = quantity.about

        if evidence.lately:
            return Scope.PERIOD

        def says(name: str) -> bool:
            return self.words[name].search(evidence.near) is not None

        of_event = self.one_event.search(evidence.near) is not None
        spans = self.told_time and when is not None and when.stretch  # "за тиждень на війні"
        told = (evidence.cause not in SUDDEN and says("in_all_of_it") and not (of_event or spans)) or (
            self.total.search(evidence.near) is not None and self._total(says, value, evidence)
        )
        bounded = _is_short(when) or (_is_of_the_calendar(when) and self.since.search(evidence.near) is None)
        total = evidence.since or (told and not bounded)
        held = mention.outcome in _HELD and value >= SEVERAL_HELD and (when is None or when.reported)
        if (total and not says("comparing")) or (held and says("captive")):
            return Scope.CUMULATIVE
        after_a_total = evidence.before is Scope.CUMULATIVE
        of_now = self.told_time and value < self.large and not (after_a_total or says("lasting"))
        if when is not None and ((when.as_of and not of_now) or _months(when) >= self.long):
            return Scope.CUMULATIVE  # but "на вечер субботы — 12 раненых" are those of one event
        if mention.rule in _RISEN or (self.told_time and when is not None and when.stretch and not when.reported):
            return Scope.PERIOD
        tolls = mention.pattern in TOLL_RULES and evidence.cause not in SUDDEN
        if tolls and value >= self.large // 5:
            return Scope.CUMULATIVE
        displaced = mention.outcome is Outcome.DISPLACED and mention.rule == UNIT_RULE and value >= MANY_FLED
        if displaced and (when is None or when.reported):
            return Scope.CUMULATIVE  # "some 3,000 displaced people live there"
        spanned = self._of_span(says, mention, evidence)
        # "393 people died in more than 600 clashes"
        at_once = Scope.PERIOD if when is None and self.several.search(evidence.near) is not None else Scope.INCIDENT
        if spanned is not None or evidence.cause in SUDDEN:
            return spanned or at_once
        undated = when is None or (when.reported and when.date is not None)
        if evidence.cause is Cause.CONFLICT and self._is_of_a_war(says, value, evidence, of_event, undated):
            return Scope.CUMULATIVE
        if tolls and (says("lasting") or (evidence.cause is Cause.DISEASE and when is None)):
            return Scope.CUMULATIVE
        untold = undated and not of_event
        return Scope.CUMULATIVE if untold and self._goes_on_counting(says, value, evidence) else at_once

    def _is_of_a_war(
        self, says: Callable[[str], bool], value: int, evidence: ScopeEvidence, of_event: bool, undated: bool
    ) -> bool:
        """Whether so many were killed or hurt that no single event did it, unless the text says so: "The bombing has
        killed more than 2,800 people". `undated`: the text tells no day of it.
        """
        when = evidence.when
        own = when is not None and when.precision in _OF_AN_EVENT and (self.told_time or not when.reported)
        if value >= self.large and not (own and of_event):
            return True
        return value >= HUGE and undated and (evidence.perfect or says("perfect"))

    def _goes_on_counting(self, says: Callable[[str], bool], value: int, evidence: ScopeEvidence) -> bool:
        """Whether a figure of no day and no event is a running total."""
        if says("mounting") or (evidence.apart and value >= (FEW if evidence.perfect else APART)):
            return True
        after_a_total = evidence.before is Scope.CUMULATIVE
        if not (evidence.perfect or says("perfect")):
            return after_a_total and says("continuing")
        return evidence.countless or value >= self.many or after_a_total or says("lasting")

    def _of_span(self, says: Callable[[str], bool], mention: Mention, evidence: ScopeEvidence) -> Scope | None:
        """The scope of a figure that has a span of time, a month or a year; None if its date leaves that open."""
        when, value = evidence.when, mention.counted.quantity.about
        if when is None:
            return None
        if when.stretch and not when.reported:
            once = when.loose and not says("up_to_now")
            single = self.single.search(evidence.near) is not None
            if single and when.period_start is not None and _days(when) < SHORT and not says("up_to_now"):
                return Scope.INCIDENT  # "a weekend strike on a block of flats"
            one = (value < FEW and mention.outcome in _TAKEN) or single
            sudden = evidence.cause in SUDDEN and _days(when) <= MONTH and not says("many_events")
            return Scope.INCIDENT if once and (one or sudden) else Scope.PERIOD
        long = when.precision in (Precision.MONTH, Precision.YEAR)
        if long and evidence.then and (when.precision is Precision.MONTH or value < self.large // 5):
            return None
        sudden = evidence.cause in SUDDEN and when.precision is Precision.MONTH and not says("many_events")
        if long and value >= FEW and not (says("events") or sudden):
            return Scope.PERIOD
        spans = long or (when.period_start is not None and not when.reported)
        return Scope.PERIOD if spans and value >= FEW and says("many_events") else None

    def tells_of_one_event(self, low: str) -> bool:
        """Whether a sentence tells of one event: "nine people died in a strike on the school"."""
        return self.single.search(low) is not None

    def is_in_the_perfect(self, near: str) -> bool:
        """Whether the words near a figure are in the perfect, and name no event: "12 people have been killed"."""
        return self.words["perfect"].search(near) is not None and self.words["events"].search(near) is None

    def goes_on(self, near: str, when: When | None, total: bool) -> bool:
        """Whether the time that the text told last holds for a figure, too: "За минулу добу … Поранено 12".

        `total`: whether the sentence before has a running total or a period.
        """
        if not self.told_time:
            return total and self.words["cumulative"].search(near) is None
        short = when is not None and (when.period_start is None or _is_short(when))
        return (total or short) and self.total.search(near) is None

    def parts_of(self, low: str, figures: Sequence[int]) -> list[int]:
        """The offsets at which parts of a sentence begin, of which one tells a day's count and one a toll.

        `low` is the sentence in lower case, `figures` are the offsets of its figures; a part begins between two.
        """
        if len(figures) < 2:
            return []
        found = [match.start() for match in self.turns.finditer(low)]
        if self.tolls.search(low, 0, figures[0]) is not None:
            found += [match.start() for match in self.turns_back.finditer(low, figures[0])]
        return sorted(at for at in found if figures[0] < at < figures[-1])

    def _total(self, says: Callable[[str], bool], value: int, evidence: ScopeEvidence) -> bool:
        """Whether the words near a figure mark a total. "So far" does so for a large number, a war, or in the perfect
        without one event, but not beside a span of time: "so far this year"; nor where each toll of a sudden event is
        told so: "жертвами паводка стали уже 172 человека".
        """
        if says("cumulative"):
            return True
        if not says("up_to_now") or (evidence.when is not None and evidence.when.stretch):
            return False
        if (self.told_time and evidence.cause in SUDDEN) or (evidence.one_before and not says("lasting")):
            return False
        goes_on = value > 0 and says("perfect") and not says("events")
        return value >= self.many or says("lasting") or goes_on


def _any_of(before: str, words: Iterable[str]) -> str:
    return before + any_of(words)


def _is_short(when: When | None) -> bool:
    """Whether a date is a span of a day or two, which counts no total: "since the afternoon of 20 March"."""
    if when is None or when.date is None or when.period_start is None or when.reported:
        return False
    return when.stretch and _days(when) <= SHORT


def _days(when: When) -> int:
    """The length of a span of time in days; 0 if it has no beginning or end."""
    begin, end = when.period_start, when.date
    return (first_day(end) - first_day(begin)).days if begin is not None and end is not None else 0


def _is_of_the_calendar(when: When | None) -> bool:
    """Whether a date is a week, a month or a part of a year, which bounds a count: "has killed 900 this month"."""
    return when is not None and when.loose and when.stretch and not when.reported


def _months(when: When) -> int:
    """The length of a stated span of time in months; 0 if it has no beginning or end."""
    begin, end = when.period_start or "", when.date or ""
    if len(begin) < 7 or len(end) < 7:
        return 0
    return (int(end[:4]) - int(begin[:4])) * 12 + int(end[5:7]) - int(begin[5:7])


class CauseReader:
    """Finds the words that point to a cause. Those of the sentence count more than the rest of the article."""

    def __init__(self, language: Language) -> None:
        self.table, self.signs = language.causes, signs_of(language.causes)
        phrases = (phrase for group in self.table.by_first.values() for phrase, _ in group)
        longest = (max(_LETTERS.findall(" ".join(phrase)), key=len) for phrase in phrases)
        glued = "|".join(map(re.escape, language.spelling.glued.before))  # "الزلزال"
        before = f"(?:{glued}){{0,3}}" if glued else ""
        self.cue = LateRegex(partial(_any_of, rf"\b{before}", longest))

    def weigh_text(self, low: str, tokens: Callable[[], Tokens]) -> Sequence[Cause]:
        """The causes of a lower-case sentence. It is tokenized only if a word for a cause may be in it."""
        return self.weigh(tokens().lows) if self.cue.search(low) else ()

    def weigh(self, lows: Sequence[str]) -> Sequence[Cause]:
        """The causes that these tokens point to, in order. A cause is repeated for each word."""
        return [cause for _, _, cause in self.table.hits(lows)] if not self.signs.isdisjoint(lows) else ()

    @staticmethod
    def decide(sentence: Sequence[Cause], article: Counter[Cause], outcome: Outcome) -> Cause:
        """The cause with the most words. Without any it is conflict, as that is what the tracker looks for."""
        weights = dict(article)
        for cause in sentence:
            weights[cause] = weights.get(cause, 0) + 3
        if not weights:
            return Cause.OTHER if outcome is Outcome.MISSING else Cause.CONFLICT
        most = max(weights.values())
        return next(cause for cause in _CAUSES if weights.get(cause) == most)

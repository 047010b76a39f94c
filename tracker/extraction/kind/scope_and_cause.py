"""Scope and cause of a figure: whether it counts an event, a period or a running total, and what caused the harm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tracker.extraction.counts.mentions import Mention
from tracker.extraction.text.tokens import Tokens
from tracker.extraction.when.phrases import When
from tracker.knowledge.alternation import any_of
from tracker.knowledge.language import Language
from tracker.model import Cause, Outcome, Precision, Scope, first_day

# The 25th victim makes a total of 25; one person, "a soldier", was harmed once.
_SCOPES = {"ordinal": Scope.CUMULATIVE, "article": Scope.INCIDENT}
TOLL_RULES = frozenset(
    {"toll", "toll-bare", "toll-of-people", "to-the-toll", "to-count-the-toll", "and-to-the-toll", "number-of"}
)

SHORT = 2  # days of a span of time in which no running total is counted
FEW = 4  # people harmed in a month or year that is told: fewer are of one event in it
_SUDDEN = (Cause.DISASTER, Cause.ACCIDENT)
_CAUSES = tuple(Cause)  # CONFLICT is first, so it wins a tie
_LETTERS = re.compile(r"[^\W\d_]+")


class ScopeEvidence(NamedTuple):
    """The evidence for the scope of a figure: the lower-case text near it, its cause, date, and "since …" phrase."""

    near: str
    cause: Cause
    when: When | None
    since: bool
    before: Scope | None  # of the figure before, in this sentence or the last


class ScopeReader:
    """Distinguishes a running total, a stated period and one event, by the words near a figure."""

    def __init__(self, language: Language) -> None:
        section = language.scope
        self.words = {name: re.compile(any_of(words)) for name, words in section.lists.items()}
        self.total = re.compile(any_of((*section.lists["cumulative"], *section.lists["up_to_now"])))
        turning, tolls, back = (any_of(section.lists[name]) for name in ("turning", "tolls", "turning_back"))
        self.turns = re.compile(
            rf"\b{turning}\b(?=[^.;]{{0,60}}\b{tolls}\b)"
            rf"|,\s(?=the\s(?:\w{{1,12}}\s)?{tolls}\b)"
            rf"|(?<=,\s)and\s(?=[^.;,]{{0,40}}\bsince\b)"
        )
        self.tolls = re.compile(rf"\b{tolls}\b")
        self.turns_back = re.compile(rf"\b{back}\b(?!\sof\b)")
        self.one_event = re.compile(rf"{any_of(section.lists['events'])}(?!s?\w)(?!s\b)")
        self.large, self.many, self.long = (int(section.raw[name]) for name in ("large", "many", "long"))

    def scope_of(self, mention: Mention, evidence: ScopeEvidence) -> Scope:
        """The scope of a figure."""
        quantity, when = mention.counted.quantity, evidence.when
        if quantity.kind in _SCOPES:
            return _SCOPES[quantity.kind]
        value = quantity.about

        def says(name: str) -> bool:
            return self.words[name].search(evidence.near) is not None

        of_event = self.one_event.search(evidence.near) is not None
        told = (says("in_all_of_it") and not of_event) or (
            self.total.search(evidence.near) is not None and self._total(says, value, when)
        )
        total = evidence.since or (told and not _is_short(when))
        if total and not says("comparing"):
            return Scope.CUMULATIVE
        if when is not None and (when.as_of or _months(when) >= self.long):
            return Scope.CUMULATIVE
        tolls = mention.rule.rstrip("+") in TOLL_RULES and evidence.cause not in _SUDDEN
        if tolls and value >= self.large // 5:
            return Scope.CUMULATIVE
        if when is not None and when.stretch and not when.reported:
            return Scope.PERIOD
        long = when is not None and when.precision in (Precision.MONTH, Precision.YEAR)
        if long and value >= FEW and not says("events"):
            return Scope.PERIOD
        if evidence.cause in _SUDDEN:
            return Scope.INCIDENT
        if evidence.cause is Cause.CONFLICT and value >= self.large:
            return Scope.CUMULATIVE
        if tolls and (says("lasting") or (evidence.cause is Cause.DISEASE and when is None)):
            return Scope.CUMULATIVE
        goes_on = when is None and says("perfect") and not of_event
        many = goes_on and (says("lasting") or value >= self.many or evidence.before is Scope.CUMULATIVE)
        return Scope.CUMULATIVE if many else Scope.INCIDENT

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

    def _total(self, says: Callable[[str], bool], value: int, when: When | None) -> bool:
        """Whether the words near a figure mark a total. "So far" does so for a large number, a war, or in the perfect
        without one event, but not beside a span of time: "so far this year".
        """
        if says("cumulative"):
            return True
        if not says("up_to_now") or (when is not None and when.stretch):
            return False
        goes_on = value > 0 and says("perfect") and not says("events")
        return value >= self.many or says("lasting") or goes_on


def _is_short(when: When | None) -> bool:
    """Whether a date is a span of a day or two, which counts no total: "since the afternoon of 20 March"."""
    if when is None or when.date is None or when.period_start is None or when.reported:
        return False
    return when.stretch and (first_day(when.date) - first_day(when.period_start)).days <= SHORT


def _months(when: When) -> int:
    """The length of a stated span of time in months; 0 if it has no beginning or end."""
    begin, end = when.period_start or "", when.date or ""
    if len(begin) < 7 or len(end) < 7:
        return 0
    return (int(end[:4]) - int(begin[:4])) * 12 + int(end[5:7]) - int(begin[5:7])


class CauseReader:
    """Finds the words that point to a cause. Those of the sentence count more than the rest of the article."""

    def __init__(self, language: Language) -> None:
        self.table = language.causes
        phrases = [phrase for group in self.table.by_first.values() for phrase, _ in group]
        glued = "|".join(map(re.escape, language.spelling.glued.before))  # "الزلزال"
        before = f"(?:{glued}){{0,3}}" if glued else ""
        self.cue = re.compile(rf"\b{before}{any_of(max(_LETTERS.findall(' '.join(one)), key=len) for one in phrases)}")

    def weigh_text(self, low: str, tokens: Callable[[], Tokens]) -> Sequence[Cause]:
        """The causes of a lower-case sentence. It is tokenized only if a word for a cause may be in it."""
        return self.weigh(tokens().lows) if self.cue.search(low) else ()

    def weigh(self, lows: Sequence[str]) -> Sequence[Cause]:
        """The causes that these tokens point to, in order. A cause is repeated for each word."""
        return [cause for _, _, cause in self.table.hits(lows)]

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

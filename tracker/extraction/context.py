"""What the words around a mention make of it: whether it counts at all, what it counts, and what caused the harm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.extraction.dates import When
from tracker.extraction.mentions import Mention
from tracker.extraction.words import Words
from tracker.knowledge.alternation import any_of
from tracker.knowledge.language import Language
from tracker.model import Cause, Outcome, Precision, Scope

# The 25th victim makes a total of 25; one person, "a soldier", was harmed once.
_SCOPES = {"ordinal": Scope.CUMULATIVE, "article": Scope.INCIDENT}
TOLL_RULES = frozenset({"toll", "toll-bare", "to-the-toll", "number-of"})

_NONE: Counter[Cause] = Counter()
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure's scope is read from: the words near it (lower case), its cause, date and the words "since …"."""

    near: str
    cause: Cause
    when: When | None
    since: bool
    before: Scope | None  # of the figure told just before, in this sentence or the last


def scope_of(language: Language, mention: Mention, told: Told) -> Scope:
    """Running total, stated period or one event."""
    says = _Says(language, told.near)
    value = mention.counted.quantity.value or mention.counted.quantity.size
    when = told.when
    if mention.counted.quantity.kind in _SCOPES:
        return _SCOPES[mention.counted.quantity.kind]
    up_to_now = says("up_to_now") and (value >= says.number("many") or says("lasting"))
    if (told.since or up_to_now or says("cumulative")) and not says("comparing"):
        return Scope.CUMULATIVE
    if when is not None and (when.as_of or _months(when) >= says.number("long")):
        return Scope.CUMULATIVE
    tolls = mention.rule.rstrip("+") in TOLL_RULES and told.cause not in (Cause.DISASTER, Cause.ACCIDENT)
    if tolls and value >= says.number("large") // 5:
        return Scope.CUMULATIVE
    if when is not None and when.stretch:
        return Scope.PERIOD
    if when is not None and when.precision in (Precision.MONTH, Precision.YEAR) and not says("events"):
        return Scope.PERIOD
    if told.cause in (Cause.DISASTER, Cause.ACCIDENT):
        return Scope.INCIDENT
    if told.cause is Cause.CONFLICT and value >= says.number("large"):
        return Scope.CUMULATIVE
    if tolls and says("lasting"):
        return Scope.CUMULATIVE
    if when is None and says("perfect") and not says("events"):
        goes_on = told.before is Scope.CUMULATIVE
        if says("lasting") or value >= says.number("many") or goes_on:
            return Scope.CUMULATIVE
    return Scope.INCIDENT


def _months(when: When) -> int:
    """How many months a stated span of time is long; 0 where it has no beginning or end."""
    begin, end = when.period_start or "", when.date or ""
    if len(begin) < 7 or len(end) < 7:
        return 0
    return (int(end[:4]) - int(begin[:4])) * 12 + int(end[5:7]) - int(begin[5:7])


class _Says:
    """Asks whether one of the words of a list of the language stands near the figure."""

    def __init__(self, language: Language, near: str) -> None:
        self.section = language.scope
        self.near = near

    def __call__(self, name: str) -> bool:
        return any(word in self.near for word in self.section.lists[name])

    def number(self, name: str) -> int:
        return int(self.section.raw[name])


class CauseReader:
    """Counts the words that point to each cause; the sentence weighs more than the rest of the article."""

    def __init__(self, language: Language) -> None:
        self.table = language.causes
        phrases = [phrase for group in self.table.by_first.values() for phrase, _ in group]
        self.cue = re.compile(rf"\b{any_of(max(_LETTERS.findall(' '.join(one)), key=len) for one in phrases)}")

    def weigh_text(self, low: str, words: Callable[[], Words]) -> Counter[Cause]:
        """The same for a sentence, in lower case; it is only cut into its words where a word for a cause may stand."""
        return self.weigh(words().lows) if self.cue.search(low) else _NONE

    def weigh(self, lows: Sequence[str]) -> Counter[Cause]:
        """How many words of each cause stand in these tokens."""
        return Counter([cause for _, _, cause in self.table.hits(lows)])

    @staticmethod
    def decide(sentence: Counter[Cause], article: Counter[Cause], outcome: Outcome) -> Cause:
        """The cause most words speak of; the conflict's where nothing else is said, for that is what we look for."""
        best, weight = Cause.CONFLICT, 0
        for cause in Cause:
            total = 3 * sentence[cause] + article[cause]
            if total > weight or (total == weight and cause is Cause.CONFLICT):
                best, weight = cause, total
        return best if weight else Cause.OTHER if outcome is Outcome.MISSING else Cause.CONFLICT

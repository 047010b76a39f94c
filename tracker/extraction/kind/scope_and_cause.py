"""What the words around a mention make of it: whether it counts at all, what it counts, and what caused the harm."""

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
from tracker.model import Cause, Outcome, Precision, Scope

# The 25th victim makes a total of 25; one person, "a soldier", was harmed once.
_SCOPES = {"ordinal": Scope.CUMULATIVE, "article": Scope.INCIDENT}
TOLL_RULES = frozenset({"toll", "toll-bare", "to-the-toll", "number-of"})

_SUDDEN = (Cause.DISASTER, Cause.ACCIDENT)
_CAUSES = tuple(Cause)  # the conflict's first: of equals it is this
_LETTERS = re.compile(r"[^\W\d_]+")


class ScopeEvidence(NamedTuple):
    """What a figure's scope is read from: the words near it (lower case), its cause, date and the words "since …"."""

    near: str
    cause: Cause
    when: When | None
    since: bool
    before: Scope | None  # of the figure told just before, in this sentence or the last


class ScopeReader:
    """Tells a running total, a stated period and one event apart, by the words of one language near a figure."""

    def __init__(self, language: Language) -> None:
        section = language.scope
        self.words = {name: re.compile(any_of(words)) for name, words in section.lists.items()}
        self.total = re.compile(any_of((*section.lists["cumulative"], *section.lists["up_to_now"])))
        self.large, self.many, self.long = (int(section.raw[name]) for name in ("large", "many", "long"))

    def scope_of(self, mention: Mention, evidence: ScopeEvidence) -> Scope:
        """What a figure counts."""
        quantity, when = mention.counted.quantity, evidence.when
        if quantity.kind in _SCOPES:
            return _SCOPES[quantity.kind]
        value = quantity.value or quantity.size

        def says(name: str) -> bool:
            return self.words[name].search(evidence.near) is not None

        total = evidence.since or (self.total.search(evidence.near) is not None and self._total(says, value))
        if total and not says("comparing"):
            return Scope.CUMULATIVE
        if when is not None and (when.as_of or _months(when) >= self.long):
            return Scope.CUMULATIVE
        tolls = mention.rule.rstrip("+") in TOLL_RULES and evidence.cause not in _SUDDEN
        if tolls and value >= self.large // 5:
            return Scope.CUMULATIVE
        if when is not None and when.stretch:
            return Scope.PERIOD
        if when is not None and when.precision in (Precision.MONTH, Precision.YEAR) and not says("events"):
            return Scope.PERIOD
        if evidence.cause in _SUDDEN:
            return Scope.INCIDENT
        if evidence.cause is Cause.CONFLICT and value >= self.large:
            return Scope.CUMULATIVE
        if tolls and says("lasting"):
            return Scope.CUMULATIVE
        goes_on = when is None and says("perfect") and not says("events")
        many = goes_on and (says("lasting") or value >= self.many or evidence.before is Scope.CUMULATIVE)
        return Scope.CUMULATIVE if many else Scope.INCIDENT

    def _total(self, says: Callable[[str], bool], value: int) -> bool:
        """Whether the words near a figure say that it is a total: "so far" only does so of many, or of a war."""
        return says("cumulative") or (says("up_to_now") and (value >= self.many or says("lasting")))


def _months(when: When) -> int:
    """How many months a stated span of time is long; 0 where it has no beginning or end."""
    begin, end = when.period_start or "", when.date or ""
    if len(begin) < 7 or len(end) < 7:
        return 0
    return (int(end[:4]) - int(begin[:4])) * 12 + int(end[5:7]) - int(begin[5:7])


class CauseReader:
    """Finds the words that point to a cause; those of the sentence weigh more than the rest of the article."""

    def __init__(self, language: Language) -> None:
        self.table = language.causes
        phrases = [phrase for group in self.table.by_first.values() for phrase, _ in group]
        self.cue = re.compile(rf"\b{any_of(max(_LETTERS.findall(' '.join(one)), key=len) for one in phrases)}")

    def weigh_text(self, low: str, tokens: Callable[[], Tokens]) -> Sequence[Cause]:
        """The same for a sentence, in lower case; it is only cut into its words where a word for a cause may stand."""
        return self.weigh(tokens().lows) if self.cue.search(low) else ()

    def weigh(self, lows: Sequence[str]) -> Sequence[Cause]:
        """The causes that these tokens point to, in order, each as often as words do."""
        return [cause for _, _, cause in self.table.hits(lows)]

    @staticmethod
    def decide(sentence: Sequence[Cause], article: Counter[Cause], outcome: Outcome) -> Cause:
        """The cause most words speak of; the conflict's where nothing else is said, for that is what we look for."""
        best, weight = Cause.CONFLICT, 0
        for cause in _CAUSES:
            total = 3 * sentence.count(cause) + article.get(cause, 0)
            if total > weight:
                best, weight = cause, total
        return best if weight else Cause.OTHER if outcome is Outcome.MISSING else Cause.CONFLICT

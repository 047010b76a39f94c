"""Finds the place that a sentence says was struck as its subject: "Kharkiv was shelled overnight"."""

from __future__ import annotations

from tracker.extraction.text.context import CAPITAL, DIRECTION, NAME, NOUN, Kind, SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader

LONGEST = 5  # tokens of such a place
DESCRIBED = 12  # tokens between the commas behind it: "Kilis, just across the border, has been hit"
STRUCK = 4  # tokens of the verb: "has again been hit", "came under fire"
NEAR = 4  # words behind "under" among which the attack stands: "under heavy shelling"
_PARTS = frozenset([NAME, CAPITAL, NOUN, DIRECTION])


class SubjectReader:
    """Finds struck subjects with the lists of one language."""

    def __init__(self, places: PlaceReader) -> None:
        lists = places.language.places.lists
        self.places, self.countries, self.articles = places, places.gazetteer.countries, places.articles
        self.been, self.hit = frozenset(lists["been"]), frozenset(lists["been_hit"])
        self.under, self.attacks = frozenset(lists["under"]), frozenset(lists["under_attack"])

    def struck(self, context: SentenceContext) -> Where | None:
        """The place of which a verb says that it was struck, at the head of a sentence or behind; no whole country."""
        lows = context.lows
        if (context.caps and not context.upper) or (self.hit.isdisjoint(lows) and self.under.isdisjoint(lows)):
            return None
        head = int(lows[0] in self.articles)
        hit = (at for at, low in enumerate(lows) if low in self.been and self._is_hit(context, at))
        firsts = (head, *(first for first in (self._begin(context, at) for at in hit) if first > head))
        return next((one for one in (self._at(context, first) for first in firsts) if one is not None), None)

    def _begin(self, context: SentenceContext, at: int) -> int:
        """Where the name before a verb begins, which nothing leads to; 0 if there is none: "last week Homs was hit"."""
        first = at
        while first > 0 and at - first < LONGEST and self.places.kinds.at(context, first - 1)[0] in _PARTS:
            first -= 1
        led = first > 0 and context.lows[first - 1] in self.places.prepositions.by_first
        return 0 if first == at or led else first

    def _at(self, context: SentenceContext, first: int) -> Where | None:
        """The place at a token that was hit."""
        if context.upper:
            return self._of_capitals(context, first)
        lows, stop, country = context.lows, first, None
        kinds: list[Kind] = []
        while stop < min(len(lows), first + LONGEST):
            kind, size, found = self.places.kinds.at(context, stop)
            if kind not in _PARTS:
                break
            kinds.append(kind)
            country, stop = country or found, stop + size
        known = NAME in kinds or kinds[:2] == [CAPITAL, CAPITAL] or (CAPITAL in kinds and NOUN in kinds)
        if not known or " ".join(lows[first:stop]) in self.countries or not self._is_hit(context, stop):
            return None
        return self.places.where_at(context, (first, stop, country), True, True)

    def _of_capitals(self, context: SentenceContext, first: int) -> Where | None:
        """The place in text of capitals, which a noun must tell: "THE TOWN OF ZERQUILLA WAS ATTACKED"."""
        span = self.places.phrase(context, first)
        if span is None or not self._is_hit(context, span[1]):
            return None
        where = self.places.where_at(context, span, True, True)
        return where if where.named and not where.is_country and self.places.is_kind(context, where) else None

    def _is_hit(self, context: SentenceContext, at: int) -> bool:
        """Whether the words from `at` on are "has been hit", "came under fire", behind a description or not."""
        lows = context.lows
        if at < len(lows) and lows[at] == ",":
            closed = next((i for i in range(at + 1, min(len(lows), at + DESCRIBED)) if lows[i] == ","), None)
            if closed is None:
                return False
            at = closed + 1
        if at >= len(lows) or lows[at] not in self.been:
            return False
        for index in range(at + 1, min(len(lows), at + STRUCK)):
            if lows[index] in self.hit:
                return True
            if lows[index] in self.under:
                return not self.attacks.isdisjoint(lows[index + 1 : index + 1 + NEAR])
        return False

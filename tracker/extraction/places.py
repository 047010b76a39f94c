"""Where: the place phrases of a sentence and the country they lie in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extraction.spans import Token
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language

LONGEST_PLACE = 12


@dataclass(frozen=True, slots=True)
class Where:
    """A place phrase: its tokens [first, stop), its offsets and words, its country if known, and how surely a place."""

    first: int
    stop: int
    start: int
    end: int
    words: str
    country: str | None
    strong: bool


class PlaceReader:
    """Finds place phrases by the words of one language and resolves them by the gazetteer."""

    def __init__(self, language: Language, gazetteer: Gazetteer) -> None:
        lists = language.places.lists
        self.language = language
        self.gazetteer = gazetteer
        self.prepositions = language.places.tables["prepositions"]
        self.locating = frozenset(lists["locating"])
        self.nouns = language.places.tables["nouns"]
        self.directions = frozenset(lists["directions"])
        self.joiners = frozenset(lists["joiners"])
        self.articles = frozenset(lists["articles"])
        self.not_places = frozenset(lists["not_places"])

    def spoken_of(self, title: str, text: str) -> Counter[str]:
        """How often an article names each country or its people."""
        counts: Counter[str] = Counter()
        for low in f"{title}\n{text}".lower().replace("’", "'").split():
            word = low.strip(".,;:!?()[]\"'“”")
            country = self.gazetteer.country_named(word.removesuffix("'s"))
            if country is None and word.endswith("s"):
                country = self.gazetteer.countries.get(word[:-1])
            if country is not None:
                counts[country] += 1
        return counts

    def find(
        self, tokens: Sequence[Token], text: str, dated: frozenset[int], caps: bool, spoken: Counter[str]
    ) -> list[Where]:
        """The place phrases of a sentence, in order."""
        lows = [t.low for t in tokens]
        found: list[Where] = []
        index = 0
        while index < len(tokens):
            prep = self.prepositions.at(lows, index)
            first = index + prep[0] if prep is not None else -1
            where = self._phrase(tokens, lows, text, first, dated, caps, spoken) if 0 < first < len(tokens) else None
            if where is not None and prep is not None:
                strong = lows[index] in self.locating or prep[0] > 1
                if strong or where.country is not None:
                    found.append(
                        Where(where.first, where.stop, where.start, where.end, where.words, where.country, strong)
                    )
                    index = where.stop
                    continue
            index += 1
        return found

    def named(self, tokens: Sequence[Token], text: str, spoken: Counter[str], dated: frozenset[int]) -> list[Where]:
        """Every name of the gazetteer in a sentence, with or without a preposition (for headlines and as a last resort)."""
        lows = [t.low for t in tokens]
        found: list[Where] = []
        index = 0
        while index < len(tokens):
            size, country = self._name_at(lows, index, spoken)
            if size and country is not None and index not in dated and tokens[index].capital:
                found.append(self._where(tokens, text, index, index + size, country, strong=False))
            index += max(size, 1)
        return found

    def _phrase(
        self,
        tokens: Sequence[Token],
        lows: Sequence[str],
        text: str,
        first: int,
        dated: frozenset[int],
        caps: bool,
        spoken: Counter[str],
    ) -> Where | None:
        """The place phrase that begins at `first`, right behind its preposition."""
        index = first
        named = noun = False
        loose = 0
        last = first
        country: str | None = None
        while index < min(len(tokens), first + LONGEST_PLACE):
            low, token = lows[index], tokens[index]
            if index in dated or (
                token.kind in ("mark", "number")
                and not (token.low == "," and self._after_comma(lows, tokens, index, spoken) and named)
            ):
                break
            size, found = self._name_at(lows, index, spoken)
            if size and (token.capital or caps):
                named, country, index = True, found or country, index + size
                last = index
                continue
            noun_hit = self.nouns.at(lows, index)
            if noun_hit is not None:
                noun, index = True, index + noun_hit[0]
                last = index
                continue
            if low in self.directions:
                index += 1
                last = index
                continue
            if token.capital and not caps and token.kind == "word" and not self._person(lows, index):
                named, index = True, index + 1
                last = index
                continue
            if low in self.joiners or low in self.articles or token.kind == "possessive" or low == ",":
                index += 1
                continue
            loose += 1
            if loose > 2 or named or low in self.not_places or self._breaks(lows, index):
                break
            index += 1
        if not (named or noun) or last <= first or lows[first] in self.not_places:
            return None
        if (
            country is None
            and not noun
            and index < len(tokens)
            and index == last
            and self._goes_on(tokens, lows, index)
        ):
            return None
        return self._where(tokens, text, first, last, country, strong=True)

    def _after_comma(self, lows: Sequence[str], tokens: Sequence[Token], index: int, spoken: Counter[str]) -> bool:
        """Whether a comma goes on with the place: "Mosul, Iraq"."""
        if index + 1 >= len(tokens):
            return False
        size, country = self._name_at(lows, index + 1, spoken)
        return (
            bool(size)
            and country is not None
            and tokens[index + 1].capital
            and lows[index + 1] in self.gazetteer.countries
        )

    def _breaks(self, lows: Sequence[str], index: int) -> bool:
        word = self.language.lexicon.at(lows, index)
        return word is not None and bool(
            word[1].roles
            & {
                "be",
                "have",
                "by",
                "and",
                "relative",
                "subordinate",
                "it",
                "say",
                "to",
                "modal",
                "preposition",
                "from",
                "includes",
            }
            or word[1].outcome is not None
        )

    def _goes_on(self, tokens: Sequence[Token], lows: Sequence[str], index: int) -> bool:
        """Whether a plain word follows, so that the name only qualifies it: "in Assad regime bombing"."""
        plain = tokens[index].kind == "word" and not tokens[index].capital
        return plain and self.language.lexicon.at(lows, index) is None

    def _person(self, lows: Sequence[str], index: int) -> bool:
        return self.language.people.at(lows, index) is not None and lows[index] not in self.gazetteer.countries

    def _name_at(self, lows: Sequence[str], index: int, spoken: Counter[str]) -> tuple[int, str | None]:
        """How many words the longest known place name at `index` has, and its country."""
        for size in range(min(4, len(lows) - index), 0, -1):
            words = " ".join(lows[index : index + size])
            if words in self.gazetteer.not_places:
                continue
            country = self.gazetteer.country_of(words, spoken)
            if country is None and size == 1 and words.endswith("s") and len(words) > 4:
                country = self.gazetteer.countries.get(words[:-1])  # an apostrophe that was lost: "Syrias"
            if country is not None or words in self.gazetteer.places:
                return size, country
        return 0, None

    def _where(
        self, tokens: Sequence[Token], text: str, first: int, stop: int, country: str | None, strong: bool
    ) -> Where:
        while first < stop - 1 and tokens[first].low in self.articles:
            first += 1
        start, end = tokens[first].start, tokens[stop - 1].end
        return Where(first, stop, start, end, text[start:end], country, strong)


def nearest(found: Sequence[Where], at: int, after: int) -> Where | None:
    """The place for a figure at token `at` whose harm word ends at `after`: the nearest, behind it before ahead of it."""
    strong = [w for w in found if w.strong] or list(found)
    if not strong:
        return None
    return min(strong, key=lambda w: w.first - after if w.first >= after else (at - w.first) * 1.5 + 3)

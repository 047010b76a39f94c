"""Who says so: the bodies that a sentence names as speaking, and the one that vouches for a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.extraction.numbers import quantity_at
from tracker.extraction.spans import Token
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language
from tracker.knowledge.sourcebook import Sourcebook
from tracker.model import SourceType

LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class Source:
    """Who vouches: offsets of the naming words in the field, the words, the normalised name and the type."""

    start: int
    end: int
    words: str
    name: str
    type: SourceType


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source at token `at`; `source` None stands for a pronoun, to be read as the source named before."""

    at: int
    source: Source | None
    cited: bool = False


class SourceReader:
    """Finds attributions by the words of one language and names them by the sourcebook."""

    def __init__(self, language: Language, book: Sourcebook, gazetteer: Gazetteer) -> None:
        section = language.attribution
        self.language = language
        self.book = book
        self.gazetteer = gazetteer
        self.before = section.tables["before"]
        self.speaking = frozenset(section.lists["speaking"])
        self.weak = frozenset(section.lists["weak"])
        self.stops = frozenset(section.lists["stops"])
        self.pronouns = frozenset(section.lists["pronouns"])
        self.nobody = frozenset(section.lists["nobody"])
        self.determiners = frozenset(section.lists["determiners"])
        self.wires = frozenset(section.lists["media_wires"])
        self.skips = frozenset(section.lists["skips"])
        self.goes_on = section.tables["goes_on"]
        self.title_media = frozenset(section.lists["title_media"])
        self.taking = frozenset(section.lists["taking"])
        self.addressing = frozenset(section.lists["addressing"])
        self.links = frozenset(section.lists["links"])
        self.follows = frozenset(section.lists["follows"])

    def find(self, tokens: Sequence[Token], text: str, dated: frozenset[int], caps: bool) -> list[Attribution]:
        """The attributions of a sentence, in order; `text` is the whole field, `dated` the tokens inside dates."""
        lows = [t.low for t in tokens]
        found: list[Attribution] = []
        index = 0
        while index < len(tokens):
            phrase = self.before.at(lows, index)
            if phrase is not None:
                span = self._right(tokens, index + phrase[0], dated, caps)
                if span is not None:
                    source = self._source(tokens, text, span)
                    found.append(Attribution(index, source, cited=True))
                    index = span[1]
                    continue
                index += phrase[0]
                continue
            if lows[index] in self.speaking:
                attribution = self._around(tokens, text, index, dated, caps)
                if attribution is not None:
                    found.append(attribution)
            index += 1
        return found

    def _around(
        self, tokens: Sequence[Token], text: str, verb: int, dated: frozenset[int], caps: bool
    ) -> Attribution | None:
        """The attribution around the say word at `verb`: its subject before it, or after it ("said the mayor")."""
        left = self._skip_back(tokens, verb - 1, dated)
        strong = tokens[verb].low not in self.weak
        if tokens[verb].low in self.taking and verb + 1 < len(tokens) and self._counts(tokens, verb + 1):
            return None  # "claimed more than 900 lives" says nothing
        if left >= 0 and tokens[left].low in self.pronouns:
            return Attribution(verb, None) if strong else None
        span = self._left(tokens, left, dated, caps)
        if span is not None:
            return self._checked(tokens, text, verb, span, strong)
        after = verb + 1
        apposed = self._apposed(tokens, text, left, dated, caps) if strong else None
        if apposed is not None:
            return Attribution(verb, apposed)
        if strong and after < len(tokens) and tokens[verb].low not in self.addressing:
            if tokens[verb].low in self.follows:
                return Attribution(verb, None)
            span = self._right(tokens, after, dated, caps)
            if span is not None and self._known(tokens, span, caps):
                return self._checked(tokens, text, verb, span, strong)
        return None

    def _apposed(
        self, tokens: Sequence[Token], text: str, comma: int, dated: frozenset[int], caps: bool
    ) -> Source | None:
        """The body before an apposition: "Ukraine's army chief, Valery Zaluzhny, said"."""
        if comma < 2 or tokens[comma].low != ",":
            return None
        first = next((i for i in range(comma - 1, max(0, comma - 12), -1) if tokens[i].low == ","), None)
        if first is None or any(t.low in self.stops for t in tokens[first:comma]):
            return None
        span = self._left(tokens, first - 1, dated, caps)
        if span is None or not self._known(tokens, (span[0], comma), caps):
            return None
        named = self._source(tokens, text, span)
        kind = self._type_of(tokens, span) or self._type_of(tokens, (first + 1, comma)) or named.type
        return replace(named, type=kind)

    def _counts(self, tokens: Sequence[Token], index: int) -> bool:
        lows = [t.low for t in tokens]
        quantity = quantity_at(tokens, lows, index, self.language.numbers)
        return quantity is not None and quantity.kind == "number"

    def _checked(
        self, tokens: Sequence[Token], text: str, verb: int, span: tuple[int, int], strong: bool
    ) -> Attribution | None:
        if not strong and self._type_of(tokens, span) is None:
            return None
        words = [t.low for t in tokens[span[0] : span[1]]]
        if all(w in self.nobody or w in self.determiners for w in words):
            return None
        return Attribution(verb, self._source(tokens, text, span))

    def _known(self, tokens: Sequence[Token], span: tuple[int, int], caps: bool) -> bool:
        named = not caps and any(t.capital for t in tokens[span[0] : span[1]])
        return named or self._type_of(tokens, span) is not None

    @staticmethod
    def _skip_back(tokens: Sequence[Token], index: int, dated: frozenset[int]) -> int:
        skip = {
            "has",
            "have",
            "had",
            "also",
            "on",
            "later",
            "earlier",
            "then",
            "late",
            "early",
            ")",
            "was",
            "quoted",
            "as",
        }
        low = index
        while low >= 0 and index - low < 8 and (low in dated or tokens[low].low in skip):
            low -= 1
        return low

    def _left(self, tokens: Sequence[Token], last: int, dated: frozenset[int], caps: bool) -> tuple[int, int] | None:
        """The name that ends at `last`, walked back: to a determiner, or over capitals and words for bodies."""
        if last < 0 or tokens[last].kind not in ("word", "possessive"):
            return None
        known = self.book.ending_at([t.low for t in tokens], last)
        if known is not None:
            article = known > 0 and tokens[known - 1].low in self.determiners
            return (known - 1 if article else known), last + 1
        first = last
        begin: int | None = None
        while first >= 0 and last - first < LONGEST_NAME:
            token = tokens[first]
            if token.low in self.determiners:
                begin = first
                before = tokens[first - 1].low if first > 0 else ""
                if before not in self.links:
                    break
            elif (
                token.kind in ("mark", "number")
                or token.low in self.stops
                or first in dated
                or (token.low in self.speaking - self.weak and first < last)
            ):
                break
            first -= 1
        return (begin, last + 1) if begin is not None else self._bare(tokens, first + 1, last, caps)

    def _bare(self, tokens: Sequence[Token], floor: int, last: int, caps: bool) -> tuple[int, int] | None:
        """A name without determiner: capitals, words for bodies and links, as far as they reach to the left."""
        lows = [t.low for t in tokens]
        first = last + 1
        for index in range(last, floor - 1, -1):
            token = tokens[index]
            word = self.language.lexicon.at(lows, index)
            if word is not None and word[1].outcome is not None:
                break
            capital = token.capital and (not caps or (word is None and token.kind == "word"))
            body = self.language.source_types.at(lows, index) is not None or token.low in self.language.people
            near = index + 1 <= last and index + 1 == first
            if (
                capital
                or body
                or token.kind == "possessive"
                or (near and (token.low in self.links or "-" in token.low))
            ):
                first = index
            elif near and index + 1 <= last and self.language.people.at(lows, first) is not None and not caps:
                first = index  # an adjective before a word for people: "local residents"
                break
            else:
                break
        while first <= last and tokens[first].low in self.links:
            first += 1
        return (first, last + 1) if first <= last else None

    def _right(self, tokens: Sequence[Token], first: int, dated: frozenset[int], caps: bool) -> tuple[int, int] | None:
        """The name that begins at `first`: to a mark, a stop word, a date or a say word."""
        last = first
        while last < len(tokens) and last - first < LONGEST_NAME:
            token = tokens[last]
            ends = token.low in self.stops and not (token.low == "and" and self._continues(tokens, last, caps))
            if token.kind in ("mark", "number") or ends or last in dated or token.low in self.speaking - self.weak:
                break
            last += 1
        while last > first and tokens[last - 1].low in self.links:
            last -= 1
        if last <= first or all(t.low in self.nobody for t in tokens[first:last]):
            return None
        return first, last

    def _continues(self, tokens: Sequence[Token], index: int, caps: bool) -> bool:
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        return after is not None and (after.low in self.determiners or (after.capital and not caps))

    def _type_of(self, tokens: Sequence[Token], span: tuple[int, int]) -> SourceType | None:
        """The type that the last listed word of the name tells; a name the sourcebook knows keeps the book's type."""
        words = [t.low for t in tokens[span[0] : span[1]]]
        entry = self.book.find(words)
        if entry is not None:
            return entry.type
        found: SourceType | None = None
        index = 0
        while index < len(words):
            hit = self.language.source_types.at(words, index)
            if hit is not None and (found is None or hit[1] is not SourceType.OFFICIALS):
                found = hit[1]
            index += hit[0] if hit is not None else 1
        return found or (SourceType.GOVERNMENT if self._state(words) else None)

    def _state(self, words: Sequence[str]) -> str | None:
        """The country whose name or capital these words are, standing for its government: "Kyiv says"."""
        name = " ".join(words)
        capitals = [p.country for p in self.gazetteer.places.get(name, ()) if p.kind == "capital"]
        return self.gazetteer.countries.get(name) or (capitals[0] if capitals else None)

    def _source(self, tokens: Sequence[Token], text: str, span: tuple[int, int]) -> Source:
        start, end = tokens[span[0]].start, tokens[span[1] - 1].end
        words = text[start:end]
        return Source(start, end, words, self._name(tokens, span, words), self._type_of(tokens, span) or _DEFAULT)

    def _name(self, tokens: Sequence[Token], span: tuple[int, int], words: str) -> str:
        entry = self.book.find([t.low for t in tokens[span[0] : span[1]]])
        if entry is not None:
            return entry.name
        state = self._state([t.low for t in tokens[span[0] : span[1]]])
        if state is not None:
            return f"Government of {self.gazetteer.names.get(state, state)}"
        first = span[0]
        while first < span[1] - 1 and tokens[first].low in self.determiners:
            first += 1
        bare = " ".join(words[tokens[first].start - tokens[span[0]].start :].split())
        return bare[:1].upper() + bare[1:]

    def carries_on(self, lows: Sequence[str]) -> bool:
        """Whether a sentence goes on from the one before: inside a quotation, or by a word that says so."""
        return lows[0] == '"' or any(self.goes_on.at(lows, i) is not None for i in range(len(lows)))

    def in_title(self, tokens: Sequence[Token], text: str, counted: frozenset[int]) -> Source | None:
        """The body at the end or head of a headline: "46 dead in blast: monitor", "… -- Medics", "Police: 3 dead".

        `counted` are the tokens of counted phrases: those at the end are victims ("kills three troops").
        """
        lows = [t.low for t in tokens]
        marks = frozenset(self.language.attribution.lists["title_marks"])
        cuts = [i for i, low in enumerate(lows) if low in marks and tokens[i].kind == "mark"]
        spans = [(cuts[-1] + 1, len(tokens)), (0, cuts[0])] if cuts else []
        for first in range(max(1, len(tokens) - 3), len(tokens)):
            hit = self.language.source_types.at(lows, first)
            if hit is not None and first + hit[0] == len(tokens) and lows[first - 1] not in self.links:
                spans.append((first, len(tokens)))
                break
        for span in spans:
            if 0 < span[1] - span[0] <= 5 and not counted & set(range(*span)) and self._closes(tokens, span):
                return self._source(tokens, text, span)
        return None

    def _closes(self, tokens: Sequence[Token], span: tuple[int, int]) -> bool:
        kind = self._type_of(tokens, span)
        return kind is not None and (kind is not SourceType.MEDIA or tokens[span[1] - 1].low in self.title_media)


_DEFAULT = SourceType.OFFICIALS


def vouching(found: Sequence[Attribution], at: int, thread: Source | None) -> Source | None:
    """The source nearest to token `at` of a sentence; a cited body comes before the one that cites it.

    `thread` is the source last named in the article, which pronouns stand for.
    """
    if not found:
        return None
    nearest = min(range(len(found)), key=lambda i: (abs(found[i].at - at), -found[i].at))
    chosen = found[nearest]
    follower = found[nearest + 1] if nearest + 1 < len(found) else None
    if follower is not None and follower.cited and 0 < follower.at - chosen.at <= 3:
        chosen = follower
    if chosen.source is None:
        named = [a.source for a in found[:nearest] if a.source is not None]
        return named[-1] if named else thread
    return chosen.source

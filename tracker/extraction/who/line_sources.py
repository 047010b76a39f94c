"""Sources without a verb: at the head of a sentence or turn, at its end behind a dash, and in a headline."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.extraction.who.names import Source, SourceNamer
from tracker.knowledge.language import Language
from tracker.model import SourceType

LONGEST_HEAD = 6  # words of a body before a colon at the head of a sentence, without what is glued to them
LONGEST_TURN = 24  # tokens of who speaks, with office and brackets
LONGEST_LINE = 4 * LONGEST_HEAD
LONGEST_PUBLISHER = 6  # tokens of a section or a publisher at the end of a headline, with the mark before it
LONGEST_END = 10  # words of a body behind the dash at the end of a sentence
_NAMED = (1, 2, 3)  # words of a person's name
_WHOLE_NAMES = (2, 3)  # the same, with the first name
_BEFORE_A_DASH = frozenset({",", '"'})


class LineSources:
    """Finds them with the lists of one language."""

    def __init__(self, language: Language, namer: SourceNamer, bodies: BodyReader) -> None:
        section = language.attribution
        self.language, self.namer, self.bodies = language, namer, bodies
        self.fleeting, self.headings = frozenset(section.lists["fleeting"]), frozenset(section.lists["headings"])
        self.bylines = tuple(f"[{word}]" for word in section.lists["bylines"])
        self.statements = section.tables["statements_by"]
        self.about, self.closing = frozenset(section.lists["about"]), frozenset(section.lists["closing_headings"])
        self.links_to = section.tables["links_to"]
        self.title_marks, self.title_media = (
            frozenset(section.lists["title_marks"]),
            frozenset(section.lists["title_media"]),
        )
        self.publisher_marks = frozenset(section.lists["publisher_marks"])
        self.closing_marks = frozenset(section.lists["closing_marks"])
        self.opponents = frozenset(language.places.lists["opponents"])
        self.sites, self.striking = language.places.tables["nouns"].alone, language.places.tables["striking"]
        self.endings_tell = bool(language.context.raw["endings_tell"])
        self.states_in_titles = bool(section.raw["states_in_titles"])

    def speaker(self, context: SentenceContext, before: str = "") -> Source | None:
        """The speaker at the head of a turn of a transcript, "[PONCE] We counted 230 killed", or of a whole speech or
        statement: "[ARMY COMMAND] [TEXT] …". `before`: the text right before the sentence.
        """
        first, stop = self._name_in_brackets(context)
        if not stop:
            return None
        followed = stop + 1 < len(context.lows) and context.lows[stop + 1] == "["
        if first == 1 and followed and before.lower().endswith(self.bylines):
            kind = self.namer.type_of(context.lows[first:stop], context.country_counts)
            if kind in (None, SourceType.MEDIA):
                return None  # "[REPORT] [ANA RUIZ] [TEXT]": she only wrote it
        comma = next((at for at in range(first + 1, stop) if context.lows[at] == ","), stop)
        stop = comma if comma + 2 < stop else stop  # "[PONCE, HEAD OF THE STAFF]", but "[THE FRONT, FMLN]"
        inside = range(first, stop)
        named = context.upper or all(context.capitals[at] or context.lows[at] in self.bodies.links for at in inside)
        return self.namer.source(context, (first, stop)) if named else None

    def ends_speech(self, context: SentenceContext) -> bool:
        """Whether the words of a speaker end before a sentence: "[END RECORDING] The police say"."""
        return context.lows[0] == "[" and len(context.lows) > 1 and context.lows[1] in self.closing

    def _name_in_brackets(self, context: SentenceContext) -> tuple[int, int]:
        """The tokens in the first brackets at the head of a sentence that are no heading; (0, 0) if there are none."""
        lows, first = context.lows, 0
        while first + 2 < len(lows) and lows[first] == "[":
            near = range(first + 2, min(len(lows), first + LONGEST_TURN))
            stop = next((at for at in near if lows[at] == "]"), 0)
            if not stop or self.headings.isdisjoint(lows[first + 1 : stop]):
                return (first + 1, stop) if stop else (0, 0)
            first = stop + 1
        return 0, 0

    def author(self, context: SentenceContext) -> Source | None:
        """Whose words an article is by its headline: "Statement by the mayor on the raid"."""
        hit = self.statements.at(context.lows, 0)
        span = self.bodies.right(context, hit[0]) if hit is not None and hit[0] < len(context.lows) else None
        if span is None:
            return None
        first, stop = span
        stop = next((at for at in range(first + 1, stop) if context.lows[at] in self.about), stop)
        known = self.namer.type_of(context.lows[first:stop], context.country_counts) is not None
        return self.namer.source(context, (first, stop)) if known else None

    def at_head(self, context: SentenceContext) -> Source | None:
        """The body at the head of a sentence: "Police in Ankara: 86 dead"."""
        lows = context.lows
        stop = lows.index(":") if ":" in lows[: LONGEST_LINE + 1] else -1
        if stop > 0 and self.links_to.at(lows, 0) is not None:
            return self._behind_a_link(context, stop + 1)
        clitics = self.language.numbers.clitics
        if stop < 0 or sum(low not in clitics for low in lows[:stop]) > LONGEST_HEAD:
            return None
        speaks = any(self.language.source_types.at(lows, index) is not None for index in range(stop))
        speaks = speaks or (
            self.endings_tell and self.namer.book.find(context.lows[:stop], context.country_counts) is not None
        )
        speaks = speaks or self._names_someone(context, stop)
        fleeting = context.lows[stop - 1] in self.fleeting  # "Last minute report: …"
        counted = self.language.head_first and any(self.bodies.counts(context, index) for index in range(stop))
        attacks = self._strikes(context, stop) or (self.language.head_first and self._happens(context.lows[:stop]))
        byline = not self.language.spelling.capitals and context.lows[0] == '"' == context.lows[stop - 1]
        if (
            not speaks or fleeting or counted or attacks or byline
        ):  # "Погибли четыре жителя: двое …", "ВСУ атаковали Токмак: …"
            return None
        return self.namer.source(context, (0, stop))

    def _behind_a_link(self, context: SentenceContext, first: int) -> Source | None:
        """The body that heads the headline of another article, to which a link leads: "Read also: Police: 86 dead"."""
        lows, reach = context.lows, context.lows[first : first + LONGEST_HEAD]
        stop = first + reach.index(":") if ":" in reach else -1
        known = any(self.language.source_types.at(lows, index) is not None for index in range(first, stop))
        return self.namer.source(context, (first, stop)) if known else None

    def _strikes(self, context: SentenceContext, stop: int) -> bool:
        """Whether the words before `stop` tell of an attack, whose verb its ending gives away: "ВСУ атаковали …"."""
        return self.endings_tell and any(self.striking.at(context.lows, at) is not None for at in range(stop))

    def _names_someone(self, context: SentenceContext, stop: int) -> bool:
        """Whether a person's whole name stands before a colon: "Олександр Прокудін: двоє загинули"."""
        named = self.endings_tell and stop in _WHOLE_NAMES and not context.caps and all(context.capitals[:stop])
        places = self.namer.gazetteer.places
        words = context.lows[:stop]
        return bool(named) and not any(word in places for word in (*words, " ".join(words)))

    def at_end(self, context: SentenceContext, items: Sequence[Item]) -> Source | None:
        """The body behind a dash at the end of a sentence: "Two were killed in the raid — police"."""
        lows, size = context.lows, len(context.lows)
        if self.closing_marks.isdisjoint(lows):
            return None
        stop = size - 1 if context.kinds[size - 1] == "mark" else size
        floor = max(0, stop - LONGEST_END)
        begin = next((at + 1 for at in range(stop - 1, floor, -1) if lows[at] in self.closing_marks), stop)
        span = self.bodies.right(context, begin) if begin < stop else None
        if span is None or span[1] != stop or _counts_between(items, begin, stop):
            return None
        closes = self._closes(context, span) or self._is_a_person(context, span)
        return self.namer.source(context, span) if closes else None

    def _is_a_person(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name that is no place stands behind a dash: "there are no victims, – Ana Ruiz"."""
        first, stop = span
        low = context.lows[first - 2] if first > 1 else ""
        apart = low in _BEFORE_A_DASH or (self.language.head_first and not context.capitals[first - 2])
        named = low and apart and not context.caps and stop - first in _NAMED and all(context.capitals[first:stop])
        return bool(named) and " ".join(context.lows[first:stop]) not in self.namer.gazetteer.places

    def in_title(self, context: SentenceContext, items: Sequence[Item]) -> Source | None:
        """The body at the end or head of a headline: "46 dead in blast: monitor", "… -- Medics", "Police: 3 dead".

        Counted phrases do not qualify: at the end they are victims ("kills three troops").
        """
        size, marks = self._without_publisher(context, items), self.title_marks
        held = (i for i in range(size) if context.lows[i] in marks and context.kinds[i] == "mark")
        cuts = [i for i in held if not _is_inside_a_word(context, i)]
        size -= size > 1 and context.lows[size - 1] == ")"  # "46 morts dans une attaque (armée)"
        spans = [(cuts[-1] + 1, size), (0, cuts[0])] if cuts else []
        if cuts and ":" in context.lows[cuts[0] + 1 : size]:
            del spans[1]  # "Israel - Hamas war: 46 dead"
        elif cuts and self._strikes(context, cuts[0]):
            del spans[1]  # "ВСУ атаковали Токмак: двое раненых"
        first = None if self.language.head_first else self._last_body(context, size)
        if first is not None:
            spans.append((first, size))
        for begin, stop in spans:
            if begin < stop - 2 and context.lows[begin] == '"' == context.lows[stop - 1]:
                begin, stop = begin + 1, stop - 1  # "«Вестник»: 12 погибших"
            short = 0 < stop - begin <= 5
            if short and not _counts_between(items, begin, stop) and self._closes(context, (begin, stop)):
                return self.namer.source(context, (begin, stop))
        return None

    def _without_publisher(self, context: SentenceContext, items: Sequence[Item]) -> int:
        """The size of a headline without the sections and the publisher that close it: "46 dead | Tarlo News"."""
        size = len(context.lows)
        for cut in range(size - 1, -1, -1):
            if context.lows[cut] not in self.publisher_marks or context.kinds[cut] != "mark":
                continue
            span = (cut + 1, size)
            named = 1 < size - cut <= LONGEST_PUBLISHER and not _counts_between(items, *span)
            if not named or self._closes(context, span):
                break
            size = cut
        return size

    def _last_body(self, context: SentenceContext, size: int) -> int | None:
        """Where the body that ends a headline without a mark begins: "… in Homs blast monitor"; or None."""
        lows = context.lows
        for first in range(max(1, size - 3), size):
            hit = self.language.source_types.at(lows, first)
            if (
                hit is None
                or first + hit[0] != size
                or lows[size - 1] in self.sites
                or lows[first - 1] in self.opponents
            ):
                continue
            word = context.tokens.lexicon[first - 1]
            adjective = first > 1 and lows[first - 1] in self.namer.gazetteer.demonyms
            before = lows[first - 2 if adjective else first - 1]
            if before not in self.bodies.links and (word is None or "includes" not in word[1].roles):
                return first
        return None

    def _begins(self, context: SentenceContext, first: int) -> bool:
        """Whether a body begins at `first`, or behind an article there."""
        first += context.lows[first] in self.bodies.determiners
        return first in self.bodies.bodies(context) or context.capitals[first]

    def _happens(self, lows: Sequence[str]) -> bool:
        """Whether words name what happened, which does not speak: "Attaque armée à Tarlo: 12 morts"."""
        links = self.bodies.links
        head = next((at for at, low in enumerate(lows) if low in links), len(lows))
        return not self.bodies.happenings.isdisjoint(lows[:head])

    def _closes(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name can close a headline. Media qualify only by a common noun, as papers sign with their name."""
        lows = context.lows[span[0] : span[1]]
        kind = self.namer.type_of(lows, context.country_counts)
        if not self.states_in_titles and self.namer.state(lows) is not None:
            return False  # "Mali : 12 morts" tells where
        if self.language.head_first and (self._happens(lows) or not self._begins(context, span[0])):
            return False  # "Nouvelle attaque armée : …"
        return kind is not None and (kind is not SourceType.MEDIA or context.lows[span[1] - 1] in self.title_media)


def _is_inside_a_word(context: SentenceContext, mark: int) -> bool:
    """Whether no blank stands on either side of a mark: "a U.N.-run school"."""
    starts, ends = context.tokens.starts, context.tokens.ends
    glued = 0 < mark < len(starts) - 1 and ends[mark - 1] == starts[mark]
    return glued and ends[mark] == starts[mark + 1]


def _counts_between(items: Sequence[Item], begin: int, stop: int) -> bool:
    """Whether a counted phrase overlaps the tokens [begin, stop)."""
    return any(item.first < stop and begin < item.stop and item.counted is not None for item in items)

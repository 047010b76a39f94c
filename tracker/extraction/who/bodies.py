"""Bodies that speak: where their names begin and end in a sentence, and whether words name such a body."""

from __future__ import annotations

from tracker.extraction.counts.numbers import quantity_at
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.between_commas import before_an_aside
from tracker.extraction.who.names import SourceNamer
from tracker.extraction.who.pairs import PairReader
from tracker.extraction.who.quoted_names import QuotedNames
from tracker.extraction.who.what_is_said import begins, past_the_told
from tracker.knowledge.language import Language

LONGEST_NAME = 14
OWNED = 3  # tokens between the ending of an owner and the last word of what it owns, that one included
HEAD = 3  # tokens of a name in which its head stands, where that comes first
_OF_NAMES = frozenset({"word", "possessive"})
_ACTING = frozenset({"be", "have", "modal"})
_HARD = frozenset({"mark", "number"})
Span = tuple[int, int]


class BodyReader:
    """Reads the names of bodies to the left and right of a verb of speech, with the lists of one language."""

    def __init__(self, language: Language, namer: SourceNamer) -> None:
        self.language, self.namer = language, namer
        words = {name: frozenset(words) for name, words in language.attribution.lists.items()}
        self.determiners, self.links, self.stops = words["determiners"], words["links"], words["stops"]
        self.nobody, self.clauses, self.skips = words["nobody"], words["clauses"], words["skips"]
        self.that, self.papers, self.media = words["that"], words["papers"], words["title_media"]
        self.verb_first: bool = language.attribution.raw["verb_first"]
        self.speaks_in, self.told_to = words["speaks_in"], language.attribution.tables["told_to"]
        self.quoted = QuotedNames(language, namer.book)
        self.endings, self.people = language.adverb_endings, language.people.alone
        self.glued = frozenset(language.spelling.glued.before)
        self.ends_before = bool(self.speaks_in or self.glued)
        self.articles, self.joiners = language.numbers.articles, language.numbers.joiners
        self.ordinals = frozenset(language.numbers.ordinal_endings)
        self.directions = frozenset(language.places.lists["directions"])
        self.channels = language.attribution.tables["channels"]
        self.agents = words["agents"]
        self.placing = (self.links | words["agents"] | frozenset(language.places.lists["locating"])) - self.determiners
        self.speaking, self.firm = words["speaking"], words["speaking"] - words["weak"]
        self.clausal = self.stops - self.links  # no apposition goes on over one of these
        self.breaking = self.clausal | self.joiners
        self.happenings, self.addressing = words["happenings"], words["addressing"]
        self.pairs = PairReader(language, namer, self._belongs)

    def bodies(self, context: SentenceContext) -> frozenset[int]:
        """The indices of the tokens of a sentence that name speaking bodies. The result is cached."""
        if context.bodies is None:
            found = self.namer.typed(context.lows)
            context.bodies = frozenset(at for at in found if not self.opens_clause(context, at))
        return context.bodies

    def opens_clause(self, context: SentenceContext, index: int) -> bool:
        """Whether a clause about a body opens here: "police, who blamed rebels"; the WHO is written in capitals."""
        return context.lows[index] in self.clauses and not context.acronym(index)

    def left(self, context: SentenceContext, last: int) -> Span | None:
        """The name that ends at `last`: a known one, or back to a determiner, or over capitals and words for bodies."""
        lows, kinds, dated = context.lows, context.kinds, context.dated
        if last < 0 or not (kinds[last] in _OF_NAMES or self._is_inside(context, last)):
            return self._quoted(context, last) if last > 0 and self.quoted.are_told and lows[last] == '"' else None
        known = self.namer.book.ending_at(lows, last)
        if known is not None:
            article = known > 0 and lows[known - 1] in self.determiners
            return self.pairs.whole(context, ((known - 1 if article else known), last + 1))
        first, begin, floor = last, -1, max(-1, last - LONGEST_NAME)
        while first > floor:
            low = lows[first]
            if low in self.determiners and not self._is_in_a_name(context, first):
                begin = first
                if first == 0 or not (lows[first - 1] in self.links or self._belongs_to_a_body(context, first)):
                    break
            elif (low in self.firm and first < last and first not in self.bodies(context)) or (
                (low in self.stops or kinds[first] in _HARD or first in dated) and self._stops(context, first)
            ):
                break
            first -= 1
        if begin < 0:
            return self.pairs.whole(context, self._bare(context, first + 1, last))
        joined = begin > 1 and lows[begin - 1] in self.joiners  # "a monitor and a doctor"
        if begin > 1 and lows[begin - 1] in self.links and begin - 2 in self.bodies(context) and not joined:
            whole = self._bare(context, first + 1, begin - 2)  # "a reporter in the province"
            return (whole[0] if whole is not None else begin), last + 1
        person = self._bare(context, first + 1, begin - 2) if begin > 1 and lows[begin - 1] in self.links else None
        if person is not None and person[1] - person[0] > 1 and self.is_full_name(context, person):
            return person[0], last + 1  # "Ana Ruiz of the clinic"
        return self.pairs.whole(context, (begin, last + 1))

    def _is_in_a_name(self, context: SentenceContext, index: int) -> bool:
        """Whether a word before bodies is part of a name here: "the Islamic State group", "State Department"."""
        named = context.capitals[index] and not context.caps and not self.is_article(context, index)
        return named and index > 0 and context.kinds[index - 1] == "word"

    def _belongs_to_a_body(self, context: SentenceContext, index: int) -> bool:
        """Whether a word is article and link in one, and links a name to its body: "le ministre des Armées"."""
        if context.lows[index] not in self.links or "of" not in context.tokens.roles(index):
            return False
        nation = index > 1 and context.lows[index - 1] in self.namer.gazetteer.demonyms  # "la Commission malienne des"
        return index - 1 - nation in self.bodies(context)

    def _quoted(self, context: SentenceContext, last: int) -> Span | None:
        """The name that ends with a word in quotation marks, or is one: "движение «Талибан»", "«Белые каски»"."""
        first = next((at for at in range(last - 1, max(-1, last - 1 - HEAD), -1) if context.lows[at] == '"'), None)
        if first is None:
            return None
        before = self.left(context, first - 1) if first else None
        if before is not None:
            return before[0], last + 1
        named = self.quoted.is_a_name(context, first + 1, self.bodies(context))
        named = named and not self.stops.intersection(context.lows[first + 1 : last])
        return (first + 1, last) if named else None

    def right(self, context: SentenceContext, first: int) -> Span | None:
        """The name that begins at `first`, up to a mark, a stop word, a date or a verb of speech.

        A known name is taken whole.
        """
        lows = context.lows
        if self.speaks_in and first < len(lows) and lows[first] in self.placing:
            return None  # "по информации на данный момент"
        last = self.namer.book.beginning_at(lows, first) or first
        reach = min(len(lows), first + LONGEST_NAME)
        while last < reach:
            low = lows[last]
            if low == '"' and (quoted := self.quoted.end(context, last, self.bodies(context))):
                last = quoted
                continue
            if low == "." and last > first and lows[last - 1] in self.language.abbreviations:
                last += 1  # "said Sen. Ana Ruiz"
                continue
            goes_on = low in self.joiners and self._continues(context, last)
            if low in self.firm or (self._stops(context, last) and not goes_on):
                break
            if last > first and (self._opens(context, last) or self.counts(context, last)):
                break
            if low in self.speaking and last > first and self._speaks(context, last):
                break  # "said another source gave it 12 names"
            if low in self.channels.by_first and last > first and self.channels.at(lows, last) is not None:
                break  # "said the mayor in a statement"
            begun = self.ends_before and not self.determiners.issuperset(lows[first:last])
            if begun and (low in self.papers or self._is_told(context, last)):
                break  # "сообщил губернатор в своем телеграм-канале", "قال شهود لوكالة رويترز"
            last += 1
        while last > first and lows[last - 1] in self.links:
            last -= 1
        return None if last <= first or self.nobody.issuperset(lows[first:last]) else (first, last)

    def _is_told(self, context: SentenceContext, index: int) -> bool:
        """Whether who was told, or where, stands here, and not the name of a paper: "агентство AP"."""
        named = context.capitals[index] and context.lows[index - 1] in self.media
        return not named and self.told_to.at(context.lows, index) is not None

    def _opens(self, context: SentenceContext, index: int) -> bool:
        """Whether an article begins a new phrase after a missing comma. One that is glued to a word never does."""
        if context.lows[index] in self.glued:
            return False
        return self.is_article(context, index) and self._ends_name(context, index - 1)

    def is_article(self, context: SentenceContext, index: int) -> bool:
        """Whether the token at `index` is an article."""
        return context.lows[index] in self.articles or "the" in context.tokens.roles(index)

    def _ends_name(self, context: SentenceContext, index: int) -> bool:
        """Whether a name may end with this token, so that an article after it begins a new phrase."""
        if context.lows[index] in self.links:
            return False  # "la misión de la ONU"
        named = context.capitals[index] and not context.caps
        return named or index in self.bodies(context) or context.lows[index] in self.people

    def _bare(self, context: SentenceContext, floor: int, last: int) -> Span | None:
        """A name without a determiner: capitals, words for bodies and links, as far as they reach to the left."""
        first = last + 1
        while first > floor and self._belongs(context, first - 1):
            if context.tokens.is_harm(first - 1):
                break
            first -= 1
        while first <= last and (context.lows[first] in self.links or context.kinds[first] == "possessive"):
            first += 1
        return (first, last + 1) if first <= last else self._with_place(context, floor, last)

    def _with_place(self, context: SentenceContext, floor: int, last: int) -> Span | None:
        """A body with its place after it: "medics on both sides"."""
        bodies = self.bodies(context)
        for index in range(last - 1, max(floor, last - 4) - 1, -1):
            if index in bodies and context.lows[index + 1] in self.links:
                return index, last + 1
        return None

    def _belongs(self, context: SentenceContext, index: int) -> bool:
        """Whether the token at `index` is part of the name right after it, or may end a name itself."""
        low, kind, after = context.lows[index], context.kinds[index], index + 1
        unknown = kind == "word" and context.tokens.lexicon[index] is None
        where = low in self.directions or (kind != "word" and self._is_inside(context, index))
        if context.capitals[index] and not where and (unknown or not context.caps):
            return True
        bodies = self.bodies(context)
        if index in bodies or low in self.people or kind == "possessive":
            return True
        if after == len(context.lows):
            return False
        if where or low in self.links or "-" in low:
            return True
        if context.caps or not unknown:
            return False
        before = index > 0 and (context.capitals[index - 1] or index - 1 in bodies or self._is_owned(context, index))
        return before or context.tokens.people[after] is not None  # "local residents", "UN rights chief"

    def _is_owned(self, context: SentenceContext, index: int) -> bool:
        """Whether a word belongs to an owner: "President Salas's office", "Mali's crisis coordination office"."""
        for at in range(index - 1, max(-1, index - 1 - OWNED), -1):
            if context.kinds[at] == "possessive":
                return True
            if context.kinds[at] != "word" or context.lows[at] in self.stops or context.tokens.lexicon[at] is not None:
                return False
        return False

    def _stops(self, context: SentenceContext, index: int) -> bool:
        """Whether a name ends before this token: a mark, a number, a date or a stop word."""
        hard = context.kinds[index] in _HARD or index in context.dated
        if not (hard or context.lows[index] in self.stops) or self._is_inside(context, index):
            return False
        return hard or not (context.acronym(index) and len(context.lows[index]) > 2)  # "the WHO"

    def _is_inside(self, context: SentenceContext, index: int) -> bool:
        """Whether a mark or number is part of a name: "U.S. officials", "the 5th Brigade", "el 112"."""
        lows = context.lows
        if context.kinds[index] == "number":
            if index in self.bodies(context):
                return True
            if index + 1 == len(lows):
                return False
            glued = context.tokens.ends[index] == context.tokens.starts[index + 1] and context.capitals[index + 1]
            return lows[index + 1] in self.ordinals or glued
        return lows[index] == "." and index > 0 and "." in lows[index - 1]

    def _continues(self, context: SentenceContext, index: int) -> bool:
        if index + 1 >= len(context.lows):
            return False
        return context.lows[index + 1] in self.determiners or (context.capitals[index + 1] and not context.caps)

    def counts(self, context: SentenceContext, index: int) -> bool:
        """Whether a number begins at `index`."""
        if not context.tokens.counts[index]:
            return False
        quantity = quantity_at(context.tokens, index, self.language.numbers)
        return quantity is not None and quantity.kind == "number"

    def is_body(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name is that of a speaking body, by the sourcebook or by a word in it, and not just of a place."""
        if not self.bodies(context).isdisjoint(range(*span)):
            return True
        return self.namer.book.find(context.lows[span[0] : span[1]], context.country_counts) is not None

    def known(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name has a meaningful capital, or a word for a body."""
        named = not context.caps and any(context.capitals[span[0] : span[1]])
        return named or self.namer.type_of(context.lows[span[0] : span[1]], context.country_counts) is not None

    def stands_behind(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name behind a verb of speech is its subject: the lists know it, or what is said begins after it.

        Where verbs come first, the head of a name does so too, and an unknown head is no body: "declared its loyalty to
        the group".
        """
        first, stop = span
        if not self.verb_first:
            if self.acts(context, stop):
                return False
            if self.namer.type_of(context.lows[first:stop], context.country_counts) is not None:
                return True
            while first < stop - 1 and context.lows[first] in self.determiners:
                first += 1
            if context.capitals[first]:
                return not context.caps
            if first > 2 and context.kinds[first - 3] == "mark" and context.lows[stop - 1] in self.people:
                return self.is_article(context, first - 1)  # '"They shot," said a baker'
            office = first + 1 < stop and context.lows[first + 1] in self.links  # "the head of the Tarlo group"
            return (office or context.lows[first] in self.people) and self.known(
                context, span
            )  # no "rockets hit Tarlo"
        if self.speaks_in and context.lows[first] in self.papers:
            return False  # "сообщил данные о потерях армии"
        if begins(context, past_the_told(context, stop, self.told_to, self.that), self.that, self.glued):
            return True
        while first < stop - 1 and context.lows[first] in self.determiners:
            first += 1
        return self.known(context, (first, min(stop, first + HEAD)))

    def acts(self, context: SentenceContext, stop: int) -> bool:
        """Whether a name behind a verb of speech, which ends before `stop`, is what is said to act or have a number:
        "the army said rebels were", "said his hospital got 12".
        """
        if stop >= len(context.lows):
            return False
        counted = context.lows[stop] not in self.articles and self.counts(context, stop)
        return counted or not _ACTING.isdisjoint(context.tokens.roles(stop))

    def is_inside(self, context: SentenceContext, index: int) -> bool:
        """Whether a body is named at `index` by a word for "in": "сообщили в полиции". A town there is none."""
        lows = context.lows
        if lows[index] not in self.speaks_in or self.namer.state(lows[index + 1 : index + 2]) is not None:
            return False
        bodies = self.bodies(context)
        for at in range(index + 1, min(len(lows), index + 1 + HEAD)):
            if at in bodies or lows[at] in self.papers:
                return True
            if context.kinds[at] != "word" or lows[at] in self.stops:
                return False
        return False

    def comes_after(self, context: SentenceContext, first: int) -> bool:
        """Whether a name stands alone behind a verb of speech, up to a mark or a date: "said Ana Ruiz, the mayor"."""
        span = self.right(context, first) if first < len(context.lows) else None
        if span is None or self.namer.state(context.lows[span[0] : span[1]]) is not None:
            return False
        stop = span[1]
        ends = stop == len(context.lows) or context.kinds[stop] == "mark" or stop in context.dated
        return ends and self.stands_behind(context, span)

    def is_full_name(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name is of several capitalised words, such as that of a person."""
        return span[1] - span[0] > 1 and not context.caps and all(context.capitals[span[0] : span[1]])

    def happens(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name is that of something that happened, which cannot speak: "a Hamas assault on the town"."""
        lows = context.lows[span[0] : span[1]]
        if self.happenings.isdisjoint(lows):
            return False
        head = next((at for at, low in enumerate(lows) if at and low in self.links and low != lows[0]), len(lows)) - 1
        return lows[head] in self.happenings

    def is_a_paper(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name only points to a paper: "the statement"."""
        lows = context.lows[span[0] : span[1]]
        return lows[-1] in self.papers and self.determiners.issuperset(lows[:-1])

    def is_an_object(self, context: SentenceContext, verb: int, span: Span) -> bool:
        """Whether a body behind a verb is not its subject, as one stands before it: "Paris accuse l'armée de"."""
        stop = span[1]
        if stop + 1 < len(context.lows) and context.lows[stop] in self.links and self.counts(context, stop + 1):
            return True  # "a annoncé un bilan de 12 morts"
        no_paper = self.papers.isdisjoint(context.lows[span[0] : span[1]])
        if no_paper and context.lows[verb] not in self.addressing:
            return False
        before = self.left(context, self.skip_back(context, verb - 1))
        return before is not None and self.known(context, before)

    def without_channel(self, context: SentenceContext, span: Span) -> Span:
        """The span without where its body spoke: "the ministry in a statement" said."""
        inside = (at for at in range(span[0] + 1, span[1]) if self.channels.at(context.lows, at) is not None)
        return span[0], next(inside, span[1])

    def has_head(self, context: SentenceContext, span: Span) -> bool:
        """Whether the head of a name, the last word before one that links its parts, is a word for a body."""
        links = (at for at in range(span[0] + 1, span[1]) if context.lows[at] in self.links)
        return next(links, span[1]) - 1 in self.bodies(context)

    def _speaks(self, context: SentenceContext, verb: int) -> bool:
        """Whether a body stands right before a word of speech that is no body itself, as "reports" is."""
        own = verb + 1 == len(context.lows) or context.lows[verb + 1] not in self.agents  # "a report published by"
        return own and verb - 1 in self.bodies(context) and verb not in self.bodies(context)

    def skip_back(self, context: SentenceContext, index: int) -> int:
        """The last token, at or before `index`, that is not just between a body and its verb of speech."""
        lows, dated, floor = context.lows, context.dated, max(-1, index - 8)
        if self.language.head_first and index > 1 and lows[index] == ")" and lows[index - 2] == "(":
            index -= 3 * context.capitals[index - 1]  # "las Fuerzas Armadas (FAMa)"
        index = before_an_aside(context, index, self.told_to, self.skips)
        while index > floor and (lows[index] in self.skips or index in dated or self._is_adverb(context, index)):
            index -= 1
        return index

    def _is_adverb(self, context: SentenceContext, index: int) -> bool:
        """Whether a word is an adverb by its ending, and no name or body: "has publicly said", "le gouvernement"."""
        low = context.lows[index]
        ends = len(low) > 5 and low.endswith(self.endings) and (context.caps or not context.capitals[index])
        return ends and index not in self.bodies(context)

"""Attribution: finds the bodies that speak in a sentence, and chooses the source of a figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.appositions import AppositionReader
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.extraction.who.brackets import BracketReader
from tracker.extraction.who.line_sources import LineSources
from tracker.extraction.who.names import Source, SourceNamer
from tracker.extraction.who.reach import EVERYWHERE, ReachReader
from tracker.knowledge.language import Language
from tracker.knowledge.phrases import Phrases
from tracker.model import SourceType

_NAME = "Name"  # the role of the names that the lexicon knows
_VERBS = frozenset({"be", "have"})
_OF_HARM = frozenset({"amount", "harm.toll"})
LONGEST_OPENING = 10  # words of a sentence before the verb that speaks of the sentence before


class Attribution(NamedTuple):
    """A source at token `at`. A `source` of None is a pronoun, which refers to the source named before: to one `person`
    or to whoever it was.

    `cited`: it is introduced as in "according to". `aside`: it speaks in a clause of its own and does not vouch for
    what is before it. `fleeting`: later sentences never continue it. It vouches only for what stands in its `reach`.
    """

    at: int
    source: Source | None
    cited: bool = False
    aside: bool = False
    fleeting: bool = False
    person: bool = False
    reach: tuple[int, int] = EVERYWHERE


class _PhraseStarts:
    """Finds where phrases may begin in a sentence, by the longest word of each, which is probably its rarest."""

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        before: dict[str, set[int]] = {}
        for phrase in phrases:
            rarest = max(phrase, key=len)
            before.setdefault(rarest, set()).add(phrase.index(rarest))
        self.before = {word: tuple(counts) for word, counts in before.items()}  # words of a phrase before it
        self.rarest = frozenset(before)

    def __call__(self, lows: Sequence[str]) -> list[int]:
        """The indices, in order."""
        rarest = self.rarest
        if rarest.isdisjoint(lows):
            return []
        found = [(at, self.before[low]) for at, low in enumerate(lows) if low in rarest]
        return sorted({at - before for at, counts in found for before in counts if before <= at})


def _phrases(table: Phrases[str]) -> list[tuple[str, ...]]:
    return [phrase for group in table.by_first.values() for phrase, _ in group]


class SourceReader:
    """Finds attributions with the lists of one language."""

    def __init__(self, language: Language, namer: SourceNamer) -> None:
        section = language.attribution
        self.language = language
        self.namer = namer
        self.before = section.tables["before"]
        self.goes_on = section.tables["goes_on"]
        self.vouching = section.tables["vouching"]
        self.going_on = _PhraseStarts(_phrases(self.goes_on))
        self.counting_on = section.tables["counts_on"]
        self.words = {name: frozenset(words) for name, words in section.lists.items()}
        self.bodies = BodyReader(language, namer)
        self.brackets = BracketReader(namer)
        self.appositions = AppositionReader(language, namer, self.bodies)
        self.reaches = ReachReader(language, self.bodies)
        self.speaking = self.words["speaking"]
        self.firm = self.speaking - self.words["weak"]
        spoken = ((low,) for low in self.speaking)
        self.telling = _PhraseStarts([*_phrases(self.before), *_phrases(self.vouching), *spoken])
        known = [one for group in language.lexicon.by_first.values() for one in group]
        self.in_names = self.speaking & {low for phrase, word in known if _NAME in word.roles for low in phrase}
        self.relaying = self.words["relaying"]
        self.asides, self.fleeting = self.words["asides"], self.words["fleeting"]
        self.pronouns, self.taking, self.follows = self.words["pronouns"], self.words["taking"], self.words["follows"]
        self.told_to = section.tables["told_to"]
        self.backward = section.tables["backward"]
        self.quoted_before = bool(section.raw["quoted_before"])
        self.placing = frozenset(language.places.lists["locating"])
        self.issued = self.words["issued"]
        self.verb_first = self.bodies.verb_first
        self.lines = LineSources(language, namer, self.bodies)
        self.naming_nobody = self.words["nobody"] | self.words["determiners"]

    def find(self, context: SentenceContext, speaker: Source | None) -> list[Attribution]:
        """The attributions of a sentence, in order. `speaker` is set if it begins a turn of a transcript."""
        found: list[Attribution] = [Attribution(0, speaker)] if speaker is not None else []
        lows, end = context.lows, 0
        for index in self.telling(lows):
            if index < end:
                continue
            phrase = self.before.at(lows, index) or self.vouching.at(lows, index)
            if phrase is not None:
                end = index + phrase[0]
                attribution, end = self._cited(context, index, end)
                if attribution is not None:
                    found.append(attribution)
            elif lows[index] in self.speaking and not (
                self._in_name(context, index) or self._is_a_guess(context, index)
            ):
                attribution = (
                    self._behind(context, index)
                    or self._joined(context, index, found)
                    or self._passive(context, index)
                    or self._around(context, index)
                )
                if attribution is not None:
                    reach = EVERYWHERE if attribution.cited else self.reaches.of(context, index, attribution.source)
                    passed_on = lows[index] in self.relaying and any(one.source is not None for one in found)
                    found.append(attribution._replace(reach=reach, fleeting=passed_on or attribution.fleeting))
        if not found and lows[-1] == ":":
            introduced, last = self.appositions.introduced(context), len(lows) - 1
            found += [] if introduced is None else [Attribution(last, introduced, reach=(last, last))]
        references = [
            Attribution(at, source, cited=True, fleeting=True, reach=(begin, at))
            for begin, at, source in self.brackets.find(context)
        ]
        return sorted([*found, *references], key=lambda one: one.at) if references else found

    def _cited(self, context: SentenceContext, index: int, end: int) -> tuple[Attribution | None, int]:
        """The attribution of the phrase [index, end), as in "according to", and where its words end."""
        vouching = self.vouching.at(context.lows, index) is not None
        only = vouching and self.before.at(context.lows, index) is None
        span = self.bodies.right(context, end) if not only else None
        span = self._author(context, span) if span is not None else None
        if span is not None and not (self.bodies.speaks_in and self.bodies.is_a_paper(context, span)):
            return Attribution(index, self.appositions.with_one(context, span), cited=True), span[1]
        if vouching:  # "по официальным данным": they stand for a body
            return Attribution(index, self.namer.source(context, (index + 1, end)), cited=True), end
        if span is not None or context.lows[end - 1] in self.words["papers"]:
            return Attribution(index, None, cited=True), end  # that of the body named before: "говорится в сообщении"
        return None, end

    def reference(self, attributions: Sequence[Attribution]) -> Source | None:
        """The source in brackets that holds for the sentences before it in its paragraph, too; or None."""
        if not attributions or not attributions[0].cited:
            return None
        return attributions[0].source if attributions[0].reach == (0, attributions[0].at) else None

    def _author(self, context: SentenceContext, span: Span) -> Span:
        """The body behind a paper that is cited: "according to a statement on Thursday from the ministry"."""
        at = span[1]
        while at < len(context.lows) and (at in context.dated or context.lows[at] in self.issued):
            at += 1
        papers = context.lows[span[1] - 1] in self.words["papers"] and at < len(context.lows)
        author = self.bodies.right(context, at + 1) if papers and context.lows[at] in self.words["authors"] else None
        return author or span

    def _in_name(self, context: SentenceContext, index: int) -> bool:
        """Whether a verb of speech is only part of a name: "United States"."""
        if context.lows[index] not in self.in_names:
            return False
        before = [(at, word) for at, word in enumerate(context.tokens.lexicon[: index + 1]) if word is not None]
        return any(_NAME in word.roles and at + size > index for at, (size, word) in before)

    def _is_a_guess(self, context: SentenceContext, index: int) -> bool:
        """Whether a word of speech only belongs to a number or a noun: "an estimated 150", "the alleged raid"."""
        if index == 0 or context.lows[index - 1] not in self.words["determiners"]:
            return False
        counts = index + 1 < len(context.lows) and self.bodies.counts(context, index + 1)
        return counts or (not self.verb_first and self.bodies.is_article(context, index - 1))

    def _around(self, context: SentenceContext, verb: int) -> Attribution | None:
        """The attribution at the verb of speech `verb`. Its subject is before it, or after it ("said the mayor")."""
        lows, bodies, after = context.lows, self.bodies, self._past_those_told(context, verb + 1)
        left = bodies.skip_back(context, verb - 1)
        before = lows[left] if left >= 0 else ""
        if lows[verb] in self.taking and self._takes(context, after):
            return None  # "claimed more than 900 lives" is no statement
        firm = lows[verb] in self.firm or self._states(context, verb)
        if before in self.pronouns:
            if any("be" in context.tokens.roles(at) for at in range(left + 1, verb)):
                return None  # "it was reported that"
            who = None if before in self.words["persons"] else self._subject(context, left)
            return Attribution(verb, who, person=before in self.words["somebody"]) if firm else None
        span = None if before in bodies.links else bodies.left(context, left)
        span = bodies.uncounted(context, span) if span is not None else None
        if self._has_no_subject(context, verb, span):
            return Attribution(verb, self._subject(context, verb))
        if span is not None:
            where = bodies.tells_where(context, span)
            if not (where and firm and bodies.follows(context, verb)):
                return self._before(context, verb, span, firm)
        found = self._beside(context, verb, left, firm)
        if found is not None or firm:
            return found or self._after(context, verb, left)
        span = bodies.before_a_clause(context, left)
        return self._checked(context, verb, span) if span is not None else None

    def _has_no_subject(self, context: SentenceContext, verb: int, span: Span | None) -> bool:
        """Whether a verb goes on with the source before it: "…, adding that". A name before it may be its subject."""
        if context.lows[verb] not in self.follows:
            return False
        named = span is not None and context.lows[verb] not in self.words["participles"]
        if named and span is not None and self.bodies.is_full_name(context, span):
            return False
        return span is None or not self.bodies.is_body(context, span)

    def _before(self, context: SentenceContext, verb: int, span: Span, firm: bool) -> Attribution | None:
        """The attribution to the name `span` before a verb, or to the one that it only belongs to."""
        bodies, where = self.bodies, self.bodies.tells_where(context, span)
        unknown = self.namer.type_of(context.lows[span[0] : span[1]], context.country_counts) is None
        left = bodies.skip_back(context, verb - 1)
        subject = bodies.clause_subject(context, left) if where or unknown else None
        if subject is None and where and not firm:
            return None  # "footage from east of Tarlo showed"
        if subject is None and not where:
            subject = bodies.named_before(context, span)
        return self._checked(context, verb, subject or span)

    def _beside(self, context: SentenceContext, verb: int, left: int, firm: bool) -> Attribution | None:
        """The attribution to the body before an apposition or a clause about it: "the mayor, who fled, told AFP"."""
        lows, after = context.lows, self._past_those_told(context, verb + 1)
        apposed = self.appositions.before(context, left)
        if apposed is not None and not self._speaks_for_itself(apposed) and self.bodies.comes_after(context, after):
            apposed = None  # "in Tarlo, a village, said Ana Ruiz, the mayor"
        if apposed is not None and (firm or self._speaks_for_itself(apposed)):
            first = bisect_left(context.tokens.starts, apposed.start)
            return Attribution(verb, apposed, aside=first > 0 and lows[first - 1] in self.asides)
        span = self.bodies.clause_subject(context, left) if firm and left >= 0 and lows[left] == "," else None
        return self._checked(context, verb, span) if span is not None else None

    def _after(self, context: SentenceContext, verb: int, left: int) -> Attribution | None:
        """The attribution to a name behind a firm verb, else to the body at the head of its clause."""
        lows, bodies, after = context.lows, self.bodies, self._past_those_told(context, verb + 1)
        if after >= len(lows) or lows[verb] in self.words["addressing"]:
            return None
        if lows[verb] in self.follows:
            return Attribution(verb, None)
        span = bodies.right(context, after)
        if span is None or not bodies.stands_behind(context, span):
            span = bodies.clause_subject(context, left)
        if span is None and self.verb_first and lows[after] in bodies.stops:
            return Attribution(verb, None)  # a verb without a subject: "وأعلن عن مقتل 12"
        return self._checked(context, verb, span) if span is not None else None

    def _behind(self, context: SentenceContext, verb: int) -> Attribution | None:
        """The attribution at a verb that usually has its subject behind it, if a known body stands there."""
        if not (self.verb_first and context.lows[verb] in self.firm) and not self._looks_back(context, verb):
            return None
        after = self._past_those_told(context, verb + 1)
        span = self.bodies.right(context, after) if after < len(context.lows) else None
        if span is not None and self.bodies.is_a_paper(context, span):
            return Attribution(verb, None)  # that of the body named before: "وأكد البيان"
        if span is not None and self.bodies.is_an_object(context, verb, span):
            return None
        behind = span is not None and self.bodies.stands_behind(context, span)
        return self._checked(context, verb, span) if span is not None and behind else None

    def _joined(self, context: SentenceContext, verb: int, found: Sequence[Attribution]) -> Attribution | None:
        """The attribution at a verb that shares the subject of the one before: "officials blamed Mali and said"."""
        left = self.bodies.skip_back(context, verb - 1)
        if left < 1 or "and" not in context.tokens.roles(left) or context.lows[verb] not in self.firm:
            return None
        if found and found[-1].source is not None and not found[-1].cited:
            return Attribution(verb, found[-1].source)
        subject = self._subject(context, left)
        return Attribution(verb, subject) if subject is not None else None

    def _passive(self, context: SentenceContext, verb: int) -> Attribution | None:
        """The attribution at a verb in the passive: "were reported over the past day (as of noon) by the ministry"."""
        if verb == 0 or "be" not in context.tokens.roles(self.bodies.skip_back(context, verb - 1)):
            return None
        at, inside = verb + 1, False
        while at < len(context.lows) and (inside or at in context.dated or context.lows[at] == "("):
            inside = context.lows[at] != ")" and (inside or context.lows[at] == "(")
            at += 1
        if at == verb + 1 or at + 1 >= len(context.lows) or context.lows[at] not in self.words["agents"]:
            return None
        span = self.bodies.right(context, at + 1)
        known = span is not None and self.bodies.known(context, span)
        return Attribution(verb, self.namer.source(context, span), cited=True) if span is not None and known else None

    def _past_those_told(self, context: SentenceContext, index: int) -> int:
        """Where a subject behind its verb begins, after who was told and when: "a annoncé, à l'AFP, la police"."""
        if not self.told_to.by_first:
            return index
        while index < len(context.lows):
            told = self.told_to.at(context.lows, index)
            named = index + 1 < len(context.lows) and context.capitals[index + 1]
            if told is not None:
                index += told[0]
            elif self.bodies.is_inside(context, index):  # "сообщили в областной прокуратуре"
                return index + 1
            elif index in context.dated:
                index += 1
            elif named and context.lows[index] in self.placing:  # "informó en Sarajevo la policía"
                index += 2
            else:
                break
        return index

    def later(self, context: SentenceContext, attributions: Sequence[Attribution]) -> Source | None:
        """The source that a sentence names for the one before it: "Про це повідомила поліція."; else None."""
        if not self.backward.by_first or not attributions:
            return None
        back = (one for one in attributions if one.source is not None and self._looks_back(context, one.at))
        return next((one.source for one in back), None)

    def _looks_back(self, context: SentenceContext, verb: int) -> bool:
        """Whether a verb at the head of a sentence speaks of the sentence before: "Про це повідомила"."""
        if not self.backward.by_first or verb > LONGEST_OPENING:
            return False
        heads = ((at, self.backward.at(context.lows, at)) for at in range(verb))
        return any(hit is not None and self._only_told(context, head + hit[0], verb) for head, hit in heads)

    def _only_told(self, context: SentenceContext, first: int, verb: int) -> bool:
        """Whether only when and where it was told stands before a verb of speech."""
        while first < verb:
            told = self.told_to.at(context.lows, first) if self.bodies.speaks_in else None
            if told is None and first not in context.dated and context.lows[first] not in self.words["skips"]:
                return False
            first += told[0] if told is not None else 1
        return True

    def _states(self, context: SentenceContext, verb: int) -> bool:
        """Whether a weak verb of speech states something here: "the club reported that", ", reported the UN"."""
        lows = context.lows
        that = verb + 1 < len(lows) and lows[verb + 1] in self.words["that"]
        return that or (verb > 0 and lows[verb - 1] == "," and self.bodies.follows(context, verb))

    def _takes(self, context: SentenceContext, number: int) -> bool:
        """Whether a number is what is taken: "claimed 9 lives", but not "claimed 190 were dead"."""
        if number >= len(context.lows) or not self.bodies.counts(context, number):
            return False
        clause = range(number + 1, min(number + 5, len(context.lows)))
        return all(_VERBS.isdisjoint(context.tokens.roles(at)) for at in clause)

    def _speaks_for_itself(self, source: Source) -> bool:
        """Whether a source is a body by its own words, and not only a place or an unknown name."""
        return source.type is not SourceType.OFFICIALS and self.namer.state(source.words.lower().split()) is None

    def _subject(self, context: SentenceContext, pronoun: int) -> Source | None:
        """The known body at the head of a sentence that its pronoun refers to: "Moscow … when it admitted"."""
        if not context.capitals[0]:
            return None
        bodies = self.bodies.bodies(context)
        for size in range(min(4, pronoun), 0, -1):
            goes_on = context.kinds[size] == "word"  # not a dateline
            ends = size - 1 in bodies or context.capitals[size - 1]
            if goes_on and ends and self.namer.type_of(context.lows[:size], context.country_counts) is not None:
                return self.namer.source(context, (0, size))
        return None

    def _checked(self, context: SentenceContext, verb: int, span: Span) -> Attribution | None:
        """The attribution, or None if it requires a known body and has none, or if its words name nobody."""
        first, stop = span
        lows = context.lows[first:stop]
        firm = context.lows[verb] in self.firm or self._states(context, verb)
        if not firm and self.namer.type_of(lows, context.country_counts) is None:
            return None
        if self.naming_nobody.issuperset(lows) and not any(map(context.acronym, range(first, stop))):
            return None  # "who", but not "the WHO"
        if self.bodies.opens_clause(context, first):
            return None  # "nobody says who counted"
        if self.bodies.happens(context, span):
            return None
        for at, hit in enumerate(context.tokens.lexicon[first:stop], first):
            if hit is not None and not hit[1].roles.isdisjoint(_OF_HARM) and at not in self.bodies.bodies(context):
                return None  # "the number of rebels reported killed", but not "le bilan officiel"
        source = self.namer.source(context, span)
        aside = 0 < first < verb and context.lows[first - 1] in self.asides
        return Attribution(verb, source, False, aside, source.words.lower() in self.fleeting)

    def presupposes(self, lows: Sequence[str], items: Sequence[Item], mention: Mention) -> bool:
        """Whether a harm is only mentioned as known: "condemned the killing of 12"."""
        harm = items[mention.harm]
        if "harm.event" not in harm.roles or mention.item < mention.harm:
            return False
        return not self.words["presupposing"].isdisjoint(lows[max(0, harm.first - 5) : harm.first])

    def carries_on(self, lows: Sequence[str]) -> bool:
        """Whether a sentence continues the statement before it: inside a quotation, or with a word that says so."""
        return lows[0] == '"' or any(self.goes_on.at(lows, index) is not None for index in self.going_on(lows))

    def counts_on(self, context: SentenceContext) -> bool:
        """Whether a sentence begins by counting on from the one before: "Another 70 were wounded."."""
        lows = context.lows
        head = int(len(lows) > 1 and lows[0] in self.bodies.joiners)
        others = context.tokens.counts[head] and not self.language.others.isdisjoint(lows[head + 1 : head + 3])
        return others or self.counting_on.at(lows, head) is not None

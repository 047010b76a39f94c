"""Attribution: finds the bodies that speak in a sentence, and chooses the source of a figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.appositions import AppositionReader
from tracker.extraction.who.background import BackgroundReader
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.extraction.who.brackets import BracketReader
from tracker.extraction.who.clauses import ClauseReader
from tracker.extraction.who.going_on import GoingOnReader
from tracker.extraction.who.heads import HeadReader
from tracker.extraction.who.known_speakers import KnownSpeakers
from tracker.extraction.who.line_sources import LineSources
from tracker.extraction.who.named_before import NamedBefore
from tracker.extraction.who.names import Source, SourceNamer
from tracker.extraction.who.no_speakers import NoSpeakers
from tracker.extraction.who.no_statements import NoStatementReader
from tracker.extraction.who.owned_papers import OwnedPapers
from tracker.extraction.who.phrase_starts import PhraseStarts, phrases_of
from tracker.extraction.who.reach import EVERYWHERE, ReachReader
from tracker.extraction.who.stating import StatingReader
from tracker.knowledge.language import Language

_OF_HARM = frozenset({"amount", "harm.toll"})


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


class SourceReader:
    """Finds attributions with the lists of one language."""

    def __init__(self, language: Language, namer: SourceNamer) -> None:
        section = language.attribution
        self.language = language
        self.namer = namer
        self.before = section.tables["before"]
        self.vouching = section.tables["vouching"]
        self.words = {name: frozenset(words) for name, words in section.lists.items()}
        self.bodies = BodyReader(language, namer)
        self.going_on = GoingOnReader(language, self.bodies)
        self.clauses = ClauseReader(language, namer, self.bodies)
        self.no_speakers = NoSpeakers(language, namer, self.bodies)
        self.named_before = NamedBefore(namer, self.bodies)
        self.stating = StatingReader(language, self.bodies, self.no_speakers)
        self.brackets = BracketReader(namer)
        self.appositions = AppositionReader(language, namer, self.bodies)
        self.reaches = ReachReader(language, self.bodies)
        self.no_statements = NoStatementReader(language, self.bodies, self.stating)
        self.known_speakers = KnownSpeakers(language, namer, self.bodies)
        self.heads = HeadReader(language, namer, self.bodies)
        self.background = BackgroundReader(language)
        self.owned_papers = OwnedPapers(language, self.bodies)
        self.speaking = self.words["speaking"] | self.words["finding"] | self.words["progressive"]
        self.firm = self.words["speaking"] - self.words["weak"]
        spoken = ((low,) for low in self.speaking)
        self.telling = PhraseStarts([*phrases_of(self.before), *phrases_of(self.vouching), *spoken])
        self.relaying = self.words["relaying"]
        self.asides, self.fleeting = self.words["asides"], self.words["fleeting"]
        self.pronouns, self.taking, self.follows = self.words["pronouns"], self.words["taking"], self.words["follows"]
        self.told_to, self.progressive = section.tables["told_to"], self.words["progressive"]
        self.backward = section.tables["backward"]
        self.quoted_before = bool(section.raw["quoted_before"])
        self.placing = frozenset(language.places.lists["locating"])
        self.leading = self.words["links"] | self.words["papers"] | self.words["determiners"]
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
            elif lows[index] in self.speaking and not self.no_statements.holds(context, index):
                attribution = (
                    self._behind(context, index)
                    or self._at_head(context, index)
                    or self._joined(context, index, found)
                    or self._passive(context, index)
                    or self._around(context, index)
                )
                if attribution is not None:
                    reach = attribution.reach
                    if reach == EVERYWHERE and not attribution.cited:
                        reach = self.reaches.of(context, index, attribution.source)
                    passed_on = lows[index] in self.relaying and any(one.source is not None for one in found)
                    found.append(attribution._replace(reach=reach, fleeting=passed_on or attribution.fleeting))
        if not found and lows[-1] == ":":
            introduced, last = self.appositions.introduced(context), len(lows) - 1
            found += [] if introduced is None else [Attribution(last, introduced, reach=(last, last))]
        references = [
            Attribution(at, source, cited=True, fleeting=True, reach=(begin, at))
            for begin, at, source in self.brackets.find(context)
        ]
        references += [
            Attribution(at, self.namer.source(context, owner), cited=True)
            for at, owner in self.owned_papers.find(context)
        ]
        return sorted([*found, *references], key=lambda one: one.at) if references else found

    def _cited(self, context: SentenceContext, index: int, end: int) -> tuple[Attribution | None, int]:
        """The attribution of the phrase [index, end), as in "according to", and where its words end."""
        vouching = self.vouching.at(context.lows, index) is not None
        only = vouching and self.before.at(context.lows, index) is None
        span = self.bodies.right(context, end) if not only else None
        span = self._author(context, span) if span is not None else None
        if span is not None and self._of_harm(context, (end, span[1])):
            return None, end  # "citing the death of 12"
        if span is not None and not (self.bodies.speaks_in and self.bodies.is_a_paper(context, span)):
            return Attribution(index, self.appositions.with_one(context, span), cited=True), span[1]
        if vouching:  # "по официальным данным": they stand for a body
            return Attribution(index, self.namer.source(context, (index + 1, end)), cited=True), end
        if span is not None or context.lows[end - 1] in self.words["papers"]:
            return Attribution(index, None, cited=True), end  # that of the body named before: "говорится в сообщении"
        return None, end

    def _of_harm(self, context: SentenceContext, span: Span) -> bool:
        """Whether what is cited is harm or what did it, and no body: "citing the death", "las cifras del terremoto"."""
        event = self.bodies.language.head_first and self.bodies.happens(context, span)
        return event or any("harm.event" in context.tokens.roles(at) for at in range(*span))

    def reference(self, attributions: Sequence[Attribution]) -> Source | None:
        """The source in brackets that holds for the sentences before it in its paragraph, too; or None."""
        first = attributions[0] if attributions else None
        return first.source if first is not None and first.cited and first.reach == (0, first.at) else None

    def _author(self, context: SentenceContext, span: Span) -> Span:
        """The body behind a paper that is cited: "according to a statement on Thursday from the ministry"."""
        at, words = span[1], self.words
        while at < len(context.lows) and (at in context.dated or context.lows[at] in self.issued):
            at += 1
        papers = at < len(context.lows) and context.lows[span[1] - 1] in words["papers"]
        return (self.bodies.right(context, at + 1) if papers and context.lows[at] in words["authors"] else None) or span

    def _around(self, context: SentenceContext, verb: int) -> Attribution | None:
        """The attribution at the verb of speech `verb`. Its subject is before it, or after it ("said the mayor")."""
        lows, bodies, after = context.lows, self.bodies, self._past_those_told(context, verb + 1)
        left = bodies.skip_back(context, verb - 1)
        goes_on = lows[verb] in self.progressive and left > 0 and "be" in context.tokens.roles(left)
        left = bodies.skip_back(context, left - 1) if goes_on else left  # "the army is reporting"
        before = lows[left] if left >= 0 else ""
        if lows[verb] in self.taking and self.stating.takes(context, after):
            return None  # "claimed more than 900 lives" is no statement
        firm = lows[verb] in self.firm or self.stating.states(context, verb)
        if before in self.pronouns:
            if any("be" in context.tokens.roles(at) for at in range(left + 1, verb)):
                return None  # "it was reported that"
            who = None if before in self.words["persons"] else self.heads.subject(context, left)
            somebody = before in self.words["somebody"]
            if firm:
                return Attribution(verb, who, person=somebody)
            opens = left == 0 or context.kinds[left - 1] == "mark"  # "It counted 12", but not "what it claimed"
            if not opens or (before in self.words["persons"] and not somebody):
                return None
            return Attribution(verb, who, person=somebody, fleeting=True, reach=(verb, len(lows)))
        clause = self.clauses.told_in(context, left, verb) if firm else None
        if clause is not None:
            return Attribution(verb, self.namer.source(context, clause[0]), reach=clause[1])
        span = None if before in bodies.links else bodies.left(context, left)
        span = self.no_speakers.uncounted(context, span) if span is not None else None
        if firm and not goes_on and self._has_no_subject(context, verb, span):
            return Attribution(verb, self.heads.subject(context, verb))
        if span is not None:
            where = self.no_speakers.holds(context, verb, span)
            if not (
                firm and ((where and self._is_behind(context, verb, after)) or self._ends(context, verb, span, after))
            ):
                return self._before(context, verb, span, firm)
        found = self._beside(context, verb, left, firm)
        if found is not None or firm:
            return found or self._after(context, verb, left)
        span = self.clauses.before(context, left) or self.clauses.enclosed(context, left)
        return self._checked(context, verb, span) if span is not None else None

    def _is_behind(self, context: SentenceContext, verb: int, after: int) -> bool:
        """Whether the body behind a verb is its subject, as none stands at the head of its clause: "near Tarlo said the
        monitor", but not "the group based in Tarlo said regime planes".
        """
        if not self.no_speakers.follows(context, verb):
            return False
        left = self.bodies.skip_back(context, verb - 1)
        return self.bodies.comes_after(context, after) or self.clauses.subject(context, left) is None

    def _ends(self, context: SentenceContext, verb: int, span: Span, after: int) -> bool:
        """Whether a known body behind a verb ends the sentence, so that the name before the verb is the end of what is
        said: "had left the army to join the rebels said the monitor".
        """
        lows, bodies = context.lows, self.bodies
        inside = span[0] > 0 and context.kinds[span[0] - 1] != "mark" and "and" not in context.tokens.roles(span[0] - 1)
        if not inside or lows[verb] in self.words["addressing"] or not bodies.comes_after(context, after):
            return False
        behind = bodies.right(context, after)
        named = lows[after] in bodies.determiners or (context.capitals[after] and not context.caps)
        if not named or behind is None or not bodies.is_body(context, behind):
            return False
        return behind[1] == len(lows) or lows[behind[1]] == "." or behind[1] in context.dated

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
        bodies, where = self.bodies, self.no_speakers.tells_where(context, span)
        unknown = self.namer.type_of(context.lows[span[0] : span[1]], context.country_counts) is None
        left = bodies.skip_back(context, verb - 1)
        subject = self.clauses.subject(context, left) if where or unknown else None
        if subject is None and where and not firm:
            return None  # "footage from east of Tarlo showed"
        if subject is None and not where:
            subject = self.clauses.around(context, span) or span
        return self._checked(context, verb, self.named_before.before(context, subject or span))

    def _beside(self, context: SentenceContext, verb: int, left: int, firm: bool) -> Attribution | None:
        """The attribution to the body before an apposition or a clause about it: "the mayor, who fled, told AFP"."""
        lows, after = context.lows, self._past_those_told(context, verb + 1)
        apposed = self.appositions.before(context, left)
        if (
            apposed is not None
            and not self.known_speakers.by_its_words(apposed)
            and self.bodies.comes_after(context, after)
        ):
            apposed = None  # "in Tarlo, a village, said Ana Ruiz, the mayor"
        if apposed is not None and (firm or self.known_speakers.by_its_words(apposed)):
            first = bisect_left(context.tokens.starts, apposed.start)
            return Attribution(verb, apposed, aside=self._is_aside(context, first, verb))
        if not firm or left < 0 or lows[left] != ",":
            return None
        span = self.clauses.subject(context, left)
        if span is None and not self.bodies.comes_after(context, after):
            span = self.clauses.enclosed(context, left)
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
            span = self.clauses.subject(context, left)
        if span is None and self.verb_first and lows[after] in bodies.stops:
            return Attribution(verb, None)  # a verb without a subject: "وأعلن عن مقتل 12"
        return self._checked(context, verb, span) if span is not None else None

    def _behind(self, context: SentenceContext, verb: int) -> Attribution | None:
        """The attribution at a verb that usually has its subject behind it, if a known body stands there."""
        if not (self.verb_first and context.lows[verb] in self.firm) and not self.going_on.looks_back(context, verb):
            return None
        after = self._past_those_told(context, verb + 1)
        span = self.bodies.right(context, after) if after < len(context.lows) else None
        if span is not None and self.bodies.is_an_object(context, verb, span):
            return None  # "le préfet a annoncé un bilan de 12 morts"
        if span is not None and self.bodies.is_a_paper(context, span):
            return Attribution(verb, None)  # that of the body named before: "وأكد البيان"
        behind = span is not None and self.bodies.stands_behind(context, span)
        return self._checked(context, verb, span) if span is not None and behind else None

    def _at_head(self, context: SentenceContext, verb: int) -> Attribution | None:
        """The attribution to the body that stands alone before a verb that usually comes first."""
        span = self.clauses.at_head(context, verb) if verb else None
        return self._checked(context, verb, span) if span is not None else None

    def _joined(self, context: SentenceContext, verb: int, found: Sequence[Attribution]) -> Attribution | None:
        """The attribution at a verb that shares the subject of the one before: "officials blamed Mali and said"."""
        left = self.bodies.skip_back(context, verb - 1)
        if left < 1 or "and" not in context.tokens.roles(left) or context.lows[verb] in self.taking:
            return None
        firm = context.lows[verb] in self.firm
        if firm and found and found[-1].source is not None and not found[-1].cited:
            return Attribution(verb, found[-1].source)
        subject = self.heads.subject(context, left)
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
        begin, size = index, len(context.lows) if self.told_to.by_first else index
        while index < size:
            told = self.told_to.at(context.lows, index)
            named = index + 1 < size and context.capitals[index + 1]
            if told is not None:
                index += told[0]
            elif self.bodies.is_inside(context, index):  # "сообщили в областной прокуратуре"
                return index + 1
            elif index in context.dated or (named and context.lows[index] in self.placing):
                index += 1 + (index not in context.dated)  # "informó en Sarajevo la policía"
            else:
                break
        follows = begin == index or (index < size and context.kinds[index] != "mark")
        return index if follows or not context.capitals[begin] else begin  # "сообщает ТАСС"

    def later(self, context: SentenceContext, attributions: Sequence[Attribution]) -> Source | None:
        """The source that a sentence names for the one before it: "Про це повідомила поліція."; else None."""
        if not self.backward.by_first or not attributions:
            return None
        back = (one for one in attributions if one.source is not None and self.going_on.looks_back(context, one.at))
        return next((one.source for one in back), None)

    def _checked(self, context: SentenceContext, verb: int, span: Span) -> Attribution | None:
        """The attribution, or None if it requires a known body and has none, or if its words name nobody."""
        first, stop = span = self.bodies.without_channel(context, span)
        lows = context.lows[first:stop]
        firm = context.lows[verb] in self.firm or self.stating.states(context, verb)
        if not firm and not self.known_speakers.holds(context, verb, span):
            return None
        if first < verb and self._is_told(context, span, firm and not self.stating.only_gives(context, verb)):
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
        aside = first < verb and self._is_aside(context, first, verb)
        return Attribution(verb, source, False, aside, source.words.lower() in self.fleeting)

    def _is_aside(self, context: SentenceContext, first: int, verb: int) -> bool:
        """Whether a body at `first` only speaks of the words next to it: "fled, as the army said it had won", and not
        "12 died, as the army said".
        """
        ends = verb + 1 == len(context.lows) or context.kinds[verb + 1] == "mark"
        if first < 1 or ends:
            return False
        lows = context.lows
        clause = lows[first - 1] in self.words["that"] and first > 1 and lows[first - 2] not in self.speaking
        return clause or lows[first - 1] in self.asides  # "a raid that the army says hit rebels"

    def _is_told(self, context: SentenceContext, span: Span, firm: bool) -> bool:
        """Whether a name right behind a verb of speech only begins what is said: "the UN said its data show that"."""
        first, stop = span
        while first > 0 and context.lows[first - 1] in self.leading:
            first -= 1
        if self.verb_first or (firm and self.words["papers"].isdisjoint(context.lows[first:stop])):
            return False
        before = first - 1
        before -= before >= 0 and context.lows[before] in self.words["that"]
        return before > 0 and context.lows[before] in self.firm

"""Who says so: the sources that a sentence and those before it name, and which of them vouches for a figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from tracker.extraction.choice.candidates import Candidate, Choice, Evidence, chosen, weighed
from tracker.extraction.choice.event_words import EventWords
from tracker.extraction.choice.speaking_on import SpeakingOn
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import Discourse, FieldContext, Reading, is_apart, is_quoted
from tracker.extraction.speaking import counts_on
from tracker.extraction.text.sentences import is_headline
from tracker.extraction.who.attribution import Attribution, SourceReader
from tracker.extraction.who.names import Source, resolved
from tracker.knowledge.evidence import load_weights
from tracker.knowledge.language import Language
from tracker.model import SourceType

SUBJECT = 6  # tokens of a source between a mark and its verb of speech
LAST = 4  # sources named last to which "he" may refer
MANY = 20  # mentions of a sentence that are looked at
NOWHERE = frozenset[str]()
QUOTES = frozenset('«»"“”')  # round a name: "передаёт «Вестник» со ссылкой на врачей"
_ENDS = frozenset({",", ";"})  # of a clause
_OF_A_COUNTRY = frozenset({SourceType.GOVERNMENT, SourceType.MEDICAL, SourceType.POLICE, SourceType.OFFICIALS})
NEXT_TO = 3  # tokens between two attributions of which the first only passes on what the second says


class Voucher(StrEnum):
    """What may be known about a candidate for the source."""

    AWAY = "words away"
    APART = "in another clause"
    RELAYS = "cites another"
    FLEETING = "vouches for its own words only"
    ASIDE = "speaks aside"
    NEXT = "opens the next clause"
    HEAD = "at the head of the sentence"
    END = "at the end of the sentence"
    OTHERS = "counts those of its country"
    GOES_ON = "the sentence goes on from it"
    TURN = "whose turn it is"


class SourceChooser:
    """Chooses the source of a figure by the weights of data/evidence.toml."""

    def __init__(self, language: Language, sources: SourceReader) -> None:
        self.sources = sources
        self.speaking_on = SpeakingOn(language, sources, EventWords(language))
        self.unproven, self.relative = sources.words["unproven"], sources.words["that"]
        self.alongside = sources.words["alongside"]
        self.adding = sources.words["follows"] - sources.words["participles"]
        self.background = sources.background
        self.weights = load_weights("who", Voucher)

    def choose(self, here: FieldContext, reading: Reading, mention: Mention, discourse: Discourse) -> Choice[Source]:
        """The source of a figure; none if its harm is only presupposed: "condemned the killing of 12"."""
        if self._presupposes(reading, mention) or self._is_beside_the_point(reading, mention):
            return Choice((), None)
        if mention.item in reading.events:  # of a well-known event: the one named in an earlier sentence is silent
            discourse = replace(discourse, source=None)
        passing = mention.item in reading.recalled  # then only who speaks behind the figure vouches for it
        found = [*self._in_sentence(reading, mention, discourse, behind=passing)]
        if found and here.field == "title":
            found = [one for one in found if self._in_its_part(reading, mention, one.answer)]
        if not found and is_headline(reading.sentence.text, here.article.title):
            source = self.sources.lines.in_title(reading.context, reading.items)
            return chosen([self._candidate(source, ())] if source is not None else (), self.weights)
        return chosen([*found, *self._around(reading, mention, discourse)], self.weights)

    def _presupposes(self, reading: Reading, mention: Mention) -> bool:
        """Whether a harm is only presupposed, and nobody says so: "the minister said they mourn the death of 12"."""
        if not self.background.presupposes(reading.context.lows, reading.items, mention):
            return False
        harm, lows = reading.items[mention.harm].first, reading.context.lows
        quoted = '"' in lows[:harm] and '"' in lows[harm:]  # '"We know who is to blame for the murder of 12," he said'
        return not any((one.at < harm or quoted) and one.source is not None for one in reading.attributions)

    def _is_beside_the_point(self, reading: Reading, mention: Mention) -> bool:
        """Whether a clause tells of what was known before: "said there was no evidence of who led the raid that killed
        12".
        """
        lows, harm = reading.context.lows, reading.items[mention.harm].first
        return lows[harm - 1] in self.relative and not self.unproven.isdisjoint(lows[:harm])

    def _in_its_part(self, reading: Reading, mention: Mention, source: Source) -> bool:
        """Whether a source speaks in the part of a headline where a figure stands: not in "Ruiz says he won as bombs
        kill 18", nor in "Army says it struck a camp; 35 dead".
        """
        items, lows = reading.items, reading.context.lows
        figure, harm = items[mention.item].first, items[mention.harm].first
        first = bisect_left(reading.context.tokens.starts, source.start)
        between = range(min(first, figure), max(first, figure))
        if any(lows[at] == ";" for at in between):
            return False
        own = mention.harm != mention.item and first < figure
        return not (own and any(lows[at] in self.alongside and at < harm for at in between))

    def _candidate(self, source: Source, evidence: Evidence) -> Candidate[Source]:
        return weighed(source.words, source, evidence, self.weights)

    def _in_sentence(
        self, reading: Reading, mention: Mention, discourse: Discourse, behind: bool
    ) -> Iterator[Candidate[Source]]:
        """The attributions of a sentence, the last one first: of two at the same distance it counts."""
        attributions, at = reading.attributions, reading.items[mention.item].first
        if not attributions:
            return
        apart, countries = self._counted_apart(reading, at)
        recalled = self.background.begins(reading.context, reading.items, mention)
        for index in range(len(attributions) - 1, -1, -1):
            source = self._source(reading, index, discourse)
            if source is not None and _is_counted(reading, mention, source):
                continue
            first, stop = attributions[index].reach
            if source is not None and first > at and self._adds(reading, attributions[index], source, discourse):
                first = 0
            if attributions[index].at < recalled:
                continue
            if source is not None and first <= at < stop and (attributions[index].at > at or not behind):
                evidence = tuple(_evidence(reading, index, mention))
                if _opens_a_clause(reading, attributions[index], at):
                    evidence = (*evidence, (Voucher.NEXT, 1))
                its_own = source.home in countries and source.type in _OF_A_COUNTRY
                if its_own and attributions[index].at > apart:
                    evidence = (*evidence, (Voucher.OTHERS, 1))
                yield self._candidate(resolved(source, discourse.named), evidence)

    def _adds(self, reading: Reading, one: Attribution, source: Source, discourse: Discourse) -> bool:
        """Whether a body only adds to what it said right before, and so vouches for the whole sentence: "… said. Twelve
        were killed and the source added that".
        """
        if reading.context.lows[one.at] not in self.adding or discourse.source is None:
            return False
        named = resolved(source, discourse.named)
        same = named.name == discourse.source.name or source.words == discourse.source.words
        return same and discourse.spoken.sentence == reading.position.sentence - 1

    def _counted_apart(self, reading: Reading, at: int) -> tuple[int, frozenset[str]]:
        """Where a figure behind that at token `at` counts those of another country, with a harm of its own, and which
        it may be: "1,200 people died in Israel and 30,000 have been killed in Gaza".
        """
        here = next((one for one in reading.mentions[:MANY] if reading.items[one.item].first == at), None)
        behind = [one for one in reading.mentions[:MANY] if reading.items[one.item].first > at]
        if here is None or not behind or behind[0].harm == here.harm:
            return 0, NOWHERE
        other, lows = reading.items[behind[0].item].first, reading.context.lows
        country = self.sources.namer.country
        own = next((found for index in _clause(lows, at, other) if (found := country(lows[index])) is not None), None)
        if own is None:
            return 0, NOWHERE
        told = (self.sources.namer.countries(lows[index]) for index in _clause(lows, other, len(lows)))
        return other, frozenset().union(*told) - {own}

    def _source(self, reading: Reading, index: int, discourse: Discourse) -> Source | None:
        """The source of an attribution; that of a pronoun is one named before it, in the sentence or the article."""
        one = reading.attributions[index]
        if one.source is not None:
            return one.source
        named = [other.source for other in reading.attributions[:index] if other.source is not None]
        meant = self._head(reading, one) if not named else None
        if not one.person:
            return named[-1] if named else meant or discourse.source
        if meant is not None:
            return meant
        before = () if discourse.source is None else (*discourse.named[-LAST:], discourse.source)
        people = (who for who in reversed((*before, *named)) if self.sources.namer.is_person(who))
        here = discourse.spoken.paragraph == reading.position.paragraph  # "the head of the office said … he said"
        return next(people, None) or self._someone_before(reading) or (discourse.source if here else None)

    def _someone_before(self, reading: Reading) -> Source | None:
        """The person at the head of one of the last sentences: "Dr Haddad buried them. 'Twelve died,' he said"."""
        before = reading.previous
        while before is not None and reading.position.sentence - before.position.sentence <= LAST:
            found = self.sources.heads.person(before.context)
            if found is not None:
                return found
            before = before.previous
        return None

    def _head(self, reading: Reading, one: Attribution) -> Source | None:
        """Whom a pronoun means that stands right behind a sentence or clause whose head told nothing: "The army denied
        it. It said that".
        """
        lows, first = reading.context.lows, one.at - 1
        if first < 0 or lows[first] not in self.sources.pronouns:
            return None
        meant = self.sources.heads.person if one.person else self.sources.heads.body
        if first > 0 and (one.person or lows[first - 1] == ";"):
            return meant(reading.context)
        before = reading.previous
        alone = first == 0 or lows[first - 1] == ","  # "Police treat it as arson. Four died, they said."
        if not alone or before is None or before.attributions:
            return None
        near = (
            before.position.item == reading.position.item and reading.position.sentence - before.position.sentence == 1
        )
        return meant(before.context) if near else None

    def _around(self, reading: Reading, mention: Mention, discourse: Discourse) -> Iterator[Candidate[Source]]:
        """The source that heads the sentence, and those of the sentences before."""
        headed = self.sources.lines.at_head(reading.context)
        if headed is not None:
            yield self._candidate(headed, ((Voucher.HEAD, 1),))
        closing = self.sources.lines.at_end(reading.context, reading.items)
        if closing is not None:
            yield self._candidate(closing, ((Voucher.END, 1),))
        lows = reading.context.lows
        quoted = discourse.quoting is not None and is_quoted(discourse, reading)
        goes_on = (
            self.sources.going_on.carries_on(lows)
            or (counts_on(discourse, reading) and self.sources.going_on.counts_on(reading.context))
            or _says_that_nobody_was(reading, mention, discourse)
            or self.speaking_on.holds(reading, mention, discourse)
        )
        before = discourse.quoting.source if quoted and discourse.quoting else discourse.source if goes_on else None
        if before is not None:
            yield self._candidate(before, ((Voucher.GOES_ON, 1),))
        if discourse.speaker is not None:
            yield self._candidate(discourse.speaker, ((Voucher.TURN, 1),))


def _is_counted(reading: Reading, mention: Mention, source: Source) -> bool:
    """Whether the words for a source are those of the figure itself: "Some 300 soldiers died, they said"."""
    first, end = reading.span(mention)
    return source.start < end and first < source.end


def _clause(lows: Sequence[str], first: int, stop: int) -> range:
    """The tokens from a figure up to the end of its clause."""
    return range(first, next((at for at in range(first + 1, stop) if lows[at] in _ENDS), stop))


def _says_that_nobody_was(reading: Reading, mention: Mention, discourse: Discourse) -> bool:
    """Whether a sentence only adds to what a body said right before that nobody was harmed: "No one was hurt"."""
    spoken, here = discourse.spoken, reading.position
    near = spoken.sentence == here.sentence - 1 and spoken.paragraph == here.paragraph
    only = not (reading.attributions or reading.dates or reading.places)
    return near and only and mention.counted.quantity.value == 0


def _evidence(reading: Reading, index: int, mention: Mention) -> Iterator[tuple[str, float]]:
    """How an attribution stands to a figure. One that is cited is as near as the one that cites it."""
    attributions, breaks, at = reading.attributions, reading.breaks, reading.items[mention.item].first
    one, cites = attributions[index], _cites(attributions, index)
    places = [one.at, attributions[index - 1].at] if index and _cites(attributions, index - 1) else [one.at]
    nearest = min(places, key=lambda place: _tokens_away(place, at, breaks))
    yield Voucher.AWAY, abs(nearest - at)
    if is_apart(nearest, at, breaks):
        yield Voucher.APART, 1
    if cites:
        yield Voucher.RELAYS, 1
    if one.fleeting:
        yield Voucher.FLEETING, 1
    if one.aside and max(at, reading.items[mention.harm].first) < one.at:
        yield Voucher.ASIDE, 1


def _opens_a_clause(reading: Reading, one: Attribution, at: int) -> bool:
    """Whether the source of a verb of speech begins a clause behind the figure at token `at`, with figures of its own:
    "12 died in the raid; officials say that 30 were hurt".
    """
    verb, subject = one.at, 1 if one.cited else SUBJECT
    begun = any(at < index < verb <= index + subject for index in reading.breaks)
    return begun and any(reading.items[other.item].first > verb for other in reading.mentions[:MANY])


def _tokens_away(place: int, at: int, breaks: Sequence[int]) -> tuple[bool, int]:
    return is_apart(place, at, breaks), abs(place - at)


def _cites(attributions: Sequence[Attribution], index: int) -> bool:
    """Whether an attribution only passes on what the next one says: "media said, citing the army"."""
    one = attributions[index]
    relays = one.source is not None and one.source.type is SourceType.MEDIA
    before = attributions[index - 1] if index else None
    if relays and before is not None and before.cited and before.at == 0 and before.source is not None:
        return one.source is not None and before.source.end < one.source.start  # "Citing doctors, the paper wrote"
    if index + 1 >= len(attributions) or not attributions[index + 1].cited:
        return False
    quotes = sum(letter in QUOTES for letter in one.source.words) if one.source is not None else 0
    return relays or attributions[index + 1].at - one.at - quotes <= NEXT_TO

"""Who says so: the sources that a sentence and those before it name, and which of them vouches for a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from tracker.extraction.choice.candidates import Candidate, Choice, Evidence, chosen, weighed
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import Discourse, FieldContext, Reading, counts_on, is_apart, is_quoted
from tracker.extraction.who.attribution import Attribution, SourceReader
from tracker.extraction.who.names import Source, resolved
from tracker.knowledge.evidence import load_weights
from tracker.model import SourceType

SUBJECT = 6  # tokens of a source between a mark and its verb of speech
LAST = 4  # sources named last to which "he" may refer
MANY = 20  # mentions of a sentence that are looked at
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
    GOES_ON = "the sentence goes on from it"
    TURN = "whose turn it is"


class SourceChooser:
    """Chooses the source of a figure by the weights of data/evidence.toml."""

    def __init__(self, sources: SourceReader) -> None:
        self.sources = sources
        self.weights = load_weights("who", Voucher)

    def choose(self, here: FieldContext, reading: Reading, mention: Mention, discourse: Discourse) -> Choice[Source]:
        """The source of a figure; none if its harm is only presupposed: "condemned the killing of 12"."""
        if self._presupposes(reading, mention):
            return Choice((), None)
        if mention.item in reading.events:  # of a well-known event: the one named in an earlier sentence is silent
            discourse = replace(discourse, source=None)
        at = reading.items[mention.item].first
        passing = mention.item in reading.recalled  # then only who speaks behind the figure vouches for it
        found = [*self._in_sentence(reading, at, discourse, behind=passing)]
        if not found and reading.sentence.text.rstrip(" .") == here.article.title.rstrip(" ."):
            source = self.sources.lines.in_title(reading.context, reading.items)
            return chosen([self._candidate(source, ())] if source is not None else (), self.weights)
        return chosen([*found, *self._around(reading, discourse)], self.weights)

    def _presupposes(self, reading: Reading, mention: Mention) -> bool:
        """Whether a harm is only presupposed, and nobody says so: "the minister said they mourn the death of 12"."""
        if not self.sources.presupposes(reading.context.lows, reading.items, mention):
            return False
        harm = reading.items[mention.harm].first
        return not any(one.at < harm and one.source is not None for one in reading.attributions)

    def _candidate(self, source: Source, evidence: Evidence) -> Candidate[Source]:
        return weighed(source.words, source, evidence, self.weights)

    def _in_sentence(
        self, reading: Reading, at: int, discourse: Discourse, behind: bool
    ) -> Iterator[Candidate[Source]]:
        """The attributions of a sentence, the last one first: of two at the same distance it counts."""
        attributions = reading.attributions
        for index in range(len(attributions) - 1, -1, -1):
            source = self._source(reading, index, discourse)
            first, stop = attributions[index].reach
            if source is not None and first <= at < stop and (attributions[index].at > at or not behind):
                evidence = tuple(_evidence(attributions, index, at, reading.breaks))
                if _opens_a_clause(reading, attributions[index].at, at):
                    evidence = (*evidence, (Voucher.NEXT, 1))
                yield self._candidate(resolved(source, discourse.named), evidence)

    def _source(self, reading: Reading, index: int, discourse: Discourse) -> Source | None:
        """The source of an attribution; that of a pronoun is one named before it, in the sentence or the article."""
        one = reading.attributions[index]
        if one.source is not None:
            return one.source
        named = [other.source for other in reading.attributions[:index] if other.source is not None]
        if not one.person:
            return named[-1] if named else discourse.source
        before = () if discourse.source is None else (*discourse.named[-LAST:], discourse.source)
        people = (who for who in reversed((*before, *named)) if self.sources.namer.is_person(who))
        here = discourse.spoken.paragraph == reading.position.paragraph  # "the head of the office said … he said"
        return next(people, discourse.source if here else None)

    def _around(self, reading: Reading, discourse: Discourse) -> Iterator[Candidate[Source]]:
        """The source that heads the sentence, and those of the sentences before."""
        headed = self.sources.lines.at_head(reading.context)
        if headed is not None:
            yield self._candidate(headed, ((Voucher.HEAD, 1),))
        closing = self.sources.lines.at_end(reading.context, reading.items)
        if closing is not None:
            yield self._candidate(closing, ((Voucher.END, 1),))
        lows = reading.context.lows
        quoted = discourse.quoting is not None and is_quoted(discourse, reading)
        goes_on = self.sources.carries_on(lows) or (
            counts_on(discourse, reading) and self.sources.counts_on(reading.context)
        )
        before = discourse.quoting.source if quoted and discourse.quoting else discourse.source if goes_on else None
        if before is not None:
            yield self._candidate(before, ((Voucher.GOES_ON, 1),))
        if discourse.speaker is not None:
            yield self._candidate(discourse.speaker, ((Voucher.TURN, 1),))


def _evidence(
    attributions: Sequence[Attribution], index: int, at: int, breaks: Sequence[int]
) -> Iterator[tuple[str, float]]:
    """How an attribution stands to the figure at token `at`. One that is cited is as near as the one that cites it."""
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
    if one.aside and one.at > at:
        yield Voucher.ASIDE, 1


def _opens_a_clause(reading: Reading, verb: int, at: int) -> bool:
    """Whether the source of a verb of speech begins a clause behind the figure at token `at`, with figures of its own:
    "12 died in the raid; officials say that 30 were hurt".
    """
    begun = any(at < index < verb <= index + SUBJECT for index in reading.breaks)
    return begun and any(reading.items[one.item].first > verb for one in reading.mentions[:MANY])


def _tokens_away(place: int, at: int, breaks: Sequence[int]) -> tuple[bool, int]:
    return is_apart(place, at, breaks), abs(place - at)


def _cites(attributions: Sequence[Attribution], index: int) -> bool:
    """Whether an attribution only passes on what the next one says: "media said, citing the army"."""
    if index + 1 >= len(attributions) or not attributions[index + 1].cited:
        return False
    one = attributions[index]
    relays = one.source is not None and one.source.type is SourceType.MEDIA
    return relays or attributions[index + 1].at - one.at <= NEXT_TO

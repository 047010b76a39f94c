"""Where people were harmed: the places that a sentence and those before it tell, and which of them a figure has."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from tracker.extraction.choice.candidates import Candidate, Choice, Evidence, chosen, weighed
from tracker.extraction.choice.elsewhere import Elsewhere
from tracker.extraction.choice.foreigners import AS_OFTEN, Foreigners
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import Discourse, FieldContext, Reading, is_apart
from tracker.extraction.text.paragraphs import Position
from tracker.extraction.where.entries import EntryReader
from tracker.extraction.where.place import Where, lies_in
from tracker.extraction.where.places import PlaceReader
from tracker.extraction.where.references import References
from tracker.knowledge.evidence import load_weights
from tracker.knowledge.known_events import KnownEvent
from tracker.knowledge.registry import Conflict
from tracker.model import Outcome, VictimGroup

FARTHEST_BEFORE = 24  # words between a place and the figure behind it
MOVES = 3  # an article that went on to other places so often is about several events
MANY_PLACES = 40  # of a sentence that are weighed for one figure
MANY_MENTIONS = 20  # mentions of a sentence in which the nation of a bare number is looked for
HALF = 2  # the nation of victims tells where they were if the article names it half as often as any other
_LEFT_BEHIND = frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.CASUALTIES})  # whom nobody leads to a place of harm
_BRACKETS = frozenset("()")


class Place(StrEnum):
    """What may be known about a candidate for the place."""

    BEHIND = "words behind the harm"
    IS_BEFORE = "before the figure"
    BEFORE = "words before the figure"
    FAR = "far before the figure"
    UNNAMED = "without a name"
    WEAK = "behind a weak preposition"
    APART = "in another clause"
    OTHER_NATION = "another nation than the victims'"
    THEIRS = "the town of the victims"
    BARE = "a bare name"
    SOURCE = "where the source is"
    SITE = "the name of a site"
    TOLD = "told before"
    SENTENCES = "sentences back"
    PARAGRAPHS = "paragraphs back"
    TOWN = "a town for a total"
    FOREIGNERS = "foreigners, who may have been anywhere"
    NATION = "the nation of the victims"
    MAIN = "the country of the article"
    HEADLINE = "in the headline"
    DATELINE = "in the dateline"
    EVENT = "in the country of the event"
    ELSEWHERE = "elsewhere than the event"
    ABROAD = "a town abroad of a total"
    AROUND = "around the place before it"
    BRACKETS = "in brackets"
    LED_TO = "where they were brought"
    AIMED = "only aimed at"
    DOERS = "where the attackers stood"
    ABOUT = "in a clause about the source"


class Asked(NamedTuple):
    """What the place of one figure is chosen by: its sentence, the nation of its victims, whether it is a total.

    `period`: it counts a stretch of time.
    """

    here: FieldContext
    reading: Reading
    mention: Mention
    total: bool
    period: bool
    event: KnownEvent | None
    nation: str | None = None


class PlaceChooser:
    """Chooses the place of a figure by the weights of data/evidence.toml."""

    def __init__(self, places: PlaceReader, conflicts: Sequence[Conflict]) -> None:
        self.places = places
        self.elsewhere, self.references = Elsewhere(places), References(places)
        self.entries = EntryReader(places)
        self.demonyms = places.gazetteer.demonyms
        self.foreigners = Foreigners(places, conflicts)
        self.foreign = frozenset(places.language.places.lists["foreign"])
        self.weights = load_weights("where", Place)

    def choose(self, question: Asked, discourse: Discourse) -> Choice[Where]:
        """The place of a figure, chosen among those of its sentence, of earlier ones, of headline and dateline."""
        entry = self.entries.before(question.reading.context, question.mention.counted.quantity.first)
        if entry is not None:
            return chosen([self._weighed(question, entry, ())], self.weights)
        alone = len(question.reading.places) == 1  # then it does not matter whose dead they are
        asked = question if alone else question._replace(nation=self._nation(question))
        inside = [self._weighed(asked, *one) for one in self._phrases(asked)]
        choice = chosen(inside, self.weights)
        if not self._settled(choice, Place.BARE):
            asked = asked._replace(nation=self._nation(asked)) if alone else asked
            inside += [self._weighed(asked, *one) for one in (*self._aside(asked), *self._theirs(asked))]
            choice = chosen(inside, self.weights)
        unnamed = choice.answer is not None and not choice.answer.named
        if unnamed or not self._settled(choice, Place.TOLD):
            foreign: Evidence = ((Place.FOREIGNERS, 1),) if self.foreigners.are_told(*asked[:3]) else ()
            found = _around(asked, discourse, self._is_of_anywhere(asked))
            around = [self._weighed(asked, where, (*evidence, *foreign)) for where, evidence in found]
            choice = chosen([*inside, *around], self.weights)
        return choice if choice.best is None else Choice(choice.candidates, self._better(asked, choice, discourse))

    def _better(self, asked: Asked, choice: Choice[Where], discourse: Discourse) -> Candidate[Where] | None:
        """The place chosen, or one that tells more: where in a country, or the name of a place told without it."""
        best, before = choice.best, discourse.scene.place
        if best is None or not best.words:
            return best
        near = [one for one in choice.candidates if one.against < self.weights.of[Place.FAR]]
        if best.answer.is_country:
            narrower = [one for one in near if lies_in(one.answer, best.answer)]
            return chosen(narrower, self.weights).best or best
        if best.answer.named:
            return chosen([one for one in near if self._tells_more(asked, one, best)], self.weights).best or best
        named = [one for one in near if _is_named_too(one)]
        ahead = [one for one in named if one.answer.first < best.answer.first]
        back = [one for one in choice.candidates if one.answer is before and self._means(asked, best.answer, before)]
        return chosen(ahead or back or named, self.weights).best or best

    def _tells_more(self, asked: Asked, one: Candidate[Where], best: Candidate[Where]) -> bool:
        """Whether what was hit in a town is told beside its mere name: "in Homs", "hit Zahra district"."""
        where, town, context = one.answer, best.answer, asked.reading.context
        if not where.struck or where.country not in (None, town.country) or self.places.is_kind(context, town):
            return False
        return where.named and self.places.is_kind(context, where) and not _is_apart(one)

    def _means(self, asked: Asked, where: Where, before: Where | None) -> bool:
        """Whether a phrase without a name means the place told before."""
        return before is not None and self.references.is_before(where, asked.reading.context, before)

    def _settled(self, choice: Choice[Where], next_kind: Place) -> bool:
        """Whether nothing of the next kind can win, so that it need not be looked for."""
        return choice.best is not None and choice.best.against < self.weights.of[next_kind]

    def words(self, choice: Choice[Where]) -> str | None:
        """The words for the place chosen; None if too much counts against it, so that only its country is taken."""
        best = choice.best
        return best.words or None if best is not None and best.against <= self.weights.told else None

    def country_beside(self, choice: Choice[Where], day: dt.date | None) -> str | None:
        """The country of the likeliest place beside the one chosen, whose own is not known.

        A place without a name may lie in the country told before, if that is at war; an unknown name only where its
        sentence says.
        """
        if choice.answer is None:
            return None
        before, told = self.weights.of[Place.FAR], self.weights.of[Place.TOLD]
        best = choice.answer  # a name inside its words does not say in which country it lies: "near the Gaza border"
        known = [
            one for one in choice.candidates if one.answer.country is not None and not _is_inside(one.answer, best)
        ]
        inside = [one for one in known if one.against < before and one.answer.strong and not _is_apart(one)]
        around = [one for one in known if one.against >= told] if not choice.answer.named else []
        nearest = chosen(inside or around, self.weights).answer
        country = nearest.country if nearest is not None else None
        return country if inside or (country is not None and self.foreigners.at_war(country, day)) else None

    def _weighed(self, asked: Asked, where: Where, evidence: Evidence) -> Candidate[Where]:
        if asked.nation is not None and where.country not in (None, asked.nation):
            evidence = (*evidence, (Place.OTHER_NATION, 1))
        if (
            asked.event is not None
            and where.country not in (None, asked.event.country)
            and not _is_led_to(asked, where)
        ):
            evidence = (*evidence, (Place.ELSEWHERE, 1))
        return weighed(where.words, where, evidence, self.weights)

    def _nation(self, asked: Asked) -> str | None:
        """The country whose people the victims are, if that is at war and the article often names it.

        The nation of combatants says nothing about where they were, and that of foreigners neither.
        """
        here, reading, mention = asked.here, asked.reading, asked.mention
        found = self._of_mention(reading, mention)
        if found is None and mention.counted.noun is None:  # "12 Palestinians were killed and 30 injured"
            beside = reading.mentions[:MANY_MENTIONS]  # so that a list of ten thousand numbers takes no longer for each
            found = next(filter(None, (self._of_mention(reading, one) for one in beside)), None)
        if found is None:
            return None
        counts = here.country_counts()
        most = max(counts.values(), default=0)
        return found if counts[found] * HALF >= most and self.foreigners.at_war(found, here.base) else None

    def _phrases(self, asked: Asked) -> Iterator[tuple[Where, Evidence]]:
        """The place phrases of the sentence of a figure, with how they stand to it."""
        at, after = _harm(asked)
        context, before = asked.reading.context, None
        for where in _nearest(asked.reading.places, at):
            evidence = [*_distance(where, at, after, asked.reading.breaks), *_abroad(asked, where)]
            if before is not None and self.references.is_around(where, context, before):
                evidence.append((Place.AROUND, 1))
            if _is_in_brackets(where, at, context.lows):
                evidence.append((Place.BRACKETS, 1))
            yield where, (*evidence, *self._not_theirs(asked, where))
            before = where

    def _aside(self, asked: Asked) -> Iterator[tuple[Where, Evidence]]:
        """The other places that the sentence names."""
        at, after = _harm(asked)
        for kind, found in zip((Place.BARE, Place.SOURCE, Place.SITE), asked.reading.aside(), strict=False):
            for where in found:
                evidence = (*_distance(where, at, after, ()), (kind, 1), *_abroad(asked, where))
                yield where, (*evidence, *self._not_theirs(asked, where))

    def _not_theirs(self, asked: Asked, where: Where) -> Iterator[tuple[str, float]]:
        """What makes a place another than that of the harm: who stood there, or was only brought there."""
        context = asked.reading.context
        if asked.mention.outcome in _LEFT_BEHIND and self.elsewhere.is_led_to(where, context):
            yield Place.LED_TO, 1
        if self.elsewhere.is_aimed_at(where, context):
            yield Place.AIMED, 1
        stood, theirs = self.elsewhere.stood_there(where, context), asked.mention.counted.noun or (0, 0)
        others = stood is not None and stood[1] != theirs[1]
        if others or self.elsewhere.is_fired_from(where, asked.reading.places, context):
            yield Place.DOERS, 1
        if _is_about_source(asked, where):
            yield Place.ABOUT, 1

    def _theirs(self, asked: Asked) -> Iterator[tuple[Where, Evidence]]:
        """The town of the victims: "2,000 Mariupol residents"."""
        counted, context = asked.reading.items[asked.mention.item], asked.reading.context
        for index in range(counted.first + 1, counted.stop - 1):
            size, country = self.places.names.name_at(context, index)
            if size and country is not None and context.capitals[index]:
                where = self.places.where_at(context, (index, index + size, country))
                if not where.is_country:
                    yield where, ((Place.THEIRS, 1),)

    def _is_of_anywhere(self, asked: Asked) -> bool:
        """Whether a figure counts no event of which the sentence before told.

        It is a total, what a body counted in a stretch of time, or people from abroad: "many foreign nationals".
        """
        reading = asked.reading
        first, stop = asked.mention.counted.noun or (0, 0)
        told = asked.period and bool(reading.attributions)
        return asked.total or told or not self.foreign.isdisjoint(reading.context.lows[first:stop])

    def _of_mention(self, reading: Reading, mention: Mention) -> str | None:
        if mention.counted.group is VictimGroup.COMBATANTS or mention.counted.quantity.value == 0:
            return None
        first, stop = mention.counted.noun or (0, 0)
        harm = reading.items[mention.harm].first
        lows = reading.context.lows
        if not self.foreigners.words.isdisjoint(lows[first:stop]):
            return None  # "six Mexican nationals"
        words = (*lows[first:stop], lows[harm - 1] if harm else "")  # "12 Palestinian children", "Palestinian deaths"
        return next((self.demonyms[low] for low in words if low in self.demonyms), None)


def _is_about_source(asked: Asked, where: Where) -> bool:
    """Whether a place stands in a clause that describes a source, and the figure does not: "Hamas, which rules Gaza,
    said".
    """
    at, context = asked.reading.items[asked.mention.item].first, asked.reading.context
    for one in asked.reading.attributions:
        if one.source is None or one.cited or not (one.source.end <= where.start and where.stop <= one.at):
            continue
        behind = bisect_left(context.tokens.starts, one.source.end)
        if context.lows[behind] == "," and not behind <= at < one.at:
            return True
    return False


def _is_in_brackets(where: Where, at: int, lows: Sequence[str]) -> bool:
    """Whether a place stands inside brackets and a figure at token `at` does not."""
    if "(" not in lows:
        return False
    opened = next((index for index in range(where.first - 1, -1, -1) if lows[index] in _BRACKETS), 0)
    if lows[opened] != "(":
        return False
    return at < opened or ")" in lows[opened:at]


def _is_inside(one: Where, best: Where) -> bool:
    """Whether a place is told inside the words of another."""
    return bool(one.words) and best.start <= one.start and one.end <= best.end and one != best


def _is_apart(one: Candidate[Where]) -> bool:
    """Whether a place stands in another clause than the figure."""
    return any(name is Place.APART for name, _ in one.evidence)


def _is_named_too(one: Candidate[Where]) -> bool:
    """Whether a place of the same clause has a name and is no whole country or area."""
    if not one.answer.named or one.answer.is_country or one.answer.is_area:
        return False
    return not _is_apart(one) and all(name is not Place.AROUND for name, _ in one.evidence)


def _nearest(places: Sequence[Where], at: int) -> Sequence[Where]:
    """The places nearest to a token, so that a list of a thousand places takes no longer for each figure."""
    if len(places) <= MANY_PLACES:
        return places
    middle = bisect_left([where.first for where in places], at)
    begin = max(0, min(middle - MANY_PLACES // 2, len(places) - MANY_PLACES))
    return places[begin : begin + MANY_PLACES]


def _harm(asked: Asked) -> tuple[int, int]:
    """The token of the figure, and the one after its harm and its people."""
    harm, counted = asked.reading.items[asked.mention.harm], asked.reading.items[asked.mention.item]
    return counted.first, max(harm.stop, counted.stop)


def _abroad(asked: Asked, where: Where) -> Evidence:
    main = asked.here.article_context().main_country() if asked.total else None
    return ((Place.ABROAD, 1),) if main is not None and _is_abroad(asked.here, where, main) else ()


def _is_led_to(asked: Asked, where: Where) -> bool:
    """Whether a place is where the victims were brought: "took 200 into Gaza"."""
    return asked.mention.outcome is Outcome.ABDUCTED and where.first >= _harm(asked)[0]


def _is_abroad(here: FieldContext, where: Where, main: Where) -> bool:
    """Whether a town is in a country that the article hardly speaks of beside its main one."""
    if where.is_country or where.is_area or where.country in (None, main.country):
        return False
    counts = here.country_counts()
    return counts[where.country or ""] * AS_OFTEN < counts[main.country or ""]


def _distance(where: Where, at: int, after: int, breaks: Sequence[int]) -> Iterator[tuple[str, float]]:
    """How a place stands to a figure at token `at` whose harm word ends at `after`."""
    if where.first >= after:
        yield Place.BEHIND, where.first - after
    elif at - where.first > FARTHEST_BEFORE:
        yield Place.FAR, 1 if where.strong and where.named else 1000
        yield Place.BEFORE, at - where.first
    else:
        yield Place.IS_BEFORE, 1
        yield Place.BEFORE, at - where.first
    if not where.named:
        yield Place.UNNAMED, 1
    if not where.strong:
        yield Place.WEAK, 1
    if is_apart(where.first, at, breaks):
        yield Place.APART, 1


def _around(asked: Asked, discourse: Discourse, anywhere: bool) -> Iterator[tuple[Where, Evidence]]:
    """The places told outside the sentence. `anywhere`: the figure is of no event told in a town before."""
    here, at, scene = asked.here, asked.reading.position, discourse.scene
    if asked.event is not None:
        yield _country(asked.event.country), ((Place.EVENT, 1),)
    if scene.place is not None:
        far = _back(at, scene.place_at, scene.moves)
        town = anywhere and not (scene.place.is_country or scene.place.is_area)
        yield scene.place, (*far, (Place.TOWN, 1)) if town else far
    if anywhere and scene.country is not None:
        yield scene.country, _back(at, scene.country_at, scene.moves)
    if asked.nation is not None:
        yield _country(asked.nation), ((Place.NATION, 1),)
    whole = here.article_context()
    main = whole.main_country() if asked.total else None
    if main is not None:
        yield main, ((Place.MAIN, 1),)
    headline = whole.headline_place()
    if headline is not None:
        yield headline, ((Place.HEADLINE, 1),)
    filed = here.filed() if not asked.total else None
    if filed is not None:
        yield filed, ((Place.DATELINE, 1),)


def _country(code: str) -> Where:
    """A country without words for it."""
    return Where(0, 0, 0, 0, "", code, False, False, False)


def _back(at: Position, before: Position, moves: int) -> Evidence:
    """How far back a sentence is that told of a place."""
    return (
        (Place.TOLD, 1),
        (Place.SENTENCES, (at.sentence - before.sentence) * min(moves, MOVES) / MOVES),
        (Place.PARAGRAPHS, at.paragraph - before.paragraph),
    )

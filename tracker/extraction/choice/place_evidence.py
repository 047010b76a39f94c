"""What is known about the candidates for the place of a figure: how they stand to it, and where else it may be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from tracker.extraction.choice.candidates import Evidence
from tracker.extraction.choice.elsewhere import describes
from tracker.extraction.choice.foreigners import AS_OFTEN, MANY_MENTIONS
from tracker.extraction.choice.when import Dating
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import Discourse, FieldContext, Reading, is_apart
from tracker.extraction.scene import Scene
from tracker.extraction.text.paragraphs import Position
from tracker.extraction.where.place import Where, country_alone
from tracker.knowledge.known_events import KnownEvent
from tracker.model import Outcome, Scope, first_day

FARTHEST_BEFORE = 24  # words between a place and the figure behind it
CLAUSE = 10  # words before a figure among which its clause begins: ", which has killed"
LONG = 28  # days of a stretch of time that is of no one event
MOVES = 3  # an article that went on to other places so often is about several events


class Place(StrEnum):
    """What may be known about a candidate for the place."""

    SCENE = "the scene of its clause"
    BEHIND = "words behind the harm"
    IS_BEFORE = "before the figure"
    BEFORE = "words before the figure"
    FAR = "far before the figure"
    UNNAMED = "without a name"
    WEAK = "behind a weak preposition"
    APART = "in another clause"
    OTHER_NATION = "another nation than the victims'"
    THEIRS = "the town of the victims"
    THERE = "meant by there"
    BARE = "a bare name"
    SOURCE = "where the source is"
    ANY_SITE = "a site of the source without a name"
    WIDER = "around the place told before"
    SITE = "the name of a site"
    TOLD = "told before"
    SENTENCES = "sentences back"
    PARAGRAPHS = "paragraphs back"
    ARREST = "where others were harmed than those arrested"
    TOWN = "a town for a total"
    FOREIGNERS = "foreigners, who may have been anywhere"
    NATION = "the nation of the victims"
    HOME = "the country whose body counts its dead"
    MAIN = "the country of the article"
    HEADLINE = "in the headline"
    DATELINE = "in the dateline"
    EVENT = "in the country of the event"
    ELSEWHERE = "elsewhere than the event"
    ABROAD = "a town abroad of a total"
    AROUND = "around the place before it"
    BRACKETS = "in brackets"
    PASSING = "in a clause about somebody"
    MOURNED = "where the dead were mourned"
    OUTSIDE = "behind the end of its clause"
    ANOTHER = "beyond the harm of others"
    WITH_ANOTHER = "in the clause of others"
    LED_TO = "where they were brought"
    TAKEN_TO = "where captives were taken to"
    PROTESTED = "where they protested over"
    AIMED = "only aimed at"
    DOERS = "where the attackers stood"
    ABOUT = "in a clause about the source"
    ORIGIN = "where somebody came from"
    GOAL = "where they fled to"
    BEYOND = "another nation's, and far"
    ASIDE = "where something else was"
    HELD = "where they are held"
    STRIKER = "the country of those who struck"
    STRUCK = "the country that they struck"


class Asked(NamedTuple):
    """What the place of one figure is chosen by: its sentence, the nation of its victims, whether it is a total.

    `period`: it counts a stretch of time. `event`: the well-known event that it counts the dead of; `great`: that of
    its war which it may be of. `striker`: the country that struck from outside; `struck`: the one that it struck.
    `long`: it counts so long a stretch of time that it is of no one event. `captors`: where its captives were taken,
    and the country that holds them. `home`: the country at war whose own body counts its dead, `sure` if it is no army,
    which counts its enemy's, too.
    """

    here: FieldContext
    reading: Reading
    mention: Mention
    total: bool
    period: bool
    event: KnownEvent | None
    nation: str | None = None
    great: KnownEvent | None = None
    striker: str | None = None
    struck: str | None = None
    long: bool = False
    captors: tuple[str, str] | None = None
    home: str | None = None
    sure: bool = False


def is_long(dating: Dating) -> bool:
    """Whether a stretch of time is so long that what it counts is of no event: "700 people this year"."""
    date, _, begin = dating
    return date is not None and begin is not None and (first_day(date) - first_day(begin)).days >= LONG


def is_about_source(asked: Asked, where: Where) -> bool:
    """Whether a place stands in a clause that describes a source, and the figure does not: "Hamas, which rules Gaza,
    said".
    """
    at, context = asked.reading.items[asked.mention.item].first, asked.reading.context
    for one in asked.reading.attributions:
        if one.source is not None and describes(where, one, context):
            return not bisect_left(context.tokens.starts, one.source.end) <= at < one.at
    return False


def is_of_somebody(asked: Asked, where: Where) -> bool:
    """Whether a place stands in the words for who says so or was harmed: "Pakistan police said", "12 Syria rebels"."""
    said = [one.source for one in asked.reading.attributions if one.source is not None]
    counted = asked.reading.items[asked.mention.item]
    theirs = counted.first <= where.first < counted.stop
    return theirs or any(one.start <= where.start and where.end <= one.end for one in said)


def is_of_another(asked: Asked, where: Where) -> bool:
    """Whether others came to the same harm between a figure and a place: "12 died, hours after 9 died in X"."""
    reading, mention = asked.reading, asked.mention
    at, after = reading.harm(mention)
    first, last = (after, where.first) if where.first >= after else (where.stop, at)
    for one in reading.mentions if len(reading.mentions) <= MANY_MENTIONS else ():
        part = mention.part_of == one.item or one.part_of is not None
        again = one.counted.quantity.value == mention.counted.quantity.value
        if part or again or one.harm == mention.harm or one.outcome is not mention.outcome:
            continue
        begin, end = reading.harm(one)
        if first <= min(begin, reading.items[one.harm].first) and end <= last:
            return True
    return False


def is_in_passing(asked: Asked, where: Where) -> bool:
    """Whether a clause between a figure and somebody only tells of him: "X, which has an office in Jos, counted 12"."""
    context, (at, _) = asked.reading.context, asked.reading.harm(asked.mention)
    lows, tokens = context.lows, context.tokens
    if context.caps or where.stop >= at or "," not in lows[where.stop : at]:
        return False
    for index in range(where.first - 1, 2, -1):
        if "relative" in tokens.roles(index) and lows[index - 1] == ",":
            head = index - 2
            return tokens.people[head] is not None or (context.capitals[head] and tokens.kinds[head] == "word")
        if lows[index] == ",":
            return False
    return False


def is_with_another(asked: Asked, where: Where) -> bool:
    """Whether a place stands in a clause with others, apart from a figure: "84 died, after a bomb in X killed 7"."""
    reading, mention, lows = asked.reading, asked.mention, asked.reading.context.lows
    if "," not in lows or len(reading.mentions) == 1 or len(reading.mentions) > MANY_MENTIONS:
        return False
    if not _is_parted(reading, where, mention):
        return False
    others = (one for one in reading.mentions if mention.part_of is None and one.part_of is None)
    return any(_is_between(reading, where, mention, one) and not _is_parted(reading, where, one) for one in others)


def _is_between(reading: Reading, where: Where, one: Mention, other: Mention) -> bool:
    """Whether a place stands between the people of two mentions."""
    first, last = sorted((reading.harm(one), reading.harm(other)))
    return first[1] <= where.first and where.stop <= last[0]


def _is_parted(reading: Reading, where: Where, mention: Mention) -> bool:
    """Whether a comma stands between a place and people who came to harm, and not right before that harm: "hit a
    market in X, killing six".
    """
    lows, (at, after) = reading.context.lows, reading.harm(mention)
    if where.first >= after:
        return "," in lows[after : where.first]
    begin = min(at, reading.items[mention.harm].first)
    return "," in lows[where.stop : begin - 1]


def is_outside(asked: Asked, where: Where) -> bool:
    """Whether a place stands behind the end of the clause of a figure: "the siege, which killed 12, was told in X"."""
    context, (at, after) = asked.reading.context, asked.reading.harm(asked.mention)
    if where.first <= after or "," not in context.lows[after : where.first]:
        return False
    before = range(max(1, at - CLAUSE), at)
    begins = next((i for i in reversed(before) if "relative" in context.tokens.roles(i)), 0)
    return begins > 0 and context.lows[begins - 1] == ","


def abroad(asked: Asked, where: Where) -> Evidence:
    """That a place is a town in a country of which an article on another's total hardly speaks."""
    main = asked.here.article_context().main_country() if asked.total else None
    return ((Place.ABROAD, 1),) if main is not None and _is_abroad(asked.here, where, main) else ()


def _is_abroad(here: FieldContext, where: Where, main: Where) -> bool:
    """Whether a town is in a country that the article hardly speaks of beside its main one."""
    if where.is_country or where.is_area or where.country in (None, main.country):
        return False
    counts = here.country_counts()
    return counts[where.country or ""] * AS_OFTEN < counts[main.country or ""]


def distance(where: Where, at: int, after: int, breaks: Sequence[int]) -> Iterator[tuple[str, float]]:
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


def told_around(asked: Asked, discourse: Discourse, anywhere: bool) -> Iterator[tuple[Where, Evidence]]:
    """The places told outside the sentence. `anywhere`: the figure is of no event told in a town before."""
    here, at, scene = asked.here, asked.reading.position, discourse.scene
    if asked.event is not None:
        yield country_alone(asked.event.country), ((Place.EVENT, 1),)
    if scene.place is not None and not _is_of_another_day(asked.reading, scene.place):
        far = _back(at, scene.place_at, scene.moves)
        if asked.mention.outcome is Outcome.DETAINED and scene.harmed and asked.reading.attributions:
            far = (*far, (Place.ARREST, 1))
        town = anywhere and not (scene.place.is_country or scene.place.is_area or _counts_on(asked, discourse))
        yield scene.place, (*far, (Place.TOWN, 1)) if town else far
    if anywhere and scene.country is not None:
        yield scene.country, _back(at, scene.country_at, scene.moves)
    yield from _in_their_land(asked, scene, anywhere)
    theirs = asked.great.country if asked.great is not None else asked.nation
    if theirs is not None:
        yield country_alone(theirs), ((Place.NATION, 1),)
    if asked.home is not None and not asked.period:
        yield country_alone(asked.home), ((Place.HOME, 1),)
    if asked.captors is not None:
        yield country_alone(asked.captors[1]), ((Place.NATION, 1),)
    if asked.struck is not None:
        yield country_alone(asked.struck), ((Place.STRUCK, 1),)
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


def _counts_on(asked: Asked, discourse: Discourse) -> bool:
    """Whether a total goes on from the one in the sentence before: "Shells have killed 66 in Tarlo since Tuesday. At
    least 280 have been hurt".
    """
    before, place = discourse.total, discourse.scene.place
    if before is None or place is None or before.scope is Scope.INCIDENT or before.outcome is asked.mention.outcome:
        return False
    return before.place == place.words and (asked.total or asked.period)


def _in_their_land(asked: Asked, scene: Scene, anywhere: bool) -> Iterator[tuple[Where, Evidence]]:
    """The places told last in the land where people were harmed, though the text went on to another land: "Shells hit
    Tarlo. Rockets then fell on Zerga in Malia. Nine Tolanians died".
    """
    event, at = asked.event or asked.great, asked.reading.position
    theirs = asked.nation or (asked.home if asked.sure else None)
    lands = {event.country} if event is not None else {theirs, asked.struck} - {None}
    for where, told_at in scene.lands:
        town = not (where.is_country or where.is_area)
        if where.country not in lands or where in (scene.place, scene.country):
            continue
        if not town or (event is None and where.country == theirs):
            town = anywhere and town
            far = _back(at, told_at, scene.moves)
            yield where, (*far, (Place.TOWN, 1)) if town else far


def _is_of_another_day(reading: Reading, where: Where) -> bool:
    """Whether a site without a name is that of the day from which a sentence counts: "On Tuesday shells hit a market.
    Two days earlier nine traders died."
    """
    return not where.named and any(when.shift for when in reading.dates)


def _back(at: Position, before: Position, moves: int) -> Evidence:
    """How far back a sentence is that told of a place."""
    return (
        (Place.TOLD, 1),
        (Place.SENTENCES, (at.sentence - before.sentence) * min(moves, MOVES) / MOVES),
        (Place.PARAGRAPHS, at.paragraph - before.paragraph),
    )

"""Where people were harmed: the places that a sentence and those before it tell, and which of them a figure has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from tracker.extraction.choice.candidates import Candidate, Choice, Evidence, chosen, weighed
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import Discourse, FieldContext, Reading
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader
from tracker.extraction.who.attribution import Attribution
from tracker.knowledge.evidence import load_weights
from tracker.model import Scope

FARTHEST_BEFORE = 24  # words between a place and the figure behind it
NEXT_TO = 6  # words behind a country in which "of Bali" tells where in it


class Place(StrEnum):
    """What may be known about a candidate for the place."""

    BEHIND = "words behind the harm"
    IS_BEFORE = "before the figure"
    BEFORE = "words before the figure"
    FAR = "far before the figure"
    UNNAMED = "without a name"
    WEAK = "behind a weak preposition"
    APART = "in another clause"
    BARE = "a bare name"
    SOURCE = "where the source is"
    SITE = "the name of a site"
    TOLD = "told before"
    LAND = "the country of the article"
    HEADLINE = "in the headline"
    DATELINE = "in the dateline"
    ABROAD = "a town abroad of a total"


class PlaceChooser:
    """Chooses the place of a figure by the weights of data/evidence.toml."""

    def __init__(self, places: PlaceReader) -> None:
        self.places = places
        self.weights = load_weights("where", Place)

    def choose(
        self, here: FieldContext, reading: Reading, mention: Mention, discourse: Discourse, scope: Scope
    ) -> Choice[Where]:
        """The place of a figure, chosen among those told in its sentence, before it, and in headline and dateline."""
        land = here.article_context().main_country() if scope is Scope.CUMULATIVE else None
        inside = [*self._in_sentence(reading, mention, land)]
        around = [
            weighed(where.words, where, evidence, self.weights) for where, evidence in _around(here, discourse, scope)
        ]
        choice = chosen([*inside, *around], self.weights)
        if choice.best is None or not choice.best.answer.is_country:
            return choice
        near = [one for one in inside if one.against < self.weights.of[Place.FAR]]
        narrower = chosen([one for one in near if _lies_in(one.answer, choice.best.answer)], self.weights)
        return Choice(choice.candidates, narrower.best or choice.best)

    def _in_sentence(self, reading: Reading, mention: Mention, land: Where | None) -> Iterator[Candidate[Where]]:
        harm, counted = reading.items[mention.harm], reading.items[mention.item]
        at, after = counted.first, max(harm.stop, counted.stop)
        for kind, found in (
            (None, reading.places),
            *zip((Place.BARE, Place.SOURCE, Place.SITE), reading.aside(), strict=False),
        ):
            for where in found:
                evidence = [*_distance(where, at, after, () if kind else reading.breaks)]
                if kind is not None:
                    evidence.append((kind, 1))
                if land is not None and not where.is_country and where.country not in (None, land.country):
                    evidence.append((Place.ABROAD, 1))
                yield weighed(where.words, where, tuple(evidence), self.weights)


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
    if any(min(at, where.first) < b < max(at, where.first) for b in breaks):
        yield Place.APART, 1


def _around(here: FieldContext, discourse: Discourse, scope: Scope) -> Iterator[tuple[Where, Evidence]]:
    """The places told outside the sentence; a running total is that of a country."""
    total = scope is Scope.CUMULATIVE
    told = discourse.last_country if total else discourse.place
    if told is not None:
        yield told, ((Place.TOLD, 1),)
    whole = here.article_context()
    land = whole.main_country() if total else None
    if land is not None:
        yield land, ((Place.LAND, 1),)
    headline = whole.headline_place()
    if headline is not None:
        yield headline, ((Place.HEADLINE, 1),)
    filed = here.filed() if not total else None
    if filed is not None:
        yield filed, ((Place.DATELINE, 1),)


def _lies_in(where: Where, land: Where) -> bool:
    """Whether a place tells where in a country: it stands behind "in", or right behind the country."""
    inside = where.named and not where.is_country and where.country == land.country
    return inside and (where.strong or 0 <= where.first - land.stop < NEXT_TO)


def places_in(context: SentenceContext, attributions: Sequence[Attribution], places: PlaceReader) -> list[Where]:
    """The place phrases of a sentence. A place inside the name of a source is left out."""
    found = places.find(context)
    if attributions:
        found = [w for w in found if not _in_source(w, attributions)]
    found = [w for w in found if not _of_the_report(w, context, attributions, places)]
    if found and not places.since.isdisjoint(context.lows[: found[-1].stop]):
        found = [w for w in found if not _of_the_beginning(w, context, places)]
    return found


def places_aside(
    context: SentenceContext, attributions: Sequence[Attribution], places: PlaceReader
) -> Sequence[Sequence[Where]]:
    """Candidates for the place if no phrase states one, the most likely group first.

    The groups are: names of places that are neither actor nor source; the place of the source ("activists in Idlib");
    names of sites.
    """
    free, sites = places.named(context), places.of_sites(context)
    if not attributions:
        return free, (), sites
    beside = [w for w in places.find(context) if w.strong and _in_source(w, attributions)]
    return (
        [w for w in free if not _in_source(w, attributions)],
        beside,
        [w for w in sites if not _in_source(w, attributions)],
    )


def _in_source(where: Where, attributions: Sequence[Attribution]) -> bool:
    for one in attributions:
        if one.source is not None and one.source.start <= where.start and where.end <= one.source.end:
            return True
    return False


def _of_the_report(
    where: Where, context: SentenceContext, attributions: Sequence[Attribution], places: PlaceReader
) -> bool:
    """Whether a place is only where the report was made: "reported today in Lima", "a report presented in Geneva"."""
    lows, articles = context.lows, places.articles
    index = where.first - 1
    while index > 0 and lows[index] in articles:
        index -= 1
    index -= 1  # the preposition
    while index >= 0 and (lows[index] in articles or index in context.dated):
        index -= 1
    return (index >= 0 and lows[index] in places.reporting) or index in [
        one.at for one in attributions if not one.cited
    ]


def _of_the_beginning(where: Where, context: SentenceContext, places: PlaceReader) -> bool:
    """Whether a place belongs to the event that began a count: "since the attack on Israel".

    It does not in "since May in Homs".
    """
    for index in [at for at, low in enumerate(context.lows[: where.first]) if low in places.since]:
        between = range(index + 1, where.first - 1)
        if "," not in context.lows[index + 1 : where.first - 1] and not context.dated.issuperset(between):
            return True
    return False

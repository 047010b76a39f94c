"""The attributes of a mention: its source, date, place, victims and confidence. One function for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import DATELINE, Discourse, FieldContext, Reading
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.when.phrases import When, published_date
from tracker.extraction.where.place import Where, nearest
from tracker.extraction.where.places import PlaceReader
from tracker.extraction.who.attribution import Attribution, SourceReader, vouching
from tracker.extraction.who.names import Source, resolved
from tracker.knowledge.language import Language
from tracker.model import Precision, Scope, VictimGroup

_AMOUNTS = frozenset({"amount", "harm.toll"})
REACH_OF_AMOUNT = 4  # items between "number of" and the harm: "the number of Syrian civilians killed"
_OF_THE_DEAD = frozenset({"of", "the", "includes", "harm.state", "harm.unit", "harm.done"})
FARTHEST_DATE = 400  # characters between a figure and a date phrase that still dates it
Dating = tuple[str | None, Precision | None, str | None]


def source_of(
    here: FieldContext, reading: Reading, mention: Mention, discourse: Discourse, sources: SourceReader
) -> Source | None:
    """The source of a figure: the nearest attribution, a name that closes a headline, or an earlier source.

    An earlier source counts if the sentence continues its statement.
    """
    if sources.presupposes(reading.context.lows, reading.items, mention):
        return None
    at = reading.items[mention.item].first
    source = vouching(reading.attributions, at, discourse.source, reading.breaks) if reading.attributions else None
    if source is not None:
        return resolved(source, discourse.named)
    if reading.sentence.text.rstrip(" .") == here.article.title.rstrip(" ."):
        return sources.in_title(reading.context, reading.items)
    headed = sources.at_head(reading.context)
    if headed is not None:
        return headed
    return discourse.source or discourse.speaker if sources.carries_on(reading.context.lows) else discourse.speaker


def places_in(context: SentenceContext, attributions: Sequence[Attribution], places: PlaceReader) -> list[Where]:
    """The place phrases of a sentence. A place inside the name of a source is left out."""
    found = places.find(context)
    if attributions:
        found = [w for w in found if not _in_source(w, attributions)]
    found = [w for w in found if not _of_the_report(w, context, attributions, places)]
    if found and not places.since.isdisjoint(context.lows[: found[-1].stop]):
        found = [w for w in found if not _of_the_beginning(w, context, places)]
    return found


def place_of(reading: Reading, mention: Mention) -> Where | None:
    """The place of a mention: the nearest place phrase, else the nearest of the other candidates."""
    at, after = reading.items[mention.item].first, reading.items[mention.harm].stop
    chosen = nearest(reading.places, at, max(after, reading.items[mention.item].stop), reading.breaks)
    if chosen is not None:
        return chosen
    near = (nearest(found, at, after) for found in reading.aside())
    return next((where for where in near if where is not None), None)


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


def is_dated(reading: Reading, mention: Mention, when: When | None, sources: SourceReader) -> bool:
    """Whether a date from elsewhere can apply to the figure.

    It cannot if the harm is presupposed: "condemned the killing of 12" may refer to the distant past.
    """
    return (when is not None and not when.reported) or not sources.presupposes(
        reading.context.lows, reading.items, mention
    )


def when_of(here: FieldContext, reading: Reading, mention: Mention) -> tuple[When | None, When | None]:
    """The date phrase nearest to the figure, and the phrase that states the start of its count ("since …")."""
    if not reading.dates:
        return None, None
    at = reading.context.tokens.starts[reading.items[mention.item].first]
    dates = [d for d in reading.dates if not (d.since or d.idle) and abs(d.start - at) < FARTHEST_DATE]
    dates = _reported(reading, dates, at)
    rest = (
        [d for d in dates if not d.reported and not _stands_at(here, d)]
        or [d for d in dates if not d.reported]
        or dates
    )
    own = [d for d in rest if not d.reported and not _in_other_clause(reading, d, at)]
    since = next((d for d in reading.dates if d.since and not (d.begins and own)), None)
    if len(rest) < 2:
        return rest[0] if rest else None, since
    exact = any(d.precision is Precision.DAY for d in own)
    return min(rest, key=lambda d: abs(d.start - at) * _farther(d, exact)), since


def _farther(when: When, exact: bool) -> float:
    """The factor on the distance of a date. A span of time counts as nearer, a mere year beside a day as farther."""
    if when.stretch:
        return 0.5
    return 2 if exact and when.precision is Precision.YEAR else 1


def _in_other_clause(reading: Reading, when: When, at: int) -> bool:
    """Whether a word between clauses separates a date from the figure at offset `at`."""
    if not reading.breaks:
        return False
    low, high = sorted((when.start, at))
    return any(low < reading.context.tokens.starts[index] < high for index in reading.breaks)


def _reported(reading: Reading, dates: list[When], at: int) -> list[When]:
    """The dates, with `reported` set on those that date the report: "On Monday police said 12 …".

    Such a date has a verb of speech between it and the figure at offset `at`, and no other figure before that verb.
    """
    verbs = reading.say_words()
    if not verbs:
        return dates
    figures = [reading.span(mention)[0] for mention in reading.mentions]
    out: list[When] = []
    for when in dates:
        end = when.end
        verb = min([verb for verb in verbs if verb >= end], default=at)
        # "In the past 24 hours, the army said, 12 …": this dates the event, not the report
        own = when.past or verb >= at or any(end <= figure < verb for figure in figures)
        out.append(when if own else when._replace(reported=True))
    return out


def _stands_at(here: FieldContext, when: When) -> bool:
    """Whether a date is only the date of the article, printed at the head of its text."""
    if here.field != "text" or here.base is None or when.start >= DATELINE:
        return False
    return when.date == here.base.isoformat() and when.end - when.start >= 8


def dating(here: FieldContext, scope: Scope, when: When | None, since: When | None, discourse: Discourse) -> Dating:
    """The date, its precision and the start of the period.

    A running total has the date of the article unless "as of" states another. An event without a date of its own takes
    the date of the sentence before, else of the lead.
    """
    if scope is Scope.CUMULATIVE:
        day = here.base.isoformat() if here.base else None
        if when is not None and when.date and (when.as_of or when.stretch):
            return when.date, when.precision, when.period_start or (since.date if since else None)
        begin = since.date if since else when.period_start if when and when.stretch else None
        return day, Precision.DAY if day else None, begin
    chosen = (
        when
        if when is not None and not when.reported
        else discourse.last or discourse.lead or when or discourse.reported
    )
    if chosen is not None and chosen.shift:
        chosen = _shifted(chosen, discourse)
    if chosen is None or chosen.date is None:
        return None, None, None
    return chosen.date, chosen.precision, chosen.period_start


def _shifted(when: When, discourse: Discourse) -> When:
    """The date counted from the one stated before it, if there is one: "a day earlier"."""
    anchor = published_date((discourse.last or discourse.lead or when).date)
    if anchor is None or when is discourse.last or not (discourse.last or discourse.lead):
        return when
    try:
        return when._replace(date=(anchor + dt.timedelta(days=when.shift)).isoformat())
    except OverflowError:  # after the year 9999, which means "not known" in some collections
        return when


def _said_to_be(reading: Reading, mention: Mention, language: Language) -> tuple[int, int]:
    """The tokens that describe a number without a noun: "12 of the dead were children"; (0, 0) if none do."""
    items = reading.items
    at = mention.item + 1
    while at < len(items) and at < mention.item + 4 and items[at].roles & _OF_THE_DEAD:
        at += 1
    if at + 1 >= len(items) or "be" not in items[at].roles or reading.context.acronym(items[at].first):
        return 0, 0
    first = items[at + 1].first
    people = reading.context.tokens.people[first]
    named = people is not None and reading.context.lows[first] not in language.others
    return (first, first + people[0]) if people is not None and named else (0, 0)


def victims_of(here: FieldContext, reading: Reading, mention: Mention, language: Language) -> str | None:
    """The words that name the people counted. None if they name nobody in particular ("others", "deaths")."""
    first, last = mention.counted.noun or (0, 0)
    if language.others.issuperset(reading.context.lows[first:last]):
        first, last = _said_to_be(reading, mention, language)
    if first == last:
        return None
    return here.text[reading.context.tokens.starts[first] : reading.context.tokens.ends[last - 1]]


def group_of(reading: Reading, mention: Mention, language: Language) -> VictimGroup:
    """The group of the people counted. A number without a noun takes it from the words that say who they are.

    Those are a predicate ("three of whom were children") or the words of a toll ("the number of civilians killed").
    """
    group = mention.counted.group
    first, last = mention.counted.noun or (0, 0)
    people = reading.context.tokens.people
    if group is not VictimGroup.UNSPECIFIED or not language.others.issuperset(reading.context.lows[first:last]):
        return group
    said, _ = _said_to_be(reading, mention, language)
    hit = people[said] if said else None
    if hit is not None:
        return hit[1]
    for item in reading.items[max(0, mention.harm - REACH_OF_AMOUNT) : mention.item]:
        told = [people[index] for index in range(item.first + 1, item.stop + 1) if item.roles & _AMOUNTS]
        group = next((hit[1] for hit in told if hit is not None and hit[1] is not VictimGroup.UNSPECIFIED), group)
    return group


def near(here: FieldContext, reading: Reading, mention: Mention, reach: int) -> str:
    """The text within `reach` characters of the figure and before the next verb of speech, in lower case."""
    start, end = reading.span(mention)
    sentence = reading.sentence
    stop = min(sentence.end, end + reach)
    if reading.attributions:
        stop = min([stop, *[at for at in reading.say_words() if at > end]])
    return here.text[max(sentence.start, start - reach) : stop].lower()


def confidence(mention: Mention) -> float:
    """The confidence from 0 to 1. It is higher if people are named and stand right beside the verb."""
    score = 95
    if mention.counted.noun is None:
        score -= 10
    elif mention.counted.group is VictimGroup.UNSPECIFIED:
        score -= 5
    if mention.rule.endswith("+"):
        score -= 10
    if abs(mention.harm - mention.item) > 4:
        score -= 10
    return score / 100

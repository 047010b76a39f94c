"""The state of a reading: the contexts of article and field, what was found in a sentence, and the discourse so far."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.lines import Line
from tracker.extraction.scene import NO_SCENE, Scene, moved
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.text.lazy import Lazy
from tracker.extraction.text.paragraphs import START, Position
from tracker.extraction.text.quotations import open_behind
from tracker.extraction.text.sentences import Sentence
from tracker.extraction.text.tokens import NO_TOKENS
from tracker.extraction.told_events import ToldEvents
from tracker.extraction.when.dateline import Dateline
from tracker.extraction.when.phrases import When, up_to_the_telling
from tracker.extraction.where.place import Where
from tracker.extraction.who.attribution import Attribution
from tracker.extraction.who.names import Source
from tracker.knowledge.known_events import KnownEvent
from tracker.model import Article, Cause, Figure, Precision

NOTHING = SentenceContext(NO_TOKENS, (), (), (), "", frozenset(), caps=False, country_counts=Counter(), upper=False)

PRONOUN = 3  # tokens at the head of a sentence that introduce a quotation: 'He said: "…'
BEHIND = 8  # tokens between the end of a quotation and the verb that tells whose it is
LONGEST_QUOTATION = 8  # sentences behind the one that opened it: a mark that closes it may be missing
MANY_SOURCES = 40  # how many of the sources named last a short form can refer to
FULL_DATE = 8  # characters of the shortest full date: "6 SEP 89"
ALMOST_A_YEAR = 335  # days; a day told without a year is sooner one of the month to come than so long ago
_YEAR = re.compile(r"\d{4}")
_CREDIT = re.compile(r"\.?\s{0,4}\([^()\d]{2,60}\)")  # behind a date: "6 May 2024. (Photo AP)"
DATELINE = 160  # a full date within so many characters from the head of a text is the date of the article
NO_PLACES: Lazy[Sequence[Sequence[Where]]] = Lazy(tuple)


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What holds for the whole article. Only figures need it.

    `weights`: how many words point to each cause. `headline_place`: the place that the headline names, for figures
    without one. `only_country`: the one country that the article names. `main_country`: the country that it names most
    often, at its first mention.
    """

    weights: Counter[Cause]
    headline_place: Lazy[Where | None]
    only_country: Lazy[str | None]
    main_country: Lazy[Where | None]


@dataclass(frozen=True, slots=True)
class FieldContext:
    """One field of an article and what holds for all of it.

    `base`: the date of the article. `country_counts`: how often it names each country. `filed`: the place of its
    dateline, which gives figures without a place their country. `article_context` is for figures only.
    """

    article: Article
    field: str
    text: str
    lines: Sequence[Line]
    base: dt.date | None
    country_counts: Lazy[Counter[str]]
    dateline: Dateline | None
    filed: Lazy[Where | None]
    article_context: Lazy[ArticleContext]
    told_events: ToldEvents  # the well-known events named so far


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Reading:
    """A sentence with everything found in it.

    `line` is set only if a word of the sentence speaks of harm or divides a figure.
    """

    sentence: Sentence
    context: SentenceContext
    dates: Sequence[When]
    line: Line | None = None
    mentions: Sequence[Mention] = ()
    attributions: Sequence[Attribution] = ()
    speaker: Source | None = None
    breaks: Sequence[int] = ()  # the tokens between its clauses
    places: Sequence[Where] = ()
    aside: Lazy[Sequence[Sequence[Where]]] = NO_PLACES  # candidates for its place if no phrase states one
    position: Position = START
    events: Mapping[int, KnownEvent] = field(default_factory=dict)  # by the item of the mention that counts its dead
    recalled: frozenset[int] = frozenset()  # those items of `events` that are told in passing: "the attack that killed"
    previous: Reading | None = None  # that of the sentence before
    parts: Sequence[int] = ()  # offsets at which parts of it begin that have a date and a scope of their own
    quiet: bool = False  # it tells of no harm and of no event, so that its day is of something else

    @property
    def low(self) -> str:
        """Its text in lower case."""
        return self.line.low if self.line is not None else self.sentence.text.lower()

    @property
    def items(self) -> Sequence[Item]:
        """The items over which the patterns ran."""
        return self.line.items() if self.line is not None else ()

    def weights(self) -> Sequence[Cause]:
        """The causes that its words point to. A cause is repeated for each word."""
        return self.line.weights() if self.line is not None else ()

    def say_words(self) -> list[int]:
        """Offsets of the verbs of speech of its sources. Cited sources are left out."""
        return [self.context.tokens.starts[a.at] for a in self.attributions if not a.cited]

    def span(self, mention: Mention) -> tuple[int, int]:
        """Offsets of the words of a mention's figure in the field."""
        quantity = mention.counted.quantity
        return self.context.tokens.starts[quantity.first], self.context.tokens.ends[quantity.stop - 1]

    def harm(self, mention: Mention) -> tuple[int, int]:
        """The token of a mention's figure, and the one after its harm and its people."""
        items = self.items
        harm, counted = items[mention.harm].stop, items[mention.item]
        return counted.first, harm if harm > counted.stop else counted.stop


def is_apart(place: int, at: int, breaks: Sequence[int]) -> bool:
    """Whether one of the words between clauses, `breaks`, stands between two tokens."""
    if not breaks:
        return False
    first, last = (at, place) if at < place else (place, at)
    return any(first < index < last for index in breaks)


def part_of(reading: Reading, at: int) -> tuple[int, int]:
    """The offsets of the part of a sentence in which `at` stands: the whole of it, or that of a count or a toll."""
    if not reading.parts:
        return reading.sentence.start, reading.sentence.end
    begin = max((part for part in reading.parts if part <= at), default=reading.sentence.start)
    return begin, min((part for part in reading.parts if part > at), default=reading.sentence.end)


def unread(sentence: Sentence) -> Reading:
    """The reading of a sentence in which nothing was looked for."""
    return Reading(sentence, NOTHING, ())


class Quotation(NamedTuple):
    """A quotation that goes on: where the sentence is that opened it, and whose words it is taken for.

    `told`: the sentence that opened it says whose they are. Else that may follow at its end.
    """

    position: Position
    source: Source | None
    told: bool


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Discourse:
    """What earlier sentences of the article said, as far as later sentences depend on it.

    `source`: the source named last; `named`: all sources so far; `speaker`: the current speaker of a transcript.
    `scene`: the places told of. `lead`: the first date of the text; `last`: the date of the last sentence with
    one, which is at `last_at`. `reported`: the first day on which someone made a statement; `printed`: the date at the
    head of the text. `total`: the first figure of the sentence before; `whole`: the first one of the last sentence that
    told more than parts, `age` sentences ago. `quoting`: the quotation that goes on; `spoken`: where the sentence is
    that named a source last.
    """

    source: Source | None = None
    speaker: Source | None = None
    named: tuple[Source, ...] = ()
    scene: Scene = NO_SCENE
    lead: When | None = None
    last: When | None = None
    last_at: Position = START
    reported: When | None = None
    printed: When | None = None
    total: Figure | None = None
    whole: Figure | None = None
    age: int = 0
    quoting: Quotation | None = None
    spoken: Position = START


def of_today(here: FieldContext, when: When) -> bool:
    """Whether a date at the head of a text is only the day of the article, printed there or told: "this morning"."""
    if here.field != "text" or here.base is None or when.start >= DATELINE:
        return False
    if when.stretch and when.period_start != when.date:
        return False  # "so far this year"
    words = here.text[when.start : when.end]
    day = words.isalpha() and not when.past  # "on Thursday"; but "overnight on Sunday" is of Sunday
    return when.date == here.base.isoformat() and len(words) >= FULL_DATE and not day


def stands_at(here: FieldContext, when: When) -> bool:
    """Whether a date is the full date of the article, printed at the head of its text."""
    if when.stretch or not of_today(here, when):
        return False
    return any(map(str.isdigit, here.text[when.start : when.end]))


def is_of_a_picture(here: FieldContext, when: When) -> bool:
    """Whether a date with its year stands beside a bracket, as under a picture or a post, and dates nothing else:
    "in Tarlo, Monday, 6 May 2024. (Photo AP)", "Relief Desk (@desk) 6 May 2024".
    """
    if when.precision is not Precision.DAY or not _YEAR.search(here.text, when.start, when.end):
        return False
    return _CREDIT.match(here.text, when.end) is not None or here.text[: when.start][-2:].rstrip().endswith(")")


def advanced(here: FieldContext, discourse: Discourse, reading: Reading, figures: Sequence[Figure]) -> Discourse:
    """The discourse after a sentence and its figures."""
    attributions, dates, places = reading.attributions, up_to_the_telling(reading.dates), reading.places
    quoting = _quoting(discourse, reading)
    if not (attributions or dates or places or reading.mentions or reading.speaker):
        same = discourse.total is None and discourse.whole is None and discourse.quoting == quoting
        return discourse if same else replace(discourse, total=None, age=discourse.age + 1, quoting=quoting)
    named = [a.source for a in attributions if a.source is not None and not a.fleeting]
    printed = [d for d in dates if stands_at(here, d)]
    dated = [d for d in dates if d.date and not (d.since or d.begins or d.idle or d.reported or d in printed)]
    dated = [d for d in dated if not (is_ahead(here, d) or is_of_a_picture(here, d))]
    if discourse.lead is not None:
        dated = [d for d in dated if not (d.hour or d.spoken)]  # "later that day" is no day of its own
    first = dated[0] if dated else None
    if first is not None and first.stretch:  # "the second in four days, after a raid on Saturday"
        first = next((d for d in dated if d.precision is Precision.DAY and not d.stretch), first)
    if len(dated) > 1 and reading.sentence.start < DATELINE and (dated[1].date or "") < (dated[0].date or ""):
        first = dated[1]  # the lead: "rescuers dug on Monday for people missing since the storm on Sunday"
    elif figures and len(dated) > 1 and not reading.events:
        first = next((d for d in dated if d.date == figures[-1].date), first)
    if first is not None and not reading.mentions and first.precision is not Precision.DAY:
        first = None  # "talks will be held in October" dates nothing in later sentences
    if first is not None and figures and (first.precision is not Precision.DAY or first.stretch):
        first = first if any(one.date == first.date for one in figures) else None  # "as it did two decades ago"
    told = None if first is None or first.shift else first  # "it came a day after …" dates what came before it
    goes_on = not attributions and _goes_on(discourse, figures)
    silent = not attributions and bool(reading.mentions) and not goes_on
    whole = next((one for one in figures if one.part_of is None), None)
    return Discourse(
        speaker=reading.speaker or discourse.speaker,
        source=named[-1] if named else None if silent and quoting is None else discourse.source,
        named=(*discourse.named, *named)[-MANY_SOURCES:] if named else discourse.named,
        scene=moved(discourse.scene, places, reading.context, reading.position, figures) if places else discourse.scene,
        lead=discourse.lead or _lead(here, reading, first),
        reported=discourse.reported or (next((d for d in dates if d.date and d.reported), None) if dates else None),
        printed=discourse.printed or (printed[0] if printed else None),
        last=told or (None if reading.mentions else discourse.last),
        last_at=reading.position if told is not None else discourse.last_at,
        total=figures[0] if figures else None,
        whole=whole or discourse.whole,
        age=1 if whole is not None else discourse.age + (not figures),
        quoting=quoting,
        spoken=reading.position if named or goes_on else discourse.spoken,
    )


def _lead(here: FieldContext, reading: Reading, first: When | None) -> When | None:
    """The first date of a text, without its day if it dates neither harm nor an event, and is not the article's:
    "talks opened on Monday". The first sentence tells what happened in many more words than are known.
    """
    if first is not None and first.shift > 0:
        return None  # "two days later": nothing before it tells later than what
    if first is None or not (reading.quiet and reading.position.sentence) or here.base is None:
        return first
    if first.date == here.base.isoformat():
        return first
    return first._replace(date=None, precision=None)


def _goes_on(discourse: Discourse, figures: Sequence[Figure]) -> bool:
    """Whether a sentence was taken for the words of the source named last: one quotation, or what it goes on to say."""
    return discourse.source is not None and any(figure.source == discourse.source.words for figure in figures)


def is_ahead(here: FieldContext, when: When) -> bool:
    """Whether a day told without a year was taken for that of last year, while it is soon to come: "until 30 April"."""
    if (
        here.base is None
        or when.date is None
        or when.precision is not Precision.DAY
        or when.date[4:] == here.base.isoformat()[4:]  # "hoy se cumple un año"
        or _YEAR.search(here.text, when.start, when.end)
    ):
        return False
    return (here.base - dt.date.fromisoformat(when.date)).days > ALMOST_A_YEAR


def _quoting(discourse: Discourse, reading: Reading) -> Quotation | None:
    """The quotation that is open behind a sentence: in its paragraph, by a mark that tells."""
    before = discourse.quoting if is_quoted(discourse, reading) else None
    opened, begun = open_behind(reading.sentence.text, before is not None)
    if not opened:
        return None
    if before is not None and not begun:
        return before
    own = next((a.source for a in reading.attributions if a.source is not None), None)
    spoken, here = discourse.spoken, reading.position
    near = spoken.paragraph == here.paragraph or spoken.sentence == here.sentence - 1
    goes_on = near and next(iter(reading.context.lows), "") == '"'
    if own is None and near and any(one.person and one.at < PRONOUN for one in reading.attributions):
        own = discourse.source
    return Quotation(here, own or (discourse.source if goes_on else None), own is not None)


def is_quoted(discourse: Discourse, reading: Reading) -> bool:
    """Whether a sentence stands inside a quotation that an earlier one of its paragraph opened."""
    if discourse.quoting is None:
        return False
    opened = discourse.quoting.position
    near = reading.position.sentence - opened.sentence <= LONGEST_QUOTATION
    return near and opened.paragraph == reading.position.paragraph


def unsourced(backwards: Iterable[Reading], position: Position) -> int:
    """How many of the sentences read before, from the last one back, are of this paragraph and name no source."""
    count = 0
    for reading in islice(backwards, LONGEST_QUOTATION):
        if reading.position.paragraph != position.paragraph or reading.attributions:
            break
        count += 1
    return count


def of_next_item(discourse: Discourse, intro: Discourse) -> Discourse:
    """The discourse in the next bullet or news item: as its list was introduced, with the names of sources so far."""
    return replace(intro, named=discourse.named)

"""The extraction: Article -> figures. For each sentence, for each mention, ask who, when, where and what kind.

Pure: no clock, no disk, no network. `passages` keeps what was considered, for those who ask why (explain.py).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from tracker.extraction import attributes
from tracker.extraction.attribution import SourceReader
from tracker.extraction.context import ScopeReader, Told
from tracker.extraction.dateline import dateline
from tracker.extraction.dates import When, published_date
from tracker.extraction.facts import FactReader
from tracker.extraction.lines import Line, LineReader
from tracker.extraction.mentions import DIVIDING_RULES, FORMER_RULE, UNIT_RULE, Mention, as_unit
from tracker.extraction.naming import SourceNamer
from tracker.extraction.places import PlaceReader
from tracker.extraction.reading import DATELINE, Once, Page, Reading, Trail, Whole, onward, unread
from tracker.extraction.scene import Scene, scene_of
from tracker.extraction.spans import HEADLINE_REACH, Sentence, sentences
from tracker.extraction.where import Where
from tracker.extraction.words import Words
from tracker.knowledge.conventions import Convention, load_convention
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language
from tracker.knowledge.sourcebook import Sourcebook
from tracker.model import Article, Cause, Figure, Precision, Scope, SourceType, changed, stable_id

WEIGHED = 20_000  # characters of an article in which words for the cause are counted


@dataclass(slots=True)  # one is made for each mention, and a frozen one takes four times as long
class Considered:
    """One candidate and what became of it: the words, the rule that took it, or why it was dropped."""

    field: str
    start: int
    words: str
    rule: str
    dropped: str | None


Candidate = tuple[Figure | None, Considered]


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Passage:
    """One sentence of a field as it was read, and its candidates in order."""

    field: str
    reading: Reading
    candidates: tuple[Candidate, ...]


@dataclass
class Extractor:
    """Reads articles with the knowledge it was given; holds no state between articles."""

    language: Language
    gazetteer: Gazetteer
    book: Sourcebook
    convention: Convention = field(default_factory=load_convention)
    lines: LineReader = field(init=False)
    sources: SourceReader = field(init=False)
    places: PlaceReader = field(init=False)
    scopes: ScopeReader = field(init=False)
    facts: FactReader = field(init=False)

    def __post_init__(self) -> None:
        self.lines = LineReader(self.language, self.gazetteer)
        self.sources = SourceReader(self.language, SourceNamer(self.language, self.book, self.gazetteer))
        self.places = PlaceReader(self.language, self.gazetteer)
        self.scopes = ScopeReader(self.language)
        self.facts = FactReader(self.language)

    def read(self, article: Article) -> tuple[list[Figure], Counter[str]]:
        """The figures of an article, the title's first, in order of their place, and how often it names each country;
        nothing where no word in it speaks of harm.
        """
        if not self.language.trigger.search(f"{article.title}\n{article.text}".lower()):
            return [], Counter()
        page, title = self._fields(article)
        last = max((at for at, line in enumerate(page.lines) if line.mentions()), default=-1)
        if last < 0 and not any(line.mentions() for line in title.lines):
            return [], Counter()
        passages = self._passages(page, title, last)
        figures = [figure for passage in passages for figure, _ in passage.candidates if figure is not None]
        return figures, page.spoken()

    def passages(self, article: Article) -> list[Passage]:
        """The sentences of an article as they were read, the title's first, each with its candidates."""
        page, title = self._fields(article)
        return self._passages(page, title, max((at for at, line in enumerate(page.lines) if line.harms), default=-1))

    def _passages(self, page: Page, head: Page, last: int) -> list[Passage]:
        """The same; the text is read before the title: its lead dates the headline. Behind its sentence number `last`
        are only those read that may go on from it.
        """
        body: list[Passage] = []
        trail = lead = Trail()
        for at, line in enumerate(page.lines):
            if at > last and trail.total is None and lead.lead is not None:
                body.append(Passage(page.field, unread(line.sentence), ()))  # nothing that comes can go on from it
                continue
            passage, trail = self._sentence(page, line, trail)
            body.append(passage)
            lead = lead if lead.lead else trail
        if page.base is not None:
            body = [_changed(passage, lambda figure: _dated(figure, lead.lead)) for passage in body]
        told = [figure for passage in body for figure, _ in passage.candidates if figure is not None]
        trail = Trail(lead=lead.lead)
        title: list[Passage] = []
        for line in head.lines:
            passage, trail = self._sentence(head, line, trail)
            title.append(_changed(passage, lambda figure: _twin(figure, told)))
        return title + body

    def _fields(self, article: Article) -> tuple[Page, Page]:
        """The text and the title of an article."""
        line, base = dateline(article.text), self._base(article)
        spoken = Once(lambda: self.places.spoken.count(article.title, article.text))
        held = sentences(article.text, self.language.abbreviations, article.title, line.stop if line is not None else 0)
        lines = [self.lines.line(one, base) for one in held]
        headline = [self.lines.line(one, base) for one in sentences(article.title, self.language.abbreviations)]
        filed = Once(lambda: self.places.filed_at(line, spoken()))
        whole = Once(lambda: self._whole(article, lines, spoken()))
        return (
            Page(article, "text", article.text, lines, base, spoken, line, filed, whole),
            Page(article, "title", article.title, headline, base, spoken, None, filed, whole),
        )

    def _whole(self, article: Article, lines: Sequence[Line], spoken: Counter[str]) -> Whole:
        """What holds for all of an article: asked for by its first figure, since most articles have none."""
        head = scene_of(self.lines.cutter.cut(Sentence(article.title, 0)), article.title, frozenset(), spoken)
        told = [line for line in lines if line.sentence.start < WEIGHED]
        weights = [self.lines.causes.weigh(head.lows), *[line.weights() for line in told]]
        return Whole(
            weights=Counter(chain.from_iterable(weights)),
            elsewhere=Once(lambda: self._headline_place(head)),
            land=Once(lambda: self.places.first_named(head) or self._land(article.text, told, spoken)),
        )

    def _land(self, text: str, lines: Sequence[Line], spoken: Counter[str]) -> Where | None:
        """The country that an article speaks of most, where one of its sentences first tells of it; or None."""
        names = self.places.spellings_of_most(spoken)
        for line in lines:
            if any(map(line.low.__contains__, names)) and not names.isdisjoint(line.words().lows):
                land = self.places.first_named(scene_of(line.words(), text, frozenset(), spoken))
                if land is not None:
                    return land
        return None

    def _headline_place(self, scene: Scene) -> Where | None:
        """The place that a headline names, or None."""
        told = self.places.find(scene) or self.places.named(scene)
        return next((where for where in told if where.named), None)

    def _base(self, article: Article) -> dt.date | None:
        """The date the article stands at: a full date at the head of its text, else the publication date."""
        return self.lines.dates.stands_at(article.text[:DATELINE]) or published_date(article.published)

    def _sentence(self, page: Page, line: Line, trail: Trail) -> tuple[Passage, Trail]:
        reading = self._read(page, line, trail)
        found = tuple(self._figures(page, reading, trail))
        figures = [figure for figure, _ in found if figure is not None]
        return Passage(page.field, reading, found), onward(trail, reading, figures)

    def _read(self, page: Page, line: Line, trail: Trail) -> Reading:
        """Everything in a sentence; mentions only where a word speaks of harm, or divides the figure before."""
        sentence, found = line.sentence, line.words()
        dates = line.dates()
        dated = _dated_words(found, dates)
        scene = scene_of(found, page.text, dated, page.spoken())
        turn = self.sources.speaker(scene)
        said = self.sources.find(scene, turn)
        places = attributes.places_in(scene, said, self.places)
        before = trail.total.outcome if trail.total is not None and self._divides(line) else None
        if before is None and not line.harms:
            return Reading(sentence, scene, dates, said=said, turn=turn, places=places)
        got = line.mentions() if before is None else self.lines.mentions(line.items(), before)
        if not got:
            return Reading(sentence, scene, dates, line, said=said, turn=turn, places=places)
        breaks = self.places.breaks(scene)
        aside = Once(lambda: attributes.places_aside(scene, said, self.places))
        return Reading(sentence, scene, dates, line, got, said, turn, breaks, places, aside)

    def _divides(self, line: Line) -> bool:
        """Whether a sentence may tell of parts of the figure before it: "most of them civilians"."""
        return any(map(line.low.__contains__, self.language.context.lists["parts"]))

    def _figures(self, page: Page, reading: Reading, trail: Trail) -> Iterator[Candidate]:
        built: dict[int, Figure] = {}
        for found in reading.mentions:
            mention = found
            why = self.facts.dropped(reading.items, reading.scene.lows, mention, reading.scene.dated)
            if why is None and _is_source(reading, mention):
                why = "the one who says so"
            if why is not None and mention.counted.unit is not None and mention.rule != UNIT_RULE:
                mention, why = as_unit(mention, mention.counted.unit), None  # threatened to kill 12 hostages: they are
            start, end = reading.span(mention)
            considered = Considered(page.field, start, page.text[start:end], mention.rule, why)
            if why is not None:
                yield None, considered
                continue
            figure = self._figure(page, reading, mention, trail)
            figure = _with_total(figure, mention, built, trail)
            built[mention.item] = figure
            yield figure, considered

    def _figure(self, page: Page, reading: Reading, mention: Mention, trail: Trail) -> Figure:
        """The figure of a mention, built once from the answers to the questions."""
        article, quantity = page.article, mention.counted.quantity
        start, end = reading.span(mention)
        source = attributes.source_of(page, reading, mention, trail, self.sources)
        cause = self.lines.causes.decide(reading.weights(), page.whole().weights, mention.outcome)
        scope, (date, precision, begin) = self._scope_and_date(page, reading, mention, trail, cause)
        place = self._place(page, reading, mention, trail, scope)
        where = place or (page.filed() if scope is not Scope.CUMULATIVE else None)
        word = self.convention.of_words(page.text[start:end], article.language) if quantity.value is None else None
        low, best, high = self.convention.bound(quantity.qualifier, quantity.value, quantity.high, word)
        return Figure(
            figure_id=stable_id(article.id, page.field, start, mention.outcome.value),
            article_id=article.id,
            publisher=article.publisher,
            published=article.published,
            title=article.title,
            url=article.url,
            language=article.language,
            field=page.field,
            start=start,
            end=end,
            figure=page.text[start:end],
            quote=reading.sentence.text,
            value=quantity.value,
            qualifier=quantity.qualifier,
            low=low,
            best=best,
            high=high,
            outcome=mention.outcome,
            victims=attributes.victims_of(page, reading, mention, self.language),
            victim_group=mention.counted.group,
            part_of=None,
            source=source.words if source else None,
            source_name=source.name if source else None,
            source_type=source.type if source else SourceType.UNATTRIBUTED,
            date=date,
            date_precision=precision,
            period_start=begin,
            scope=scope,
            place=place.words if place else None,
            country=where.country if where else None,
            conflict=None,
            cause=cause,
            confidence=attributes.confidence(mention),
            rule=mention.rule,
        )

    def _place(self, page: Page, reading: Reading, mention: Mention, trail: Trail, scope: Scope) -> Where | None:
        """Where: in the sentence; else where the text has last been; else what the headline names. A running total is
        that of a country, and not of a town abroad where it is spoken of.
        """
        place = attributes.place_of(reading, mention)
        if scope is not Scope.CUMULATIVE:
            return place or trail.place or page.whole().elsewhere()
        land = page.whole().land()
        abroad = place is not None and land is not None and place.country not in (None, land.country)
        if place is None or (abroad and not place.land):
            return trail.land or land or page.whole().elsewhere()
        return place

    def _scope_and_date(
        self, page: Page, reading: Reading, mention: Mention, trail: Trail, cause: Cause
    ) -> tuple[Scope, attributes.Dating]:
        when, since = attributes.when_of(page, reading, mention)
        if when is None and trail.total and trail.last and (trail.last.stretch or trail.last.as_of):
            when = trail.last  # "… over the past 24 hours. Some 40 fighters were killed around the town"
        words = attributes.near(page, reading, mention, int(self.language.scope.raw["reach"]))
        before = trail.total.scope if trail.total else None
        scope = self.scopes.scope_of(mention, Told(words, cause, when, since is not None, before))
        if scope is Scope.INCIDENT and not attributes.is_dated(reading, mention, when, self.sources):
            return scope, (None, None, None)
        if mention.rule == FORMER_RULE and scope is not Scope.INCIDENT:
            return scope, (None, None, None)  # as of when it stood so is not told
        return scope, attributes.dating(page, scope, when, since, trail)


def _dated_words(words: Words, dates: Sequence[When]) -> frozenset[int]:
    """The words inside date phrases."""
    starts = words.starts
    return frozenset([i for d in dates for i in range(bisect_left(starts, d.start), bisect_left(starts, d.end))])


def _is_source(reading: Reading, mention: Mention) -> bool:
    """Whether the one person counted is who speaks: "according to a member of the group, 150 have been killed"."""
    start, _ = reading.span(mention)
    told = any(a.source and a.source.start <= start < a.source.end for a in reading.said)
    return told and mention.counted.quantity.kind == "article"


def _changed(passage: Passage, change: Callable[[Figure], Figure]) -> Passage:
    """The passage with each of its figures changed."""
    if not passage.candidates:
        return passage
    candidates = [(change(figure) if figure else None, considered) for figure, considered in passage.candidates]
    return Passage(passage.field, passage.reading, tuple(candidates))


def _dated(figure: Figure, lead: When | None) -> Figure:
    """A figure at the head of a text that told no date yet, with the date that the lead then tells."""
    if figure.date is not None or figure.scope is not Scope.INCIDENT or lead is None:
        return figure
    if lead.precision is not Precision.DAY or not figure.start < lead.start < HEADLINE_REACH:
        return figure
    return changed(figure, date=lead.date, date_precision=lead.precision)


def _twin(figure: Figure, told: Sequence[Figure]) -> Figure:
    """A headline's figure with the scope, date and country that the text gives the same number."""
    same = [f for f in told if f.outcome is figure.outcome and f.value == figure.value]
    if figure.value is None or not same:
        return figure
    return changed(_alike(figure, same[0]), place=figure.place)


def _with_total(figure: Figure, mention: Mention, built: Mapping[int, Figure], trail: Trail) -> Figure:
    """The figure with the id of its total and its scope, date and place; or with those told before in its sentence."""
    total = built.get(mention.part_of) if mention.part_of is not None else None
    if total is None and mention.part_of is None and mention.rule.rstrip("+") in DIVIDING_RULES:
        total = trail.total if _divides(figure, trail.total) else None
    if total is not None:
        return changed(_alike(figure, total), part_of=total.figure_id)
    last = built[max(built)] if built else None
    if last is None or figure.scope is not Scope.INCIDENT or last.scope is Scope.INCIDENT:
        return figure
    other_date = figure.date not in (None, last.date) and last.scope is Scope.PERIOD
    return figure if other_date else _alike(figure, last)


def _divides(figure: Figure, total: Figure | None) -> bool:
    """Whether a figure can be a part of the one told before it."""
    if total is None or total.outcome is not figure.outcome:
        return False
    return figure.value is None or total.value is None or figure.value <= total.value


def _alike(figure: Figure, other: Figure) -> Figure:
    """The figure with the scope and date of another, and with its place where it has none."""
    return changed(
        figure,
        scope=other.scope,
        date=other.date,
        date_precision=other.date_precision,
        period_start=other.period_start,
        place=figure.place or other.place,
        country=figure.country or other.country,
    )

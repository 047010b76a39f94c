"""The extraction: Article -> figures. For each sentence, for each mention, ask who, when, where and what kind.

Pure: no clock, no disk, no network. `explain` is the same loop with its trail shown.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.extraction.attribution import Attribution, Source, SourceReader, vouching
from tracker.extraction.context import CauseReader, Told, dropped, scope_of
from tracker.extraction.dates import DateReader, When, published_date
from tracker.extraction.items import Item, Tagger
from tracker.extraction.mentions import PART_RULE, UNIT_RULE, Mention, as_unit, mentions
from tracker.extraction.places import PlaceReader, Scene, Where, nearest
from tracker.extraction.spans import Sentence, Token, sentences, tokens
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language
from tracker.knowledge.sourcebook import Sourcebook
from tracker.model import (
    Article,
    Cause,
    Figure,
    Outcome,
    Precision,
    Qualifier,
    Scope,
    SourceType,
    VictimGroup,
    stable_id,
)

DATELINE = 160  # a full date this near to the head of a text is the date the article stands at


@dataclass(frozen=True, slots=True)
class Considered:
    """One candidate and what became of it: the words, the rule that took it, or why it was dropped."""

    field: str
    start: int
    words: str
    rule: str
    dropped: str | None


@dataclass(frozen=True, slots=True)
class Trail:
    """What was said before in the article: the source last named, the place and date of its lead, the date last told of,
    and the outcome and id of the figure that the sentence before began with."""

    source: Source | None = None
    place: Where | None = None
    land: Where | None = None
    when: When | None = None
    last: When | None = None
    total: tuple[Outcome, str] | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with everything found in it."""

    sentence: Sentence
    tokens: Sequence[Token]
    items: Sequence[Item]
    mentions: Sequence[Mention]
    dates: Sequence[When]
    dated: frozenset[int]
    caps: bool


@dataclass
class Extractor:
    """Reads articles with the knowledge it was given; holds no state between articles."""

    language: Language
    gazetteer: Gazetteer
    book: Sourcebook
    tagger: Tagger = field(init=False)
    dates: DateReader = field(init=False)
    sources: SourceReader = field(init=False)
    places: PlaceReader = field(init=False)
    causes: CauseReader = field(init=False)
    parts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.parts = self.language.context.lists["parts"]
        self.tagger = Tagger(self.language, self.gazetteer.demonyms)
        self.dates = DateReader(self.language.dates)
        self.sources = SourceReader(self.language, self.book, self.gazetteer)
        self.places = PlaceReader(self.language, self.gazetteer)
        self.causes = CauseReader(self.language)

    def extract(self, article: Article) -> list[Figure]:
        """The figures of an article, the title's first, in order of their place; [] where there is none."""
        return [figure for figure, _ in self._run(article) if figure is not None]

    def explain(self, article: Article) -> list[Considered]:
        """Every candidate of an article, in order, with the rule that took it or why it was dropped."""
        return [considered for _, considered in self._run(article)]

    def _run(self, article: Article) -> Iterator[tuple[Figure | None, Considered]]:
        if not self.language.trigger.search(f"{article.title}\n{article.text}".lower()):
            return
        spoken = self.places.spoken_of(article.title, article.text)
        base = self._base(article)
        weights = self.causes.weigh([t.low for t in tokens(Sentence(f"{article.title}\n{article.text}"[:20000], 0))])
        dateline = len(self.places.dateline(article.text))
        lead = Trail()
        body: list[tuple[Figure | None, Considered]] = []
        for name, text in (("text", article.text), ("title", article.title)):
            trail = Trail(place=lead.place, land=lead.land, when=lead.when) if name == "title" else Trail()
            headline = article.title if name == "text" else ""
            for sentence in sentences(text, self.language.abbreviations, headline):
                context = _Context(article, name, text, spoken, base, weights, trail, dateline if name == "text" else 0)
                read = self._read(sentence, base, trail)
                found = self.sources.find(read.tokens, text, read.dated, read.caps)
                where = self._places(context, read, found)
                figures = list(self._figures(context, read, found, where))
                if name == "title":
                    yield from ((_twin(f, body), c) for f, c in figures)
                else:
                    body.extend(figures)
                trail = _onward(trail, read, found, where, [f for f, _ in figures if f is not None])
                lead = lead if lead.when or name == "title" else trail
        yield from body

    def _base(self, article: Article) -> dt.date | None:
        """The date the article stands at: a full date at the head of its text, else the publication date."""
        for when in self.dates.find(article.text[:DATELINE], 0, None):
            before = article.text[: when.start].rstrip().rsplit(" ", 1)[-1].lower()
            if (
                when.date
                and when.precision is Precision.DAY
                and before not in {"on", "since", "until", "from", "to", "of"}
            ):
                return published_date(when.date)
        return published_date(article.published)

    def _read(self, sentence: Sentence, base: dt.date | None, trail: Trail) -> _Read:
        found = tokens(sentence)
        caps = sum(t.text.isupper() for t in found if t.kind == "word") * 2 > sum(t.kind == "word" for t in found)
        divides = trail.total is not None and any(p in sentence.text.lower() for p in self.parts)
        if not divides and not self.language.trigger.search(sentence.text.lower()):
            dates = self.dates.find(sentence.text, sentence.start, base)
            return _Read(sentence, found, (), (), dates, _inside(found, dates), caps)
        dates = self.dates.find(sentence.text, sentence.start, base)
        items = self.tagger.items(found, [(d.start, d.end) for d in dates])
        before = trail.total[0] if divides and trail.total else None
        got = mentions(items, self.tagger.letters(items), self.language, before)
        return _Read(sentence, found, items, got, dates, _inside(found, dates), caps)

    def _figures(
        self, context: _Context, read: _Read, found: Sequence[Attribution], where: Sequence[Where]
    ) -> Iterator[tuple[Figure | None, Considered]]:
        lows = [t.low for t in read.tokens]
        ids: dict[int, str] = {}
        built: dict[int, Figure] = {}
        for mention in read.mentions:
            start, end = _span(read, mention)
            words = context.text[start:end]
            why = dropped(read.items, lows, mention, read.dated, self.language)
            if why is not None and mention.counted.unit is not None and mention.rule != UNIT_RULE:
                mention, why = as_unit(mention, mention.counted.unit), None  # threatened to kill 12 hostages: they are
            considered = Considered(context.field, start, words, mention.rule, why)
            if why is not None:
                yield None, considered
                continue
            figure = self._figure(context, read, mention, found, where, ids)
            figure = _like(figure, mention, built)
            built[mention.item], ids[mention.item] = figure, figure.figure_id
            yield figure, considered

    def _figure(
        self,
        context: _Context,
        read: _Read,
        mention: Mention,
        found: Sequence[Attribution],
        where: Sequence[Where],
        ids: dict[int, str],
    ) -> Figure:
        article = context.article
        start, end = _span(read, mention)
        quantity = mention.counted.quantity
        source = self._source(context, read, mention, found)
        when, since = self._when(context, read, mention)
        cause = self.causes.decide(self.causes.weigh([t.low for t in read.tokens]), context.weights, mention.outcome)
        scope = scope_of(
            self.language,
            mention,
            Told(self._near(context, read, start, end), cause, when, since is not None, context.trail.scope),
        )
        date, precision, begin = self._dating(context, scope, when, since)
        place = self._place(context, read, mention, found, where)
        if place is None:
            place = context.trail.land if scope is Scope.CUMULATIVE else context.trail.place
        noun = mention.counted.noun
        victims = self._victims(context, read, mention, noun)
        low, best, high = _bounds(quantity.value, quantity.high, quantity.qualifier)
        return Figure(
            figure_id=stable_id(article.id, context.field, start, mention.outcome.value),
            article_id=article.id,
            publisher=article.publisher,
            published=article.published,
            title=article.title,
            url=article.url,
            language=article.language,
            field=context.field,
            start=start,
            end=end,
            figure=context.text[start:end],
            quote=read.sentence.text,
            value=quantity.value,
            qualifier=quantity.qualifier,
            low=low,
            best=best,
            high=high,
            outcome=mention.outcome,
            victims=victims,
            victim_group=mention.counted.group,
            part_of=self._total(context, mention, ids),
            source=source.words if source else None,
            source_name=source.name if source else None,
            source_type=source.type if source else SourceType.UNATTRIBUTED,
            date=date,
            date_precision=precision,
            period_start=begin,
            scope=scope,
            place=place.words if place else None,
            country=place.country if place else None,
            conflict=None,
            cause=cause,
            confidence=_confidence(mention, quantity.qualifier, cause),
            rule=mention.rule,
        )

    @staticmethod
    def _total(context: _Context, mention: Mention, ids: dict[int, str]) -> str | None:
        """The id of the figure that this one is a part of, in its sentence or the one before."""
        if mention.part_of is not None:
            return ids.get(mention.part_of)
        before = context.trail.total
        return before[1] if before is not None and mention.rule.startswith(PART_RULE) else None

    @staticmethod
    def _scene(context: _Context, read: _Read) -> Scene:
        words = [t for t in read.tokens if t.kind == "word"]
        headline = sum(t.capital for t in words) * 10 > len(words) * 6
        lows = [t.low for t in read.tokens]
        return Scene(read.tokens, lows, context.text, read.dated, read.caps or headline, context.spoken)

    def _near(self, context: _Context, read: _Read, start: int, end: int) -> str:
        reach = int(self.language.scope.raw["reach"])
        return context.text[max(read.sentence.start, start - reach) : min(read.sentence.end, end + reach)].lower()

    def _source(self, context: _Context, read: _Read, mention: Mention, found: Sequence[Attribution]) -> Source | None:
        at = read.items[mention.item].first
        source = vouching(found, at, context.trail.source)
        if source is not None or not read.tokens:
            return source
        if read.sentence.text.rstrip(" .") == context.article.title.rstrip(" ."):
            counted = frozenset(i for item in read.items if item.counted for i in range(item.first, item.stop))
            return self.sources.in_title(read.tokens, context.text, counted)
        return context.trail.source if self.sources.carries_on([t.low for t in read.tokens]) else None

    def _places(self, context: _Context, read: _Read, found: Sequence[Attribution]) -> list[Where]:
        """The place phrases of a sentence; a place inside the name of a source is none."""
        spans = _spans(found)
        return [w for w in self.places.find(self._scene(context, read)) if not _within(w, spans)]

    def _place(
        self, context: _Context, read: _Read, mention: Mention, found: Sequence[Attribution], where: Sequence[Where]
    ) -> Where | None:
        at, after = read.items[mention.item].first, read.items[mention.harm].stop
        chosen = nearest(where, at, max(after, read.items[mention.item].stop))
        if chosen is None:
            spans = _spans(found)
            named = [w for w in self.places.named(self._scene(context, read)) if not _within(w, spans)]
            named = [w for w in named if w.end > context.dateline]
            chosen = nearest(named, at, after)
        return chosen

    def _when(self, context: _Context, read: _Read, mention: Mention) -> tuple[When | None, When | None]:
        """The date phrase nearest to the figure, and the one that tells since when."""
        at = read.tokens[read.items[mention.item].first].start
        since = [d for d in read.dates if d.since]
        told = [d for d in read.dates if not d.since and not d.idle]
        rest = [d for d in told if not self._dateline(context, d)] or told
        when = min(rest, key=lambda d: abs(d.start - at)) if rest else None
        return when, since[0] if since else None

    @staticmethod
    def _dateline(context: _Context, when: When) -> bool:
        """Whether a date is only the one the article stands at, printed at the head of its text."""
        return (
            context.field == "text"
            and when.start < DATELINE
            and context.base is not None
            and (when.date == context.base.isoformat() and when.end - when.start >= 8)
        )

    def _dating(
        self, context: _Context, scope: Scope, when: When | None, since: When | None
    ) -> tuple[str | None, Precision | None, str | None]:
        """Date, its precision and the start of the period: the as-of date of a total is the article's own."""
        base = context.base
        if scope is Scope.CUMULATIVE:
            day = base.isoformat() if base else None
            if when is not None and when.as_of and when.date:
                day = when.date
            begin = since.date if since else when.period_start if when and when.stretch else None
            return day, Precision.DAY if day else None, begin
        if when is None:
            when = context.trail.last or context.trail.when
        if when is None or when.date is None:
            return None, None, None
        return when.date, when.precision, when.period_start

    def _victims(self, context: _Context, read: _Read, mention: Mention, noun: tuple[int, int] | None) -> str | None:
        if noun is None:
            return None
        first, last = noun
        if all(t.low in self.language.others for t in read.tokens[first:last]):
            return None
        return context.text[read.tokens[first].start : read.tokens[last - 1].end]


@dataclass(frozen=True, slots=True)
class _Context:
    """What a sentence is read in."""

    article: Article
    field: str
    text: str
    spoken: Counter[str]
    base: dt.date | None
    weights: Counter[Cause]
    trail: Trail
    dateline: int  # offset where the dateline of the text ends; 0 where it has none


def _twin(figure: Figure | None, body: Sequence[tuple[Figure | None, Considered]]) -> Figure | None:
    """A headline's figure with the scope and date that the text gives the same number."""
    if figure is None:
        return None
    same = [f for f, _ in body if f and f.outcome is figure.outcome and f.value == figure.value and f.value is not None]
    if not same:
        return figure
    told = same[0]
    dated = replace(figure, date=told.date, date_precision=told.date_precision, period_start=told.period_start)
    return replace(dated, scope=told.scope, place=figure.place or told.place, country=figure.country or told.country)


def _like(figure: Figure, mention: Mention, built: Mapping[int, Figure]) -> Figure:
    """The figure with the scope and date of the one it is a part of, or is told together with in its sentence."""
    total = built.get(mention.part_of) if mention.part_of is not None else None
    if total is None and figure.scope is Scope.INCIDENT and built:
        last = built[max(built)]
        total = last if last.scope is not Scope.INCIDENT and last.outcome is not Outcome.DETAINED else None
        if total is not None and figure.date not in (None, total.date) and total.scope is Scope.PERIOD:
            total = None
    if total is None:
        return figure
    return replace(
        figure,
        scope=total.scope,
        date=total.date,
        date_precision=total.date_precision,
        period_start=total.period_start,
        place=figure.place or total.place,
        country=figure.country or total.country,
    )


def _spans(found: Sequence[Attribution]) -> list[tuple[int, int]]:
    return [(a.source.start, a.source.end) for a in found if a.source is not None]


def _within(where: Where, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= where.start and where.end <= end for start, end in spans)


def _span(read: _Read, mention: Mention) -> tuple[int, int]:
    quantity = mention.counted.quantity
    return read.tokens[quantity.first].start, read.tokens[quantity.stop - 1].end


def _inside(found: Sequence[Token], dates: Sequence[When]) -> frozenset[int]:
    return frozenset(i for i, t in enumerate(found) for d in dates if d.start <= t.start < d.end)


def _onward(
    trail: Trail, read: _Read, found: Sequence[Attribution], where: Sequence[Where], figures: Sequence[Figure]
) -> Trail:
    """The trail after a sentence; the date of a sentence holds on for the next one, then the lead's does again."""
    named = [a.source for a in found if a.source is not None]
    strong = [w for w in where if w.strong and w.named]
    dated = [d for d in read.dates if d.date and not d.since and not d.idle]
    at_head = read.sentence.start < DATELINE and len(dated) > 1
    first = dated[1 if at_head else 0] if dated else None
    return Trail(
        source=named[-1] if named else trail.source if found or not read.mentions else None,
        place=strong[0] if strong else trail.place,
        land=next((w for w in reversed(where) if w.land and w.strong), trail.land),
        when=trail.when or first,
        last=first or (trail.last if not read.mentions else None),
        total=(figures[0].outcome, figures[0].figure_id) if figures else None,
        scope=figures[0].scope if figures else None,
    )


def _bounds(value: int | None, high: int | None, qualifier: Qualifier) -> tuple[int | None, int | None, int | None]:
    """Low, best and high as the article says them and nothing else (the convention "verbatim" of ../shared/domain.md)."""
    if value is None:
        return None, None, None
    if qualifier is Qualifier.RANGE:
        return value, None, high
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return value, value, None
    if qualifier is Qualifier.UP_TO:
        return None, value, value
    return value, value, value


def _confidence(mention: Mention, qualifier: Qualifier, cause: Cause) -> float:
    """How sure the rule is: a count of people right beside its verb is surer than a bare number at a distance."""
    score = 0.95
    if mention.counted.noun is None:
        score -= 0.1
    if mention.rule.endswith("+"):
        score -= 0.1
    if abs(mention.harm - mention.item) > 4:
        score -= 0.1
    if mention.counted.group is VictimGroup.UNSPECIFIED and mention.counted.noun is not None:
        score -= 0.05
    return round(score, 2)

"""The extraction: it turns an article into figures, by asking who, when, where and what kind for each mention.

It is pure: no clock, no disk, no network. `passages` also keeps the candidates that were dropped (for explain.py).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from tracker.extraction.afterwards import BACK, AfterwardsReader
from tracker.extraction.choice.scope_and_date import ScopeAndDateChooser
from tracker.extraction.choice.where import PlaceChooser
from tracker.extraction.choice.who import SourceChooser
from tracker.extraction.counts.facts import FactReader
from tracker.extraction.counts.mentions import UNIT_RULE, Mention, as_unit
from tracker.extraction.counts.no_victims import NO_VICTIMS
from tracker.extraction.dated_later import ReturnReader, dated_later
from tracker.extraction.figure_building import Choosers, FigureBuilder
from tracker.extraction.headlines import dated_in, headed_alike
from tracker.extraction.kind.scope_and_cause import ScopeReader
from tracker.extraction.known_events import EventReader
from tracker.extraction.lines import Line, LineReader
from tracker.extraction.linking import crediting, dated_by, linked, placed_again, told_again
from tracker.extraction.main_country import MainCountry
from tracker.extraction.mentioned import DIVIDED, MentionReader
from tracker.extraction.passage import Candidate, Considered, Passage, changed_passage
from tracker.extraction.reading import (
    DATELINE,
    ArticleContext,
    Discourse,
    FieldContext,
    Reading,
    advanced,
    of_next_item,
    part_of,
    unread,
    unsourced,
)
from tracker.extraction.speaking import speaker_behind
from tracker.extraction.text.lazy import Lazy
from tracker.extraction.text.paragraphs import START, Position, positions
from tracker.extraction.text.sentences import Sentence, headline_end, sentences
from tracker.extraction.text.tokens import Tokens
from tracker.extraction.told_after import FARTHEST, told_after
from tracker.extraction.when.dateline import dateline, only_year
from tracker.extraction.when.phrases import When, published_date
from tracker.extraction.where.places import PlaceReader
from tracker.extraction.who.attribution import SourceReader
from tracker.extraction.who.names import Source, SourceNamer
from tracker.knowledge.conventions import Convention, load_convention
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.known_events import load_events_in
from tracker.knowledge.language import Language
from tracker.knowledge.registry import load_conflicts
from tracker.knowledge.sourcebook import Sourcebook
from tracker.model import Article, Figure

NAMED = 2  # sentences before one in which an event is named to which it points: "in that attack"
NEAR = 20  # characters before a sentence in which the heading of a speech or of a report stands: "[SPEECH]"
WEIGHED = 20_000  # characters at the head of an article in which words for the cause are counted


@dataclass
class Extractor:
    """Reads articles with the knowledge it was given. It keeps no state between articles."""

    language: Language
    gazetteer: Gazetteer
    book: Sourcebook
    convention: Convention = field(default_factory=load_convention)
    lines: LineReader = field(init=False)
    sources: SourceReader = field(init=False)
    places: PlaceReader = field(init=False)
    main: MainCountry = field(init=False)
    scopes: ScopeReader = field(init=False)
    facts: FactReader = field(init=False)
    mentioned: MentionReader = field(init=False)
    events: EventReader = field(init=False)
    afterwards: AfterwardsReader = field(init=False)
    who: SourceChooser = field(init=False)
    kind: ScopeAndDateChooser = field(init=False)
    returns: ReturnReader = field(init=False)
    where: PlaceChooser = field(init=False)
    builder: FigureBuilder = field(init=False)

    def __post_init__(self) -> None:
        self.lines = LineReader(self.language, self.gazetteer, self.book.by_name)
        self.sources = SourceReader(self.language, SourceNamer(self.language, self.book, self.gazetteer))
        self.places = PlaceReader(self.language, self.gazetteer)
        self.main = MainCountry(self.places, self.lines)
        self.scopes = ScopeReader(self.language)
        self.facts = FactReader(self.language)
        self.mentioned = MentionReader(self.language, self.lines, frozenset(self.gazetteer.demonyms))
        self.events = EventReader(load_events_in(self.language.code), self.language)
        self.afterwards = AfterwardsReader(self.language)
        self.returns = ReturnReader(self.language)
        self.who = SourceChooser(self.language, self.sources)
        self.where = PlaceChooser(self.places, load_conflicts())
        nations = frozenset(self.gazetteer.demonyms)
        self.kind = ScopeAndDateChooser(self.language, self.scopes, self.sources, load_conflicts(), nations)
        choosers = Choosers(self.who, self.kind, self.where)
        self.builder = FigureBuilder(self.language, self.convention, self.lines.causes, self.events, choosers)

    def read(self, article: Article) -> tuple[list[Figure], Counter[str]]:
        """The figures of an article in order, those of the title first, and how often it names each country.

        Both are empty if no word of the article speaks of harm.
        """
        if not self.language.trigger.search(f"{article.title}\n{article.text}".lower()):
            return [], Counter()
        here, title = self._fields(article)
        last = next((at for at in range(len(here.lines) - 1, -1, -1) if here.lines[at].mentions()), -1)
        if last < 0 and not any(line.mentions() for line in title.lines):
            return [], Counter()
        passages = self._passages(here, title, last)
        figures = [figure for passage in passages for figure, _ in passage.candidates if figure is not None]
        return figures, here.country_counts()

    def passages(self, article: Article) -> list[Passage]:
        """The sentences of an article as they were read, those of the title first, each with its candidates."""
        here, title = self._fields(article)
        return self._passages(here, title, max((at for at, line in enumerate(here.lines) if line.harms), default=-1))

    def _passages(self, here: FieldContext, head: FieldContext, last: int) -> list[Passage]:
        """The sentences of both fields. The text is read before the title, because its lead dates the headline.

        `last` is the index of the last sentence with a mention. Later sentences are read only if they may continue it.
        """
        body: list[Passage] = []
        intro = discourse = lead = Discourse(speaker=self._author(head))
        places = positions(here.text, [line.sentence for line in here.lines])
        item = 0
        later = self.sources.quoted_before or self.afterwards.speaks
        further = max(FARTHEST, BACK) if later else 0  # sentences behind a mention that may tell who, when or where
        for at, (line, position) in enumerate(zip(here.lines, places, strict=True)):
            if position.item != item:
                intro = discourse if at and _introduces(here.lines[at - 1]) else of_next_item(discourse, intro)
                item, discourse = position.item, intro
            divided = discourse.whole is not None and discourse.age <= DIVIDED
            goes_on = divided or discourse.total is not None or discourse.quoting is not None
            placing = at <= last + BACK and self.afterwards.opens_place(line.low)
            if at > last + further and not (goes_on or placing) and lead.lead is not None:
                body.append(Passage(here.field, unread(line.sentence), ()))  # no later sentence can continue it
                continue
            said = discourse
            passage, discourse = self._sentence(here, line, position, said, body[-NAMED:])
            self._credit(body, passage.reading, said)
            self.afterwards.complete(body, passage.reading, line.low, here.base)
            if placing:
                self.afterwards.place(body, passage.reading, line.low)
            body.append(passage)
            lead = lead if lead.lead else discourse
        discourse = Discourse(lead=lead.lead, printed=lead.printed)
        title: list[Passage] = []
        for line in head.lines:
            passage, discourse = self._sentence(head, line, START, discourse, title[-NAMED:])
            title.append(passage)
        if here.base is not None:
            whole = dated_later(self.returns, title + body, here.lines, here.base)
            headline = headline_end(here.text, here.article.title)
            by_lead = partial(dated_by, lead=lead, headline=headline, base=here.base)
            title, body = whole[: len(title)], [changed_passage(one, by_lead) for one in whole[len(title) :]]
        whole = headed_alike(title, body, headline_end(here.text, here.article.title))
        printed = lead.printed.date if lead.printed else None
        figures = [figure for passage in whole for figure, _ in passage.candidates if figure is not None]
        sure = dated_in(whole)
        again, placed = told_again(figures, printed, sure), placed_again(figures)
        return [changed_passage(passage, lambda figure: placed(again(figure))) for passage in whole]

    def _author(self, head: FieldContext) -> Source | None:
        """Whose words an article is by its headline."""
        if not head.lines or self.sources.lines.statements.at(head.lines[0].tokens().lows, 0) is None:
            return None
        context = self.lines.context(head.lines[0].tokens(), head.text, frozenset(), head.country_counts())
        return self.sources.lines.author(context)

    def _credit(self, body: list[Passage], reading: Reading, said: Discourse) -> None:
        """Gives the figures of earlier sentences the source that a sentence names for them.

        `said`: what was said before the sentence.
        """
        speaker, begin = speaker_behind(said, reading)
        if speaker is not None:
            taken = said.quoting.source if said.quoting is not None else None
            body[begin:] = [changed_passage(one, crediting(speaker, taken)) for one in body[begin:]]
        if body:
            later, back = told_after(self.sources, [one.reading for one in body[-FARTHEST:]], reading, said)
            if later is not None:
                body[-back:] = [changed_passage(one, crediting(later)) for one in body[-back:]]
        reference = self.sources.reference(reading.attributions)
        if reference is not None:
            first = len(body) - unsourced((one.reading for one in reversed(body)), reading.position)
            body[first:] = [changed_passage(one, crediting(reference)) for one in body[first:]]

    def _fields(self, article: Article) -> tuple[FieldContext, FieldContext]:
        """The contexts of the text and of the title of an article."""
        line, base = dateline(article.text), self._base(article)
        country_counts = Lazy(lambda: self.places.country_counter.count(article.title, article.text))
        begin, spelling = line.stop if line is not None else 0, self.language.spelling
        held = sentences(article.text, self.language.abbreviations, article.title, begin, spelling.lines_end)
        year = only_year(article.text) if base is None else None
        lines = [self.lines.line(one, base, year) for one in held]
        headline = [self.lines.line(one, base, year) for one in sentences(article.title, self.language.abbreviations)]
        filed = Lazy(lambda: self.main.filed_at(line, country_counts()))
        article_context = Lazy(lambda: self._article_context(article, lines, country_counts()))
        told, before = self.events.told_in(lines, article.title, base), self.events.told_in(headline, "", base)
        whole = (filed, article_context)
        return (
            FieldContext(article, "text", article.text, lines, base, country_counts, line, *whole, told),
            FieldContext(article, "title", article.title, headline, base, country_counts, None, *whole, before),
        )

    def _article_context(self, article: Article, lines: Sequence[Line], country_counts: Counter[str]) -> ArticleContext:
        """What holds for the whole article. It is computed for the first figure only: most articles have none."""
        tokens = self.lines.tokenizer.cut(Sentence(article.title, 0))
        head = self.lines.context(tokens, article.title, frozenset(), country_counts)
        weighed = [line for line in lines if line.sentence.start < WEIGHED]
        weights = [self.lines.causes.weigh(head.lows), *[line.weights() for line in weighed]]
        return ArticleContext(
            weights=Counter(chain.from_iterable(weights)),
            headline_place=Lazy(lambda: self.main.place_of_headline(head, self.where.elsewhere.of_headline(head))),
            only_country=Lazy(lambda: self.main.only_named(article, country_counts)),
            main_country=Lazy(
                lambda: self.main.of_headline(head) or self.main.of_text(article.text, weighed, country_counts)
            ),
        )

    def _base(self, article: Article) -> dt.date | None:
        """The date of the article: a full date at the head of its text, else the publication date."""
        return self.lines.dates.stands_at(article.text[:DATELINE]) or published_date(article.published)

    def _sentence(
        self, here: FieldContext, line: Line, position: Position, discourse: Discourse, before: Sequence[Passage]
    ) -> tuple[Passage, Discourse]:
        reading = self._read(here, line, discourse, [one.reading for one in before], position)
        if discourse.speaker is not None and self.sources.lines.ends_speech(reading.context):
            discourse = replace(discourse, speaker=None)
        found = tuple(self._figures(here, reading, discourse))
        figures = [figure for figure, _ in found if figure is not None]
        return Passage(here.field, reading, found), advanced(here, discourse, reading, figures)

    def _read(
        self, here: FieldContext, line: Line, discourse: Discourse, earlier: Sequence[Reading], position: Position
    ) -> Reading:
        """Everything in a sentence. Mentions are read only if a word speaks of harm or divides the figure before."""
        sentence, tokens = line.sentence, line.tokens()
        dates = line.dates()
        dated = _dated_tokens(tokens, dates)
        context = self.lines.context(tokens, here.text, dated, here.country_counts())
        context.spoke = Lazy(lambda: self.sources.namer.names_of(discourse.named))
        speaker = self.sources.lines.speaker(context, here.text[: sentence.start][-NEAR:].rstrip())
        attributions = self.sources.find(context, speaker)
        places = self.where.elsewhere.places_in(context, attributions)
        mentions = self.mentioned.mentions(line, discourse)
        if not mentions:
            told = line if line.harms else None
            found = Reading(sentence, context, dates, told, attributions=attributions, speaker=speaker, places=places)
            found.position = position
            if dates and discourse.lead is None and not self.kind.when.events.are_told(found):
                found.quiet = all(item.outcome is None for item in found.items)
            return found
        breaks = self.where.references.breaks(context)
        aside = Lazy(lambda: self.where.elsewhere.aside(context, attributions))
        found = Reading(sentence, context, dates, line, mentions, attributions, speaker, breaks, places, aside)
        found.position = position
        found.previous = earlier[-1] if earlier else None
        found.dates = self.kind.when.reactions.without_the_reaction(found) or dates
        found.events, found.recalled = self.events.of_mentions(found, here.base, earlier, here.told_events)
        if len(mentions) > 1:
            figures = [found.span(mention)[0] - sentence.start for mention in mentions]
            found.parts = [at + sentence.start for at in self.scopes.parts_of(line.low, sorted(figures))]
        return found

    def _figures(self, here: FieldContext, reading: Reading, discourse: Discourse) -> Iterator[Candidate]:
        built: dict[int, Figure] = {}
        for found in reading.mentions:
            mention = found
            why = self.facts.dropped(reading.items, reading.context.lows, mention, reading.context.dated)
            if why is None and _is_source(reading, mention):
                why = "the one who says so"
            again = why is not None and why not in NO_VICTIMS and mention.rule != UNIT_RULE
            if again and mention.counted.unit is not None:
                mention, why = as_unit(mention, mention.counted.unit), None  # "threatened to kill 12 hostages"
            start, end = reading.span(mention)
            considered = Considered(here.field, start, here.text[start:end], mention.rule, why)
            if why is not None:
                yield None, considered
                continue
            figure, considered.choices = self.builder.figure(here, reading, mention, discourse)
            beside = built
            if reading.parts:
                here_too = part_of(reading, start)
                beside = {at: one for at, one in built.items() if part_of(reading, one.start) == here_too}
            where = considered.choices.where.answer
            figure = linked(figure, mention, beside, discourse, where.start if where is not None else None)
            built[mention.item] = figure
            yield figure, considered


def _introduces(line: Line) -> bool:
    """Whether a sentence introduces a list, so that what it says holds for each item: "Dead on Sunday, by site:"."""
    return line.sentence.text.endswith(":")


def _dated_tokens(tokens: Tokens, dates: Sequence[When]) -> frozenset[int]:
    """The indices of the tokens inside date phrases."""
    if not dates:
        return frozenset()
    starts = tokens.starts
    return frozenset([i for d in dates for i in range(bisect_left(starts, d.start), bisect_left(starts, d.end))])


def _is_source(reading: Reading, mention: Mention) -> bool:
    """Whether those counted are the speakers: "according to a member of the group, 150 have been killed", "selon
    plusieurs d'entre eux".
    """
    start, _ = reading.span(mention)
    behind = reading.items[mention.item + 1 : mention.item + 2]
    if mention.harm < mention.item and behind and "be" in behind[0].roles:
        return False  # "the death of a second guard was confirmed"
    is_speaker = any(a.source and a.source.start <= start < a.source.end for a in reading.attributions)
    return is_speaker and (mention.counted.quantity.kind == "article" or mention.counted.quantity.value is None)

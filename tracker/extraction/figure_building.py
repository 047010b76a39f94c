"""Builds the figure of a mention: one question after the other, who, what kind, when and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tracker.extraction import attributes
from tracker.extraction.choice import when as dates
from tracker.extraction.choice.candidates import Choice
from tracker.extraction.choice.place_evidence import Asked, is_long
from tracker.extraction.choice.scope_and_date import ScopeAndDateChooser
from tracker.extraction.choice.when import Dating
from tracker.extraction.choice.where import PlaceChooser
from tracker.extraction.choice.who import SourceChooser
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.kind.scope_and_cause import CauseReader
from tracker.extraction.known_events import EventReader
from tracker.extraction.passage import Choices
from tracker.extraction.reading import Discourse, FieldContext, Reading
from tracker.extraction.when.phrases import When
from tracker.extraction.where.place import Where
from tracker.knowledge.conventions import Convention
from tracker.knowledge.known_events import KnownEvent
from tracker.knowledge.language import Language
from tracker.model import Cause, Figure, Scope, SourceType, stable_id


class Choosers(NamedTuple):
    """What answers the three questions that have several candidates."""

    who: SourceChooser
    kind: ScopeAndDateChooser
    where: PlaceChooser


@dataclass(frozen=True)
class FigureBuilder:
    """Builds figures with the knowledge of one language. It keeps no state."""

    language: Language
    convention: Convention
    causes: CauseReader
    events: EventReader
    choosers: Choosers

    def figure(
        self, here: FieldContext, reading: Reading, mention: Mention, discourse: Discourse
    ) -> tuple[Figure, Choices]:
        """The figure of a mention, built once from the answers to all questions, and what they were chosen from."""
        article, quantity = here.article, mention.counted.quantity
        start, end = reading.span(mention)
        who = self.choosers.who.choose(here, reading, mention, discourse)
        cause = self.causes.decide(reading.weights(), here.article_context().weights, mention.outcome)
        scope, dating, when, where, country = self._when_and_where(here, reading, mention, discourse, cause)
        if country is None and self.choosers.where.is_of_protest(reading, mention.outcome):
            cause = Cause.OTHER
        word = self.convention.of_words(here.text[start:end], article.language) if quantity.value is None else None
        low, best, high = self.convention.bound(quantity.qualifier, quantity.value, quantity.high, word)
        figure = Figure(
            figure_id=stable_id(article.id, here.field, start, mention.outcome.value),
            article_id=article.id,
            publisher=article.publisher,
            published=article.published,
            title=article.title,
            url=article.url,
            language=article.language,
            field=here.field,
            start=start,
            end=end,
            figure=here.text[start:end],
            quote=reading.sentence.text,
            value=quantity.value,
            qualifier=quantity.qualifier,
            low=low,
            best=best,
            high=high,
            outcome=mention.outcome,
            victims=attributes.victims_of(here, reading, mention, self.language),
            victim_group=attributes.group_of(reading, mention, self.language),
            part_of=None,
            source=who.answer.words if who.answer else None,
            source_name=who.answer.name if who.answer else None,
            source_type=who.answer.type if who.answer else SourceType.UNATTRIBUTED,
            date=dating[0],
            date_precision=dating[1],
            period_start=dating[2],
            scope=scope,
            place=self.choosers.where.words(where),
            country=country,
            conflict=None,
            cause=cause,
            confidence=attributes.confidence(mention),
            rule=mention.rule,
        )
        return figure, Choices(who, when, where)

    def _when_and_where(
        self, here: FieldContext, reading: Reading, mention: Mention, discourse: Discourse, cause: Cause
    ) -> tuple[Scope, Dating, Choice[When], Choice[Where], str | None]:
        """The scope, date, place and country of a figure; those of a well-known event if it counts its dead."""
        event = reading.events.get(mention.item)
        if event is not None and self.choosers.kind.counts_since(reading, mention, event):
            event = None
        elif event is None:
            event = self._great_event(here, reading, mention)
        if event is None:
            scope, dating, when = self.choosers.kind.choose(here, reading, mention, discourse, cause)
        else:
            scope, dating, when = dates.of_known(event)
        period, total = scope is Scope.PERIOD, scope is Scope.CUMULATIVE
        asked = Asked(here, reading, mention, total, period, event, long=period and is_long(dating))
        where = self.choosers.where.choose(asked, discourse)
        own = where.answer.country if where.answer is not None else None
        country = own or (event.country if event is not None else None)
        country = country or self.choosers.where.beside.country_beside(where, here.base, reading, mention.outcome)
        country = country or self.choosers.where.beside.only_country(where, here)
        if event is None and scope is Scope.INCIDENT and cause is Cause.CONFLICT:
            event = self.choosers.where.wars.toll_of(country, here, reading, mention)
            scope, dating, when = (scope, dating, when) if event is None else dates.of_known(event)
        if scope is Scope.INCIDENT:
            dating = dates.unborrowed(dating, when, country, here.base)
        return scope, dating, when, where, country

    def _great_event(self, here: FieldContext, reading: Reading, mention: Mention) -> KnownEvent | None:
        """The great event of a war if its captives or foreigners are told of, and the sentence points to it."""
        if self.events.all_nouns.isdisjoint(reading.context.lows):
            return None
        great = self.choosers.where.wars.event_of(here, reading, mention)
        return great if great is not None and self.events.is_meant(great, reading, mention) else None

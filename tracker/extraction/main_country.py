"""The country that an article is about: the one that it names most often, where it is described or first named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.extraction.lines import Line, LineReader
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.when.dateline import Dateline
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import AT_WAR, PlaceReader
from tracker.model import Article

OFTEN = 3  # namings of a country that an article is about
MAINLY = 0.6  # its part of the namings of all countries


class MainCountry:
    """Finds the main country of an article with the words of a place reader."""

    def __init__(self, places: PlaceReader, lines: LineReader) -> None:
        self.places = places
        self.lines = lines

    def of_headline(self, head: SentenceContext) -> Where | None:
        """The country that the article names most often, if its headline describes events in it; else None."""
        return self._described(head, self._spellings(head.country_counts))

    def place_of_headline(self, head: SentenceContext, told: Sequence[Where]) -> Where | None:
        """The place that a headline names, of those `told` in it; None if it names places of several countries."""
        places = [where for where in told if where.named]
        countries = {where.country for where in self.places.bare.named(head)} - {None}
        return places[0] if places and len(countries) < 2 else None

    def of_text(self, text: str, lines: Sequence[Line], country_counts: Counter[str]) -> Where | None:
        """The country that an article names most often, from the first sentence that describes it; or None.

        If it names hardly another, the first naming is enough.
        """
        names = self._spellings(country_counts)
        naming: Where | None = None
        most, all_of = max(country_counts.values(), default=0), sum(country_counts.values())
        alone = most >= OFTEN and most >= MAINLY * all_of
        for line in lines:
            if any(map(line.low.__contains__, names)) and not names.isdisjoint(line.tokens().lows):
                context = self.lines.context(line.tokens(), text, frozenset(), country_counts)
                country = self._described(context, names)
                if country is not None:
                    return country
                naming = naming or (self._named(context, names) if alone else None)
        return naming

    def only_named(self, article: Article, country_counts: Counter[str]) -> str | None:
        """The one country that an article names, by its name or that of a town in it; else None."""
        if len(country_counts) != 1:
            return None
        [country] = country_counts
        words, known = f"{article.title} {article.text}".lower(), self.places.gazetteer.sure
        named = any(name in words for name in self.places.spellings.get(country, ()))
        return country if named or any(known.get(word) == country for word in words.split()) else None

    def filed_at(self, line: Dateline | None, country_counts: Counter[str]) -> Where | None:
        """The place of a dateline, if the gazetteer knows it and the article is about its country."""
        country = self.places.gazetteer.country_of(line.words.lower(), country_counts) if line is not None else None
        elsewhere = country_counts and country_counts[country or ""] < max(country_counts.values())
        if line is None or country is None or elsewhere:
            return None
        is_country = line.words.lower() in self.places.gazetteer.countries
        return Where(0, 0, line.start, line.end, line.words, country, strong=False, named=True, is_country=is_country)

    def _spellings(self, country_counts: Counter[str]) -> frozenset[str]:
        """The lower-case names of the country that an article names most often."""
        return self.places.spellings.get(_most(country_counts), frozenset())

    def _described(self, context: SentenceContext, names: frozenset[str]) -> Where | None:
        """The country of these names, if this sentence describes events in it; else None."""
        places, lows = self.places, context.lows
        if names.isdisjoint(lows):
            return None
        for index in [at for at, low in enumerate(lows) if low in names and places.names.is_written(context, at)]:
            inside = index > 0 and lows[index - 1] in places.locating and not places.names.acts(context, index + 1)
            goes_on = index + 1 < len(lows)
            owns = goes_on and context.kinds[index + 1] == "possessive"
            described = goes_on and (owns or "have" in context.tokens.roles(index + 1))
            described = described and not (owns and places.names.acts(context, index + 1))
            if inside or (described and not places.lasting.isdisjoint(lows[index : index + AT_WAR])):
                return self._at(context, index)
        return None

    def _named(self, context: SentenceContext, names: frozenset[str]) -> Where | None:
        """The first naming of the country, whatever the sentence says of it."""
        written = self.places.names.is_written
        index = next((at for at, low in enumerate(context.lows) if low in names and written(context, at)), None)
        return self._at(context, index) if index is not None else None

    def _at(self, context: SentenceContext, index: int) -> Where:
        return self.places.where_at(context, (index, index + 1, _most(context.country_counts)))


def _most(country_counts: Counter[str]) -> str:
    """The country that is named most often; "" for none."""
    return max(country_counts, key=country_counts.__getitem__, default="")

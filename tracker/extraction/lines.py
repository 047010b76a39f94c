"""A sentence with lazy answers about it alone: its tokens, dates, items, mentions and words for a cause."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.extraction.counts.items import Item, Tagger
from tracker.extraction.counts.mentions import Mention, mentions
from tracker.extraction.kind.scope_and_cause import CauseReader
from tracker.extraction.text.context import SentenceContext, sentence_context
from tracker.extraction.text.sentences import Sentence
from tracker.extraction.text.tokens import Tokenizer, Tokens
from tracker.extraction.when.phrases import DateReader, When
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language
from tracker.model import Cause, Outcome

Day = tuple[dt.date | None, int | None]  # the date of an article, or the only year that it tells


class LineReader:
    """The readers of one language that work on single sentences. `Line` calls them."""

    def __init__(self, language: Language, gazetteer: Gazetteer, bodies: Iterable[str] = ()) -> None:
        self.language = language
        self.tokenizer = Tokenizer(
            language, _words(language, gazetteer, bodies) if language.spelling.glued.before else frozenset()
        )
        self.dates = DateReader(language.dates, language.attribution.lists["speaking"])
        self.tagger = Tagger(language, gazetteer.demonyms)
        self.causes = CauseReader(language)

    def line(self, sentence: Sentence, base: dt.date | None, year: int | None = None) -> Line:
        """The line of a sentence. `base` is the date of its article, `year` the only year that one without tells."""
        low = sentence.text.lower()
        return Line(self, sentence, low, self.language.trigger.search(low) is not None, (base, year))

    def context(
        self, tokens: Tokens, text: str, dated: frozenset[int], country_counts: Counter[str]
    ) -> SentenceContext:
        """The context of a sentence, as the language writes names."""
        return sentence_context(tokens, text, dated, country_counts, capitals=self.language.spelling.capitals)

    def mentions(self, items: Sequence[Item], before: Outcome | None) -> list[Mention]:
        """The mentions among the items of a sentence. `before` is the outcome of the figure it may divide."""
        return mentions(items, self.tagger.letters, self.language, before)


def _words(language: Language, gazetteer: Gazetteer, bodies: Iterable[str]) -> frozenset[str]:
    """The words of the names of places, peoples and bodies; of bodies only those from which no clitic is cut."""
    known = language.known | _words_of((*gazetteer.named, *gazetteer.places))
    return known | {word for word in _words_of(bodies) if len(language.spelling.glued.cut(word, known)) == 1}


def _words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in name.split(" "))


class Line:
    """A sentence of a field. Each answer is computed when it is first asked for; most sentences need only a few.

    `low`: its text in lower case. `harms`: whether a word in it speaks of harm. Without one the sentence has no
    `mentions`, but it may still divide the figure before it.
    """

    __slots__ = ("_dates", "_day", "_items", "_mentions", "_reader", "_tokens", "_weights", "harms", "low", "sentence")

    def __init__(self, reader: LineReader, sentence: Sentence, low: str, harms: bool, day: Day) -> None:
        self._reader = reader
        self._day = day
        self.sentence = sentence
        self.low = low
        self.harms = harms
        self._tokens: Tokens | None = None
        self._dates: list[When] | None = None
        self._items: list[Item] | None = None
        self._mentions: list[Mention] | None = None
        self._weights: Sequence[Cause] | None = None

    def tokens(self) -> Tokens:
        """The tokens of the sentence."""
        if self._tokens is None:
            self._tokens = self._reader.tokenizer.cut(self.sentence)
        return self._tokens

    def dates(self) -> list[When]:
        """Its date phrases."""
        if self._dates is None:
            self._dates = self._reader.dates.find(self.sentence.text, self.sentence.start, *self._day)
        return self._dates

    def items(self) -> list[Item]:
        """The items over which the patterns run."""
        if self._items is None:
            self._items = self._reader.tagger.items(self.tokens(), [(date.start, date.end) for date in self.dates()])
        return self._items

    def mentions(self) -> list[Mention]:
        """Its mentions, read as if it did not divide the figure before it."""
        if self._mentions is None:
            counts = self.harms and self._reader.tagger.may_count(self.tokens())
            self._mentions = self._reader.mentions(self.items(), None) if counts else []
        return self._mentions

    def weights(self) -> Sequence[Cause]:
        """The causes that its words point to. A cause is repeated for each word."""
        if self._weights is None:
            causes, tokens = self._reader.causes, self._tokens
            self._weights = causes.weigh_text(self.low, self.tokens) if tokens is None else causes.weigh(tokens.lows)
        return self._weights

"""The reader: an article goes in, its figures come out. It runs the extraction and then assigns conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from tracker.extraction.conflicts import Registry
from tracker.extraction.explain import Explained, Verdict, explained
from tracker.extraction.extract import Extractor
from tracker.extraction.passed_over import Eyes, Seen, seen, words_of
from tracker.extraction.standing_counts import StandingCounts
from tracker.knowledge import (
    load_conflicts,
    load_gazetteer,
    load_language,
    load_own_names,
    load_sourcebook,
)
from tracker.knowledge.files import languages as known_languages
from tracker.knowledge.registry import load_recall_guards
from tracker.knowledge.standing_counts import StandingCount, load_standing_counts
from tracker.model import Article, Assigned, Figure

__all__ = ["Explained", "Reader", "Verdict", "load_reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles with knowledge that was loaded once. It is never modified, so it is safe to share."""

    extractors: dict[str, Extractor]
    registry: Registry
    standing: StandingCounts
    words: dict[str, Eyes] = field(init=False)

    def __post_init__(self) -> None:
        words = {code: words_of(extractor.language) for code, extractor in self.extractors.items()}
        object.__setattr__(self, "words", words)

    def read(self, article: Article) -> list[Figure]:
        """The figures of an article in order, those of the title first; [] for a language without rules."""
        return [found.figure for found in self.assigned(article)]

    def assigned(self, article: Article) -> list[Assigned]:
        """The same figures, each with the reason why it belongs to its conflict, or to none."""
        code = article.language[:2].lower()
        if code not in self.extractors:
            return []
        view = seen(article, self.words[code])
        figures, country_counts = self.extractors[code].read(view.article)
        if not figures:
            return []
        assigned = self.registry.assigned(figures, view.article, country_counts)
        return _restored(view, self.standing.applied(assigned, view.article, country_counts))

    def explain(self, article: Article) -> list[Explained]:
        """Every sentence of an article, those of the title first, with a verdict on each number in it."""
        code = article.language[:2].lower()
        if code not in self.extractors:
            return []
        view = seen(article, self.words[code])
        return [_explained(view, explained(one)) for one in self.extractors[code].passages(view.article)]


def _restored(view: Seen, assigned: list[Assigned]) -> list[Assigned]:
    """The figures with the offsets and words of the article as it is."""
    figures = view.restored([one.figure for one in assigned])
    return [Assigned(figure, one.why) for figure, one in zip(figures, assigned, strict=True)]


def _explained(view: Seen, one: Explained) -> Explained:
    """The explanation of a sentence, its figures with the offsets and words of the article as it is."""
    found = [verdict.figure for verdict in one.verdicts if verdict.figure is not None]
    figures = iter(view.restored(found))
    verdicts = (replace(verdict, figure=next(figures)) if verdict.figure else verdict for verdict in one.verdicts)
    return replace(one, verdicts=tuple(verdicts))


def load_reader(languages: tuple[str, ...] | None = None, sources: str | Path | None = None) -> Reader:
    """A reader with the rules of `languages` (codes; None: all), and with the sources of the user's own file.

    KnowledgeError if a data file or the user's file (docs/timeline.md) is wrong.
    """
    own = load_own_names(sources)
    gazetteer, book = load_gazetteer(), load_sourcebook(own.sources)
    extractors = {code: Extractor(load_language(code), gazetteer, book) for code in languages or known_languages()}
    conflicts = load_conflicts()
    determiners = [one.language.attribution.lists["determiners"] for one in extractors.values()]
    standing = StandingCounts(
        conflicts, _counts_of(own.counts), gazetteer.named, book, frozenset(chain.from_iterable(determiners))
    )
    return Reader(extractors, Registry(conflicts, load_recall_guards()), standing)


def _counts_of(own: Sequence[StandingCount]) -> Callable[[str], Sequence[StandingCount]]:
    """The standing counts of a conflict, the user's own first: those win."""
    return partial(_counts_with, tuple(own))


def _counts_with(own: Sequence[StandingCount], conflict: str) -> Sequence[StandingCount]:
    mine = [one for one in own if one.conflict == conflict]
    return (*mine, *load_standing_counts(conflict)) if mine else load_standing_counts(conflict)

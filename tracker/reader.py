"""The reader: an article goes in, its figures come out. It runs the extraction and then assigns conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from tracker.extraction.conflicts import Registry
from tracker.extraction.explain import Explained, Verdict, explained
from tracker.extraction.extract import Extractor
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

    def read(self, article: Article) -> list[Figure]:
        """The figures of an article in order, those of the title first; [] for a language without rules."""
        return [found.figure for found in self.assigned(article)]

    def assigned(self, article: Article) -> list[Assigned]:
        """The same figures, each with the reason why it belongs to its conflict, or to none."""
        extractor = self.extractors.get(article.language[:2].lower())
        if extractor is None:
            return []
        figures, country_counts = extractor.read(article)
        if not figures:
            return []
        return self.standing.applied(self.registry.assigned(figures, article, country_counts), article, country_counts)

    def explain(self, article: Article) -> list[Explained]:
        """Every sentence of an article, those of the title first, with a verdict on each number in it."""
        extractor = self.extractors.get(article.language[:2].lower())
        return [explained(passage) for passage in extractor.passages(article)] if extractor is not None else []


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

"""The reader: an article goes in, its figures come out. It runs the extraction and then assigns conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tracker.extraction.conflicts import Registry
from tracker.extraction.explain import Explained, Verdict, explained
from tracker.extraction.extract import Extractor
from tracker.knowledge import (
    load_conflicts,
    load_gazetteer,
    load_language,
    load_own_names,
    load_sourcebook,
)
from tracker.knowledge.files import languages as known_languages
from tracker.model import Article, Assigned, Figure

__all__ = ["Explained", "Reader", "Verdict", "load_reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles with knowledge that was loaded once. It is never modified, so it is safe to share."""

    extractors: dict[str, Extractor]
    registry: Registry

    def read(self, article: Article) -> list[Figure]:
        """The figures of an article in order, those of the title first; [] for a language without rules."""
        return [found.figure for found in self.assigned(article)]

    def assigned(self, article: Article) -> list[Assigned]:
        """The same figures, each with the reason why it belongs to its conflict, or to none."""
        extractor = self.extractors.get(article.language[:2].lower())
        if extractor is None:
            return []
        figures, country_counts = extractor.read(article)
        return self.registry.assigned(figures, article, country_counts) if figures else []

    def explain(self, article: Article) -> list[Explained]:
        """Every sentence of an article, those of the title first, with a verdict on each number in it."""
        extractor = self.extractors.get(article.language[:2].lower())
        return [explained(passage) for passage in extractor.passages(article)] if extractor is not None else []


def load_reader(languages: tuple[str, ...] | None = None, sources: str | Path | None = None) -> Reader:
    """A reader with the rules of `languages` (codes; None: all), and with the sources of the user's own file.

    KnowledgeError if a data file or the user's file (docs/timeline.md) is wrong.
    """
    gazetteer, book = load_gazetteer(), load_sourcebook(load_own_names(sources).sources)
    extractors = {code: Extractor(load_language(code), gazetteer, book) for code in languages or known_languages()}
    return Reader(extractors, Registry(load_conflicts()))

"""The reader: an article goes in, its figures come out. It runs the extraction and then assigns conflicts."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from tracker.extraction.conflicts import Registry
from tracker.extraction.explain import Explained, Verdict, explained
from tracker.extraction.extract import Extractor
from tracker.extraction.passed_over import Eyes, Seen, seen, words_of
from tracker.extraction.publications import Publications
from tracker.extraction.standing_counts import Peoples, StandingCounts
from tracker.knowledge import (
    OwnNames,
    load_conflicts,
    load_gazetteer,
    load_language,
    load_own_names,
    load_sourcebook,
)
from tracker.knowledge.files import languages as known_languages
from tracker.knowledge.names import Names, load_names
from tracker.knowledge.publishers import load_publishers
from tracker.knowledge.registry import load_recall_guards
from tracker.knowledge.standing_counts import StandingCount, in_language, load_standing_counts
from tracker.mixed import in_each
from tracker.model import Article, Assigned, Figure

__all__ = ["Explained", "Reader", "Verdict", "load_reader"]

FIRST = "en"
"""The language whose rules are loaded before the first article comes: most articles are in it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What reads the articles of one language, with the names that it uses. It is never modified."""

    extractor: Extractor
    registry: Registry
    standing: StandingCounts
    eyes: Eyes
    publications: Publications


class _ByLanguage(dict[str, Rules]):
    """The rules of each language. They are loaded when an article in that language comes."""

    def __init__(self, own: OwnNames) -> None:
        super().__init__()
        self.own = own

    def __missing__(self, code: str) -> Rules:
        with _uncollected():
            rules = self[code] = _rules(code, self.own)
        return rules


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles with knowledge that is loaded once, so it is safe to share. `languages`: those it can read."""

    languages: frozenset[str]
    rules: Mapping[str, Rules]

    def read(self, article: Article) -> list[Figure]:
        """The figures of an article in order, those of the title first; [] for a language without rules."""
        return [found.figure for found in self.assigned(article)]

    def assigned(self, article: Article) -> list[Assigned]:
        """The same figures, each with the reason why it belongs to its conflict, or to none."""
        if len(article.languages) > 1:
            return _in_order(article, [found for part in in_each(article) for found in self.assigned(part)])
        code = article.language[:2].lower()
        if code not in self.languages:
            return []
        rules = self.rules[code]
        view = seen(article, rules.eyes)
        figures, country_counts = rules.extractor.read(view.article)
        if not figures:
            return []
        figures = rules.publications.signed(figures, view.article)
        assigned = rules.registry.assigned(figures, view.article, country_counts)
        return _restored(view, rules.standing.applied(assigned, view.article, country_counts))

    def explain(self, article: Article) -> list[Explained]:
        """Every sentence of an article, those of the title first, with a verdict on each number in it."""
        if len(article.languages) > 1:
            return [told for part in in_each(article) for told in self.explain(part)]
        code = article.language[:2].lower()
        if code not in self.languages:
            return []
        rules = self.rules[code]
        view = seen(article, rules.eyes)
        return [_explained(view, explained(one)) for one in rules.extractor.passages(view.article)]


def _in_order(article: Article, found: Sequence[Assigned]) -> list[Assigned]:
    """The figures of an article in several languages, those of its title first."""
    titled = (Assigned(replace(one.figure, title=article.title), one.why) for one in found)
    return sorted(titled, key=lambda one: (one.figure.field != "title", one.figure.start))


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

    The rules of English are loaded at once, those of another language when its first article comes. KnowledgeError if a
    data file or the user's file (docs/timeline.md) is wrong.
    """
    codes = frozenset(languages or known_languages())
    rules = _ByLanguage(load_own_names(sources))
    for code in codes & {FIRST}:
        rules[code]  # a wrong file is told before the first article is read
    return Reader(codes, rules)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would go through all that is loaded again and again and find nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _rules(code: str, own: OwnNames) -> Rules:
    """The rules of a language, with its names."""
    language = load_language(code)
    names = load_names(code, language.key)
    gazetteer = load_gazetteer(names)
    gazetteer = gazetteer if language.spelling.capitals else replace(gazetteer, small_too=True)
    book = load_sourcebook(own.sources, names)
    folded = language.spelling.folded
    in_text = load_names(code, lambda name: folded(name.lower()))  # as a text spells them, without cuts
    conflicts = load_conflicts(in_text)
    standing = StandingCounts(
        conflicts,
        cache(partial(_counts_of, own.counts, in_text)),
        Peoples(gazetteer.named, language.spelling.people_capitals, language.key),
        book,
        frozenset(language.attribution.lists["determiners"]),
    )
    registry = Registry(conflicts, load_recall_guards(), folded)
    eyes = words_of(language, load_publishers(own.publishers))
    return Rules(Extractor(language, gazetteer, book), registry, standing, eyes, Publications(book))


def _counts_of(own: Sequence[StandingCount], names: Names | None, conflict: str) -> Sequence[StandingCount]:
    """The standing counts of a conflict, the user's own first: those win."""
    mine = [one for one in own if one.conflict == conflict]
    return in_language((*mine, *load_standing_counts(conflict)), names)

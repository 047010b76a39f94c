"""Command line options of the commands that read articles: column names and fetching."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from tracker.model import Article

if TYPE_CHECKING:
    from tracker.sources import ReadOptions

KINDS = (
    "kinds: text, Markdown, HTML, PDF, Word (.docx), e-mail (.eml), RSS and Atom, JSON Lines, JSON, CSV, Parquet, web"
    " archives (.warc), answers of ReliefWeb and GDELT; packed (.gz .bz2 .xz .zst .zip .tar) or not: docs/sources.md"
)


def add_reading_options(command: argparse.ArgumentParser) -> None:
    """Add the options to a command."""
    group = command.add_argument_group("what is read", KINDS)
    names = "columns of your tables: text=body,published=date"
    group.add_argument("--map", type=_columns, default={}, metavar="NAME=COLUMN", help=names)
    group.add_argument("--fetch", action="store_true", help="also fetch the articles that feeds and lists only link to")
    group.add_argument(
        "--allow-private", action="store_true", help="fetch from private addresses, too (your own servers)"
    )


def read_options(options: argparse.Namespace) -> ReadOptions:
    """Return the ReadOptions for the options of a call."""
    from tracker.fetching import Fetcher, Visitor
    from tracker.sources import ReadOptions

    web = Visitor(Fetcher(allow_private=options.allow_private, advice="--allow-private allows it"))
    return ReadOptions(columns=options.map, web=web, follow=options.fetch, advises=True)


def _columns(text: str) -> dict[str, str]:
    """Parse --map. Out: the name of an article's value by the user's column name in lower case."""
    from tracker.sources.items import NAMES

    columns: dict[str, str] = {}
    for pair in filter(str.strip, text.split(",")):
        name, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not column:
            raise argparse.ArgumentTypeError(f"{pair.strip()!r} is not NAME=COLUMN")
        if name not in NAMES:
            raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(NAMES)}")
        if name in columns.values() or column.casefold() in columns:
            raise argparse.ArgumentTypeError(f"{pair.strip()!r}: each name and each column stands there once")
        columns[column.casefold()] = name
    return columns


class UnsupportedLanguages:
    """Counts articles in languages that have no rules."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, article: Article) -> None:
        """Count the article if its language has no rules."""
        from tracker.knowledge.files import languages

        codes = {code[:2].lower() for code in article.languages}
        if codes.isdisjoint(languages()):
            self._counts[article.language[:12]] += 1

    def messages(self) -> list[str]:
        """Return one message per language, the most frequent first."""
        return [_in_words(language, count) for language, count in self._counts.most_common()]


def _in_words(language: str, count: int) -> str:
    articles = "article" if count == 1 else "articles"
    return f"{count} {articles} in {language}, for which there are no rules: no figures are found in them"

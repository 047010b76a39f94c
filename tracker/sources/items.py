"""The items that readers yield, and the constructor of an article from loose values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.model import Article, Figure, InputError, stable_id
from tracker.sources.language import languages_of
from tracker.sources.publication_date import iso_date

NAMES = ("id", "title", "text", "published", "publisher", "url", "language")
"""The names of an article's values in every input format."""

MAY_BE_NUMBERS = ("id", "published")

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and the path it was read from."""

    article: Article
    path: str


@dataclass(frozen=True, slots=True)
class Note:
    """A message that is not a failure: a date that was not understood, a file that was skipped."""

    path: str
    what: str
    line: int | None = None

    def __str__(self) -> str:
        return str(InputError(self.path, self.what, self.line))


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures from a table of figures, and the path it was read from."""

    figures: tuple[Figure, ...]
    path: str


Item = Reading | Figures | Note | InputError


def article_items(values: Mapping[str, object], path: str, line: int | None = None, which: str = "") -> Iterator[Item]:
    """Yield the article made of these values, or an InputError, and a Note if its date is not understood.

    `values` are used by the names in NAMES; others are ignored. `which` ("item 3 ") identifies the item in messages
    about inputs without line numbers. Texts are not changed, because offsets count their code points. The exceptions
    are NUL and lone surrogates, which no store can hold: each becomes one U+FFFD.
    """
    stated_values = {name: values[name] for name in NAMES if values.get(name) is not None}
    for name, value in stated_values.items():
        if not isinstance(value, str | int | float if name in MAY_BE_NUMBERS else str):
            yield InputError(path, f"{which}{name} is not text", line)
            return
    texts = {name: storable(str(value)) for name, value in stated_values.items()}
    if not texts.get("text", "").strip() and not texts.get("title", "").strip():
        yield InputError(path, f"{which}has neither text nor title", line)
        return
    stated = texts.pop("published", "").strip()
    published = iso_date(stated)
    if stated and published is None:
        yield Note(path, f"{which}published date not understood: {stated[:40]!r}", line)
    language = texts.pop("language", "").strip() or languages_of(texts.get("text", ""), texts.get("title", ""))
    article_id = texts.pop("id", "").strip() or _id_of(texts, published)
    yield Reading(Article(id=article_id, published=published, language=language, **{"text": "", **texts}), path)


def storable(text: str) -> str:
    """Replace each NUL and lone surrogate by U+FFFD. The length stays the same."""
    return UNSTORABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return an untrusted text for display: on one line, without control characters."""
    return " ".join(CONTROLS.sub(" ", storable(text)).split())


def _id_of(texts: Mapping[str, str], published: str | None) -> str:
    url = texts.get("url", "").strip()
    if url:
        return stable_id(url)
    return stable_id(texts.get("title", ""), texts.get("text", ""), published or "", texts.get("publisher", ""))

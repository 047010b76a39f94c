"""An article as a person reads it, and its figures brought back to the article as it is.

In: an article, whose texts may hold invisible characters, marks of footnotes, words cut by a line end, letters that
readers of its language take for the same, or the name of the paper behind a headline. Out: the same article without
them, and from its figures those of the article as it is, with true offsets and verbatim words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tracker.extraction.text.visible import Visible, visible
from tracker.knowledge.language import Language
from tracker.knowledge.publishers import Publishers
from tracker.knowledge.spelling import Spelling
from tracker.model import Article, Figure, stable_id

_APART = re.compile(r"\s[-–—|]\s")  # between a headline and the name of the paper
NEAR = 4_000  # characters before a figure in which its words are looked for; a sentence has at most half as many


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as it is (`raw`) and as a person reads it. Both are the same object if nothing is passed over."""

    raw: Article
    article: Article
    title: Visible | None
    text: Visible | None

    def restored(self, figures: Sequence[Figure]) -> list[Figure]:
        """The figures of the visible article as figures of the article as it is."""
        if self.raw is self.article:
            return list(figures)
        far: dict[str, str] = {}
        ids = {figure.figure_id: self._id(figure) for figure in figures}
        return [self._restored(figure, ids, far) for figure in figures]

    def _id(self, figure: Figure) -> str:
        return stable_id(figure.article_id, figure.field, self._span(figure)[0], figure.outcome.value)

    def _span(self, figure: Figure) -> tuple[int, int]:
        view = self.title if figure.field == "title" else self.text
        return (figure.start, figure.end) if view is None else (view.start(figure.start), view.end(figure.end))

    def _restored(self, figure: Figure, ids: dict[str, str], far: dict[str, str]) -> Figure:
        """One figure. `ids`: new ids by the old; `far`: words that were already looked for in the whole article."""
        start, end = self._span(figure)
        raw = self.raw.title if figure.field == "title" else self.raw.text

        def verbatim(words: str | None) -> str | None:
            return self._verbatim(words, figure, far) if words else words

        return replace(
            figure,
            figure_id=ids[figure.figure_id],
            title=self.raw.title,
            start=start,
            end=end,
            figure=raw[start:end],
            quote=self._verbatim(figure.quote, figure, far),
            victims=verbatim(figure.victims),
            source=verbatim(figure.source),
            place=verbatim(figure.place),
            part_of=ids.get(figure.part_of, figure.part_of) if figure.part_of else None,
        )

    def _verbatim(self, words: str, figure: Figure, far: dict[str, str]) -> str:
        """Words of the visible article as they stand in the article as it is, those nearest to the figure first."""
        text, raw, view = self._fields()[figure.field != "title"]
        at = text.rfind(words, max(0, figure.end - NEAR), figure.end + len(words))
        if at >= 0:
            return raw[at : at + len(words)] if view is None else raw[view.start(at) : view.end(at + len(words))]
        if words not in far:
            far[words] = self._anywhere(words)
        return far[words]

    def _anywhere(self, words: str) -> str:
        """The same words where the article has them first."""
        for text, raw, view in reversed(self._fields()):
            at = text.find(words)
            if at >= 0:
                return raw[at : at + len(words)] if view is None else raw[view.start(at) : view.end(at + len(words))]
        return words

    def _fields(self) -> tuple[tuple[str, str, Visible | None], tuple[str, str, Visible | None]]:
        return (
            (self.article.title, self.raw.title, self.title),
            (self.article.text, self.raw.text, self.text),
        )


@dataclass(frozen=True, slots=True)
class Eyes:
    """What reading an article takes: the words that the rules of a language know, how the language spells, and the name
    of the paper in words, "" for others.
    """

    is_word: Callable[[str], bool]
    spelling: Spelling
    paper: Callable[[str], str]


def seen(article: Article, eyes: Eyes) -> Seen:
    """The article as a person reads it."""
    dropped = "".join(sorted(eyes.spelling.dropped))
    title, text = (visible(one, eyes.is_word, dropped) for one in (article.title, article.text))
    heading = eyes.spelling.folded(_unsigned(title.text if title else article.title, eyes))
    body = eyes.spelling.folded(text.text if text else article.text)
    if (heading, body) == (article.title, article.text):
        return Seen(article, article, None, None)
    return Seen(article, replace(article, title=heading, text=body), title, text)


def _unsigned(title: str, eyes: Eyes) -> str:
    """A headline without the name of the paper behind it: "Nine die in flood - Times of India". The title of a page has
    several parts ("Nine die - Region - Daily"), and is left as it is.
    """
    parts = _APART.split(title, maxsplit=2)
    return parts[0] if len(parts) == 2 and eyes.paper(parts[1]) else title


def words_of(language: Language, papers: Publishers) -> Eyes:
    """The eyes of a reader of a language, who knows these papers."""
    numbers = language.numbers
    tables = (language.lexicon, language.people, language.not_people)
    first = (word for table in tables for word in table.by_first)
    known = frozenset({*numbers.small, *numbers.tens, *numbers.multipliers, *first})
    return Eyes(known.__contains__, language.spelling, papers.of_name)

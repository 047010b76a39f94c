"""Regular expressions for large sets of words, as fast as for small ones, and those that are compiled late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Any


class LateRegex:
    """A regular expression that is compiled when it is first used: an article needs few of those of its language.

    `source` may be made as late.
    """

    def __init__(self, source: str | Callable[[], str]) -> None:
        self._source = source

    @cached_property
    def source(self) -> str:
        """The expression as it is written."""
        return self._source if isinstance(self._source, str) else self._source()

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.source)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """As that of a compiled expression, like the next two."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Matches at the beginning."""
        return self.compiled.match

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """All matches, one by one."""
        return self.compiled.finditer


def any_of(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest one possible.

    It is shaped as a trie, so it makes one pass however many words there are.

    >>> any_of(["may", "mar", "march"])
    '(?:ma(?:y|r(?:ch)?))'
    >>> any_of([])
    '(?!)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    if not tree:
        return "(?!)"  # no word, so it matches nothing
    shape = _shape(tree)
    return shape if shape.startswith("(?:") else f"(?:{shape})"


_escaped = cache(re.escape)  # of single letters


def _shape(node: dict[str, Any]) -> str:
    ways = [_escaped(letter) + _shape(rest) for letter, rest in node.items() if letter]
    if not ways:
        return ""
    if "" in node:
        return f"(?:{'|'.join(ways)})?"
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"

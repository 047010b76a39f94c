"""Regular expressions for large sets of words, as fast as for small ones, and those that are compiled late."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any


class LateRegex:
    """A regular expression that is compiled when it is first used: an article needs few of those of its language."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.source)


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

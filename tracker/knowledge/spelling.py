"""How a language spells: letters that are alike, marks that readers pass over, words that are glued to the next one."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.knowledge.clitics import Clitics
from tracker.knowledge.phrases import words_of

# Sections whose lists are compared with whole texts, or are no words: their phrases are not cut.
_OF_TEXT = frozenset({"code", "name", "macros", "pattern", "dates", "scope", "tokens"})


@dataclass(frozen=True, slots=True)
class Spelling:
    """The spelling of a language.

    `same`: for each character the one that it is read as, both of one code point. `dropped`: marks that readers pass
    over, such as vowel signs. `elisions`: words that lose a letter before the next one ("l'"), but not at the head of
    the words in `whole`. `glued`: words that are written as one with the next word or with the one before.
    `following`: words that often follow one from which the blank was lost ("killedand").
    `possessive`: whether "'s" ends a possessive. `capitals`: whether names have capitals; `people_capitals`: whether
    names of peoples have them. `lines_end`: whether a line before a capital ends a sentence, if lines are not wrapped.
    """

    same: Mapping[int, str]
    dropped: frozenset[str]
    elisions: tuple[str, ...]
    glued: Clitics
    whole: tuple[str, ...]
    following: tuple[str, ...]
    possessive: bool
    capitals: bool
    people_capitals: bool
    lines_end: bool
    elision: re.Pattern[str] | None = field(init=False)
    """Matches an elided word at the head of a word."""
    clitics: frozenset[str] = field(init=False)
    """The elided words and the proclitics, in lower case."""

    def __post_init__(self) -> None:
        kept = "|".join(re.escape(word.replace("'", "’")).replace("’", "['’]") for word in self.whole)
        heads = sorted((re.escape(word.rstrip("'")) for word in self.elisions), key=len, reverse=True)
        but = rf"(?!(?i:{kept})\b)" if kept else ""
        elision = re.compile(rf"{but}(?i:{'|'.join(heads)})['’](?=\w)") if heads else None
        object.__setattr__(self, "elision", elision)
        object.__setattr__(self, "clitics", frozenset({*self.elisions, *self.glued.before}))

    def folded(self, text: str) -> str:
        """The text with letters that are alike made the same. The length stays."""
        return text.translate(self.same) if self.same else text

    def _kept(self, text: str) -> str:
        """The text without the marks that readers pass over."""
        if self.dropped.isdisjoint(text):
            return text
        return "".join(letter for letter in text if letter not in self.dropped)

    def key(self, text: str, known: Container[str] = ()) -> str:
        """A name or phrase as the tokens of a text spell it: folded, in lower case, one blank between two tokens.

        `known`: the words of which clitics are cut.
        """
        words = words_of(self._cut(self.folded(self._kept(text))))
        if not self.glued.before:
            return " ".join(words)
        return " ".join(part for word in words for _, part in self.glued.cut(word, known))

    def spelled(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """The tables of a language with all their phrases as the tokens of a text spell them."""
        if not (self.same or self.dropped or self.elisions):
            return dict(raw)
        return {
            key: value if key == "tokens" else self._spelled(value, key not in _OF_TEXT) for key, value in raw.items()
        }

    def _spelled(self, value: Any, cut: bool) -> Any:
        if isinstance(value, str):
            kept = self._kept(value)
            return self._cut(self.folded(kept)) if cut else self.folded(kept)
        if isinstance(value, list):
            return [self._spelled(one, cut) for one in value]
        if isinstance(value, dict):
            return {self._spelled(key, cut): self._spelled(one, cut) for key, one in value.items()}
        return value

    def _cut(self, phrase: str) -> str:
        """A phrase with a blank behind each elided word: "plus d'un" becomes "plus d' un"."""
        if self.elision is None or not ("'" in phrase or "’" in phrase):
            return phrase
        return " ".join(self._cut_word(word) for word in phrase.split(" "))

    def _cut_word(self, word: str) -> str:
        match = self.elision.match(word) if self.elision is not None else None
        return f"{match.group()} {self._cut_word(word[match.end() :])}" if match is not None else word


def spelling_of(raw: Mapping[str, Any]) -> Spelling:
    """The spelling of a language, from its table [tokens]."""
    tokens = raw["tokens"]
    same = {ord(letter): one for letter, one in tokens["same"].items()}
    same |= {ord(letter.upper()): one.upper() for letter, one in tokens["same"].items() if len(letter.upper()) == 1}
    return Spelling(
        same=same,
        dropped=frozenset(tokens["dropped"]),
        elisions=tuple(tokens["elisions"]),
        glued=_clitics(tokens),
        whole=tuple(tokens["whole"]),
        following=tuple(tokens["following"]),
        possessive=bool(tokens["possessive"]),
        capitals=bool(tokens["capitals"]),
        people_capitals=bool(tokens["people_capitals"]),
        lines_end=bool(tokens["lines_end"]),
    )


def _clitics(tokens: Mapping[str, Any]) -> Clitics:
    """The clitics of a language, from its table [tokens]."""
    before, after = (tuple(sorted(tokens[name], key=len, reverse=True)) for name in ("proclitics", "enclitics"))
    contracted = {both: tuple(parts.split()) for both, parts in tokens["contracted"].items()}
    return Clitics(before, after, contracted, frozenset(tokens["last_proclitics"]))

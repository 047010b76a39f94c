"""By what the language of a text is told: its script, letters that only it has, and small words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tracker.knowledge.files import read_toml
from tracker.model import KnowledgeError

FILE = "languages/recognition.toml"
SCRIPTS = {
    "arabic": re.compile("[\u0621-\u064a]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "latin": re.compile("[A-Za-zÀ-ÿ]"),
}
"""A letter of each script that languages are told in."""

LATIN = "latin"
STRAY_SHARE = 50
"""One foreign letter in so many tells that a text is not in the language: fewer are those of a name."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells one language. data/languages/recognition.toml says what each sign is."""

    script: str
    letters: re.Pattern[str] | None
    foreign: re.Pattern[str] | None
    words: frozenset[str]
    plain: frozenset[str]

    def has_no_foreign_letters(self, text: str) -> bool:
        """Whether the language has letters that would be foreign to it, and the text has hardly any of them."""
        return self.foreign is not None and len(self.foreign.findall(text)) * STRAY_SHARE < len(text)


@cache
def load_signs() -> Mapping[str, Signs]:
    """The signs of each language by its code, in the order of the file; KnowledgeError if one has no known script."""
    return {code: _signs(code, table) for code, table in read_toml(FILE).items()}


@cache
def signs_in(script: str) -> Mapping[str, Signs]:
    """The signs of the languages in one script, in the order of the file."""
    return {code: signs for code, signs in load_signs().items() if signs.script == script}


@cache
def small_words() -> Mapping[str, frozenset[str]]:
    """The small words of each language in Latin letters that has any: what tells its lines."""
    return {code: signs.words for code, signs in signs_in(LATIN).items() if signs.words}


@cache
def plain_words() -> Mapping[str, frozenset[str]]:
    """The words of each language in Latin letters, if it has any, that make a text its own beyond doubt."""
    return {code: signs.plain for code, signs in signs_in(LATIN).items() if signs.plain}


def _signs(code: str, table: Mapping[str, object]) -> Signs:
    script = table.get("script")
    if script not in SCRIPTS:
        raise KnowledgeError(FILE, code, f"'script' is none of {', '.join(SCRIPTS)}")
    unknown = table.keys() - {"script", "letters", "foreign", "words", "plain"}
    if unknown:
        raise KnowledgeError(FILE, code, f"has an unknown sign {min(unknown)!r}")
    return Signs(
        script=str(script),
        letters=_any_letter(code, table.get("letters")),
        foreign=_any_letter(code, table.get("foreign")),
        words=_words(code, table.get("words", [])),
        plain=_words(code, table.get("plain", [])),
    )


def _any_letter(code: str, letters: object) -> re.Pattern[str] | None:
    if letters is None:
        return None
    if not isinstance(letters, str) or not letters.isalpha():
        raise KnowledgeError(FILE, code, "letters are one string of letters")
    return re.compile(f"[{letters.lower()}{letters.upper()}]")


def _words(code: str, words: object) -> frozenset[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) and word == word.lower() for word in words):
        raise KnowledgeError(FILE, code, "words are a list of words in lower case")
    return frozenset(words)

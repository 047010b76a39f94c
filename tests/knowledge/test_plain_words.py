"""Plain words: a form is known by its base form, and a language without a dictionary lacks nothing."""

from __future__ import annotations

import pytest

from tracker.knowledge.language import load_language
from tracker.knowledge.plain_words import PlainWords


@pytest.fixture(scope="module")
def english() -> PlainWords:
    return PlainWords("en", load_language("en").places.lists["endings"])


@pytest.mark.parametrize(
    "word", ["clash", "clashes", "bodies", "bombing", "stopped", "killed", "retaliation", "firemen"]
)
def test_forms_of_plain_words_are_known(word: str, english: PlainWords) -> None:
    assert not english.lacks(word)


@pytest.mark.parametrize("word", ["tonacate", "zaghur", "bogota", "idlib"])
def test_names_are_in_no_dictionary(word: str, english: PlainWords) -> None:
    assert english.lacks(word)


def test_a_language_without_a_dictionary_lacks_no_word() -> None:
    assert not PlainWords("ru", ()).lacks("tonacate")

"""Signs of languages: each language with rules can be told, and a wrong table is named."""

from __future__ import annotations

import pytest

from tracker.knowledge import files, recognition
from tracker.model import KnowledgeError

WRONG = [
    ("[eo]\n", "'script' is none of arabic, cyrillic, latin"),
    ("[eo]\nscript = 'runes'\n", "'script' is none of arabic, cyrillic, latin"),
    ("[eo]\nscript = 'latin'\nletter = 'ĉ'\n", "has an unknown sign 'letter'"),
    ("[eo]\nscript = 'latin'\nletters = ['ĉ']\n", "letters are one string of letters"),
    ("[eo]\nscript = 'latin'\nletters = ']'\n", "letters are one string of letters"),
    ("[eo]\nscript = 'latin'\nwords = 'kaj la'\n", "words are a list of words in lower case"),
    ("[eo]\nscript = 'latin'\nplain = ['Kaj']\n", "words are a list of words in lower case"),
]


@pytest.fixture
def afresh():
    """Nothing is remembered from before, nor for later."""
    cached = (recognition.load_signs, recognition.signs_in, recognition.small_words, recognition.plain_words)
    for one in cached:
        one.cache_clear()
    yield
    for one in cached:
        one.cache_clear()


def test_every_language_with_rules_can_be_told():
    assert set(files.languages()) <= recognition.load_signs().keys()


@pytest.mark.parametrize("code", [code for code, signs in recognition.load_signs().items() if signs.letters])
def test_letters_of_a_language_are_of_its_script_and_of_no_other_language(code):
    signs = recognition.load_signs()[code]
    letters = signs.letters.pattern[1:-1]
    assert all(map(recognition.SCRIPTS[signs.script].match, letters))
    others = [one for other, one in recognition.load_signs().items() if other != code and one.letters]
    assert not any(one.letters.search(letters) for one in others)


@pytest.mark.parametrize(("text", "what"), WRONG)
def test_a_wrong_table_is_named(afresh, monkeypatch, tmp_path, text, what):
    (tmp_path / "languages").mkdir()
    (tmp_path / recognition.FILE).write_text(text, encoding="utf-8")
    monkeypatch.setattr(files, "data_folder", lambda: tmp_path)
    with pytest.raises(KnowledgeError, match="eo") as wrong:
        recognition.load_signs()
    assert what in str(wrong.value)

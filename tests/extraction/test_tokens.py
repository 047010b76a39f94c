"""The tokenizer: the tokens of a sentence, their kinds and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.text.sentences import Sentence
from tracker.extraction.text.tokens import LONG, MANY_WORDS, Tokenizer
from tracker.knowledge import load_language

TOKENIZER = Tokenizer(load_language("en"))

CUT = [
    ("Nine died, 1,250 fled.", "nine died , 1,250 fled ."),
    ("Peru's doctors' union counted 40", "peru 's doctors ' union counted 40"),
    ("the ministry’s toll", "the ministry 's toll"),
    ("al-Barazi’s well-known brother", "al-barazi 's well-known brother"),
    ("“Forty”, said the U.S. envoy", '" forty " , said the u.s . envoy'),
    ("9 100 of 2014 100", "9 100 of 2014 100"),
    ("9\u00a0100 of 2014\u00a0100", "9\u00a0100 of 2014 100"),
    ("the 5th, 3.5 and 4.000.000", "the 5 th , 3.5 and 4.000.000"),
    ("AT&amp;T&#39;s &quot;two&quot;", 'at " t & " s " two "'),
    ("re\u00adfugees, non\u2011stop", "refugees , non-stop"),
    ("12-year-old", "12 - year-old"),
    ("killedand woundedIn", "killed and wounded in"),
    ("soldierson nearby islands in London", "soldiers on nearby islands in london"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "lows"), CUT)
def test_tokens_in_lower_case(text: str, lows: str):
    assert list(TOKENIZER.cut(Sentence(text, 0)).lows) == lows.split(" ")[: None if lows else 0]


def test_kinds_and_capitals_of_tokens():
    words = TOKENIZER.cut(Sentence("Peru's 12 al-Amal medics, in Lima", 0))
    kinds = ["word", "possessive", "number", "word", "word", "mark", "word", "word"]
    assert list(zip(words.texts, words.kinds, strict=True)) == list(
        zip(["Peru", "'s", "12", "al-Amal", "medics", ",", "in", "Lima"], kinds, strict=True)
    )
    assert [text for text, capital in zip(words.texts, words.capitals, strict=True) if capital] == [
        "Peru",
        "al-Amal",
        "Lima",
    ]


def test_a_token_has_the_longest_phrase_that_begins_with_it():
    language = load_language("en")
    words = TOKENIZER.cut(Sentence("More than 40 aid workers lost their lives, the group said, and one lost a leg.", 0))
    at = range(len(words.lows))
    assert list(words.lexicon) == [language.lexicon.at(words.lows, index) for index in at]
    assert list(words.people) == [language.people.at(words.lows, index) for index in at]
    assert any(hit is not None and hit[0] > 1 for hit in words.lexicon)


@given(st.text(alphabet=st.sampled_from("aZé’'\"19.,-–: \t\n\u00a0\u2009²&#;_İs"), max_size=60), st.integers(0, 9))
def test_offsets_are_correct_and_only_blanks_are_left_out(text: str, start: int):
    sentence = Sentence(text.strip(), start)
    words = TOKENIZER.cut(sentence)
    spans = list(zip(words.starts, words.ends, strict=True))
    assert [sentence.text[begin - start : end - start] for begin, end in spans] == list(words.texts)
    assert all(begin < end for begin, end in spans)
    gaps = zip([start, *words.ends], [*words.starts, sentence.end], strict=True)
    assert all(not sentence.text[begin - start : end - start].strip() for begin, end in gaps)


def test_memory_stays_bounded_with_many_spellings():
    tokenizer = Tokenizer(load_language("en"))
    for number in range(2 * MANY_WORDS // 100):
        tokenizer.cut(Sentence(" ".join(f"{number}.{one}" for one in range(100)) + " a-" * 50, 0))
    held = sum(len(piece.forms) for piece in tokenizer.pieces.values())
    assert held <= MANY_WORDS + 200


def test_memory_stays_bounded_with_long_words():
    tokenizer = Tokenizer(load_language("en"))
    for number in range(4_000):
        tokenizer.cut(Sentence("a" * 2_000 + f"-{number} died", 0))
    assert sum(map(len, tokenizer.pieces)) <= MANY_WORDS * LONG + 3_000

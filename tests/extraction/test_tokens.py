"""How a sentence is cut into words: what each is, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.text.sentences import Sentence
from tracker.extraction.text.tokens import LONG, MANY_WORDS, Tokenizer
from tracker.knowledge import load_language

CUTTER = Tokenizer(load_language("en"))

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
    ("", ""),
]


@pytest.mark.parametrize(("text", "lows"), CUT)
def test_a_sentence_is_cut_into_words_in_lower_case(text: str, lows: str):
    assert list(CUTTER.cut(Sentence(text, 0)).lows) == lows.split(" ")[: None if lows else 0]


def test_each_word_is_of_a_kind_and_may_have_a_capital():
    words = CUTTER.cut(Sentence("Peru's 12 al-Amal medics, in Lima", 0))
    kinds = ["word", "possessive", "number", "word", "word", "mark", "word", "word"]
    assert list(zip(words.texts, words.kinds, strict=True)) == list(
        zip(["Peru", "'s", "12", "al-Amal", "medics", ",", "in", "Lima"], kinds, strict=True)
    )
    assert [text for text, capital in zip(words.texts, words.capitals, strict=True) if capital] == [
        "Peru",
        "al-Amal",
        "Lima",
    ]


def test_the_longest_phrase_that_begins_with_a_word_is_the_one_of_its_table():
    language = load_language("en")
    words = CUTTER.cut(Sentence("More than 40 aid workers lost their lives, the group said, and one lost a leg.", 0))
    at = range(len(words.lows))
    assert list(words.lexicon) == [language.lexicon.at(words.lows, index) for index in at]
    assert list(words.people) == [language.people.at(words.lows, index) for index in at]
    assert any(hit is not None and hit[0] > 1 for hit in words.lexicon)


@given(st.text(alphabet=st.sampled_from("aZé’'\"19.,-–: \t\n\u00a0\u2009²&#;_İs"), max_size=60), st.integers(0, 9))
def test_the_words_stand_where_they_say_and_leave_out_nothing_but_blanks(text: str, start: int):
    sentence = Sentence(text.strip(), start)
    words = CUTTER.cut(sentence)
    spans = list(zip(words.starts, words.ends, strict=True))
    assert [sentence.text[begin - start : end - start] for begin, end in spans] == list(words.texts)
    assert all(begin < end for begin, end in spans)
    gaps = zip([start, *words.ends], [*words.starts, sentence.end], strict=True)
    assert all(not sentence.text[begin - start : end - start].strip() for begin, end in gaps)


def test_memory_stays_flat_however_many_spellings_come():
    tokenizer = Tokenizer(load_language("en"))
    for number in range(2 * MANY_WORDS // 100):
        tokenizer.cut(Sentence(" ".join(f"{number}.{one}" for one in range(100)) + " a-" * 50, 0))
    held = sum(len(piece.forms) for piece in tokenizer.pieces.values())
    assert held <= MANY_WORDS + 200


def test_memory_stays_flat_however_long_the_words_are():
    tokenizer = Tokenizer(load_language("en"))
    for number in range(4_000):
        tokenizer.cut(Sentence("a" * 2_000 + f"-{number} died", 0))
    assert sum(map(len, tokenizer.pieces)) <= MANY_WORDS * LONG + 3_000

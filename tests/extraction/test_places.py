"""Place patterns: the letters of tokens agree with a look at each token in its context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from readers import READER

from tracker.extraction.extract import Extractor
from tracker.extraction.text.context import PlaceCache, SentenceContext
from tracker.extraction.where import patterns as place_patterns
from tracker.extraction.where.patterns import OPEN
from tracker.model import Article
from tracker.sources import read_paths

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return READER.rules["en"].extractor


@pytest.fixture(scope="module")
def contexts(extractor: Extractor) -> list[SentenceContext]:
    return list(some_scenes(extractor))


def some_scenes(extractor: Extractor) -> Iterator[SentenceContext]:
    """The sentences of the samples as they are, with headline capitals, and all in capitals."""
    samples = [sample for sample in read_paths([SAMPLES]) if isinstance(sample, Article)]
    for sample in samples[::4]:
        for text in (sample.text, sample.text.title(), sample.text.upper()):
            for passage in extractor.passages(replace(sample, text=text)):
                yield replace(passage.reading.context, places=PlaceCache())


def test_a_letter_agrees_with_a_look_at_the_context(extractor: Extractor, contexts: list[SentenceContext]):
    kinds = extractor.places.kinds
    for context in contexts:
        looked_at = replace(context, places=PlaceCache(letters=OPEN * len(context.lows)))
        words = range(len(context.lows))
        assert [kinds.at(context, at) for at in words] == [kinds.at(looked_at, at) for at in words]


def test_no_place_follows_a_word_that_the_search_leaves_out(extractor: Extractor, contexts: list[SentenceContext]):
    places, patterns = extractor.places, extractor.places.kinds.patterns
    found = 0
    for context in contexts:
        left_out = {at for at, low in enumerate(context.lows) if low in patterns.telling} - {
            *patterns.openings(context)
        }
        phrases = [places.phrase(context, at + 1) for at in left_out]
        assert phrases == [None] * len(phrases)
        found += len(places.find(context))
    assert found


def test_the_letters_of_new_words_do_not_fill_the_memory(extractor: Extractor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(place_patterns, "MANY_WORDS", 100)
    letters = [chr(ord("a") + number) for number in range(26)]
    for one in letters:
        words = " ".join(f"q{one}{two}" for two in letters)
        extractor.passages(Article(id="new", text=f"Two were killed in {words}."))
    assert 0 < len(extractor.places.kinds.patterns.known[False]) < 100 + 2 * len(letters)

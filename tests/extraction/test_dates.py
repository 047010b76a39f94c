"""Dates: the prefilter hides no date phrase, and "ago" is resolved with the precision of its unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.extraction.text.prefilter import Prefilter
from tracker.extraction.when.dateline import dateline
from tracker.extraction.when.phrases import DateReader, Phrase
from tracker.extraction.when.resolution import DateParts, resolve
from tracker.knowledge.files import languages
from tracker.knowledge.language import load_language

LANGUAGE = load_language("en")
READER = DateReader(LANGUAGE.dates, LANGUAGE.attribution.lists["speaking"])
PHRASES = [
    pytest.param(reader, phrase, id=f"{language.code}-{raw['name']}")
    for language in map(load_language, languages())
    for reader in [DateReader(language.dates, language.attribution.lists["speaking"])]
    for phrase, raw in zip(reader.phrases, language.dates.raw["phrase"], strict=True)
]
WORDS = (
    "in on the last past next this following previous of to and between from since during by until throughout "
    "early mid- began which erupted said told on late reporters as through 89 '89 12 5 25 2011 1999-2001 "
    "2011-05-06 6.5.2012 3:30 0630 pm 5am a.m. gmt at one a three ago before after earlier later war fighting "
    "year's new eve christmas today overnight morning weekend yesterday night 4th mondays may mar sept. "
    "november saturday day days week year's hours “ ” \" ' – - . , ( é _ $ ٢٠١١ ma"
).split()


class _Everything(Prefilter):
    """A prefilter that sets all flags, so that every phrase is searched for everywhere."""

    def flags_of(self, low: str) -> tuple[int, set[bytes]]:
        return -1, set()

    def most(self, flag: int, words: Iterable[bytes], low: str) -> int:
        return len(low)


SLOW = DateReader(LANGUAGE.dates, LANGUAGE.attribution.lists["speaking"])
SLOW.prefilter = _Everything()


@settings(max_examples=examples(1_500), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " ", " ", " ", " ", "  ", "\n", "\u00a0"])), max_size=14
    ),
    st.sampled_from([None, dt.date(2012, 3, 31)]),
)
def test_the_prefilter_hides_no_date(words: list[tuple[str, str]], base: dt.date | None) -> None:
    text = "".join(word + space for word, space in words)
    assert READER.find(text, 7, base) == SLOW.find(text, 7, base)


@pytest.mark.parametrize(("reader", "phrase"), PHRASES)
def test_a_phrase_sets_the_flags_it_needs(reader: DateReader, phrase: Phrase) -> None:
    @settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
    @given(st.from_regex(re.compile(phrase.pattern.source, re.ASCII)))
    def check(text: str) -> None:
        assert reader.prefilter.flags_of(text)[0] & phrase.needs == phrase.needs

    check()


def test_flags_of_other_alphabets() -> None:
    prefilter = Prefilter()
    march, may, maerz = prefilter.flag(["марта"]), prefilter.flag(["may", "май"]), prefilter.flag(["märz"])
    sign = prefilter.flag(["—"])
    assert prefilter.flags_of("nothing at all")[0] == sign  # without a letter absence is unknown
    assert prefilter.flags_of("am 5. märz")[0] == maerz | sign
    assert prefilter.flags_of("с 5-го марта")[0] == march | sign
    assert prefilter.flags_of("майский день")[0] == may | sign  # a word may stand in a longer one
    assert prefilter.most(march, set(), "5 марта, 6 марта") == 2


AGO = [
    (23, "hour", "2012-03-31"),  # to a paper that is today
    (2, "day", "2012-03-29"),
    (3, "week", "2012-03-10"),
    (1, "month", "2012-02"),
    (4, "year", "2008"),
    (2, "decade", "1992"),
    (999, "decade", None),
]


@pytest.mark.parametrize(("number", "unit", "date"), AGO)
def test_ago_is_as_precise_as_its_unit(number: int, unit: str, date: str | None) -> None:
    resolved = resolve("ago", DateParts(None, None, None, None, None, unit, number, last=False), dt.date(2012, 3, 31))
    assert resolved is not None
    assert resolved.date == date


COUNTED_BACK = [
    ("2012-03-31", 1, "month", "2012-02-29"),  # a month that is too short ends with its last day
    ("2012-02-29", 1, "year", "2011-02-28"),
    ("2012-01-15", 13, "month", "2010-12-15"),
    ("2012-03-01", 24, "hour", "2012-02-29"),
    ("2012-03-01", 25, "hour", "2012-02-28"),
]


@pytest.mark.parametrize(("base", "number", "unit", "date"), COUNTED_BACK)
def test_an_anniversary_is_the_same_day_of_another_month_or_year(base: str, number: int, unit: str, date: str) -> None:
    parts = DateParts(None, None, None, None, None, unit, number, last=False)
    resolved = resolve("anniversary", parts, dt.date.fromisoformat(base))
    assert resolved is not None
    assert resolved.date == date


@pytest.mark.parametrize(
    ("text", "place", "story"),
    [
        ("Puerto Príncipe, 23 mayo (EFE). - Dos muertos", "Puerto Príncipe", "Dos muertos"),
        ("Київ, 5 липня (Укрінформ) – Двоє", "Київ", "Двоє"),
        ("28 juin 2012. - Deux militaires", "", "Deux militaires"),
    ],
)
def test_datelines_in_any_alphabet(text: str, place: str, story: str) -> None:
    line = dateline(text)
    assert line is not None
    assert (line.words, text[line.stop :]) == (place, story)


@pytest.mark.parametrize("text", ["655 Maoist- Leninist guerrillas died", "12 May was calm - then 3 died"])
def test_no_dateline(text: str) -> None:
    assert dateline(text) is None

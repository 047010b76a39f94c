"""The extraction on hostile text: it never raises, never hangs, and its offsets stay correct."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import examples
from growth import calls, no_hang
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import READER

from tracker.extraction.counts.numbers import quantity_at
from tracker.extraction.text.sentences import Sentence
from tracker.extraction.text.tokens import Tokenizer
from tracker.knowledge.language import load_language
from tracker.model import Article

SHARED = Path(__file__).parents[3] / "shared"
# words that take part in figures, to be thrown together in any order
WORDS = (
    "killed wounded people soldiers 12 1,200 25-year-old more than at least some dozens of between and to from 20 30 - "
    "including of them the a another no one was were said police according to on Monday 3 May 2012 since March in "
    "Aleppo Gaza (Reuters) [ ] : ; , . \" ' quot; death toll rose million half displaced 's left dead missing may"
).split()


def check(article: Article) -> None:
    for figure in READER.read(article):
        field = article.title if figure.field == "title" else article.text
        assert field[figure.start : figure.end] == figure.figure
        assert figure.quote in field
        assert figure.value is None or figure.value >= 0
        assert figure.source is None or figure.source in field
        assert figure.victims is None or figure.victims in field


@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_sequence_of_words_gives_correct_offsets(words: list[str], title: list[str]) -> None:
    check(Article(id="any", title=" ".join(title), text=" ".join(words), published="2012-03-26"))


@settings(max_examples=examples(200), deadline=None)
@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=12))
def test_any_text_is_read(text: str, title: str, published: str) -> None:
    check(Article(id="any", title=title, text=text + " 12 people were killed " + text, published=published))


TORTURE: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "9" * 10_000 * n + " people were killed",
    "commas": lambda n: "1," * 10_000 * n + " people were killed",
    "number words": lambda n: "twenty " * 5_000 * n + "people were killed",
    "and": lambda n: "and " * 50_000 * n + "12 people were killed",
    "capitals": lambda n: "Abu Omar " * 5_000 * n + "said 12 people were killed",
    "blanks": lambda n: "12 people were" + " " * 50_000 * n + "killed",
    "newlines": lambda n: "\n \n" * 20_000 * n + "12 people were killed",
    "brackets": lambda n: "[" * 20_000 * n + "12 people were killed",
    "killed": lambda n: "killed " * 20_000 * n,
    "counts": lambda n: "12 people " * 10_000 * n + "were killed",
    "of the": lambda n: "the death of the " * 5_000 * n + "12 people",
    "dots": lambda n: "." * 50_000 * n + " 12 people were killed.",
    "since": lambda n: "since March " * 5_000 * n + "12 people were killed",
    "one word": lambda n: "a" * 200_000 * n + " 12 people were killed",
    "quotes": lambda n: '"' * 20_000 * n + "12 people were killed",
}
"""Texts that are hard on patterns, by name; twice as long for twice the number."""


def torture(name: str, size: int) -> Article:
    return Article(id="torture", text=TORTURE[name](size), published="2012-03-26")


@pytest.mark.parametrize("name", TORTURE)
def test_torture_comes_to_an_end(name: str) -> None:
    with no_hang():  # were the time to grow with the square of the length, hours would not be enough
        check(torture(name, 10))


@pytest.mark.parametrize("name", TORTURE)
def test_torture_costs_in_proportion_to_its_length(name: str) -> None:
    assert work(torture(name, 8)) < 2.5 * work(torture(name, 4))


def work(article: Article) -> int:
    READER.read(article)  # what is kept of spellings that were met before is no work any more
    return calls(lambda: READER.read(article))


def test_work_grows_with_length_only() -> None:
    text = "Shelling killed 12 people and wounded 30 in Aleppo on Monday, police said. The town was calm. "
    short, long = (Article(id="long", text=text * copies, published="2012-03-26") for copies in (100, 800))
    assert work(long) < 8.1 * work(short)


def test_naughty_strings_are_text() -> None:
    path = SHARED / "hostile" / "naughty_strings.json"
    if not path.exists():
        pytest.skip("../shared is not there")
    for number, naughty in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        check(Article(id=str(number), title=naughty, text=f"{naughty} killed 12 people in {naughty}, {naughty} said."))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9 ²²² people were killed.", ["9"]),  # raised digits are digits to str.isdigit, and none to int
        (f"{'1' * 400} million people were killed.", []),  # more than a float holds
        (f"{'1' * 1900}th soldier was killed.", []),
        ("As many as 2.500.000 million people were killed.", []),  # no float has two points
    ],
)
def test_digits_that_are_no_numbers(text: str, found: list[str]) -> None:
    assert [figure.figure for figure in READER.read(Article(id="n", text=text))] == found


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("shifted", ["A day earlier", "The next day"])
def test_days_that_do_not_exist(published: str, shifted: str) -> None:
    text = f"Shelling killed 12 people today. {shifted}, a bomb killed 5 people."
    assert [figure.value for figure in READER.read(Article(id="n", text=text, published=published))] == [12, 5]


@pytest.mark.parametrize("when", ["last year", "last month", "in May last year"])
def test_years_that_do_not_exist(when: str) -> None:
    article = Article(id="n", text=f"12 people were killed in Tulan {when}.", published="0001-01-02")
    assert [(figure.value, figure.date) for figure in READER.read(article)] == [(12, None)]


@pytest.mark.parametrize("text", ["ارتفع عدد الشهداء إلى 28 و985", "الشهداء شهيدا. ارتفع ألفا عدد إلى 28 و985"])
def test_a_text_that_ends_behind_and(text: str) -> None:
    check(Article(id="n", title=text, text=text, language="ar"))


def test_each_phrase_of_a_number_is_found_by_its_first_words() -> None:
    """`Opening` says where to look for the phrases of the language file. None is missed."""
    language = load_language("en")
    tokenizer, numbers = Tokenizer(language), language.numbers
    for phrases, rest in ((numbers.before, "40 people"), (numbers.vague, "people"), (numbers.zero, "people")):
        for phrase in (" ".join(words) for group in phrases.by_first.values() for words, _ in group):
            blank = "" if phrase in numbers.glued_signs else " "
            words = tokenizer.cut(Sentence(f"{phrase}{blank}{rest} died", 0))
            assert quantity_at(words, 0, numbers) is not None, phrase

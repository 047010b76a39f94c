"""A language of a few lines: the example of docs/languages.md works, and each setting does what it says."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from typing import Any

import pytest
from imports import ROOT

from tracker.extraction.extract import Extractor
from tracker.extraction.passed_over import seen, words_of
from tracker.extraction.text.sentences import Sentence
from tracker.extraction.text.tokens import Tokenizer
from tracker.knowledge import load_gazetteer, load_publishers, load_sourcebook
from tracker.knowledge.language import Language, make_language
from tracker.model import Article, Figure, KnowledgeError

PAGE = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
[SMALLEST] = re.findall(r"^```toml \S+\n(.*?)^```", PAGE, re.M | re.S)
GAZETTEER, BOOK = load_gazetteer(), load_sourcebook()


def language(more: str = "", **changes: Any) -> Language:
    """The smallest language with more tables, and with other lists in the tables that it has."""
    tables = tomllib.loads(SMALLEST) | tomllib.loads(more)
    for name, values in changes.items():
        tables[name] = tables.get(name, {}) | values
    return make_language(tables, "languages/eo")


def read(rules: Language, text: str) -> list[Figure]:
    """The figures of a text, as the reader finds them."""
    view = seen(Article(id="example", text=text, language="eo"), words_of(rules, load_publishers()))
    return view.restored(Extractor(rules, GAZETTEER, BOOK).read(view.article)[0])


def told(rules: Language, text: str) -> list[tuple[str, int | None]]:
    return [(figure.figure, figure.value) for figure in read(rules, text)]


def lows(rules: Language, text: str) -> list[str]:
    return list(Tokenizer(rules).cut(Sentence(rules.spelling.folded(text), 0)).lows)


def test_the_smallest_language_finds_its_examples() -> None:
    rules = language()
    [pattern] = rules.patterns
    for example in pattern.finds:
        assert [word for word, _ in told(rules, re.sub(r"[\[\]]", "", example))] == re.findall(r"\[(.*?)\]", example)
    assert [found for example in pattern.ignores for found in told(rules, example)] == []


def test_english_lends_no_word() -> None:
    assert told(language(), "Twelve soldiers were killed. Tri soldatoj estis mortigitaj hodiaŭ in Homs on Monday.") == [
        ("Tri", 3)
    ]


def test_a_pattern_without_words_for_its_tag_is_passed_over_and_an_unknown_tag_is_an_error() -> None:
    pattern = '\n[[pattern]]\nname = "x"\nreads = "{} COUNT"\nfinds = ["[2] a"]\nignores = ["a"]\n'
    tables = tomllib.loads(SMALLEST + pattern.format("flee"))
    assert [one.name for one in make_language(tables, "languages/eo").patterns] == ["harm-passive"]
    with pytest.raises(KnowledgeError, match="fleee"):
        make_language(tomllib.loads(SMALLEST + pattern.format("fleee")), "languages/eo")


def test_elided_words_are_tokens_of_their_own() -> None:
    rules = language(tokens={"elisions": ["l'", "d'", "qu'"]})
    assert lows(rules, "L'armée d’autres qu'au aujourd'hui d'1,5") == [
        *("l'", "armée", "d'", "autres", "qu'", "au", "aujourd'hui", "d'", "1,5"),
    ]
    assert rules.key("l'Union d’Afrique") == "l' union d' afrique"


def test_proclitics_are_cut_off_if_a_list_knows_the_rest() -> None:
    rules = language(tokens={"proclitics": ["ka", "la"]})
    assert lows(rules, "kasoldatoj kalasoldatoj kafejo") == ["ka", "soldatoj", "ka", "la", "soldatoj", "kafejo"]


def test_enclitics_are_cut_off_if_a_list_knows_the_rest() -> None:
    rules = language(tokens={"proclitics": ["ka"], "enclitics": ["mi"]})
    assert lows(rules, "soldatojmi kasoldatojmi kafejomi") == ["soldatoj", "mi", "ka", "soldatoj", "mi", "kafejomi"]


def test_contracted_proclitics_are_read_as_they_are_spelled_apart() -> None:
    rules = language(tokens={"proclitics": ["ka", "la"], "contracted": {"kla": "k la"}})
    assert lows(rules, "klasoldatoj") == ["k", "la", "soldatoj"]
    assert rules.key("Klasoldatoj fora") == "k la soldatoj fora"


def test_letters_that_are_the_same_and_marks_that_are_dropped_change_no_figure() -> None:
    rules = language(tokens={"same": {"ĵ": "j"}, "dropped": ["\u0301"]})
    plain, marked = "Tri soldatoj estis mortigitaj.", "Tri so\u0301ldatoĵ estis mortigitaĵ."
    for text in (plain, marked, unicodedata.normalize("NFD", marked)):
        [figure] = read(rules, text)
        assert (figure.value, figure.quote) == (3, text)
        assert text[figure.start : figure.end] == figure.figure


NUMBERS = """
[numbers]
joiners = ["et", "y"]
joined_tens = ["et", "y"]
units_below = 20
digits_go_on = true
bare_multipliers = ["mil", "cent"]
articles = ["une"]
units = { un = 1, trois = 3, cinco = 5, onze = 11, dix-sept = 17 }
tens = { vingt = 20, soixante = 60, quatre-vingt = 80, treinta = 30 }
multipliers = { mil = 1000, cent = 100 }
round = { "une vingtaine" = 20 }
[qualifiers]
before = { more_than = ["plus de"] }
behind = { at_least = ["au moins"] }
"""


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("vingt et un", 21),
        ("treinta y cinco", 35),
        ("soixante et onze", 71),
        ("quatre-vingt-dix-sept", 97),
        ("mil cent cinco", 1105),
        ("3 mil 545", 3545),
    ],
)
def test_numbers_as_other_languages_build_them(words: str, value: int) -> None:
    assert told(language(NUMBERS), f"{words} soldatoj estis mortigitaj.") == [(words, value)]


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("une vingtaine soldatoj", "une vingtaine/20/about"),
        ("plus de une vingtaine soldatoj", "plus de une vingtaine/20/more_than"),
        ("15 soldatoj au moins", "15 soldatoj au moins/15/at_least"),
    ],
)
def test_qualifiers_as_other_languages_place_them(words: str, figure: str) -> None:
    [found] = read(language(NUMBERS), f"{words} estis mortigitaj.")
    assert f"{found.figure}/{found.value}/{found.qualifier}" == figure


def test_a_noun_counts_by_itself_right_beside_a_word_of_harm() -> None:
    pattern = {**tomllib.loads(SMALLEST)["pattern"][0], "reads": "COUNT be? harm.done"}
    tables = tomllib.loads(SMALLEST) | {"pattern": [pattern], "bare": {"one": ["soldato"], "two": ["soldatoj"]}}
    rules = make_language(tables, "languages/eo")
    assert told(rules, "soldato mortigita") == [("soldato", 1)]
    assert told(rules, "soldatoj mortigitaj") == [("soldatoj", 2)]
    assert told(rules, "soldato Ana mortigita") == []


SAYING = """
[attribution]
speaking = ["diris"]
determiners = ["la"]
told_to = [",", "al la gazetaro"]
backward = ["tion"]
[source_types]
police = ["polico"]
"""


@pytest.mark.parametrize(
    "text",
    [
        "Tri soldatoj estis mortigitaj, diris, al la gazetaro, la polico.",
        "Tri soldatoj estis mortigitaj. Tion diris la polico.",
    ],
)
def test_a_source_behind_its_verb_or_in_the_next_sentence(text: str) -> None:
    [figure] = read(language(SAYING), text)
    assert (figure.source, figure.source_type) == ("la polico", "police")


def test_a_country_at_the_head_of_a_headline_speaks_only_where_the_language_says_so() -> None:
    article = Article(id="example", title="Mali: tri soldatoj estis mortigitaj.", text="", language="eo")
    for speaks in (True, False):
        rules = language(attribution={"states_in_titles": speaks, "title_marks": [":"]})
        [figure], _ = Extractor(rules, GAZETTEER, BOOK).read(article)
        assert (figure.source is not None) is speaks

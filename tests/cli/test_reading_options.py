"""What commands say of what they read: pages, languages without rules, columns that are mapped, what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import NamedTuple

import pytest
from made_documents import pdf
from web import serving

from tracker.sources.language import language_of


class Done(NamedTuple):
    code: int
    out: str
    err: str


IN_OTHERS = {
    "fr": "Au moins dix-sept personnes ont été tuées lundi dans un bombardement sur un marché à Idlib, selon des"
    " militants. La télévision d’État a parlé de douze morts, et le gouvernement accuse des groupes armés."
    " On cherche encore.",
    "es": "Al menos diecisiete personas murieron el lunes en un bombardeo contra un mercado de Idlib, según activistas."
    " La televisión estatal habló de doce muertos y el gobierno acusó a grupos armados."
    " Siguen buscando supervivientes.",
    "it": "Almeno diciassette persone sono state uccise lunedì in un bombardamento su un mercato a Idlib, secondo gli"
    " attivisti. La televisione di Stato ha parlato di dodici morti e il governo ha accusato gruppi armati."
    " Le ricerche continuano.",
    "ar": "قُتل سبعة عشر شخصا على الأقل يوم الاثنين في قصف على سوق في إدلب، بحسب ناشطين.",
    "ru": "Не менее семнадцати человек погибли в понедельник при обстреле рынка, сообщили активисты.",
    "uk": "Щонайменше сімнадцять людей загинули в понеділок унаслідок обстрілу ринку в Ідлібі, повідомили активісти."
    " Державне телебачення говорило про дванадцятьох загиблих, а уряд звинуватив озброєні групи. Рятувальники шукають.",
}
ENGLISH = (
    "At least 17 people were killed on Monday in a market in Idlib, activists said. State television spoke of 12. " * 2
)


@pytest.mark.parametrize("code", IN_OTHERS)
def test_the_language_of_a_text(code):
    assert language_of(IN_OTHERS[code]) == code


@pytest.mark.parametrize(
    "text", ["", "12 dead", "Police: 3 dead", "Kyiv: 3", ENGLISH, ENGLISH.upper(), "1 2 3 " * 90, "¿¡" * 200]
)
def test_english_and_what_is_in_no_language_beyond_doubt_is_read_as_english(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trois morts dans une attaque", "fr"),
        ("Dos muertos en Gaza", "es"),
        ("12 людей загинули, є поранені", "uk"),
        ("Погибли двое, ещё трое ранены", "ru"),
        ("مقتل شرطيين", "ar"),
        ("دوازده نفر در این حمله کشته شدند", "fa"),
    ],
)
def test_the_language_of_a_headline(text, code):
    assert language_of(text) == language_of("", text) == code


@pytest.mark.parametrize("code", IN_OTHERS)
def test_a_text_that_quotes_english_words_keeps_its_language(code):
    assert language_of(f"{IN_OTHERS[code]} « From the river and with the people », {IN_OTHERS[code]}") == code


def test_half_a_character_does_no_harm():
    assert language_of("\ud800 the dead and the wounded were taken away with the others \udfff") == "en"


@pytest.mark.process
@pytest.mark.parametrize(
    "text",
    [
        "The men who were there said that the market had been hit, and that they have seen this before. " * 3,
        "Gunmen shot 12 people in the village of Tarlo, police said.",
    ],
)
def test_plain_english_needs_no_model(text):
    code = "import sys; from tracker.sources.language import language_of as of; of(sys.argv[1]); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True).stdout
    assert "py3langid" not in loaded.split()


def test_articles_in_languages_without_rules_are_counted_and_told(call, tmp_path):
    texts = {"it": IN_OTHERS["it"], "it-2": IN_OTHERS["it"], "fa": "دوازده نفر در این حمله کشته شدند.", "en": ENGLISH}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    done = call("extract", "it.txt", "it-2.txt", "fa.txt", "en.txt")
    assert done.code == 0
    assert "note: 2 articles in it, for which there are no rules: no figures are found in them\n" in done.err
    assert "note: 1 article in fa, for which there are no rules: no figures are found in them\n" in done.err
    assert "in en" not in done.err
    added = call("add", "it.txt", "--db", "s.db")
    assert added.code == 0
    assert "added 1" in added.out
    assert "1 article in it" in added.err


@pytest.fixture
def call(tracker):
    """The command, with what it answers by name."""
    return lambda *arguments: Done(*tracker(*arguments))


def test_the_page_of_a_figure_is_shown(call, tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf([["The fighting went on."], ["At least 17 people were killed."]]))
    assert "page 2" in call("extract", "a.pdf", "--format", "table").out
    assert "page 2" in call("extract", "a.pdf", "--explain").out


def test_columns_are_mapped(call, tmp_path):
    (tmp_path / "a.csv").write_text('Body,date\n"At least 17 people were killed.",2014-03-10\n')
    done = call("extract", "a.csv", "--map", "text=Body,published=date")
    assert json.loads(done.out)["published"] == "2014-03-10"
    missing = call("extract", "a.csv", "--map", "text=nothing")
    assert (missing.code, missing.err) == (2, "a.csv: has no column nothing (only body, date)\n")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("words=body", "'words' is none of id, title, text"),
        ("text", "'text' is not NAME=COLUMN"),
        ("text=", "'text=' is not NAME=COLUMN"),
        ("text=a,title=a", "'title=a': each name and each column stands there once"),
    ],
)
def test_maps_that_are_wrong(call, given, what):
    done = call("extract", "a.csv", "--map", given)
    assert done.code == 2
    assert what in done.err


def test_web_addresses(call):
    with serving({"/a": f"<html><body><article><p>{ENGLISH}</p></article></body></html>"}) as site:
        done = call("extract", f"{site.url}/a", "--allow-private")
        assert json.loads(done.out.splitlines()[0])["url"] == f"{site.url}/a"
        missing = call("extract", f"{site.url}/none", "--allow-private")
        assert (missing.code, missing.err) == (2, f"{site.url}/none: answers 404 Not Found\n")
        refused = call("extract", f"{site.url}/a")
        assert refused.code == 2
        assert "leads to 127.0.0.1, which is not public: --allow-private allows it" in refused.err

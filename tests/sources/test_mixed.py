"""Documents in several languages: each line is read in its own, and an article that states its language in that one."""

from __future__ import annotations

import pytest
from readers import READER

from tracker.mixed import in_each
from tracker.model import Article
from tracker.sources.language import languages_of

ENGLISH_ARABIC = """Shells hit a market in Omdurman on Tuesday, killing 31 people, medics said.

قالت شبكة أطباء السودان إن 33 مدنيا قتلوا وأصيب 12 آخرون في قصف على سوق أم درمان يوم الثلاثاء.
منهم 5 أطفال.

The UN said that more than nine million people had fled their homes since the war began.
"""
UKRAINIAN_ENGLISH = """Росіяни вдарили по Харкову: загинули 12 людей, повідомив міський голова в середу.

Russian forces struck an apartment block in Kharkiv, wounding 30 people, the mayor said on Wednesday.
"""
SPANISH_ENGLISH = """El ataque dejó 12 muertos y 30 heridos en la ciudad de Cali, según la policía. Los agresores \
huyeron por la carretera y el ejército los busca en las montañas del sur del país, dijo el gobernador, que pidió calma.

The attack in the city of Cali killed 14 people and wounded 33, police said on Tuesday. The gunmen fled on the road \
to the south and the army was searching for them in the mountains, said the governor, who asked for calm in the city.
"""
UKRAINIAN_RUSSIAN = """Внаслідок удару по Харкову загинули троє людей, повідомив начальник обласної адміністрації.

В Белгороде был объявлен траур: после обстрела в больницу доставлены семь раненых, сообщил губернатор.
"""

# A text, its languages, and the numbers of its figures with their languages.
MIXED = [
    (ENGLISH_ARABIC, "en+ar", "31 en, 33 ar, 12 ar, 9000000 en"),
    (UKRAINIAN_ENGLISH, "en+uk", "12 uk, 30 en"),
    (SPANISH_ENGLISH, "en+es", "12 es, 30 es, 14 en, 33 en"),
    (UKRAINIAN_RUSSIAN, "uk+ru", "3 uk, 7 ru"),
]

ONE = [
    ("en", "Twelve people were killed in the blast, the mayor of Kharkiv said.\n(Київ)\nالخرطوم\n"),
    ("ar", "قتل 12 شخصا في انفجار سيارة مفخخة في مدينة أعزاز بريف حلب، حسب الدفاع المدني.\nRead more: www.example.org"),
    ("uk", "Загинули 12 людей, ще 30 поранені внаслідок удару по місту, повідомили в ОВА.\nSource: BBC News Ukraine"),
    ("fr", "Douze personnes ont été tuées dans l'attaque, selon la police de la ville.\nThe Guardian, 12 June 2024"),
]


@pytest.mark.parametrize(("text", "language", "figures"), MIXED)
def test_each_line_is_read_in_its_language(text: str, language: str, figures: str) -> None:
    assert languages_of(text) == language
    found = READER.read(Article(id="mixed", text=text, title="Many", published="2024-06-12", language=language))
    assert ", ".join(f"{one.value} {one.language}" for one in found) == figures
    assert all(text[one.start : one.end] == one.figure and one.quote in text for one in found)
    assert {one.title for one in found} == {"Many"}


@pytest.mark.parametrize(("language", "text"), ONE)
def test_names_and_short_lines_of_another_script_make_no_second_language(language: str, text: str) -> None:
    assert languages_of(text) == language


def test_what_an_article_states_wins() -> None:
    found = READER.read(Article(id="stated", text=ENGLISH_ARABIC, language="en"))
    assert [one.value for one in found] == [31, 9000000]


def test_the_title_is_read_once() -> None:
    article = Article(id="titled", title="Five killed in Khartoum", text=ENGLISH_ARABIC, language="en+ar")
    assert [one.value for one in READER.read(article) if one.field == "title"] == [5]


@pytest.mark.parametrize("language", ["en+", "+", "en+xx", "en+ar+en+ar", "ar+" * 5_000])
def test_codes_that_make_no_sense_harm_nothing(language: str) -> None:
    article = Article(id="codes", text=ENGLISH_ARABIC, language=language)
    assert len(list(in_each(article))) <= 4
    assert all(len(one.text) == len(article.text) for one in in_each(article))
    READER.read(article)


def test_an_explanation_has_the_sentences_of_both_languages() -> None:
    told = READER.explain(Article(id="explained", text=UKRAINIAN_ENGLISH, language="uk+en"))
    figures = [verdict.figure for one in told for verdict in one.verdicts if verdict.figure is not None]
    assert {one.language for one in figures} == {"uk", "en"}

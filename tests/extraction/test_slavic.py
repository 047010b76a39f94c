"""Russian and Ukrainian: who says it, when, where and how much of it, in the turns of their press and of posts."""

from __future__ import annotations

import pytest
from readers import READER

from tracker.model import Article, Figure

SOURCES = {
    "behind a quotation of two sentences": (
        "uk",
        "«Ворог ударив по селу. Загинули двоє людей. Хати палали до ранку», — розповів староста Іван Гай.",
        "староста Іван Гай",
    ),
    "the paper of a body named before": (
        "ru",
        "Об аварии сообщила прокуратура. Ранены двое рабочих, говорится в сообщении.",
        "прокуратура",
    ),
    "a body that is spoken in": (
        "uk",
        "У селищі поранено двох дітей, повідомили в обласній прокуратурі.",
        "обласній прокуратурі",
    ),
    "not a town that is spoken in": ("ru", "Ранены двое рабочих, сообщил в Киеве глава ведомства.", "глава ведомства"),
    "without where it was told": (
        "ru",
        "Ранены двое рабочих, сообщил губернатор Пётр Лугов в своём телеграм-канале.",
        "губернатор Пётр Лугов",
    ),
    "behind a dash": ("uk", "За ніч у селищі поранено двох людей — ДСНС.", "ДСНС"),
    "not a quotation behind a dash": ("uk", "Поранено двох людей — учителі.", None),
    "with quotation marks in its name": (
        "ru",
        "Движение «Северный щит» заявило, что убиты двое солдат.",
        "Движение «Северный щит»",
    ),
    "figures that stand for a body": ("ru", "По официальным данным, погибли 12 человек.", "официальным данным"),
    "the body behind such figures": ("ru", "По официальным данным властей, погибли 12 человек.", "властей"),
    "not the paper that passes it on": (
        "uk",
        "Про обстріл повідомив мер Іван Гай, передає «Вісник». Відомо, що поранено двох людей, додав він.",
        "мер Іван Гай",
    ),
    "told later and somewhere": (
        "ru",
        "Погибла женщина. Об этом 5 мая в своём телеграм-канале сказал губернатор Пётр Лугов.",
        "губернатор Пётр Лугов",
    ),
    "for a whole paragraph": (
        "uk",
        "Загинули двоє людей. Ще троє поранені. Про це повідомила поліція.",
        "поліція",
    ),
    "not a quotation that began nowhere": ("uk", "Загинули двоє людей. Тихо», — сказав мер Іван Гай.", None),
    "not whom a headline strikes": ("ru", "Погибли 12 человек при обстреле полиции", None),
}
DATES = {
    "the night that ended": ("uk", "Минулої ночі загинули двоє людей.", None, "2024-05-06", "incident"),
    "a part of the day": ("ru", "Вечером погибли двое.", None, "2024-05-06", "incident"),
    "a part of a day that is told": (
        "ru",
        "5 мая дом загорелся вечером, погибли двое.",
        None,
        "2024-05-05",
        "incident",
    ),
    "a whole day": ("uk", "За 4 травня загинули двоє людей.", "2024-05-04", "2024-05-04", "period"),
    "the last day, named": ("uk", "Минулої доби, 4 травня, загинули двоє людей.", "2024-05-04", "2024-05-04", "period"),
    "a month": ("ru", "За март погибли 40 человек.", "2024-03", "2024-03", "period"),
    "yesterday's": ("uk", "Внаслідок вчорашнього удару загинули двоє людей.", None, "2024-05-05", "incident"),
    "from here to there": (
        "ru",
        "С 1 января по 30 апреля 2024 года погибли 200 человек.",
        "2024-01-01",
        "2024-04-30",
        "period",
    ),
    "not since": ("uk", "З гармати 5 травня вбито двох людей.", None, "2024-05-05", "incident"),
    "since": ("uk", "З 24 лютого загинули 45 дітей.", "2024-02-24", "2024-05-06", "cumulative"),
    "as of a morning": ("uk", "Станом на ранок 5 травня відомо про 12 загиблих.", None, "2024-05-05", "incident"),
    "because of": ("uk", "Через обстріл 5 травня загинули двоє людей.", None, "2024-05-05", "incident"),
}
PLACES = {
    "a shortened noun": ("uk", "Обстріляно м. Вишневе, загинули двоє людей.", "м. Вишневе"),
    "a village that no list knows": ("uk", "Після удару по Кривопіллю загинули двоє людей.", "Кривопіллю"),
    "what was shelled": ("ru", "Артиллерия обстреляла Херсон, погибли двое.", "Херсон"),
    "not who shelled it": ("uk", "Внаслідок обстрілів РФ на Донеччині загинули двоє людей.", "Донеччині"),
    "not the hospital": ("ru", "В Херсоне ранены двое, они в больнице.", "Херсоне"),
    "not the army of a country": ("uk", "Сили оборони України ліквідували 300 солдатів.", None),
    "not who lost them": ("uk", "Від початку великої війни Росія втратила 300 000 солдатів.", None),
    "not a word of every day": ("uk", "Усі двоє поранених живі.", None),
}
OUTCOMES = {
    "a total of dead and hurt": (
        "uk",
        "Постраждало 75 людей: 6 загинуло та 69 поранено.",
        ["casualties", "killed", "injured"],
    ),
    "no total": ("uk", "Постраждало 75 людей: 6 дітей загинуло.", ["injured", "killed"]),
    "nobody": ("ru", "Сведений о пострадавших не поступало.", ["casualties"]),
    "a shortened multiplier": ("ru", "Более 36,5 тыс. человек было убито.", ["killed"]),
    "an adjective": ("ru", "Погиб военный корреспондент Пётр Лугов.", []),
    "a thing behind the verb": ("ru", "Двое ранены осколками.", ["injured"]),
    "one with an age": ("uk", "Серед постраждалих 17-річна дівчина.", ["injured"]),
}


def figures(code: str, text: str) -> list[Figure]:
    return list(READER.read(Article(id="example", text=text, published="2024-05-06", language=code)))


@pytest.mark.parametrize(("code", "text", "source"), SOURCES.values(), ids=SOURCES)
def test_who_says_so(code: str, text: str, source: str | None) -> None:
    found = figures(code, text)
    assert found
    assert {figure.source for figure in found} == {source}


@pytest.mark.parametrize(("code", "text", "begin", "date", "scope"), DATES.values(), ids=DATES)
def test_when_it_was_and_of_what_it_is_a_count(code: str, text: str, begin: str | None, date: str, scope: str) -> None:
    assert [(f.period_start, f.date, f.scope.value) for f in figures(code, text)] == [(begin, date, scope)]


@pytest.mark.parametrize(("code", "text", "place"), PLACES.values(), ids=PLACES)
def test_where_it_was(code: str, text: str, place: str | None) -> None:
    assert [figure.place for figure in figures(code, text)] == [place]


@pytest.mark.parametrize(("code", "text", "outcomes"), OUTCOMES.values(), ids=OUTCOMES)
def test_what_happened(code: str, text: str, outcomes: list[str]) -> None:
    assert [figure.outcome.value for figure in figures(code, text)] == outcomes


def test_a_line_of_a_post_is_a_sentence_unless_lines_are_wrapped() -> None:
    post = "🔥 Ніч у Харкові\nПоранено двох людей\nУ Сумах тихо"
    wrapped = "У суботу внаслідок\nудару по складу\nбуло поранено у\nХаркові двох людей"
    assert [figure.place for figure in figures("uk", post)] == ["Харкові"]
    assert [figure.place for figure in figures("uk", wrapped)] == ["Харкові"]

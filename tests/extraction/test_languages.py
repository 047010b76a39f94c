"""What holds in every language: how a text is encoded changes nothing, and no language finds figures in another's."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from readers import READER

from tracker.knowledge.files import languages
from tracker.knowledge.language import load_language
from tracker.model import Article

CODES = [code for code in languages() if code != "en"]
EXAMPLES = [
    pytest.param(code, re.sub(r"[\[\]]", "", pattern.finds[0]), id=f"{code}-{pattern.name}")
    for code in CODES
    for pattern in load_language(code).patterns
]
# Plain news with numbers in it, in which nobody is harmed.
NEWS = {
    "en": "The council spent 12 million on 30 new buses, and 400 people came to the opening of the bridge.",
    "fr": "La ville a acheté 30 autobus pour 12 millions, et 400 personnes ont assisté à la fête du pont.",
    "es": "La ciudad compró 30 autobuses por 12 millones, y 400 personas acudieron a la fiesta del puente.",
    "ar": "اشترت المدينة 30 حافلة بمبلغ 12 مليون، وحضر 400 شخص افتتاح الجسر.",
    "ru": "Город купил 30 автобусов за 12 миллионов, и на открытие моста пришли 400 человек.",
    "uk": "Місто купило 30 автобусів за 12 мільйонів, і на відкриття мосту прийшли 400 людей.",
}


def read(code: str, text: str) -> list[tuple[object, ...]]:
    found = READER.read(Article(id="example", text=text, published="2024-03-05", language=code))
    return [(f.value, f.qualifier, f.outcome, f.date, f.country, f.source_name) for f in found]


@pytest.mark.parametrize(("code", "text"), EXAMPLES)
def test_composed_and_decomposed_letters_are_read_alike(code: str, text: str) -> None:
    assert read(code, unicodedata.normalize("NFD", text)) == read(code, unicodedata.normalize("NFC", text)) != []


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("text", NEWS.values(), ids=NEWS)
def test_plain_news_of_any_language_has_no_figures(code: str, text: str) -> None:
    assert read(code, text) == []


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        (
            "ru",
            ["Трое жителей ещё ранены.", "Трое жителей еще ранены.", "Тро́е жителей ещё ра́нены."],
        ),
        ("uk", ["Загинули дев'ять людей.", "Загинули дев’ять людей.", "Загинули девʼять людей."]),
    ],
)
def test_spellings_that_readers_take_for_the_same_are_read_alike(code: str, texts: list[str]) -> None:
    first, *others = [read(code, text) for text in texts]
    assert first != []
    assert others == [first] * len(others)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("ru", "За сутки убиты сто двадцать пять человек.", [125]),
        ("ru", "Ранены 73-х жителей, погибли 10-ти бойцов.", [73, 10]),
        ("ru", "Дома покинули 1,2 млн человек.", [1_200_000]),
        ("ru", "При взрыве погиб 6-летний ребенок.", [1]),
        ("ru", "Погиб Иван Петров, житель села.", []),
        ("uk", "Поранено дитину, ще двоє людей загинули.", [1, 2]),
        ("uk", "Знищено 21 одиницю військової техніки.", []),
        ("uk", "Ліквідовано 1 280 окупантів.", [1280]),
    ],
)
def test_how_slavic_numbers_and_single_victims_are_counted(code: str, text: str, expected: list[int]) -> None:
    assert [value for value, *_ in read(code, text)] == expected


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("ru", "За сутки погибли 12 бойцов. Об этом 18 января сообщил Генштаб ВСУ.", "Ukraine's General Staff"),
        ("ru", "По данным Минздрава Газы, убиты 38 человек.", "Gaza health ministry"),
        ("uk", "Загинули 12 людей. Про це повідомила ДСНС.", "Ukrainian emergency service"),
        ("uk", "За минулу добу ворог втратив 980 осіб, повідомив Генштаб ЗСУ.", "Ukraine's General Staff"),
    ],
)
def test_a_body_told_in_russian_or_ukrainian_has_its_english_name(code: str, text: str, name: str) -> None:
    assert [source for *_, source in read(code, text)] == [name]


PLAIN = Path(__file__).parents[1] / "labelled" / "plain"
NUMBERS = (2, 3, 5, 7, 9, 12, 15, 18, 24, 30, 45, 60, 75, 90, 120, 200, 350, 800, 1500, 12000)


@pytest.mark.parametrize("path", sorted(PLAIN.glob("*.txt")), ids=lambda path: path.stem)
def test_five_hundred_items_of_plain_news_hold_at_most_one_figure(path: Path) -> None:
    told = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    items = [line.replace("{n}", str(number)) for line in told for number in NUMBERS]
    found = [(item, figures) for item in items if (figures := read(path.stem, item))]
    assert len(items) >= 500
    assert len(found) <= 1, found[:5]


NEWSROOM = Path(__file__).parents[1] / "labelled" / "newsroom" / "ar.txt"
TOLD = [line.partition(" | ")[0] for line in NEWSROOM.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]


@pytest.mark.parametrize("text", TOLD[::3])
def test_vowel_signs_change_nothing(text: str) -> None:
    signed = re.sub("([\u0621-\u064a])", "\\1\u064e", text)
    assert read("ar", signed) == read("ar", text)

"""Arabic: how its words, numbers, places, sources and dates are read. Patterns have their examples in data/."""

from __future__ import annotations

import unicodedata

import pytest

from tracker.model import Article, Figure
from tracker.reader import Reader

DAY = "2024-05-15"


def read(reader: Reader, text: str) -> list[Figure]:
    return reader.read(Article(id="example", text=text, published=DAY, language="ar"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("وقتل ثلاثة وأصيب أربعة.", [("ثلاثة", 3), ("أربعة", 4)]),
        ("قتل خمسة وعشرون مدنيا.", [("خمسة وعشرون", 25)]),
        ("قتل مئة وثلاثة وعشرون شخصا.", [("مئة وثلاثة وعشرون", 123)]),
        ("قتل ثلاثمئة وخمسون مدنيا.", [("ثلاثمئة وخمسون", 350)]),
        ("ارتفع عدد الشهداء إلى 28 ألفا و985 شهيدا.", [("28 ألفا و985", 28985)]),
        ("استشهاد (15) وإصابة (٣٣) من الحراس.", [("15", 15), ("٣٣", 33)]),
        ("مقتل جنديين وإصابة ضابط.", [("جنديين", 2), ("ضابط", 1)]),
        ("أدى القصف إلى مقتل امرأة وطفلين.", [("امرأة", 1), ("طفلين", 2)]),
        ("مقتل قائد الشرطة في انفجار.", []),
        ("قالت الوزارة إن 8525 فلسطينيا، بينهم 3542 طفلا، استشهدوا.", [("8525", 8525), ("3542", 3542)]),
        ("قتل 16 شخصا بينهم أربعة أطفال.", [("16", 16), ("أربعة", 4)]),
        ("نفت الحكومة مقتل 20 مدنيا.", []),
    ],
)
def test_numbers_are_read(reader: Reader, text: str, told: list[tuple[str, int]]) -> None:
    assert [(figure.figure, figure.value) for figure in read(reader, text)] == told


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قالت وزارة الصحة إن 9 أشخاص قتلوا.", "وزارة الصحة"),
        ("قتل تسعة جنود، بحسب مصدر أمني.", "مصدر أمني"),
        ("وقال سالم الحداد إن 9 أشخاص قتلوا.", "سالم الحداد"),
        ("أعلنت الشرطة مقتل مدنيين. وأكد البيان أن 9 أشخاص قتلوا.", "الشرطة"),
        ("قتل تسعة جنود في الهجوم.", None),
    ],
)
def test_sources_stand_behind_their_verb(reader: Reader, text: str, source: str | None) -> None:
    assert read(reader, text)[-1].source == source


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("قتل خمسة مدنيين أمس.", "2024-05-14"),
        ("في 19 شباط/فبراير 2015 قتل 9 جنود.", "2015-02-19"),
        ("قتل 9 جنود يوم الخميس الماضي.", "2024-05-09"),
        ("قتل 9 جنود منذ فجر اليوم.", "2024-05-15"),
        ("قتل 900 شخص بين مارس 2021 ومايو 2023.", "2023-05"),
        ("قال الجيش اليوم إن 9 جنود قتلوا أول أمس.", "2024-05-13"),
    ],
)
def test_dates_are_read(reader: Reader, text: str, date: str) -> None:
    assert [figure.date for figure in read(reader, text)] == [date]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("قتل خمسة مدنيين في حلب.", "حلب"),
        ("قتل خمسة مدنيين بغزة.", "غزة"),
        ("قتل خمسة مدنيين في قرية زركلة.", "قرية زركلة"),
        ("سجلت محافظة بغداد مقتل 64 شخصا.", "محافظة بغداد"),
        ("قتل خمسة مدنيين في هجوم.", None),
    ],
)
def test_places_need_no_capital(reader: Reader, text: str, place: str | None) -> None:
    assert [figure.place for figure in read(reader, text)] == [place]


def test_vowel_signs_tatweel_and_hamza_change_no_figure(reader: Reader) -> None:
    plain = "وأصيب 28 مدنيا في إدلب أمس، وفق مصادر طبية."
    signed = "واُصِيبَ 28 مـدنيًّا في ادلب أمس، وفق مصادر طبّيّة."
    found = [read(reader, text) for text in (plain, signed, unicodedata.normalize("NFD", signed))]
    assert [[(one.value, one.outcome, one.country, one.date) for one in figures] for figures in found] == [
        [(28, "injured", "SYR", "2024-05-14")]
    ] * 3

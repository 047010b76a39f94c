"""What stands above the rows of a table or a list: declared delimiters, columns named twice, compact dates, escapes."""

from __future__ import annotations

import pytest

from tracker.model import InputError
from tracker.sources import Note, Reading, read_items

ROW = "2019-03-05{0}Fire{0}A fire killed nine weavers.\n"


def read(tmp_path, name: str, text: str) -> tuple[list[Reading], list[str]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    items = list(read_items([path]))
    told = [str(item).removeprefix(str(path)) for item in items if isinstance(item, InputError | Note)]
    return [item for item in items if isinstance(item, Reading)], told


@pytest.mark.parametrize("sign", [";", ",", "\t", "|", "^"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_delimiter_that_excel_declares(tmp_path, sign, quote) -> None:
    text = f"{quote}sep={sign}{quote}\r\npublished{sign}title{sign}text\r\n{ROW.format(sign)}"
    (reading,), told = read(tmp_path, "a.csv", text)
    assert (reading.article.title, reading.article.text) == ("Fire", "A fire killed nine weavers.")
    assert told == []


def test_lines_below_a_declared_delimiter_keep_their_numbers(tmp_path) -> None:
    _, told = read(tmp_path, "a.csv", "sep=;\ntitle;text\nFire;killed;nine\n")
    assert told == [", line 3: has 3 cells, but the header 2"]


def test_a_column_that_is_there_twice_is_named(tmp_path) -> None:
    readings, told = read(tmp_path, "a.csv", "title,text,Text\nFire,One,Two\n")
    assert readings == []
    assert told == [": has 2 columns text: rename all but one"]


def test_a_column_that_is_not_used_may_be_there_twice(tmp_path) -> None:
    readings, _ = read(tmp_path, "a.csv", "title,text,note,note\nFire,One,x,y\n")
    assert len(readings) == 1


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("20190305", "2019-03-05"),
        ("20190305T101500Z", "2019-03-05T10:15:00Z"),
        ("20190305101500", "2019-03-05T10:15:00"),
        ("20191399", None),
    ],
)
def test_compact_dates(tmp_path, stated, published) -> None:
    (reading,), _ = read(tmp_path, "a.csv", f"published,text\n{stated},A fire killed nine weavers.\n")
    assert reading.article.published == published


LIST = '{{"articles": [{{"url": "https://e.example/1", "title": "{}", "seendate": "20190305T101500Z"}},\n{}'
SECOND = '{"url": "https://e.example/2", "title": "Storm", "seendate": "20190305T101500Z"}]}'


@pytest.mark.parametrize("title", [r"Mill \& barn", r"Weaver\'s home", r"Lorry\-bus crash", r"\"Fire\" at mill"])
def test_a_list_of_gdelt_with_escapes_that_json_does_not_know(tmp_path, title) -> None:
    _, told = read(tmp_path, "list.json", LIST.format(title, SECOND))
    assert told == [": is a list of 2 web addresses, and holds no texts"]


def test_a_list_of_gdelt_that_is_cut_off(tmp_path) -> None:
    _, told = read(tmp_path, "list.json", LIST.format("Fire", SECOND[:60]))
    assert told == [
        ": is cut off: the addresses before the cut are read",
        ": is a list of 1 web addresses, and holds no texts",
    ]


def test_front_matter_as_site_builders_write_it(tmp_path) -> None:
    (reading,), _ = read(tmp_path, "a.md", "---\ntitle: Fire\ndate: 2019-03-05\nsource: Wire\n---\nA fire.\n")
    assert (reading.article.published, reading.article.publisher) == ("2019-03-05", "Wire")


def test_the_own_name_of_a_value_comes_first(tmp_path) -> None:
    (reading,), _ = read(tmp_path, "a.md", "---\npublished: 2019-03-05\ndate: 2020-01-01\n---\nA fire.\n")
    assert reading.article.published == "2019-03-05"

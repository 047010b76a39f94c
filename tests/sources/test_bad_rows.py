"""One bad row or item, first, in the middle and last: it is named, and all the others are read."""

from __future__ import annotations

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bad_records import GOOD, PLACES, others, read, with_bad

from tracker.model import InputError
from tracker.sources import Reading, csv_rows, read_items

# feeds


def feed_with(place, bad):
    items = [
        bad if at == place else f"<item><title>{text}</title><link>http://x.test/{at}</link></item>"
        for at, text in enumerate(GOOD)
    ]
    return f"<rss version='2.0'><channel><title>D</title>{''.join(items)}</channel></rss>".encode()


@PLACES
@pytest.mark.parametrize(
    ("bad", "what"),
    [
        ("<item><title>&#xD800;</title></item>", ["cannot be read"]),  # on which the parser fails
        ("<item><title>Nine dead</item>", ["has neither text nor title"]),  # which swallows the next one
        ("<item><title>Nine dead</title><description><![CDATA[ nine</description></item>", []),
    ],
)
def test_a_bad_item_of_a_feed(tmp_path, place, bad, what):
    path = tmp_path / "a.rss"
    path.write_bytes(feed_with(place, bad))
    items = list(read_items([path]))
    titles = [item.article.title for item in items if isinstance(item, Reading)]
    assert [title for title in titles if title in GOOD] == others(place)
    errors = [str(item) for item in items if isinstance(item, InputError)]
    assert errors == [f"{path}: item {place + 1} {why}" for why in what]


# JSON


@PLACES
@pytest.mark.parametrize(
    "bad", ['{"text": "a" "b"}', "[1]", '{"text": NaN}', "\u00e9" * 3, '{"text": ["x"]}', "{" * 9999]
)
def test_a_bad_line_of_json_lines(tmp_path, place, bad):
    lines = with_bad(place, None)
    content = "\n".join(bad if text is None else json.dumps({"text": text}) for text in lines)
    texts, told = read(tmp_path, "a.jsonl", content.encode())
    assert texts == others(place)
    assert len(told) == 1
    assert told[0].startswith(f", line {place + 1}: ")


@PLACES
@pytest.mark.parametrize("bad", ['{"text": "a" "b"}', '{"text": NaN}', '{"text": }', '{"text": ["x"]}'])
def test_a_bad_object_of_a_json_array(tmp_path, place, bad):
    lines = with_bad(place, None)
    content = ",\n".join(bad if text is None else json.dumps({"text": text}) for text in lines)
    texts, told = read(tmp_path, "a.json", f"[{content}]".encode())
    assert texts == others(place)
    assert len(told) == 1
    assert f"item {place + 1} " in told[0]


def test_a_json_array_that_is_cut_off(tmp_path):
    content = json.dumps([{"text": text} for text in GOOD])
    texts, told = read(tmp_path, "a.json", content[:-10].encode())
    assert texts == list(GOOD[:2])
    assert len(told) == 1
    assert "item 3 is not JSON" in told[0]
    what = ", line 1: item 2 is not JSON (the array is cut off)"
    assert read(tmp_path, "a.json", b'[{"text": "x"}') == (["x"], [what])


# CSV


@PLACES
@pytest.mark.parametrize("quoted", [False, True])
def test_a_quote_that_is_never_closed_in_a_csv_table(tmp_path, place, quoted):
    sign = '"' if quoted else ""
    rows = [f"{at},T,{sign}{text}{sign}" for at, text in enumerate(GOOD)]
    rows[place] = f'{place},T,"nine people'
    texts, told = read(tmp_path, "a.csv", ("id,title,text\n" + "\n".join(rows) + "\n").encode())
    assert texts == others(place)
    assert told == [f", line {place + 2}: is not CSV: has a quote that is never closed"]


def test_texts_of_many_lines_and_stray_quotes_in_a_csv_table_are_read_as_ever(tmp_path):
    content = 'id,title,text\n1,A "b" c,"one\nmore ""quoted"" words, and, more"\n2,"B"x,two\n\n3,C,"x\ny"\n'
    texts, told = read(tmp_path, "a.csv", content.encode())
    assert texts == ['one\nmore "quoted" words, and, more', "two", "x\ny"]
    assert told == []


def test_a_csv_table_that_is_cut_off_makes_no_articles_of_the_lines_of_a_text(tmp_path):
    content = 'id,title,text\n1,A,"one"\n2,B,"two\nlines of prose\nIdlib, Aleppo, and Homs'
    texts, told = read(tmp_path, "a.csv", content.encode())
    assert texts == ["one"]
    assert [one.partition(": ")[0] for one in told] == [", line 3", ", line 4"]


@pytest.fixture
def limit_of_cells():
    """Sets the limit of the csv module, which holds for the whole process, back to what it was."""
    before = csv.field_size_limit()
    yield
    csv.field_size_limit(before)


@PLACES
@pytest.mark.usefixtures("limit_of_cells")
@pytest.mark.parametrize("cell", ["x" * 2_000, '"' + "x\n" * 1_000 + '"'], ids=["line", "cell"])
def test_a_cell_of_a_csv_table_that_is_far_too_long(tmp_path, monkeypatch, place, cell):
    monkeypatch.setattr(csv_rows, "MAX_CELL", 1_000)
    rows = [f"{at},T,{cell if at == place else text}" for at, text in enumerate(GOOD)]
    texts, told = read(tmp_path, "a.csv", ("id,title,text\n" + "\n".join(rows) + "\n").encode())
    assert texts == others(place)
    assert told[0].startswith(f", line {place + 2}: is not CSV: a ")
    assert told[0].endswith(" is longer than 1,000 characters")


# Parquet


def parquet(columns, **options):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, row_group_size=1, compression="snappy", use_dictionary=False, **options)
    return out.getvalue()


@PLACES
def test_a_damaged_row_group_of_a_parquet_file(tmp_path, place):
    whole = parquet({"text": [text + " And so on." * 50 for text in GOOD]})
    column = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(place).column(0)
    begin = column.data_page_offset
    damaged = whole[: begin + 20] + b"\xff" * 20 + whole[begin + 40 :]
    texts, told = read(tmp_path, "a.parquet", damaged)
    assert [text.split(" And")[0] for text in texts] == others(place)
    assert told == [f": row group {place + 1} is damaged behind row {place} (OSError)"]


@PLACES
def test_a_text_that_is_no_utf_8_and_a_date_that_is_none_in_a_parquet_file(tmp_path, place):
    raw = pa.array([text.encode() for text in with_bad(place, "Nine")]).cast(pa.binary())
    broken = pa.array([b"\xff\xfe" if at == place else text.encode() for at, text in enumerate(GOOD)])
    assert len(raw) == 3
    out = io.BytesIO()
    text = pa.Array.from_buffers(pa.string(), 3, broken.buffers())
    pq.write_table(pa.table({"text": text}), out)
    assert read(tmp_path, "a.parquet", out.getvalue()) == (
        others(place),
        [f": row {place + 1} cannot be read (UnicodeDecodeError)"],
    )
    days = pa.array([2**31 - 1 if at == place else 15_000 for at in range(3)], pa.int32()).cast(pa.date32())
    texts, told = read(tmp_path, "b.parquet", parquet({"text": list(GOOD), "published": days}))
    assert texts == others(place)
    assert told == [f": row {place + 1} cannot be read (OverflowError)"]

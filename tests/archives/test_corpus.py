"""A corpus is divided into partitions, and every article is in exactly one of them."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_documents import web_archive

from tracker.archives.corpus import Partition, partitions, read_partition
from tracker.model import InputError
from tracker.sources import Reading, read_items

PAGE = """<html><head><title>Market hit</title><meta property="article:published_time" content="2013-05-14"></head>
<body><article><h1>Market hit</h1><p>Shelling killed at least 17 people at a market in Idlib, activists said. Nobody
could say who had fired, and the ambulances came late because the road to the town has been closed for weeks.</p>
</article></body></html>"""


def lines(count):
    return "".join(json.dumps({"id": f"a{at}", "text": f"Ünïcode {at} " + "x" * at}) + "\n" for at in range(count))


def ids(parts):
    items = [item for one in parts for item in read_partition(one)]
    return [item.article.id if isinstance(item, Reading) else str(item) for item in items]


PACKED = {
    "a.jsonl": lambda data: data,
    "a.jsonl.gz": gzip.compress,
    "a.jsonl.zst": lambda data: pa.compress(data, codec="zstd", asbytes=True),
    "a.ndjson.bz2": bz2.compress,
    "a.jsonl.xz": lzma.compress,
}


@pytest.mark.parametrize("name", PACKED)
def test_packed_files_are_read_everywhere(tmp_path, name):
    (tmp_path / name).write_bytes(PACKED[name](lines(3).encode()))
    [one] = partitions([str(tmp_path / name)])
    assert ids([one]) == ["a0", "a1", "a2"]
    assert [item.article.id for item in read_items([tmp_path / name])] == ["a0", "a1", "a2"]


@pytest.mark.parametrize("name", [name for name in PACKED if name != "a.jsonl"])
def test_a_packed_file_that_is_cut_off_is_named(tmp_path, name):
    whole = PACKED[name](lines(2000).encode())
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    last = list(read_items([tmp_path / name]))[-1]
    assert isinstance(last, InputError)
    assert str(last).startswith(str(tmp_path / name))


@given(st.integers(1, 30), st.integers(10, 400))
def test_every_line_is_in_exactly_one_part(tmp_path_factory, count, part):
    path = tmp_path_factory.mktemp("corpus") / "news.jsonl"
    path.write_text(lines(count), encoding="utf-8")
    parts = partitions([str(path)], part)
    assert ids(parts) == [f"a{at}" for at in range(count)]
    assert len({one.name for one in parts}) == len(parts)


def test_parquet_is_divided_by_row_groups(tmp_path):
    rows = pd.DataFrame({"id": list("abcd"), "TEXT": "Shelling.", "published": pd.to_datetime("2013-05-14"), "n": 1})
    rows.to_parquet(tmp_path / "news.parquet", row_group_size=1)
    parts = partitions([str(tmp_path / "news.parquet")], 1)
    assert [(one.begin, one.end) for one in parts] == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert ids(parts) == list("abcd")
    [first, *_] = read_items([tmp_path / "news.parquet"])
    assert (first.article.text, first.article.published) == ("Shelling.", "2013-05-14T00:00:00")


def test_pages_of_a_web_archive_are_articles(tmp_path):
    (tmp_path / "crawl.warc.gz").write_bytes(web_archive(PAGE, "<html><body></body></html>"))
    [found, empty] = read_partition(*partitions([str(tmp_path / "crawl.warc.gz")]))
    assert (found.article.title, found.article.published[:10]) == ("Market hit", "2013-05-14")
    assert found.article.url == "https://example.org/market"
    assert found.article.text.startswith("Shelling killed at least 17 people")
    assert "no article text found" in str(empty)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.warc", b"", "holds no web pages"),
        ("a.warc", web_archive(gzipped=False), "holds no web pages"),
        ("a.warc", b"no archive at all\r\n\r\n", "is not a whole web archive"),
        ("a.parquet", b"PAR1", "is not a whole Parquet file"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl.gz", b"no gzip", "is not a whole gzip file"),
    ],
)
def test_what_holds_no_articles_is_told(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    [told] = read_partition(Partition(f"file://{tmp_path / name}"))
    assert what in str(told)


def test_a_parquet_file_without_rows_or_with_a_damaged_one(tmp_path):
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "none.parquet")
    pq.write_table(pa.table({"text": ["one", None], "id": ["a", "b"]}), tmp_path / "some.parquet")
    assert ids(partitions([str(tmp_path / "none.parquet")])) == [f"file://{tmp_path}/none.parquet: holds no articles"]
    first, second = ids(partitions([str(tmp_path / "some.parquet")]))
    assert first == "a"
    assert "row 2 has neither text nor title" in second


def test_places_are_files_folders_and_patterns(tmp_path):
    for name in ("2023/a.jsonl", "2024/b.jsonl.gz", "2024/more/c.parquet", "2024/notes.doc", "2024/README"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    pd.DataFrame({"text": ["x"]}).to_parquet(tmp_path / "2024/more/c.parquet")

    def names(*places):
        found = partitions([str(tmp_path / one) for one in places])
        return [one.url.removeprefix(f"file://{tmp_path}/") for one in found]

    assert names("2024") == ["2024/b.jsonl.gz", "2024/more/c.parquet"]
    assert names("*/*.jsonl*") == ["2023/a.jsonl", "2024/b.jsonl.gz"]
    assert names("2023/a.jsonl", "2023") == ["2023/a.jsonl"]  # once
    for place, what in (("no", "does not exist"), ("*.txt", "holds no file"), ("nokind://x/y", "cannot be reached")):
        with pytest.raises(InputError, match=what):
            partitions([place if "://" in place else str(tmp_path / place)])

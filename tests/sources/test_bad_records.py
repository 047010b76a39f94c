"""One bad record among good ones, first, in the middle and last: it is named, and all the others are read."""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
import zipfile
from email.message import EmailMessage

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_documents import mail

from tracker.model import InputError
from tracker.sources import Reading, csv_rows, read_items

PLACES = pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
GOOD = ("One person was killed.", "Two people were killed.", "Three people were killed.")


def read(tmp_path, name, content):
    """The texts of the articles, and what was told about the rest."""
    path = tmp_path / name
    path.write_bytes(content)
    items = list(read_items([path]))
    texts = [item.article.text.strip() for item in items if isinstance(item, Reading)]
    return texts, [str(item).removeprefix(str(path)) for item in items if isinstance(item, InputError)]


def others(place):
    """The good texts without the one in whose place the bad record stands."""
    return [text for at, text in enumerate(GOOD) if at != place]


def with_bad(place, bad):
    """The good records with a bad one in one place."""
    return [bad if at == place else text for at, text in enumerate(GOOD)]


# ZIP


def zipped(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in zip(names, GOOD, strict=True):
            archive.writestr(name, text)
    return out.getvalue()


def three_in_a_zip(place):
    return zipped(with_bad(place, "bad.txt")[at] if at == place else f"{at}.txt" for at in range(3))


@PLACES
def test_a_file_without_a_name_in_a_zip(tmp_path, place):
    whole = three_in_a_zip(place)
    # the names are emptied in the index only: their letters become a part of the extra field
    at = whole.rindex(b"bad.txt") - 46
    nameless = whole[: at + 28] + struct.pack("<HH", 0, 7) + whole[at + 32 :]
    nameless = nameless.replace(b"bad.txt", b"\x01\x99\x03\x00abc")
    assert read(tmp_path, "a.zip", nameless) == (others(place), [f": entry {place + 1} has no name: it is not read"])


@PLACES
def test_a_damaged_file_in_a_zip(tmp_path, place):
    whole = three_in_a_zip(place)
    begin = whole.index(b"bad.txt") + len("bad.txt")
    damaged = whole[:begin] + b"\xff" * 10 + whole[begin + 10 :]
    texts, told = read(tmp_path, "a.zip", damaged)
    assert texts == others(place)
    assert told == [": bad.txt: is damaged (error)"]


@PLACES
def test_a_name_in_a_zip_that_is_no_utf_8(tmp_path, place):
    whole = zipped(with_bad(place, "gef\u00e4hrlich.txt")[at] if at == place else f"{at}.txt" for at in range(3))
    texts, told = read(tmp_path, "a.zip", whole.replace(b"gef\xc3\xa4hr", b"gef\xe4\xc3hr"))
    assert texts == list(GOOD)
    assert told == [": is not a whole ZIP archive (UnicodeDecodeError)"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_that_is_cut_off(tmp_path, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for at, text in enumerate(GOOD):
            archive.writestr(f"{at}.txt", text)
    whole = out.getvalue()
    texts, told = read(tmp_path, "a.zip", whole[: whole.rindex(b"2.txt", 0, whole.index(b"PK\x01\x02")) + 15])
    assert texts == list(GOOD[:2])
    assert told[0] == ": is not a whole ZIP archive (BadZipFile)"
    assert told[1].startswith(": 2.txt: is damaged")


def test_a_zip_that_was_written_as_a_stream_and_is_cut_off(tmp_path):
    """The sizes stand behind the files then."""

    class Stream(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, text in enumerate(GOOD):
            archive.writestr(f"{at}.txt", text)
    whole = out.getvalue()
    assert read(tmp_path, "a.zip", whole[: whole.index(b"PK\x01\x02")])[0] == list(GOOD)


def test_an_index_of_a_zip_that_is_damaged(tmp_path):
    whole = three_in_a_zip(0)
    texts, told = read(tmp_path, "a.zip", whole.replace(b"PK\x01\x02", b"PK\x01\x00", 1))
    assert (texts, told) == (list(GOOD), [": is not a whole ZIP archive (BadZipFile)"])


# TAR


def tarred(place, tar_format=tarfile.GNU_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tar_format) as archive:
        for at, text in enumerate(GOOD):
            member = tarfile.TarInfo("bad.txt" if at == place else f"{at}.txt")
            member.size = len(text)
            member.pax_headers = {"comment": "x"}
            archive.addfile(member, io.BytesIO(text.encode()))
    return out.getvalue()


@PLACES
@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz"])
def test_a_damaged_header_in_a_tar(tmp_path, place, name):
    whole = tarred(place)
    begin = whole.index(b"bad.txt")
    damaged = whole[: begin + 148] + b"9" * 8 + whole[begin + 156 :]
    content = damaged if name == "a.tar" else gzip.compress(damaged)
    assert read(tmp_path, name, content) == (others(place), [": bad.txt: is damaged: its header cannot be read"])


@PLACES
def test_a_damaged_header_behind_an_extended_one(tmp_path, place):
    whole = tarred(place, tarfile.PAX_FORMAT)
    begin = whole.rindex(b"bad.txt")
    texts, told = read(tmp_path, "a.tar", whole[: begin + 148] + b"9" * 8 + whole[begin + 156 :])
    assert texts == others(place)
    assert told


def test_a_tar_that_is_cut_off(tmp_path):
    whole = tarred(2)
    texts, told = read(tmp_path, "a.tar", whole[: whole.index(b"bad.txt") + 520])
    assert texts == list(GOOD[:2])
    assert told[0] == ": bad.txt: is damaged (ReadError)"


# web archives


def record(url, text, **changes):
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>{text}</p></body></html>".encode()
    headers = {"WARC-Type": "response", "WARC-Target-URI": url, "Content-Length": str(len(page)), **changes}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value is not None)
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + page + b"\r\n\r\n"


def crawl(place, bad):
    return [bad if at == place else record(f"http://x.test/{at}", text) for at, text in enumerate(GOOD)]


BAD = {
    "without a target": (record("", "Nine.", **{"WARC-Target-URI": None}), "names no address"),
    "without a length": (record("http://x.test/bad", "Nine.", **{"Content-Length": None}), "how long it is"),
    "too long": (record("http://x.test/bad", "Nine.", **{"Content-Length": "99999"}), "is shorter than it says"),
    "a little too long": (record("http://x.test/bad", "Nine.", **{"Content-Length": "90"}), "is shorter than it says"),
    "no number": (record("http://x.test/bad", "Nine.", **{"Content-Length": "-5"}), "how long it is"),
    "no record": (b"PARC/9.9\r\nX: y\r\n\r\nwords\r\n", "does not begin where it should"),
}


@PLACES
@pytest.mark.parametrize("wrong", BAD)
@pytest.mark.parametrize("packed", [False, True])
def test_a_bad_record_in_a_web_archive(tmp_path, place, wrong, packed):
    bad, why = BAD[wrong]
    records = crawl(place, bad)
    content = b"".join(map(gzip.compress, records)) if packed else b"".join(records)
    texts, told = read(tmp_path, "a.warc.gz" if packed else "a.warc", content)
    assert texts == others(place)
    assert why in told[0]
    assert f"record {place + 1} " in told[0]
    assert ("http://x.test/bad" in told[0]) == (b"x.test/bad" in bad)


@PLACES
def test_a_damaged_member_of_a_packed_web_archive(tmp_path, place):
    packed = [gzip.compress(one) for one in crawl(place, record("http://x.test/bad", "Nine people were killed."))]
    packed[place] = packed[place][:-12] + b"\0" * 12
    texts, told = read(tmp_path, "a.warc.gz", b"".join(packed))
    assert texts == others(place)
    assert told == [f": http://x.test/bad: is not a whole web archive: record {place + 1} is damaged"]


@PLACES
def test_a_web_archive_packed_as_a_whole_and_one_that_is_cut_off(tmp_path, place):
    records = crawl(place, record("http://x.test/bad", "Nine people.", **{"Content-Length": "x"}))
    assert read(tmp_path, "a.warc.gz", gzip.compress(b"".join(records)))[0] == others(place)
    whole = b"".join(map(gzip.compress, crawl(2, record("http://x.test/bad", "Nine people were killed."))))
    texts, told = read(tmp_path, "a.warc.gz", whole[:-20])
    assert texts == others(2)
    assert told == [": http://x.test/bad: is not a whole web archive: record 3 is cut off"]


def test_a_page_with_a_broken_answer_in_a_web_archive(tmp_path):
    odd = record("http://x.test/bad", "Nine people.").replace(b"HTTP/1.1 200 OK", b"\xff" * 15)
    texts, _ = read(tmp_path, "a.warc", b"".join(crawl(1, odd)))
    assert texts == others(1)


# e-mails


@PLACES
def test_a_bad_attachment_of_an_e_mail(tmp_path, place):
    files = [("bad.zip" if at == place else f"{at}.txt", text.encode()) for at, text in enumerate(GOOD)]
    texts, told = read(tmp_path, "a.eml", mail("The message.", files=files, Subject="x"))
    assert texts == ["The message.", *others(place)]
    assert told == [": bad.zip: is not a whole ZIP archive (BadZipFile)"]


@PLACES
def test_an_attachment_of_an_e_mail_that_the_library_cannot_open(tmp_path, place):
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("The message.")
    for at, text in enumerate(GOOD):
        message.add_attachment(text, filename=f"{at}.txt")
    whole = message.as_bytes().replace(b'filename="%d.txt"' % place, b"filename*=utf-8''%ZZ; filename*1*=''x", 1)
    bad = whole.replace(b"Content-Disposition: attachment; filename*", b"Content-Disposition: ;;=; attachment; x*", 1)
    for content in (whole, bad):
        texts, _ = read(tmp_path, "a.eml", content)
        assert [text for text in texts if text in others(place)] == others(place)
        assert texts[0] == "The message."


def test_parts_of_an_e_mail_beyond_the_limit_are_told(tmp_path):
    files = [(f"{at}.txt", GOOD[0].encode() + b"%d" % at) for at in range(250)]
    texts, told = read(tmp_path, "a.eml", mail("The message.", files=files, Subject="x"))
    assert len(texts) > 190
    assert told == [": has more than 200 parts: the rest is not read"]


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


@PLACES
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

"""One bad record in a container, first, in the middle and last: it is named, and all the others are read."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from email.message import EmailMessage

import pytest
from bad_records import GOOD, PLACES, others, read, with_bad
from made_documents import mail

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

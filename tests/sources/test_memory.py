"""What reading takes of memory: a file of the largest size that is read stays below what a sandbox process has."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import sys
import zipfile

import pytest

from tracker.model import InputError
from tracker.sandbox.worker import MEMORY_MB
from tracker.sources import read_items, whole
from tracker.sources.whole import MAX_WHOLE

SIZE = 6_000_000
SMALL = 1_000
"""Bytes of the two files whose reading is compared."""

LINE = "At least 12 people were killed in Aleppo on Monday, police said. "
WIDE = "\U0001f600"
"""One such letter, and each letter of the text takes four bytes of memory."""

CODE = """
import resource, sys
from tracker.sources import read_items, read_figures
print(sum(1 for _ in read_items(sys.argv[1:], read_figures)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
HEAD = b"From: a@b.c\nSubject: x\nDate: Mon, 26 Mar 2012 10:00:00 +0000\nMessage-ID: <1@x>\nMIME-Version: 1.0\n"


def text(size: int) -> bytes:
    return (WIDE + LINE * (size // len(LINE))).encode()


def rows(size: int) -> bytes:
    return f"id,text\n0,{WIDE}\n".encode() + b"".join(f'{n},"{LINE}"\n'.encode() for n in range(size // 75))


def cells(size: int) -> bytes:
    """Cells of half a megabyte. One may be forty times as large (tracker.sources.csv_rows), which takes 320 MB more."""
    return b"id,text\n" + b"".join(b'%d,"%s"\n' % (n, text(500_000)) for n in range(size // 500_000 + 1))


def mail(size: int) -> bytes:
    return HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + text(size).replace(b". ", b".\n")


def mail_with_file(size: int) -> bytes:
    packed = base64.encodebytes(rows(size * 3 // 4))
    parts = (
        b"Content-Type: text/plain\n\nhello\n--B\nContent-Type: text/csv; name=a.csv\n",
        b"Content-Disposition: attachment; filename=a.csv\nContent-Transfer-Encoding: base64\n\n",
    )
    return HEAD + b"Content-Type: multipart/mixed; boundary=B\n\n--B\n" + b"".join(parts) + packed + b"\n--B--\n"


def page(size: int) -> bytes:
    return b"<html><body><article>" + f"<p>{WIDE}{LINE * 3}</p>".encode() * (size // 200) + b"</article></body></html>"


def feed(size: int) -> bytes:
    item = f"<item><title>x</title><description>{WIDE}{LINE * 10}</description></item>"
    return f"<rss version='2.0'><channel><title>x</title>{item * (size // 700)}</channel></rss>".encode()


def articles(size: int) -> bytes:
    return json.dumps([{"id": str(n), "text": WIDE + LINE} for n in range(size // 100)], ensure_ascii=False).encode()


def one_article(size: int) -> bytes:
    return json.dumps([{"id": "a", "text": text(size).decode()}], ensure_ascii=False).encode()


MADE = {
    "text": ("a.txt", text),
    "large cells": ("a.csv", cells),
    "rows": ("a.csv", rows),
    "packed rows": ("a.csv.gz", lambda size: gzip.compress(rows(size), 1)),
    "mail": ("a.eml", mail),
    "mail with a file": ("a.eml", mail_with_file),
    "page": ("a.html", page),
    "feed": ("a.xml", feed),
    "articles": ("a.json", articles),
    "one article": ("a.json", one_article),
}


def peak(path) -> int:
    """Megabytes that reading a file takes at most, in a process that does nothing else."""
    done = subprocess.run([sys.executable, "-c", CODE, path], capture_output=True, text=True, check=True)
    number, kilobytes = map(int, done.stdout.split())
    assert number > 0
    return kilobytes // (1_024 if sys.platform == "linux" else 1_048_576)


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="the memory of processes is measured by Unix")
@pytest.mark.parametrize("made", MADE)
def test_the_largest_file_of_a_format_fits_into_memory(tmp_path, made):
    name, write = MADE[made]
    peaks = []
    for size in (SMALL, SIZE):
        (tmp_path / name).write_bytes(write(size))
        peaks.append(peak(tmp_path / name))
    most = MAX_WHOLE[{"txt": "text", "eml": "mail", "xml": "feed"}.get(name.split(".")[1], name.split(".")[1])]
    needed = peaks[0] + (peaks[1] - peaks[0]) * most / SIZE
    assert needed < MEMORY_MB, f"{made}: {needed:.0f} MB for {most // 1_000_000} MB"


@pytest.mark.parametrize("made", ["text", "rows", "packed rows", "mail", "page", "articles"])
def test_a_larger_file_is_refused_before_it_is_read(tmp_path, monkeypatch, made):
    monkeypatch.setattr(whole, "MAX_WHOLE", dict.fromkeys(MAX_WHOLE, 2_000_000))
    name, write = MADE[made]
    (tmp_path / name).write_bytes(write(3_000_000))
    (item,) = read_items([tmp_path / name])
    assert isinstance(item, InputError)
    assert "is larger than 2 MB: " in item.what


def test_so_is_a_large_file_in_an_archive_and_the_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "MAX_WHOLE", dict.fromkeys(MAX_WHOLE, 2_000_000))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", rows(3_000_000))
        archive.writestr("b.txt", text(1_000))
    large, small = read_items([tmp_path / "a.zip"])
    assert "is larger than 2 MB: csv is read up to that size" in large.what
    assert small.article.text.count("12") == 15


def test_json_lines_have_no_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "MAX_WHOLE", dict.fromkeys(MAX_WHOLE, 2_000))
    (tmp_path / "a.jsonl").write_bytes(b'{"id": "a", "text": "x"}\n' * 1_000)
    assert len(list(read_items([tmp_path / "a.jsonl"]))) == 1_000

"""Hostile files through the commands that take them: no traceback, no hang, no formula in what comes out."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tracker.export import csv_text
from tracker.timelines.columns import frame

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"
SAID = "At least 30 people were killed in Homs, {} said on Sunday."
FORMULA = tuple("=+-@\t\r")
PAYLOADS = [
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "\t=1",
    "\r=1",
    "＝1",
]


def articles(strings):
    """Articles in which each of the strings stands everywhere, JSON Lines."""
    rows = (
        {
            "id": f"{number}",
            "title": text,
            "publisher": text,
            "url": text,
            "published": "2012-03-26",
            "text": f"{text} {SAID.format(text)}",
        }
        for number, text in enumerate(strings)
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def no_formulas(cells):
    bad = [cell for cell in cells if isinstance(cell, str) and cell.startswith(FORMULA) and not is_number(cell)]
    assert not bad, bad[:5]


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def exports(tracker, folder):
    """Every cell of the exports of the store, as programs for tables read them."""
    for name in ("out.csv", "out.xlsx", "hxl.csv"):
        options = ["--hxl"] if name == "hxl.csv" else []
        code, _, errors = tracker("export", "--all-causes", *options, "-o", name)
        assert code == 0, errors
    for name in ("out.csv", "hxl.csv"):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file)):
                yield from row if not (name == "hxl.csv" and number == 1) else []
    for sheet in load_workbook(folder / "out.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None


@pytest.mark.skipif(not HOSTILE.exists(), reason="../shared/hostile is not here")
def test_every_file_of_the_suites_through_add_extract_and_export(tracker, tmp_path):
    folder = tmp_path / "news"
    shutil.copytree(HOSTILE, folder)
    for path in [*(folder / "html").iterdir()]:
        path.rename(path.with_name(path.name + ".html"))
    payloads = (folder / "csv" / "formula_payloads.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    naughty = json.loads((folder / "naughty_strings.json").read_text(encoding="utf-8"))
    (folder / "payloads.jsonl").write_text(articles([*filter(str.strip, payloads), *PAYLOADS]))
    (folder / "naughty.jsonl").write_text(articles(naughty))
    code, out, errors = tracker("add", "news")
    assert code == 1  # some of them are no articles
    assert "takes longer" not in errors
    assert int(out.split()[1].rstrip(",")) > len(payloads) + len(naughty) - 10
    no_formulas(exports(tracker, tmp_path))
    code, out, errors = tracker("extract", "--format", "csv", "--all-causes", "news")
    assert code == 1
    assert "takes longer" not in errors
    no_formulas(cell for row in csv.reader(io.StringIO(out)) for cell in row)


def test_formulas_are_text_in_every_export(tracker, tmp_path):
    (tmp_path / "a.jsonl").write_text(articles(PAYLOADS))
    assert tracker("add", "a.jsonl")[0] == 0
    no_formulas(exports(tracker, tmp_path))
    assert csv_text(frame([])).startswith("figure_id")


def zip_of(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


ENTITIES = "<!DOCTYPE x [<!ENTITY a '" + "ha" * 50 + "'>"
ENTITIES += "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ITEM = "<rss version='2.0'><channel><title>t</title><item><title>&a;{}</title><description>x</description></item>"
HOSTS = "root:x:0"

FILES = {
    "bomb.xml": (ENTITIES + ITEM.format("&j;") + "</channel></rss>").encode(),
    "outside.xml": (OUTSIDE + ITEM.format("") + "</channel></rss>").encode(),
    "outside.html": (OUTSIDE + "<html><body><p>&a; " + SAID.format("he") + "</p></body></html>").encode(),
    "zeros.zip": zip_of(**{"a.txt": b"\0" * 300_000_000}),
    "climbing.zip": zip_of(**{"../../evil.md": SAID.format("he"), "/etc/evil.md": SAID.format("he")}),
    "within.zip": zip_of(**{"a.zip": zip_of(**{"a.zip": zip_of(**{"a.zip": zip_of(**{"a.zip": zip_of(a=b"")})})})}),
    "line.txt": b"and " * 25_000_000,
    "line.csv": b"text,title\n" + b"x" * 100_000_000,
    "line.jsonl": b'{"text": "' + b"x" * 50_000_000 + b'"}\n',
    "nul.txt": b"\0".join([SAID.format("he").encode()] * 3),
    "surrogates.json": b'{"text": "\\ud800 ' + SAID.format("he").encode() + b' \\udfff"}',
    "bidirectional.md": ("\u202e\u2066" + SAID.format("\u202ahe\u202c")).encode(),
    "wrong.txt": SAID.format("José").encode("cp1252"),
    "utf16.txt": SAID.format("he").encode("utf-16"),
    "deep.json": b"[" * 200_000 + b"]" * 200_000,
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + SAID.format("he").encode(),
    "deep.md": b"---\na: " + b"[" * 100_000 + b"\n---\nx",
    "digits.txt": b"9" * 10_000 + b" people were killed",
    "commas.txt": b"1," * 10_000 + b" people were killed",
    "and.txt": b"and " * 250_000 + b"12 people were killed",
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF",
}


def test_made_torture_costs_its_seconds_at_most_and_stops_nothing(tracker, tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "zz.md").write_text(SAID.format("the opposition"))
    code, out, errors = tracker("extract", "news")
    assert code == 1
    rows = [json.loads(line) for line in out.splitlines()]
    assert any(row["source"] == "the opposition" for row in rows), "what comes after all of them is read"
    assert HOSTS not in out + errors
    assert not list(tmp_path.parent.rglob("evil.md"))
    for row in rows:
        assert len(row["quote"]) < 100_000

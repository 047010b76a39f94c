from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from tracker.model import Article, InputError
from tracker.sources import Note, Reading, parse_text, read_items, read_paths


def read(tmp_path, name, content):
    """What a file of that name and content gives: articles, and the words of notes and errors."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(map(shown, read_items([path])))


def shown(item):
    if isinstance(item, Reading):
        return item.article
    words = str(item).replace(f"{Path(item.path).parent}/", "", 1)
    return ("note" if isinstance(item, Note) else "error", words)


def the_article(tmp_path, name, content):
    (article,) = read(tmp_path, name, content)
    assert isinstance(article, Article), article
    return article


FRONT_MATTER = """---
id: sy-2012-03-26
title: "Envoy: 'last chance'"
published: 2012-03-26
publisher: The Daily
url: https://example.org/a
language: en
tags: [syria]
---

First paragraph.

Second paragraph.
"""


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.markdown", "A.MD", "no-ending"])
def test_front_matter(tmp_path, name):
    assert the_article(tmp_path, name, FRONT_MATTER) == Article(
        id="sy-2012-03-26",
        title="Envoy: 'last chance'",
        text="First paragraph.\n\nSecond paragraph.",
        published="2012-03-26",
        publisher="The Daily",
        url="https://example.org/a",
        language="en",
    )


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Ten killed in Homs\n\nThe attack came at dawn.", "Ten killed in Homs", "The attack came at dawn."),
        ("# Ten killed in Homs\n\nThe attack came at dawn.", "Ten killed in Homs", "The attack came at dawn."),
        ("# Ten killed\nThe attack came at dawn.", "Ten killed", "The attack came at dawn."),
        ("Ten killed in Homs\nThe attack came at dawn.", "", "Ten killed in Homs\nThe attack came at dawn."),
        ("Ten were killed.\n\nThe attack came at dawn.", "", "Ten were killed.\n\nThe attack came at dawn."),
        ("Ten killed in Homs", "", "Ten killed in Homs"),
        ("x" * 150 + "\n\nBody", "", "x" * 150 + "\n\nBody"),
        ("#1 city\n\nBody", "#1 city", "Body"),
        ("---\npublisher: P\n---\nShort line\n\nBody", "", "Short line\n\nBody"),
        ("---\npublisher: P\n---\n# Heading\n\nBody", "Heading", "Body"),
        ("---\ntitle: T\n---\n# Heading\n\nBody", "T", "# Heading\n\nBody"),
        ("---\n\nTen killed.\n\n---\n\nMore.", "", "---\n\nTen killed.\n\n---\n\nMore."),
        ("--- one rule only\nTen killed.", "", "--- one rule only\nTen killed."),
        ("\r\nOne\r\ntwo\rthree  \r\n", "", "One\ntwo\nthree"),
        ("Ten killed\N{NO-BREAK SPACE}in  Homs\t!", "", "Ten killed\N{NO-BREAK SPACE}in  Homs\t!"),
    ],
)
def test_title_and_body_of_plain_text(text, title, body):
    article = parse_text(text)
    assert (article.title, article.text) == (title, body)


@pytest.mark.parametrize(
    ("block", "what"),
    [
        ("title: [a", "line 3: front matter: expected ',' or ']'"),
        ("title: {a: b}", "front matter: title is not one value"),
        ("a: b: c", "line 2: front matter: mapping values are not allowed here"),
        ("title: !!python/object/apply:os.system [ls]", "front matter: title is not one value"),
        ("x: " + "[" * 5000, "front matter: "),
    ],
)
def test_front_matter_that_is_wrong_is_named(tmp_path, block, what):
    ((kind, words),) = read(tmp_path, "a.md", f"---\n{block}\n---\nBody")
    assert (kind, what in words) == ("error", True), words


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2012-03-26", "2012-03-26"),
        ("2012-03-26T10:00:00Z", "2012-03-26T10:00:00Z"),
        ("2012-03-26 10:00:00+02:00", "2012-03-26T10:00:00+02:00"),
        ("26 March 2012", "2012-03-26"),
        ("March 26, 2012", "2012-03-26"),
        ("Mon, 26 Mar 2012 10:30:00 GMT", "2012-03-26T10:30:00+00:00"),
        ("~", None),
        ("", None),
    ],
)
def test_published_dates(stated, published):
    assert parse_text(f"---\npublished: {stated}\n---\nBody").published == published


@pytest.mark.parametrize(
    "stated", ["yesterday", "March 2012", "03/04/2012", "2012", "2012-13-01", "2012-03-26T99:00", "10:30", "x" * 99]
)
def test_dates_that_are_not_understood_are_noted_and_the_article_is_read(tmp_path, stated):
    note, article = read(tmp_path, "a.md", f"---\npublished: {stated}\n---\nBody")
    assert note[0] == "note"
    assert "published date not understood" in note[1]
    assert (article.text, article.published) == ("Body", None)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Zwölf – “tot”".encode(), "Zwölf – “tot”"),
        ("\ufeffZwölf".encode(), "Zwölf"),
        ("Zwölf".encode("utf-16"), "Zwölf"),
        (b"\xfe\xff" + "Zwölf".encode("utf-16-be"), "Zwölf"),
        ("Zwölf".encode("utf-32"), "Zwölf"),
        ("Zwölf – “tot”".encode("cp1252"), "Zwölf – “tot”"),
        ("дом дом ".encode() + b"\xff x", "дом дом \ufffd x"),
        (b"caf\x81 12", "caf\ufffd 12"),
        ("قُتل 12 شخصًا".encode(), "قُتل 12 شخصًا"),
    ],
)
def test_encodings(tmp_path, data, text):
    assert the_article(tmp_path, "a.txt", data).text == text


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"", "a.txt: is empty"),
        ("a.txt", b" \n\t\n", "a.txt: is empty"),
        ("a.md", b"---\nid: x\n---\n\n", "a.md: has neither text nor title"),
        ("a.txt", b"\x00\x01\x02", "a.txt: is not text"),
        ("a.txt", bytes(range(1, 32)) * 10, "a.txt: is not text"),
        ("a.pdf", b"%PDF-1.7\n\x00\x9c", "a.pdf: cannot be read: it is damaged, or no PDF (PdfStreamError)"),
        ("a.html", b"", "a.html: is empty"),
        ("a.html", b"<html><body></body></html>", "a.html: no article text found in the page"),
        ("a.jsonl", b"\n\n", "a.jsonl: is empty"),
        ("a.jsonl", b"\x00\x01", "a.jsonl: is not text"),
        ("a.json", b"", "a.json: is empty"),
        ("a.json", b"[]", "a.json: holds no articles"),
        ("a.json", b"3", "a.json: is not an object"),
        ("a.json", b"[" * 100_000, "a.json: is not JSON (nested too deep)"),
        ("a.csv", b"", "a.csv: is empty"),
        ("a.csv", b"a,b\n1,2", "a.csv: has no column text or title (only a, b)"),
        ("a.csv", b"figure_id,title\n1,2", "a.csv: is a table of figures, not of articles: `tracker add` reads it"),
        ("a.csv", b"id,text\n\n", "a.csv: holds no articles"),
        ("a.jsonl.gz", b"no gzip", "a.jsonl.gz: is not a whole gzip file"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}', mtime=0)[:-4], "a.jsonl.gz: is not a whole gzip file"),
    ],
)
def test_inputs_that_hold_no_article(tmp_path, name, content, what):
    assert read(tmp_path, name, content) == [("error", what)]


def test_json_lines_name_what_is_wrong_with_each_line_and_read_the_rest(tmp_path):
    lines = [
        '{"id": "a", "title": null, "text": " kept  as it\\r\\nis \\n", "published": null, "publisher": null}',
        "",
        "{broken",
        "[1, 2]",
        '{"title": 5}',
        '{"text": "  ", "title": ""}',
        '{"id": 7, "text": "numbered", "published": 1332720000}',
        '{"text": "NaN is no JSON", "x": NaN}',
        '{"text": "' + "9" * 9 + '", "x": ' + "9" * 5000 + "}",
        '{"title": "only a title"}',
        '{"text": "deep", "x": ' + "[" * 100_000 + "}",
    ]
    first, *rest = read(tmp_path, "a.jsonl", "\n".join(lines))
    assert first == Article(id="a", text=" kept  as it\r\nis \n")
    assert [item[1] if isinstance(item, tuple) else item.text or item.title for item in rest] == [
        "a.jsonl, line 3: is not JSON (Expecting property name enclosed in double quotes at column 2)",
        "a.jsonl, line 4: is not an object",
        "a.jsonl, line 5: title is not text",
        "a.jsonl, line 6: has neither text nor title",
        "a.jsonl, line 7: published date not understood: '1332720000'",
        "numbered",
        "a.jsonl, line 8: is not JSON (NaN is no JSON value)",
        "a.jsonl, line 9: is not JSON (Exceeds the limit (4300 digits) for integer string conversion)",
        "only a title",
        "a.jsonl, line 11: is not JSON (nested too deep)",
    ]


def test_nul_and_lone_surrogates_become_one_character_each(tmp_path):
    article = the_article(tmp_path, "a.jsonl", rb'{"text": "a\ud800b\u0000c\ud83d\ude00"}')
    assert article.text == "a\ufffdb\ufffdc😀"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"text": "one"}\r\n{"text": "two"}\r\n'),
        ("a.ndjson", '\ufeff{"text": "one"}\n\n{"text": "two"}'),
        ("a.jsonl", '{"text": "one"}\n{"text": "two"}'.encode("utf-16")),
        ("a.jsonl.gz", gzip.compress(b'{"text": "one"}\n{"text": "two"}', mtime=0)),
        ("a.json", '[{"text": "one"},\n {"text": "two"}]'),
        ("a.json", '{"text": "one"}\n{"text": "two"}\n'),
        ("a.csv", "text\none\ntwo\n"),
        ("a.csv", "\ufeffTEXT , other\r\none,1\r\n\r\ntwo,2\r\n"),
        ("a.csv", "title;text;published\n;one;\n;two;\n"),
        ("a.csv", 'id\ttext\n1\t"one"\n2\ttwo\n'),
        ("a.csv.gz", gzip.compress(b"text\none\ntwo\n", mtime=0)),
        ("no-ending", '{"text": "one"}\n{"text": "two"}\n'),
        ("no-ending", '[{"text": "one"},\n {"text": "two"}]'),
        ("no-ending", "id,text\n1,one\n2,two\n"),
    ],
)
def test_tables_and_lines_of_articles(tmp_path, name, content):
    assert [article.text for article in read(tmp_path, name, content)] == ["one", "two"]


def test_json_in_many_lines_is_one_article(tmp_path):
    content = json.dumps({"id": "a", "text": "one"}, indent=1)
    assert the_article(tmp_path, "a.json", content) == the_article(tmp_path, "a", content) == Article("a", "one")


def test_items_of_a_json_array_are_numbered(tmp_path):
    assert read(tmp_path, "a.json", '[{"text": "x"}, 3, {}]')[1:] == [
        ("error", "a.json: item 2 is not an object"),
        ("error", "a.json: item 3 has neither text nor title"),
    ]


def test_csv_cells_keep_their_line_breaks_and_rows_their_line_numbers(tmp_path):
    content = 'text,publisher\n"one\nand, more",P\ntwo,P,too many\n  ,\n"",P\n"' + "x" * 200_000 + '",P\n'
    first, *errors, last = read(tmp_path, "a.csv", content)
    assert (first.text, first.publisher, len(last.text)) == ("one\nand, more", "P", 200_000)
    assert errors == [
        ("error", "a.csv, line 4: has 3 cells, but the header 2"),
        ("error", "a.csv, line 6: has neither text nor title"),
    ]


PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Dozens dead - The Daily</title>
<meta property="og:title" content="Dozens dead in Homs"><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2012-03-26T10:00:00Z">
<meta property="article:modified_time" content="2012-04-02T10:00:00Z">
<link rel="canonical" href="https://example.org/homs"></head><body><nav>Home | World</nav>
<article><h1>Dozens dead in Homs</h1>
<p>At least 30 people were killed in the café district of Homs on Sunday, the opposition said.</p>
<p>The government put the number at 12 and blamed armed groups for the shelling of the town.</p></article>
<footer>© The Daily 2024</footer><script>alert(99)</script></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "no-such-charset", "hex"])
@pytest.mark.parametrize("name", ["a.html", "a.htm", "no-ending"])
def test_html(tmp_path, name, charset):
    encoding = charset if charset not in ("no-such-charset", "hex") else "cp1252"
    article = the_article(tmp_path, name, PAGE.format(charset=charset).encode(encoding))
    assert article.title == "Dozens dead in Homs"
    assert article.text.startswith("At least 30 people were killed in the café district")
    assert "alert" not in article.text
    assert (article.published, article.publisher) == ("2012-03-26", "The Daily")
    assert article.url == "https://example.org/homs"


def test_folders_are_read_in_order_with_all_that_is_in_them(tmp_path):
    for name in (
        "b.txt",
        "a.md",
        "sub/c.txt",
        "sub/deeper/d.jsonl.gz",
        ".hidden.txt",
        ".git/e.txt",
        "f.doc",
        "README.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps({"text": name}).encode()
        path.write_bytes(gzip.compress(content, mtime=0) if name.endswith("gz") else name.encode())
    (tmp_path / "expected.csv").write_text("figure,value\n1,2\n")
    (tmp_path / "sub" / "z.txt").write_text("")
    assert [item if isinstance(item, tuple) else item.text for item in map(shown, read_items([tmp_path]))] == [
        "a.md",
        "b.txt",
        ("note", "expected.csv: left out: has no column text or title (only figure, value)"),
        "sub/c.txt",
        ("error", "z.txt: is empty"),
        "sub/deeper/d.jsonl.gz",
    ]
    assert [item.text for item in read_paths([tmp_path / "README.md"])] == ["README.md"]


def test_a_folder_that_links_to_itself_ends(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text("one")
    assert [item.text for item in read_paths([tmp_path])] == ["one"]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("no-such-file.txt", "no-such-file.txt: does not exist"),
        ("", ": is not a path"),
        ("a\0b", "a\ufffdb: is not a path"),
        ("x" * 5000, "cannot be read: File name too long"),
        ("ftp://example.org/a", "is no web address: only http and https are fetched"),
        ("reliefweb:sudan", "needs the appname that ReliefWeb gave you"),
        ("empty", "empty: holds no articles (.txt .md"),
    ],
)
def test_paths_that_cannot_be_read(tmp_path, monkeypatch, path, what):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (item,) = read_paths([path])
    assert isinstance(item, InputError)
    assert what in str(item)


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'{"text": "one"}\n{"text": "two"}', ["one", "two"]),
        (b'\n  {"text": "one"}', ["one"]),
        (b'[{"text": "one"}]', ["one"]),
        (PAGE.format(charset="utf-8").encode(), ["At least 30"]),
        (b"Plain words", ["Plain words"]),
        (b"[Update] Plain words", ["[Update] Plain words"]),
        (b"{Plain} words", ["{Plain} words"]),
        (FRONT_MATTER.encode(), ["First paragraph"]),
    ],
)
def test_standard_input_is_known_by_its_beginning(monkeypatch, data, texts):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    articles = list(read_paths(["-"]))
    assert len(articles) == len(texts)
    assert all(article.text.startswith(text) for article, text in zip(articles, texts, strict=True))


def test_ids_are_the_same_again_and_differ_with_the_content():
    same = parse_text("Ten killed."), parse_text("Ten killed.")
    assert same[0].id == same[1].id
    assert parse_text("Eleven killed.").id != same[0].id
    with_url = [parse_text(f"---\nurl: https://example.org/a\n---\n{text}").id for text in ("One", "Two")]
    assert with_url[0] == with_url[1] != same[0].id


@pytest.mark.parametrize("text", ["", "  \n", "---\ntitle: [\n---\nx"])
def test_pasted_text_without_an_article_is_refused(text):
    with pytest.raises(InputError, match="pasted text"):
        parse_text(text)

"""Inputs that nobody here wrote, and any bytes at all: readers answer with articles, notes and errors, nothing else."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.model import Article, InputError
from tracker.sources import Note, Reading, parse_text, read_items, read_paths
from tracker.sources.kinds import KINDS

SHARED = Path(__file__).parents[3] / "shared"
HOSTILE = SHARED / "hostile"
GOLD = SHARED / "gold" / "dev_docs.jsonl"

needs_hostile = pytest.mark.skipif(not HOSTILE.exists(), reason="../shared/hostile is not here")


def check(items):
    """Every item is of a kind that readers may yield, and could be stored and printed."""
    items = list(items)
    assert items, "no answer at all"
    for item in items:
        assert isinstance(item, Reading | Note | InputError)
        if isinstance(item, Reading):
            article = item.article
            assert (article.text + article.title).strip()
            for value in (article.id, article.text, article.title, article.publisher, article.url, article.language):
                value.encode()
                assert "\0" not in value
        else:
            assert "\n" not in str(item)
    return items


def through_every_reader(tmp_path, content):
    for suffix in [*KINDS, ".jsonl.gz", ""]:
        path = tmp_path / f"input{suffix}"
        path.write_bytes(content)
        check(read_items([path]))


@needs_hostile
def test_files_of_other_projects_torture_suites(tmp_path):
    files = [path for folder in ("csv", "html", "pdf") for path in sorted((HOSTILE / folder).iterdir())]
    assert len(files) > 50
    for path in files:
        through_every_reader(tmp_path, path.read_bytes())


@needs_hostile
def test_json_torture_files(tmp_path):
    """What must be refused is refused; the rest is read, though little of it is an article."""
    with tarfile.open(HOSTILE / "json.tar.gz") as archive:
        files = [member for member in archive.getmembers() if member.name.endswith(".json")]
        assert len(files) > 300
        for member in files:
            content = archive.extractfile(member).read()
            path = tmp_path / "a.json"
            path.write_bytes(content)
            items = check(read_items([path]))
            through_every_reader(tmp_path, content)
            if Path(member.name).name.startswith("n_"):
                assert not any(isinstance(item, Reading) for item in items), member.name


@needs_hostile
def test_feed_torture_files(tmp_path):
    """Fourteen hundred feeds, well-formed and not: each gives articles, or a reason, and none opens anything else."""
    with tarfile.open(HOSTILE / "feeds.tar.gz") as archive:
        files = [member for member in archive.getmembers() if member.isfile()]
        assert len(files) > 1_000
        path, readings = tmp_path / "a.xml", 0
        for member in files:
            path.write_bytes(archive.extractfile(member).read())
            readings += sum(isinstance(item, Reading) for item in check(read_items([path])))
    assert readings > 200


@needs_hostile
def test_naughty_strings_come_through_whole(tmp_path):
    strings = [text for text in json.loads((HOSTILE / "naughty_strings.json").read_text()) if text.strip()]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text, "title": text, "publisher": text}) + "\n" for text in strings))
    articles = list(read_paths([path]))
    assert [article.text for article in articles] == [text.replace("\0", "\ufffd") for text in strings]
    through_every_reader(tmp_path, "\n\n".join(strings).encode())


@pytest.mark.skipif(not GOLD.exists(), reason="the labelled articles of ../shared/gold are not here")
def test_articles_that_offsets_point_into_are_read_to_the_letter():
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").split("\n") if line]
    articles = list(read_paths([GOLD]))
    assert [(article.id, article.title, article.text, article.published) for article in articles] == [
        (row["id"], row["title"] or "", row["text"] or "", row["published"]) for row in rows
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"<" * 200_000,
        b"<div>" * 20_000,
        b"<html><body>" + b"<p>" * 20_000 + b"12 dead",
        b"---\n" + b"a: &a [*a]\n" * 3 + b"---\nx",
        b"---\n" + b"x: &x [y,y,y,y,y,y,y,y,y]\n" + b"text: *x\n---\nbody",
        b"---\n" * 50_000,
        b'"' * 100_001,
        b"{" * 100_000,
        b" " * 1_000_000,
        b"9" * 1_000_000,
        b"text,title\n" + b'"' + b"x\n" * 100_000,
        b"<!--" * 50_000 + b"<html>",
    ],
    ids=lambda content: content[:12].decode(),
)
def test_shapes_that_make_parsers_slow_or_deep(tmp_path, content):
    through_every_reader(tmp_path, content)


any_bytes = st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
PIECES = (
    *(b"---\n", b"title: ", b"published: 2012\n", b"text", b",", b'"', b"{", b"}", b'{"text": "a"}', b"[", b"]", b": "),
    *(b"\n", b"\r\n", b"<html>", b"<p>", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xe9", b"# ", b"12 dead"),
)
like_ours = st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=any_bytes | like_ours)
def test_readers_never_raise(tmp_path, content):
    through_every_reader(tmp_path, content)


@given(st.text())
def test_pasted_text_becomes_an_article_or_an_input_error(text):
    try:
        article = parse_text(text)
    except InputError:
        return
    assert isinstance(article, Article)
    assert article.text == article.text.strip()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip))
def test_json_text_is_never_altered(text):
    from tracker.sources.json_files import read_json_lines

    (item,) = read_json_lines([json.dumps({"text": text}).encode()], "x")
    assert item.article.text == text

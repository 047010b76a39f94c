"""Feeds, web addresses, lists of articles elsewhere, archives, and columns with names of their own."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile

import pytest
from made_documents import mail, pdf, word
from web import answer, redirect, serving

from tracker.fetching import Fetcher, Visitor
from tracker.model import InputError, stable_id
from tracker.sources import Note, Reading, read_items
from tracker.sources import bounds as limits
from tracker.sources.options import ReadOptions

BODY = "At least 17 people were killed in a market in Idlib on Monday, activists said. " * 8
PAGE = f"""<!doctype html><html lang="en"><head><title>Market shelled</title>
<meta property="article:published_time" content="2014-03-10T08:00:00Z"></head>
<body><article><h1>Market shelled</h1><p>{BODY}</p><p>State television spoke of 12 dead.</p></article></body></html>"""

FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Daily</title><language>en-gb</language>
<item><title>Market &lt;b&gt;shelled&lt;/b&gt;</title><link>{url}/market</link>
<description>At least 17 killed.</description>
<pubDate>Mon, 10 Mar 2014 10:00:00 GMT</pubDate></item>
<item><title>In full</title><link>{url}/full</link><description>short</description>
<content:encoded><![CDATA[<p>First.</p><p>{body}</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Gone</title><link>{url}/gone</link><description>Nine people were killed.</description></item>
</channel></rss>"""


@pytest.fixture
def site():
    with serving() as one:
        yield one


@pytest.fixture
def how():
    """As a user who wants the servers of this machine read, too; nothing waits between two requests."""
    return ReadOptions(web=Visitor(Fetcher(allow_private=True), sleep=lambda _: None))


def items_of(tmp_path, name, content, how=None):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_items([path], options=how or ReadOptions(advises=True)))


def articles(items):
    return [item.article for item in items if isinstance(item, Reading)]


def told(items):
    return [item.what for item in items if isinstance(item, Note | InputError)]


def following(how):
    return ReadOptions(web=how.web, follow=True)


def test_a_feed_from_a_file_is_read_as_far_as_it_goes(tmp_path):
    items = items_of(tmp_path, "a.rss", FEED.format(url="http://news.test", body=BODY))
    first, second, third = articles(items)
    assert (first.title, first.text, first.publisher) == ("Market shelled", "At least 17 killed.", "The Daily")
    assert (first.published, first.url) == ("2014-03-10T10:00:00+00:00", "http://news.test/market")
    assert second.text == f"First.\n\n{BODY.strip()}"
    assert third.language == "en-gb"
    assert told(items) == ["items with no more than a summary: 2; --fetch reads the full texts"]


def test_the_full_text_of_a_summary_is_fetched(tmp_path, site, how):
    site.pages |= {"/market": PAGE, "/robots.txt": "User-agent: *\nDisallow: /private"}
    items = items_of(tmp_path, "a.xml", FEED.format(url=site.url, body=BODY), following(how))
    first, _, third = articles(items)
    assert "State television spoke of 12 dead." in first.text
    assert (first.published, first.publisher) == ("2014-03-10", "The Daily")
    assert third.text == "Nine people were killed."
    assert told(items) == ["full text not read, its summary is: answers 404"]
    assert site.paths() == ["/robots.txt", "/market", "/gone"]  # what stands in full in the feed is not fetched


def test_what_a_site_asks_robots_not_to_read_is_left(tmp_path, site, how):
    site.pages |= {"/market": PAGE, "/robots.txt": "User-agent: *\nDisallow: /market"}
    items = items_of(tmp_path, "a.xml", FEED.format(url=site.url, body=BODY), following(how))
    assert articles(items)[0].text == "At least 17 killed."
    assert "its site asks robots not to (robots.txt)" in told(items)[0]
    assert "/market" not in site.paths()


def test_an_atom_feed(tmp_path):
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title><entry><title>Nine dead</title>
    <link href="http://news.test/9"/><updated>2014-03-10T10:00:00Z</updated><summary>Nine people died.</summary>
    </entry></feed>"""
    (article,) = articles(items_of(tmp_path, "a.atom", feed))
    assert (article.title, article.text, article.url) == ("Nine dead", "Nine people died.", "http://news.test/9")


def test_feeds_that_are_none(tmp_path):
    assert told(items_of(tmp_path, "a.xml", "<sitemap><url>x</url></sitemap>")) == ["is no feed"]
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "pom.xml").write_text("<project/>")
    (note,) = read_items([tmp_path / "folder"])
    assert (type(note), note.what) == (Note, "left out: is no feed")


def test_entities_and_other_files_stay_closed(tmp_path):
    (tmp_path / "secret.txt").write_text("hidden words")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    for declared in (
        f'<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">',
        f'<!ENTITY a0 "ha">{bomb}<!ENTITY x "&a8;">',
    ):
        feed = f"<!DOCTYPE rss [{declared}]>" + FEED.format(url="http://news.test", body=BODY)
        items = items_of(tmp_path, "a.rss", feed.replace("At least 17 killed.", "&x;"))
        assert "hidden words" not in str(articles(items))
        assert len(str(items)) < 10_000


def test_a_page_by_its_address(site, how):
    site.pages |= {"/old": redirect("/market"), "/market": PAGE}
    (item,) = read_items([f"{site.url}/old"], options=how)
    assert (item.path, item.article.url) == (f"{site.url}/market", f"{site.url}/market")
    assert item.article.id == stable_id(f"{site.url}/market")
    assert item.article.published == "2014-03-10"
    assert item.article.text.startswith("At least 17 people were killed")
    assert "/robots.txt" not in site.paths()  # a person asked for this page


def test_a_page_cannot_take_the_place_of_one_elsewhere(site, how):
    site.pages["/market"] = PAGE.replace("</head>", '<link rel="canonical" href="https://other.test/market"></head>')
    (item,) = read_items([f"{site.url}/market"], options=how)
    assert item.article.url == f"{site.url}/market"


@pytest.mark.parametrize(
    ("content", "content_type", "path"),
    [
        (pdf([["Twelve people were killed."]]), "application/pdf", "/report"),
        (word(["Twelve people were killed."]), "application/octet-stream", "/report.docx"),
        (b"Twelve people were killed.", "text/plain", "/report"),
        (b'{"text": "Twelve people were killed."}', "application/json", "/report"),
        (mail("Twelve people were killed.", Subject="x"), "message/rfc822", "/report"),
        (PAGE.replace("At least 17", "Twelve").encode(), "application/xml", "/report"),
    ],
)
def test_what_a_server_sends_is_read_as_what_it_is(site, how, content, content_type, path):
    site.pages[path] = answer(content, content_type=content_type)
    (article,) = articles(read_items([site.url + path], options=how))
    assert article.text.startswith("Twelve people were killed")


def test_an_encoding_that_only_the_server_names(site, how):
    words = "У понеділок загинули сімнадцять людей. " * 9
    body = f"<html><body><article><p>{words}</p></article></body></html>".encode("cp1251")
    site.pages["/a"] = answer(body, content_type="text/html; charset=windows-1251")
    (article,) = articles(read_items([f"{site.url}/a"], options=how))
    assert article.text == words.strip()


def test_links_in_a_feed_lead_on_from_its_address(site, how):
    site.pages |= {"/feed": answer(FEED.format(url="", body=BODY), content_type="text/xml"), "/market": PAGE}
    assert articles(read_items([f"{site.url}/feed"], options=how))[0].url == f"{site.url}/market"


def test_a_feed_by_its_address_is_read_in_full(site, how):
    feed = FEED.format(url=site.url, body=BODY)
    site.pages |= {"/feed": answer(feed, content_type="text/html"), "/market": PAGE, "/gone": PAGE}
    found = articles(read_items([f"{site.url}/feed"], options=how))
    assert [article.url for article in found] == [f"{site.url}/{name}" for name in ("market", "full", "gone")]
    assert len({article.id for article in found}) == 3


def test_addresses_that_give_nothing(site, how):
    assert told(read_items([f"{site.url}/none"], options=how)) == ["answers 404 Not Found"]
    assert "which is not public" in told(read_items([site.url], options=ReadOptions(web=Visitor(Fetcher()))))[0]
    assert "nothing is fetched here" in told(read_items([site.url], options=ReadOptions()))[0]
    assert told(read_items(["gopher://x/"], options=how)) == ["is no web address: only http and https are fetched"]


def test_lists_of_gdelt(tmp_path, site, how):
    site.pages |= {"/a": PAGE, "/b": PAGE.replace("2014-03-10T08:00:00Z", "")}
    urls = [f"{site.url}/a", f"{site.url}/b"]
    seen = [{"url": url, "title": "T", "seendate": "20140311T031500Z", "language": "English"} for url in urls]
    gkg = "".join(f"2014031103{n:04}-{n}\t20140311031500\t1\tnews.test\t{url}\t\t\n" for n, url in enumerate(urls))
    lists = {
        "doc.json": json.dumps({"articles": [*seen, seen[0]]}),
        "doc.csv": "\ufeffURL,MobileURL,Date,Title\n" + "".join(f'{url},,2014-03-11 03:15:00,"T, t"\n' for url in urls),
        "a.gkg.csv": gkg,
        "b.csv": "DATE\tNUMARTS\tCOUNTS\tSOURCEURLS\n20140311\t2\tKILL#12\t" + "<UDIV>".join(urls) + "\n",
    }
    for name, content in lists.items():
        items = items_of(tmp_path, name, content, following(how))
        assert [article.url for article in articles(items)] == urls, name
        assert [article.published for article in articles(items)] == ["2014-03-10", "2014-03-11"]
        assert told(items) == ["states no date: 2014-03-11, when GDELT saw it, is taken for the date"]
        what = "is a list of 2 web addresses, and holds no texts: --fetch fetches them"
        assert told(items_of(tmp_path, name, content)) == [what]


def report(number, **fields):
    told = {
        "title": f"Report {number}",
        "date": {"original": "2014-03-10T00:00:00+00:00", "created": "2014-03-12T09:00:00+00:00"},
    }
    told |= {
        "source": [{"id": 1, "name": "OCHA"}],
        "language": [{"code": "en"}],
        "url_alias": f"https://r.test/{number}",
    }
    return {"id": str(number), "score": 1, "href": "", "fields": told | fields}


def reports(data, total=1, following=None):
    links = {"self": {"href": "x"}} | ({"next": {"href": following}} if following else {})
    return json.dumps({"time": 1, "links": links, "took": 1, "totalCount": total, "count": len(data), "data": data})


def test_reports_of_reliefweb(tmp_path, site, how):
    site.pages["/file.pdf"] = answer(pdf([["Thirty people were killed."]]), content_type="application/pdf")
    site.pages["/next"] = answer(reports([report(3, body="Nine people died.")], 3), content_type="application/json")
    first = report(1, **{"body-html": "<p>At least <b>17</b> people were killed.</p><p>More</p>"})
    second = report(2, file=[{"url": f"{site.url}/file.pdf", "mimetype": "application/pdf"}])
    answered = reports([first, second], 3, f"{site.url}/next")
    items = items_of(tmp_path, "a.json", answered, following(how))
    found = articles(items)
    assert [article.text for article in found] == [
        "At least 17 people were killed.\n\nMore",
        "Thirty people were killed.",
        "Nine people died.",
    ]
    assert (found[0].published, found[0].publisher, found[0].url) == ("2014-03-10", "OCHA", "https://r.test/1")
    assert not told(items)
    assert "report 2 has its text in files: --fetch reads them" in told(items_of(tmp_path, "a.json", answered))
    assert "is a part of 3 reports: --fetch reads the rest" in told(items_of(tmp_path, "a.json", answered))


def test_a_question_to_reliefweb(site, how, monkeypatch):
    monkeypatch.setattr("tracker.sources.reliefweb.API", f"{site.url}/v2/reports")
    monkeypatch.setenv("RELIEFWEB_APPNAME", "tests-x1")
    site.pages["/v2/reports"] = answer(reports([report(1, body="Nine died.")]), content_type="application/json")
    assert [article.text for article in articles(read_items(["reliefweb:sudan market"], options=how))] == ["Nine died."]
    assert "appname=tests-x1" in site.paths()[0]
    assert "query%5Bvalue%5D=sudan%20market" in site.paths()[0]


@pytest.mark.parametrize(
    "value",
    [
        '{"data": [1]}',
        '{"data": [{"fields": 1}]}',
        '{"articles": [1]}',
        '{"articles": []}',
        '{"totalCount": 1, "count": 1, "data": [{}]}',
        '{"articles": [{"seendate": 1}]}',
    ],
)
def test_answers_that_are_odd(tmp_path, value):
    assert told(items_of(tmp_path, "a.json", value))
    assert told(items_of(tmp_path, "no-ending", value))


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(mode="w", **files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in files.items():
            one = tarfile.TarInfo(name)
            if content is None:
                one.type, one.linkname = tarfile.SYMTYPE, "/etc/passwd"
                archive.addfile(one)
            else:
                one.size = len(content)
                archive.addfile(one, io.BytesIO(content))
    return out.getvalue()


MEMBERS = {
    "a.txt": b"one",
    "sub/b.html": PAGE.encode(),
    "c.pdf": pdf([["Twelve people."]]),
    "d.exe": b"MZ",
    ".hidden.txt": b"no",
    "__MACOSX/._a.txt": b"no",
    "../../e.txt": b"two",
    "lines.jsonl": b'{"text": "three"}\n{"text": "four"}\n',
}


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", zipped),
        ("a.tar", tarred),
        ("a.tgz", lambda **files: tarred("w:gz", **files)),
        ("a.tar.gz", lambda **files: tarred("w:gz", **files)),
        ("a.tar.xz", lambda **files: tarred("w:xz", **files)),
        ("no-ending", zipped),
        ("no-ending", tarred),
        ("no-ending", lambda **files: tarred("w:gz", **files)),
    ],
)
def test_archives(tmp_path, name, pack):
    items = items_of(tmp_path, name, pack(**MEMBERS, **{"inner.zip": zipped(**{"f.txt": b"five"})}))
    assert [article.text[:8] for article in articles(items)] == [
        "one",
        "At least",
        "Twelve p",
        "two",
        "three",
        "four",
        "five",
    ]
    assert not told(items)
    assert items[0].path.endswith(": a.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]  # nothing is unpacked onto the disk
    assert not (tmp_path.parent / "e.txt").exists()


def test_links_and_what_is_broken_in_archives(tmp_path):
    items = items_of(tmp_path, "a.tar", tarred(**{"link.txt": None, "a.txt": b"one", "b.json": b"{"}))
    assert [article.text for article in articles(items)] == ["one"]
    assert told(items)[0] == "left out: is a link or a device"
    assert told(items)[1].startswith("is not JSON")
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert told(items_of(tmp_path, "a.zip", out.getvalue())) == ["left out: is a link"]
    whole = zipped(**{"a.txt": b"one" * 100, "b.txt": b"two"})
    assert articles(items_of(tmp_path, "b.zip", whole.replace(whole[35:40], b"\xff" * 5, 1)))[-1].text == "two"
    for broken in (whole[:-30], b"PK\x03\x04", b""):
        assert told(items_of(tmp_path, "c.zip", broken))
    assert told(items_of(tmp_path, "d.zip", zipped(**{"a.exe": b"x"}))) == ["holds no articles"]


def test_names_in_archives_are_shown_on_one_line(tmp_path):
    items = items_of(tmp_path, "a.zip", zipped(**{"a\nb\x1b[31m.txt": b""}))
    assert "\n" not in str(items[0])
    assert "\x1b" not in str(items[0])


def test_bombs(tmp_path, monkeypatch):
    bomb = zipped(**{"a.txt": bytes(30_000_000), "b.txt": b"two"})
    items = items_of(tmp_path, "a.zip", bomb)
    assert [article.text for article in articles(items)] == ["two"]
    assert told(items) == ["unpacks to more than 10,000,000 bytes"]
    nested = zipped(**{"a.txt": b"one"})
    for _ in range(5):
        nested = zipped(**{"a.zip": nested})
    assert told(items_of(tmp_path, "b.zip", nested)) == ["is packed more than 3 times"]
    monkeypatch.setattr(limits, "MAX_FILES", 3)
    many = zipped(**{f"{n}.txt": b"x" for n in range(9)})
    assert told(items_of(tmp_path, "c.zip", many)) == ["holds more than 3 files: the rest is not read"]
    monkeypatch.setattr(limits, "MAX_BYTES", 5_000)
    large = zipped(**{f"{n}.txt": b"x" * 2_000 for n in range(3)})
    assert "bytes in all: the rest is not read" in told(items_of(tmp_path, "d.zip", large))[0]
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1_000)
    import gzip

    assert "unpacks to more than 1,000 bytes" in told(items_of(tmp_path, "e.txt.gz", gzip.compress(b"x" * 2_000)))[0]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.parquet", "a.tsv"])
def test_columns_with_names_of_their_own(tmp_path, name):
    rows = [{"Body": "Twelve dead.", "date": "2014-03-10", "text": "no", "Head": "T"}]
    if name.endswith(".parquet"):
        import pandas as pd

        pd.DataFrame(rows).to_parquet(tmp_path / name)
        content = (tmp_path / name).read_bytes()
    elif name.endswith("sv"):
        mark = "," if name.endswith("csv") else "\t"
        content = mark.join(rows[0]) + "\n" + mark.join(rows[0].values()) + "\n"
    else:
        content = json.dumps(rows[0])
    how = ReadOptions(columns={"body": "text", "date": "published", "head": "title"})
    (article,) = articles(items_of(tmp_path, name, content, how))
    assert (article.title, article.text, article.published) == ("T", "Twelve dead.", "2014-03-10")


def test_columns_within_objects_and_columns_that_are_not_there(tmp_path):
    how = ReadOptions(columns={"fields.body": "text"})
    (article,) = articles(items_of(tmp_path, "a.jsonl", '{"fields": {"Body": "Twelve dead."}}', how))
    assert article.text == "Twelve dead."
    assert told(items_of(tmp_path, "b.csv", "body\nx", how)) == ["has no column fields.body (only body)"]
    assert told(items_of(tmp_path, "c.jsonl", '{"a": 1}', how)) == ["has neither text nor title"]

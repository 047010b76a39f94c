"""Names of sources and publishers: those of data/, and the user's own, which take precedence."""

from __future__ import annotations

import pandas as pd
import pytest
from made_figures import figure

import tracker
from tracker.knowledge import load_own_names, load_publishers, load_sourcebook
from tracker.model import Article, KnowledgeError, SourceType, Status
from tracker.timelines.columns import frame
from tracker.timelines.names import renamed

OWN = """
[[source]]
name = "Syrian Observatory (London)"
aliases = ["Syrian Observatory for Human Rights", "Rami's office"]
type = "opposition"

[[source]]
name = "Homs Media Centre"
aliases = ["the media centre"]
type = "witness"
country = "SYR"

[[publisher]]
name = "The Daily Planet"
aliases = ["Planet", "Reuters"]
domains = ["planet.example"]
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("stated", "url", "name"),
    [
        ("Reuters", "", "Reuters"),
        ("REUTERS ", "", "Reuters"),
        ("bbc news", "", "BBC News"),
        ("BBC News - Home", "", "BBC News"),
        ("www.bbc.co.uk", "", "BBC News"),
        ("https://www.aljazeera.com/", "", "Al Jazeera"),
        ("World | The Guardian", "", "The Guardian"),
        ("The Daily", "", "The Daily"),  # not known: as it is stated
        ("Guardian Angels Weekly", "", "Guardian Angels Weekly"),  # a part of a name is not the name
        ("Reuters", "https://www.bbc.co.uk/news", "Reuters"),  # what is stated counts
        ("", "https://edition.cnn.com/2012/03/26/story", "CNN"),
        ("", "https://cnn.com.example.org/story", ""),
        ("", "https://unknown.example/story", ""),
        ("", "http://[no address", ""),
        ("", "", ""),
        ("x" * 100_000, "", "x" * 100_000),
    ],
)
def test_a_publisher_has_one_name(stated, url, name):
    publishers = load_publishers()
    assert publishers.name(stated, url) == name
    assert publishers.name(name, url) == name


def test_an_article_keeps_everything_but_the_spelling_of_its_publisher():
    article = Article(id="a1", text="x", publisher="bbc news", url="u")
    named = load_publishers().named(article)
    assert (named.publisher, named.id, named.text, named.url) == ("BBC News", "a1", "x", "u")


def test_own_names_take_precedence(own):
    names = load_own_names(own)
    book = load_sourcebook(names.sources)
    for words in ("the syrian observatory for human rights", "sohr", "rami 's office"):
        found = book.find(words.split(), {})
        assert found is not None
        assert (found.name, found.type) == ("Syrian Observatory (London)", SourceType.OPPOSITION), words
    publishers = load_publishers(names.publishers)
    assert publishers.name("reuters.com") == publishers.name("planet") == "The Daily Planet"
    assert publishers.name("", "https://news.planet.example/1") == "The Daily Planet"
    assert load_publishers().name("reuters.com") == "Reuters"


def test_the_order_of_own_entries_does_not_matter(tmp_path):
    entries = OWN.strip().split("\n\n")
    books = []
    for order in (entries, entries[::-1]):
        (tmp_path / "my.toml").write_text("\n\n".join(order))
        books.append(load_sourcebook(load_own_names(tmp_path / "my.toml").sources))
    assert books[0] == books[1]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("[[source]\n", "syntax"),
        ('[[sources]]\nname = "x"', "sources: is not known here: use [[source]], [[publisher]] and [[count]]"),
        ('source = "x"', "source: is not a list of entries: write [[source]]"),
        ("source = [1]", "source 1: is not an entry: write [[source]]"),
        ('[[source]]\ntype = "un"', "source 1: lacks a name"),
        ('[[source]]\nname = " "\ntype = "un"', "source ' ': lacks a name"),
        ('[[source]]\nname = "x"', "source 'x': lacks a type: government, military"),
        ('[[source]]\nname = "x"\ntype = "monitor"', "source 'x': unknown type 'monitor': use government"),
        ('[[source]]\nname = "x"\ntype = "un"\nalias = ["y"]', "source 'x': has an unknown key 'alias': use name"),
        ('[[source]]\nname = "x"\ntype = "un"\naliases = "y"', "source 'x': aliases is not a list of texts"),
        (
            '[[source]]\nname = "x"\ntype = "un"\naliases = [5]',
            "source 'x': aliases holds something that is no",
        ),
        ('[[source]]\nname = "x"\ntype = "un"\ncountry = "Syria"', "source 'x': unknown country 'Syria'"),
        ("[[source]]\nname = 7", "source 1: name is not a text"),
        ('[[publisher]]\nname = "x"\ndomains = "x.org"', "publisher 'x': domains is not a list of texts"),
        (b"\xff\xfe[", "file: is not in UTF-8"),
        ("x = " + "[" * 100_000, "syntax: "),
        ("x = " + "9" * 5000, "syntax: "),
        (None, "file: cannot be read: No such file or directory"),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path, tracker, content, what):
    path = tmp_path / "my.toml"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(KnowledgeError) as told:
        load_own_names(path)
    assert f"{path}: {what}" in str(told.value)
    assert "\n" not in str(told.value)
    code, out, errors = tracker("extract", "--sources", path, "-", given=b"Shelling killed 17 people.")
    assert (code, out, len(errors.splitlines())) == (2, "", 1)


def test_a_stored_timeline_takes_the_names_without_new_extraction(own):
    rows = [
        figure("a", source="the Observatory", source_name="Syrian Observatory for Human Rights", source_type="ngo"),
        figure("b", source="Rami’s office", source_name="Rami's office", source_type="officials"),
        figure("c", source=None, source_name="Syrian Observatory for Human Rights", source_type="ngo"),  # of a table
        figure("d", source="the Observatory", source_name="The editor", source_type="media", status=Status.CORRECTED),
        figure("e", source="the UN", source_name="United Nations", source_type="un", publisher="Reuters"),
        figure("f", source=None, source_name=None, source_type="unattributed"),
    ]
    found = renamed(frame(rows), load_own_names(own))
    assert found["source_name"].fillna("").tolist() == [
        *["Syrian Observatory (London)"] * 3,
        *("The editor", "United Nations", ""),
    ]
    assert found["source_type"].tolist() == ["opposition"] * 3 + ["media", "un", "unattributed"]
    assert found["publisher"].tolist()[4] == "The Daily Planet"
    assert found["source"].fillna("").tolist() == [row.source or "" for row in rows]  # the words stay
    pd.testing.assert_frame_equal(renamed(found, load_own_names(own)), found)
    assert len(tracker.timeline(rows, sources=own, source="Syrian Observatory (London)")) == 3


def test_from_the_command_line(tmp_path, tracker, own):
    text = "The media centre in Homs said 12 people were killed in Homs, Syria, on Sunday."
    (tmp_path / "a.md").write_text(f"---\nid: a\npublished: 2012-03-26\npublisher: planet\n---\n{text}\n")

    def names(*call):
        _, out, _ = tracker(*call, "--format", "csv")
        return pd.read_csv(pd.io.common.StringIO(out))[["source_name", "source_type", "publisher"]].to_numpy().tolist()

    plain = names("extract", "a.md")
    assert plain == [["Media centre in Homs", "ngo", "planet"]]
    assert names("extract", "--sources", own, "a.md") == [["Homs Media Centre", "witness", "The Daily Planet"]]
    tracker("add", "a.md")
    assert names("timeline") == plain
    assert names("timeline", "--sources", own) == [["Homs Media Centre", "witness", "The Daily Planet"]]
    assert names("timeline", "--sources", own, "--source", "homs media centre", "--publisher", "planet") != []
    code, out, _ = tracker("add", "a.md", "--sources", own)
    assert (code, out) == (0, "added 0, unchanged 0, updated 1, failed 0; 1 figures\n")
    assert names("timeline", "--publisher", "The Daily Planet") == names("timeline")

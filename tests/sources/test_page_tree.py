"""What a web page shows otherwise than its text says: struck-out text, footnotes, lists in cells, dates of changes."""

from __future__ import annotations

import pytest
from lxml import html
from readers import READER

from tracker.model import Article
from tracker.sources import Reading, read_items
from tracker.sources.html_fragments import text_of
from tracker.sources.page_tree import prepared

BEFORE = "The council met in the evening to hear the report of the wardens on the floods in the valley. " * 2
AFTER = "The bridges stayed closed for the night, and the school served as a shelter for those without a roof. " * 2


def article(tmp_path, inner: str, head: str = "") -> Article:
    page = f"<html><head><title>Report</title>{head}</head><body><article><h1>Report</h1><p>{BEFORE}</p>{inner}"
    path = tmp_path / "page.html"
    path.write_text(f"{page}<p>{AFTER}</p></article></body></html>", encoding="utf-8")
    (reading,) = [item for item in read_items([path]) if isinstance(item, Reading)]
    return reading.article


@pytest.mark.parametrize(
    ("inner", "values"),
    [
        ("<p>The flood killed <del>30</del> <ins>31</ins> people.</p>", [31]),
        ("<p>The flood killed <s>30</s> 31 people.</p>", [31]),
        ('<p>The flood killed <span style="color:red; text-decoration:line-through">30</span> 31 people.</p>', [31]),
        ("<p><strike>The flood killed 30 people.</strike></p><p>The flood killed 31 people.</p>", [31]),
        ("<p>The flood killed 31<sup>4</sup> people and injured 60<sup><a href='#b'>[b]</a></sup>.</p>", [31, 60]),
        ("<p>The flood killed 31 people<sup>1, 2</sup>, and 60<sup> 3</sup> were injured.</p>", [31, 60]),
        ("<p>The flood displaced 2<sup>3</sup>/<sub>4</sub> million people.</p>", [2_750_000]),
        ("<p>The flood killed 3 × 10<sup>4</sup> people.</p>", []),
        ("<p>It was the 31<sup>st</sup> flood, and it killed 12 people.</p>", [12]),
        ("<table><tr><td>East</td><td><ul><li>The flood killed 31 people.</li></ul></td></tr></table>", [31]),
        ("<table><tr><td><ol><li><p>The flood killed 31 people.</p></li></ol></td></tr></table>", [31]),
        ("<table><tr><td><dl><dt>East</dt><dd>The flood killed 31 people.</dd></dl></td></tr></table>", [31]),
        ("<p>The flood killed thirty-<br>one people.</p>", [31]),
    ],
)
def test_figures_of_a_page(tmp_path, inner: str, values: list[int]) -> None:
    assert [figure.value for figure in READER.read(article(tmp_path, inner))] == values


META = '<meta property="article:published_time" content="2017-03-02T08:00:00Z">'


@pytest.mark.parametrize(
    ("inner", "head", "published"),
    [
        ("", '<link rel="canonical" href="https://e.example/2017/03/20/flood.html">' + META, "2017-03-02"),
        ("", '<link rel="canonical" href="https://e.example/2017/03/20/flood.html">', "2017-03-20"),
        (
            '<time class="updated" datetime="2019-01-05">5 January 2019</time>'
            '<time class="published" datetime="2017-03-02">2 March 2017</time>',
            "",
            "2017-03-02",
        ),
        ('<time class="updated" datetime="2019-01-05">5 January 2019</time>', "", "2019-01-05"),
        ('<p class="date">Last modified 5 January 2019. Originally published 2 March 2017</p>', "", "2017-03-02"),
        ('<p class="date">Published 2 March 2017, updated 5 January 2019</p>', "", "2017-03-02"),
    ],
)
def test_the_date_of_a_page_is_that_of_its_publication(tmp_path, inner: str, head: str, published: str) -> None:
    assert article(tmp_path, inner, head).published == published


def test_the_text_after_what_is_taken_out_stays() -> None:
    root = prepared(html.fragment_fromstring("<div>a<del>b</del>c<p>d<s>e</s></p><s>f</s>g</div>"))
    assert "".join(root.itertext()) == "acdg"


def test_a_fragment_of_a_feed_is_read_the_same_way() -> None:
    assert text_of("<p>The flood killed <del>30</del> 31<sup>4</sup> people.</p>") == "The flood killed 31 people."

from __future__ import annotations

import dataclasses
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_figures import ARTICLE, FIGURE, figure
from rich.console import Console

from tracker.cli.tables import article_table
from tracker.model import Article, Qualifier
from tracker.terminal import one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, “quoted” – Zwölf 😀 قُتل", "plain, “quoted” – Zwölf 😀 قُتل"),
        ("two\nlines\r\n\tand more", "two lines and more"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPdevice\x1b\\x", "x"),
        ("\x9b31mred", "31mred"),
        ("a\x1b", "a"),
        ("a\x00\x07\x08\x7fb", "ab"),
        ("\u202eevil\u2066\u200f", "evil"),
        ("[bold]markup[/bold] :smile:", "[bold]markup[/bold] :smile:"),
        ("", ""),
    ],
)
def test_texts_are_made_harmless(text, shown):
    assert one_line(text) == shown


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text):
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", one_line(text))


def shown(article, *figures, width=120):
    out = Console(width=width, markup=False, highlight=False, record=True, file=io.StringIO())
    out.print(article_table(article, figures, width))
    return out.export_text()


@pytest.mark.parametrize("width", [50, 80, 109, 110, 200])
def test_everything_asked_for_is_in_the_table(width):
    text = shown(ARTICLE, dataclasses.replace(FIGURE, place="Homs"), width=width)
    assert max(map(len, text.splitlines())) <= width
    words = text.split()
    for part in ("more", "9,100", "9100", "more_than", "killed", "lives", "opposition", "2012-03-26", "Homs,", "SYR"):
        assert part in words
    assert "claimed" in words


def test_ranges_show_both_ends_and_vague_words_no_number():
    text = shown(ARTICLE, figure("a", value=20, high=30, qualifier=Qualifier.RANGE))
    assert "20–30 range" in text
    assert "vague" in shown(ARTICLE, figure("a", value=None, qualifier=Qualifier.VAGUE))


def test_of_a_long_quote_the_words_around_the_figure_are_shown():
    text = "start " + "before " * 200 + "12 dead " + "after " * 200 + "end"
    place = text.index("12")
    article = Article("a", text)
    one = figure("a", quote=text, figure="12", start=place, end=place + 2, value=12)
    words = " ".join(shown(article, one, width=80).split())
    assert "before 12 dead after" in words
    assert "start" not in words
    assert "end" not in words


def test_the_figure_is_marked_where_it_stands_not_where_its_words_stand_first():
    from tracker.cli.tables import _quote

    text = "A man saw a soldier die. A man saw a soldier die."
    start = text.rindex("a soldier")
    one = figure("a", quote="A man saw a soldier die.", figure="a", start=start, end=start + 1)
    marked = _quote(Article("a", text), one)
    (span,) = marked.spans
    assert marked.plain == "A man saw a soldier die."
    assert marked.plain[span.start :].startswith("a soldier")


def test_an_article_without_figures_says_so():
    assert "Envoy in Moscow  The Daily · 2012-03-26: no casualty figures found" in shown(ARTICLE)

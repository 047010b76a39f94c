"""Printed tables of figures, for terminals of any width."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from tracker.model import Article, Figure, Qualifier
from tracker.sources.pages import figure_page
from tracker.terminal import one_line

if TYPE_CHECKING:
    import pandas as pd

AROUND_THE_FIGURE = 200  # characters of a long quote shown on each side of the figure
NARROW = 110  # narrower terminals show the quote below the figure
WIDTH_ELSEWHERE = 170  # width of tables in a file or pipe

ATTRIBUTES = {"figure\nvalue, qualifier": 24, "outcome\nvictims": 20, "source\ntype": 24, "date, scope\nplace": 24}
"""The columns before the quote, and their maximum widths."""

VIEW_COLUMNS = {
    "figures": "date conflict figure value qualifier outcome victims source_name scope place publisher",
    "claims": "date conflict outcome value qualifier victim_group source_name scope area reports last_reported",
    "totals": "date conflict outcome source_name counted since area value qualifier flag reports",
    "incidents": "date conflict outcome victim_group place low best high sources articles history",
    "disagreement": "date conflict outcome counted since low high spread sources lowest_source highest_source",
    "says": "conflict outcome counted since source_name value qualifier date age position flag",
}
"""The printed columns of each view; exported files have all columns."""

NARROWEST = {
    "date": 10,
    "figure": 12,
    "qualifier": 9,
    "outcome": 9,
    "source_name": 10,
    "scope": 10,
    "last_reported": 10,
}
"""Minimum widths of columns, where they are not 7 or 8."""

NUMBERS = frozenset({"value", "low", "best", "high", "spread", "sources", "articles", "reports", "age"})


def console() -> Console:
    """Return a console on standard output that prints [markup] in texts literally."""
    out = Console(markup=False, highlight=False, emoji=False)
    if not out.is_terminal and "COLUMNS" not in os.environ:
        out.width = WIDTH_ELSEWHERE
    return out


def article_table(article: Article, figures: Sequence[Figure], width: int) -> Table | Text:
    """Return the figures of one article with their quotes, or a line that says there are none.

    A wide terminal shows the quote beside the attributes, a narrow one below them.
    """
    title = _title(article)
    if not figures:
        return title.append(": no casualty figures found\n", style="dim")
    table = Table(title=title, title_justify="left", title_style="", box=box.SIMPLE, show_lines=True, pad_edge=False)
    if width < NARROW:
        table.add_column(_in_columns(map(Text, ATTRIBUTES)), header_style="bold")
        for figure in figures:
            table.add_row(Group(_in_columns(_attributes(article, figure)), _quote(article, figure)))
        return table
    for heading, widest in ATTRIBUTES.items():
        table.add_column(heading, max_width=widest, overflow="fold")
    table.add_column("quote", overflow="fold")
    for figure in figures:
        table.add_row(*_attributes(article, figure), _quote(article, figure))
    return table


def timeline_table(rows: pd.DataFrame, view: str) -> Table:
    """Return the rows of a timeline view, one line each if the terminal is wide enough."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    names = VIEW_COLUMNS[view].split()
    for name in names:
        right, width = "right" if name in NUMBERS else "left", NARROWEST.get(name, min(len(name), 8))
        table.add_column(name.removesuffix("_name"), min_width=width, justify=right)  # type: ignore[arg-type]
    shown = rows.loc[:, names].astype(object)
    for row in shown.where(shown.notna(), "").itertuples(index=False):
        table.add_row(*(Text(one_line(str(value))) for value in row))
    return table


def _title(article: Article) -> Text:
    title = Text(one_line(article.title or article.id), style="bold")
    origin = " · ".join(one_line(part) for part in (article.publisher, article.published) if part)
    return title.append(f"  {origin}" if origin else "", style="not bold dim")


def _in_columns(cells: Iterable[Text]) -> Table:
    """Return the cells side by side in columns of equal width, aligned from row to row."""
    grid = Table.grid(expand=True, padding=(0, 1))
    for _ in ATTRIBUTES:
        grid.add_column(ratio=1, overflow="fold")
    grid.add_row(*cells)
    return grid


def _attributes(article: Article, figure: Figure) -> list[Text]:
    value = "" if figure.value is None else str(figure.value)
    if figure.qualifier == Qualifier.RANGE:
        value = f"{value}–{figure.high}"
    place = ", ".join(part for part in (figure.place, figure.country) if part)
    number = figure_page(article, figure)
    page = "" if number is None else f", page {number}"
    return [
        _two_lines(figure.figure, f"{value} {figure.qualifier}{page}", "bold"),
        _two_lines(figure.outcome, figure.victims),
        _two_lines(figure.source or figure.source_name or "", figure.source_type),
        _two_lines(" ".join(part for part in (figure.date, figure.scope) if part), place),
    ]


def _two_lines(first: str, second: str | None, style: str = "") -> Text:
    text = Text(one_line(first), style=style)
    return text.append(f"\n{one_line(second)}", style="not bold") if second else text


def _quote(article: Article, figure: Figure) -> Text:
    """Return the quote with the figure marked; a long quote is cut around the figure."""
    words = article.title if figure.field == "title" else article.text
    begin = max(words.find(figure.quote, max(0, figure.end - len(figure.quote))), 0)
    before = words[begin : figure.start]
    after = words[figure.end : begin + len(figure.quote)]
    cut_before = "…" + before[-AROUND_THE_FIGURE:] if len(before) > AROUND_THE_FIGURE else before
    cut_after = after[:AROUND_THE_FIGURE] + "…" if len(after) > AROUND_THE_FIGURE else after
    marked = (one_line(figure.figure), "bold reverse")
    return Text.assemble(_spaced(cut_before.lstrip()), marked, _spaced(cut_after.rstrip()))


def _spaced(text: str) -> str:
    """Return the cleaned text. A space at either end is kept."""
    words = one_line(text)
    begin = " " if text[:1].isspace() else ""
    end = " " if words and text[-1:].isspace() else ""
    return begin + words + end

"""The list of figures that `tracker.extract` returns: it shows itself as a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, SupportsIndex, overload

from tracker.model import Figure

if TYPE_CHECKING:
    import pandas as pd

PRINTED = ("figure", "value", "qualifier", "outcome", "victims", "source", "date", "place")
"""The columns that a terminal shows."""

SHOWN = (*PRINTED, "country", "scope", "conflict", "quote")
"""The columns that a notebook shows."""

MOST_ROWS = 60
WIDEST = 24  # characters of a cell that a terminal shows


class Figures(list[Figure]):
    """A list of figures. Its repr is a table of text, in a notebook a table of HTML; a slice of it is one as well.

    >>> Figures()
    no figures
    """

    def to_frame(self) -> pd.DataFrame:
        """The figures as a typed pandas table with all columns of the exchange format (docs/data.md), one row each."""
        from tracker.timelines.columns import frame

        return frame(self)

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Figure: ...
    @overload
    def __getitem__(self, index: slice, /) -> Figures: ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> Figure | Figures:
        found = super().__getitem__(index)
        return Figures(found) if isinstance(found, list) else found

    def __repr__(self) -> str:
        if not self:
            return "no figures"
        rows = [PRINTED, *([_cut(cell) for cell in _cells(one, PRINTED)] for one in self[:MOST_ROWS])]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join([*(_line(row, widths) for row in rows), *self._left_out()])

    def _repr_html_(self) -> str:
        """The table for notebooks. Nothing in it is taken for markup, nor "$" for a formula."""
        if not self:
            return "<p>no figures</p>"
        head = "".join(f"<th>{name}</th>" for name in SHOWN)
        rows = "".join(_html_row(_cells(one, SHOWN)) for one in self[:MOST_ROWS])
        left_out = "".join(f"<p>{line}</p>" for line in self._left_out())
        table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        return f'<table class="tex2jax_ignore mathjax_ignore">{table}</table>{left_out}'

    def _left_out(self) -> list[str]:
        """The line that says how many figures are not shown; none where all are."""
        return [f"… and {len(self) - MOST_ROWS:,} more"] if len(self) > MOST_ROWS else []


def _cells(figure: Figure, columns: Sequence[str]) -> list[str]:
    values = (getattr(figure, name) for name in columns)
    return ["" if value is None else str(value) for value in values]


def _cut(cell: str) -> str:
    """The cell on one line, without control characters and changes of writing direction, and not too long."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1].rstrip()}…"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """The cells of a row below one another, numbers on the right."""
    number = PRINTED.index("value")
    padded = (
        cell.rjust(width) if at == number else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(padded).rstrip()


def _html_row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"

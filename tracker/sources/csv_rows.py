"""Rows of a CSV text. A quote that is never closed costs its own row, not the rows behind it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
QUOTE = '"'
UNCLOSED = "has a quote that is never closed"
MAX_CELL = 20_000_000  # characters of a line or a cell; no article is this long, and copies of it fill the memory
MAX_UNCLOSED = 20  # rows; for each of them the rest of the text is read once more

Row = tuple[int, list[str] | csv.Error]
"""The number of the first line of a row, and its cells, or why it cannot be read."""


def csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a table, the header first. Blank ones are left out."""
    csv.field_size_limit(MAX_CELL)  # articles exceed the csv default of 131,072 characters
    for line, row in _Table(text, delimiter).rows():
        if not isinstance(row, list) or any(cell.strip() for cell in row):
            yield line, row


class TooLongError(csv.Error):
    """A line or a cell is too long to be read."""


class _Lines:
    """The lines of a text, with their ends. It can be set back to an earlier line."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.number = text, 0, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        found = LINE.match(self.text, self.at)
        if found is None:
            raise StopIteration
        self.at, self.number = found.end(), self.number + 1
        if found.end() - found.start() > MAX_CELL:
            raise TooLongError(f"a line is longer than {MAX_CELL:,} characters")
        return found.group()


class _Table:
    """A table while it is read. `width`: the number of columns, 0 before the header was read."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._lines, self._delimiter = _Lines(text), delimiter
        self._width = self._unclosed = 0
        self._no_rows: list[int] = []  # the lines behind an unclosed quote that are no rows

    def rows(self) -> Iterator[Row]:
        """Yield all rows."""
        reader = self._reader(strict=True)
        while True:
            begin, first = self._lines.at, self._lines.number + 1
            try:
                row: list[str] | csv.Error = next(reader)
            except StopIteration:
                break
            except TooLongError as error:
                row, reader = error, self._reader(strict=True)
            except csv.Error as error:
                row = self._broken(error, begin, first)
                reader = self._reader(strict=True)
            if isinstance(row, list) and self._unclosed and not self._is_complete(row):
                self._no_rows.append(first)
                continue
            self._width = self._width or len(row if isinstance(row, list) else ())
            yield first, row
            if self._unclosed and (self._width < 2 or self._unclosed == MAX_UNCLOSED):
                self._no_rows.append(first + 1)
                break
        if self._no_rows:
            yield self._no_rows[0], csv.Error("what follows the quote that is never closed is no row of this table")

    def _is_complete(self, row: list[str]) -> bool:
        """Whether a row behind an unclosed quote is one, and no line of a text: those have blanks behind commas."""
        return len(row) == self._width and not any(cell.startswith(" ") for cell in row[1:])

    def _reader(self, *, strict: bool) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._delimiter, strict=strict)

    def _broken(self, error: csv.Error, begin: int, first: int) -> list[str] | csv.Error:
        """Return the row that begins there, read less strictly, or an error if it has swallowed others."""
        if str(error).startswith("field larger"):
            self._unclosed += 1  # what follows is the rest of the cell
            return TooLongError(f"a cell is longer than {MAX_CELL:,} characters")
        is_end = str(error).startswith("unexpected end")
        row: list[str] = []
        if not is_end or not self._width:
            self._back_to(begin, first)
            row = next(self._reader(strict=False), [])
        if self._width and (is_end or self._swallowed(begin, first)):
            self._unclosed += is_end
            self._back_to(begin, first)
            next(self._lines)
            return csv.Error(UNCLOSED)
        return row

    def _swallowed(self, begin: int, first: int) -> bool:
        """Whether all lines of the row that was read last, except its first one, are rows of their own."""
        count = self._lines.number - first
        lines = _Lines(self._lines.text)
        lines.at = begin
        return count > 0 and all(map(self._is_row, islice(lines, 1, count + 1)))

    def _is_row(self, line: str) -> bool:
        try:
            cells = next(csv.reader([line], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return False
        return self._width > 1 and len(cells) == self._width and not any(QUOTE in cell for cell in cells)

    def _back_to(self, begin: int, first: int) -> None:
        self._lines.at, self._lines.number = begin, first - 1

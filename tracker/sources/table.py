"""CSV tables of articles (one per row) or of figures."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from tracker.model import COLUMNS, InputError
from tracker.sources.csv_rows import Row, csv_rows
from tracker.sources.figures_table import Record, is_of_figures
from tracker.sources.items import NAMES, Item, Note, article_items
from tracker.sources.options import ReadOptions
from tracker.timelines.guard import as_printed

FIRST_LINE = re.compile(r"\s*([^\n]*)")
DELIMITERS = (",", ";", "\t")
DECLARED = re.compile(r'\ufeff?"?sep=([^\w\s"]|\t)"?[ \r]*\n', re.IGNORECASE)
"""The line with which Excel declares the delimiter of a table."""


def read_csv(text: str, path: str, options: ReadOptions) -> Iterator[Item]:
    """Yield one article per row, by the header names of an article's values. Other columns are ignored.

    A table of figures goes to `options.tables`. A bad row becomes an InputError with its line. Any other table is an
    InputError if the user named it, and a Note if it was found in a folder.
    """
    if not text or text.isspace():
        yield InputError(path, "is empty")
        return
    rows = _rows(text, {*NAMES, *options.columns})
    _, first = next(rows, (1, [""]))
    header = [cell.strip().casefold() for cell in first] if isinstance(first, list) else []
    if twice := _twice(header, options):
        yield InputError(path, twice) if options.named else Note(path, f"left out: {twice}")
        return
    if is_of_figures(header):
        yield from options.tables(header, _records(rows, header, path), path)
        return
    wrong = _not_articles(header, options)
    if wrong:
        yield InputError(path, wrong) if options.named else Note(path, f"left out: {wrong}")
        return
    header = options.names(header)
    any_row = False
    for line, row in rows:
        any_row = True
        cells = _cells(row, header, path, line)
        if isinstance(cells, InputError):
            yield cells
        else:
            yield from article_items({name: cell for name, cell in cells.items() if name in NAMES and cell}, path, line)
    if not any_row:
        yield InputError(path, "holds no articles")


def _records(rows: Iterator[Row], header: list[str], path: str) -> Iterator[Record | InputError]:
    """Yield the rows of a table of figures by column, with the formula guard removed."""
    for line, row in rows:
        cells = _cells(row, header, path, line)
        if isinstance(cells, InputError):
            yield cells
        else:
            yield line, {name: as_printed(cell) for name, cell in cells.items()}


def _cells(row: list[str] | csv.Error, header: list[str], path: str, line: int) -> dict[str, str] | InputError:
    """Return the cells of a row by column, or an InputError."""
    if isinstance(row, csv.Error):
        return InputError(path, f"is not CSV: {row}", line)
    if len(row) > len(header):
        return InputError(path, f"has {len(row)} cells, but the header {len(header)}", line)
    return dict(zip(header, row, strict=False))


def _rows(text: str, names: set[str]) -> Iterator[Row]:
    """Yield the first line number and the cells, or the error, of each row that is not blank."""
    declared = DECLARED.match(text)
    if declared is not None:
        text = f"\n{text[declared.end() :]}"  # the lines keep their numbers
    yield from csv_rows(text, declared[1] if declared is not None else _delimiter(text, names))


def first_line(text: str) -> str:
    """Return the first line that is not blank, without a copy of the text."""
    found = FIRST_LINE.match(text)
    return found.group(1) if found else ""


def _delimiter(text: str, names: set[str]) -> str:
    """Return the delimiter that splits the header into the most known names."""
    header = first_line(text)

    def known(delimiter: str) -> int:
        return sum(cell.strip(' "\r').casefold() in names for cell in header.split(delimiter))

    return max(DELIMITERS, key=known)


def _twice(header: list[str], options: ReadOptions) -> str:
    """Return what is wrong if two columns have the same name of an article or a figure, "" if none do."""
    known = Counter(name for name in options.names(header) if name in {*NAMES, *COLUMNS})
    found = [name for name, count in known.items() if count > 1]
    return f"has {known[found[0]]} columns {found[0]}: rename all but one" if found else ""


def _not_articles(header: list[str], options: ReadOptions) -> str:
    """Return why a table with this header holds no articles, "" if it does."""
    missing = [name for name in options.columns if name not in header]
    if missing:
        return f"has no column {missing[0]} (only {', '.join(header)[:80]})"
    if not {"text", "title"} & set(options.names(header)):
        return options.advised(f"has no column text or title (only {', '.join(header)[:80]})", ": --map names yours")
    return ""

"""Tables as Excel workbooks: typed cells, texts that never run as formulas, and two sheets that explain the first."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from tracker.export.notes import notes
from tracker.knowledge import Convention
from tracker.model import COLUMNS, TrackerError
from tracker.timelines.columns import plain
from tracker.timelines.guard import FORMULA
from tracker.timelines.schema import CUT, SCHEMA, Kind, of_kind

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

MOST_ROWS = 1_048_576  # of a sheet, with the header
LONGEST_CELL = 32_767  # Excel counts in units of UTF-16, so an emoji counts as two
EXACT = 10**15  # Excel keeps fifteen digits of a number, so longer ones are written as text
FIRST_DAY = "1900-03-01"  # before it, Excel counts a day that did not exist
CREATOR = "casualty-tracker"
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the date of every part of the file, so that the same table gives the same bytes

WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RISKY = re.compile(FORMULA)
ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")  # what Excel shows for a failed formula, such as #N/A
# Characters that XML cannot hold, and texts that Excel would decode ("_x0041_" as "A").
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LIKE_A_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

WIDTHS = {Kind.WHOLE: 11, Kind.NUMBER: 11, Kind.DATE: 12, Kind.MOMENT: 12, Kind.TEXT: 18}
WIDE = {"quote": 70, "title": 40, "figure": 20, "url": 30, "meaning": 90, "publishers": 50, "note": 90}

Row = Sequence[Any]


def write_excel(
    table: pd.DataFrame,
    path: Path,
    hashtags: Sequence[str] = (),
    convention: Convention | None = None,
    about: Mapping[str, str] | None = None,
) -> None:
    """Write a workbook with the table and, if it is a table of figures, the sheets `sources` and `notes`.

    Days become dates; a month or a year stays text. A text never becomes a formula, whatever it begins with. A text
    that is too long for a cell is cut, with a mark. Characters that no cell can hold become U+FFFD. `hashtags` make a
    second row. The notes name the `convention` of low, best and high. `about`: the lines of a last sheet, "About".
    TrackerError where a sheet has too few rows.
    """
    from openpyxl import Workbook

    above = 2 if hashtags else 1
    if len(table) + above > MOST_ROWS:
        raise TrackerError(f"{len(table)} rows do not fit into an Excel sheet ({MOST_ROWS}): use .csv or .parquet")
    book = Workbook(write_only=True)
    is_figures = set(COLUMNS) <= set(table.columns)
    _add_sheet(book, "figures" if is_figures else "table", table, hashtags)
    if is_figures:
        _add_sheet(book, "sources", sources(table))
        _add_sheet(book, "notes", _notes(table, convention))
    if about:
        _add_about(book, about)
    _save(book, path)


def sources(table: pd.DataFrame) -> pd.DataFrame:
    """One row per source of the figures: name, type, number of figures, first and last date, publishers."""
    named = table.assign(source_name=table["source_name"].fillna("(not attributed)"))
    groups = named.groupby(["source_name", "source_type"], sort=True)
    found = groups.agg(
        figures=("figure_id", "size"),
        first_date=("date", "min"),
        last_date=("date", "max"),
        publishers=("publisher", lambda names: ", ".join(sorted(set(names.dropna()) - {""}))),
    )
    return found.reset_index()


def _notes(table: pd.DataFrame, convention: Convention | None) -> pd.DataFrame:
    """The notes, the meaning of each column, and how many cells had to be changed."""
    said = [("", note) for note in notes(convention)]
    texts = [table[name].dropna() for name in table.columns if pd.api.types.is_string_dtype(table[name].dtype)]
    cut = sum(_too_long(_escaped(cell)) for cells in texts for cell in cells)
    odd = sum(UNWRITABLE.search(cell) is not None for cells in texts for cell in cells)
    if cut:
        said.append(("", f"{cut} cells were cut, because Excel takes {LONGEST_CELL} characters; their end is {CUT}"))
    if odd:
        said.append(("", f"{odd} cells hold characters that Excel cannot; each is shown as \N{REPLACEMENT CHARACTER}"))
    said += [(column.name, f"{column.meaning} ({column.kind})") for column in SCHEMA.values()]
    return pd.DataFrame(said, columns=["column", "meaning"]).astype("str")


def _add_sheet(book: Workbook, name: str, table: pd.DataFrame, hashtags: Sequence[str] = ()) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for place, column in enumerate(table.columns, start=1):
        kind = SCHEMA[column].kind if column in SCHEMA else Kind.TEXT
        sheet.column_dimensions[get_column_letter(place)].width = WIDE.get(column, WIDTHS[kind])
    sheet.freeze_panes = "A3" if hashtags else "A2"
    last = get_column_letter(max(len(table.columns), 1))
    if not hashtags:  # a filter would sort the hashtags among the figures
        sheet.auto_filter.ref = f"A1:{last}{len(table) + 1}"
    heads = [WriteOnlyCell(sheet, str(column)) for column in table.columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    if hashtags:
        sheet.append([_as_text(WriteOnlyCell(sheet, tag)) for tag in hashtags])
    for row in _rows(table, lambda text: _as_text(WriteOnlyCell(sheet, text))):
        sheet.append(row)


def _add_about(book: Workbook, about: Mapping[str, str]) -> None:
    from openpyxl.cell import WriteOnlyCell

    sheet = book.create_sheet("About")
    for column, width in (("A", 30), ("B", 100)):
        sheet.column_dimensions[column].width = width
    for name, text in about.items():
        sheet.append([name, _as_text(WriteOnlyCell(sheet, _fitting(text)))])


def _rows(table: pd.DataFrame, text_cell: Callable[[str], Cell]) -> Iterator[Row]:
    columns = [_cells(table[name], text_cell) for name in table.columns]
    return (list(row) for row in zip(*columns, strict=True))


def _cells(column: pd.Series[Any], text_cell: Callable[[str], Cell]) -> list[Any]:
    """The values of a column for openpyxl: dates, numbers, texts; None for missing values."""
    named_so = column.name in of_kind(Kind.DATE, Kind.MOMENT) or str(column.name).endswith("_date")
    read = _day_or_text if named_so or pd.api.types.is_datetime64_any_dtype(column.dtype) else _value
    return [read(value, text_cell) for value in plain(column)]


def _day_or_text(value: Any, text_cell: Callable[[str], Cell]) -> Any:
    if isinstance(value, str) and WHOLE_DAY.fullmatch(value) and value >= FIRST_DAY:
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return _value(value, text_cell)


def _value(value: Any, text_cell: Callable[[str], Cell]) -> Any:
    if isinstance(value, str):
        text = _fitting(value)
        return text_cell(text) if RISKY.match(text) or ERROR.fullmatch(text) else text
    if isinstance(value, int) and abs(value) >= EXACT:
        return text_cell(str(value))
    return value


def _fitting(text: str) -> str:
    """The text, changed where a cell cannot hold it."""
    text = _escaped(text)
    if not _too_long(text):
        return text
    room = 2 * (LONGEST_CELL - len(CUT))
    return text.encode("utf-16-le", "replace")[:room].decode("utf-16-le", "ignore") + CUT


def _escaped(text: str) -> str:
    return LIKE_A_CODE.sub("_x005F_", UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def _too_long(text: str) -> bool:
    return len(text) * 2 > LONGEST_CELL and len(text.encode("utf-16-le", "replace")) > LONGEST_CELL * 2


def _as_text(cell: Cell) -> Cell:
    """The cell, marked so that it stays a text when somebody edits it and presses Enter."""
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _save(book: Workbook, path: Path) -> None:
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = CREATOR
    book.properties.created = book.properties.modified = dt.datetime(*NO_TIME)
    content = io.BytesIO()  # openpyxl and zipfile print tracebacks of their own where a file cannot be written to
    with _Undated(content, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(book, archive).save()
    path.write_bytes(content.getbuffer())


class _Undated(ZipFile):
    """A zip file whose parts all have the same date."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(ZipInfo(zinfo_or_arcname, NO_TIME), data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        part = ZipInfo(str(arcname), NO_TIME)
        part.compress_type = ZIP_DEFLATED
        with Path(filename).open("rb") as source, self.open(part, "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target)

"""Tables as Excel workbooks: typed cells, texts that never run, and two sheets that explain the first."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
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

MOST_ROWS = 1_048_576  # of a sheet, the header among them
LONGEST_CELL = 32_767  # units of UTF-16, in which Excel counts: an emoji is two
EXACT = 10**15  # Excel keeps fifteen digits of a number; a longer one is written as text
FIRST_DAY = "1900-03-01"  # before it, Excel counts a day that never was
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the date of every part of the file: the same table gives the same bytes

WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RISKY = re.compile(FORMULA)
ERROR = re.compile(r"#[A-Z0-9/]+[!?]?")  # what Excel shows for a failed formula, such as #N/A
# What XML cannot hold, and what Excel would read as the code of a character ("_x0041_" as "A").
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LIKE_A_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

WIDTHS = {Kind.WHOLE: 11, Kind.NUMBER: 11, Kind.DATE: 12, Kind.MOMENT: 12, Kind.TEXT: 18}
WIDE = {"quote": 70, "title": 40, "figure": 20, "url": 30, "meaning": 90, "publishers": 50, "note": 90}

Row = Sequence[Any]


def write_excel(
    table: pd.DataFrame, path: Path, hashtags: Sequence[str] = (), convention: Convention | None = None
) -> None:
    """Write a workbook: the table, and where it is one of figures, a sheet `sources` and a sheet `notes`.

    Whole days become dates; a month or a year stays text. Texts are texts whatever they begin with. A text too long
    for a cell is cut, with a mark; characters that no cell holds become U+FFFD. `hashtags` make a second row;
    `convention` is that of low, best and high, for the notes. TrackerError where the table has more rows than a sheet.
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
    _save(book, path)


def sources(table: pd.DataFrame) -> pd.DataFrame:
    """Who reported the figures: name and type of each source, how many figures, first and last date, publishers."""
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
    """The notes, what each column means, and how many cells are not what they were."""
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
    if not hashtags:  # a filter would sort the hashtags in among the figures
        sheet.auto_filter.ref = f"A1:{last}{len(table) + 1}"
    heads = [WriteOnlyCell(sheet, str(column)) for column in table.columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    if hashtags:
        sheet.append([_as_text(WriteOnlyCell(sheet, tag)) for tag in hashtags])
    for row in _rows(table, lambda text: _as_text(WriteOnlyCell(sheet, text))):
        sheet.append(row)


def _rows(table: pd.DataFrame, text_cell: Callable[[str], Cell]) -> Iterator[Row]:
    columns = [_cells(table[name], text_cell) for name in table.columns]
    return (list(row) for row in zip(*columns, strict=True))


def _cells(column: pd.Series[Any], text_cell: Callable[[str], Cell]) -> list[Any]:
    """The values of a column as openpyxl takes them: dates, numbers, texts; None for what is missing."""
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
    """The text as a cell can hold it."""
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
    """A cell that stays a text, also when somebody opens it and presses Enter."""
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _save(book: Workbook, path: Path) -> None:
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "casualty-tracker"
    book.properties.created = book.properties.modified = dt.datetime(*NO_TIME)
    with _Undated(path, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(book, archive).save()


class _Undated(ZipFile):
    """A zip file in which no part says when it was made."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(ZipInfo(zinfo_or_arcname, NO_TIME), data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        part = ZipInfo(str(arcname), NO_TIME)
        part.compress_type = ZIP_DEFLATED
        with Path(filename).open("rb") as source, self.open(part, "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target)

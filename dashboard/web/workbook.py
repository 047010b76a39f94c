"""The sheet "About" of an Excel file: what the table holds, by which rules, and how to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from openpyxl import load_workbook


def with_about(content: bytes, about: Mapping[str, str]) -> bytes:
    """The Excel file with a second sheet of these lines. The table stays the first sheet."""
    book = load_workbook(BytesIO(content))
    sheet = book.create_sheet("About")
    for name, text in about.items():
        sheet.append([name, text])
        sheet.cell(sheet.max_row, 2).data_type = "s"  # a text is never a formula
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 100
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()

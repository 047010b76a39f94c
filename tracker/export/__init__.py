"""Export: a table becomes a file that other programs read (CSV, JSON Lines, Parquet, Excel, HXL, data packages).

In: any pandas table, the path, and the convention of its bounds. Out: a file, which appears only when it is complete.
Where the columns are those of tracker.timelines.schema, the file also explains them.
"""

from tracker.export.csv_file import csv_text
from tracker.export.excel import write_excel
from tracker.export.jsonl import json_lines
from tracker.export.package import check_folder, write_package
from tracker.export.writing import check_file, write, write_tagged
from tracker.timelines.guard import FORMULA, formula_safe

__all__ = [
    "FORMULA",
    "check_file",
    "check_folder",
    "csv_text",
    "formula_safe",
    "json_lines",
    "write",
    "write_excel",
    "write_package",
    "write_tagged",
]

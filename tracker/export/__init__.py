"""The timeline in files that other programs read: CSV, JSON Lines, Parquet, Excel, HXL and data packages.

Any table can be written; where its columns are those of tracker.timelines.schema, more is said of them.
"""

from tracker.export.csv_file import csv_text
from tracker.export.jsonl import json_lines
from tracker.export.package import check_folder, write_package
from tracker.export.writing import check_suffix, write, write_tagged
from tracker.timelines.guard import FORMULA, formula_safe

__all__ = [
    "FORMULA",
    "check_folder",
    "check_suffix",
    "csv_text",
    "formula_safe",
    "json_lines",
    "write",
    "write_package",
    "write_tagged",
]

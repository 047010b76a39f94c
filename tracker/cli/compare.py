"""The command `compare`: reported totals beside an official dataset, as a table and as a page with charts."""

from __future__ import annotations

import argparse
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.table import Table
from rich.text import Text

from tracker.atomic import Target, check, write_text
from tracker.cli.tables import console
from tracker.cli.timeline import chosen
from tracker.export import csv_text, json_lines
from tracker.knowledge import Conflict, load_conflicts
from tracker.model import TrackerError
from tracker.reference.compare import compare, conflicts_of, late_beginnings, totals_beside
from tracker.reference.marks import is_page
from tracker.reference.reading import read_reference
from tracker.reference.series import Reference, in_words
from tracker.terminal import one_line, tell, write_data

OK, SOME_FAILED = 0, 1
PAGES = (".html", ".htm")
MOST_TOLD = 20  # bad rows of a dataset that are printed

SHOWN = {
    "date": "left",
    "conflict": "left",
    "outcome": "left",
    "source": "left",
    "value": "right",
    "qualifier": "left",
    "reference": "right",
    "low–high": "right",
    "as of": "left",
    "difference": "right",
    "ratio": "right",
    "within": "left",
}
"""The columns of the printed table and the alignment of their cells."""


def compare_command(options: argparse.Namespace) -> int:
    """Print each reported total beside the reference, and write the page of --plot. Returns the exit code."""
    target = _page(options)
    reference = read_reference(options.reference)
    _tell_of(reference)
    totals = totals_beside(chosen(options).totals(), reference)
    conflicts = conflicts_of(reference, load_conflicts(), options.conflict, set(totals["conflict"]))
    rows = compare(totals, reference, conflicts)
    _tell_what_is_left_out(rows, totals[totals["conflict"].isin([one.id for one in conflicts])], reference)
    for note in late_beginnings(reference, [one for one in conflicts if one.id in set(rows["conflict"])]):
        tell(f"note: {note}")
    _print(rows, options.format)
    if target:
        _plot(rows, reference, conflicts, target)
    return SOME_FAILED if reference.skipped else OK


def _page(options: argparse.Namespace) -> Target | None:
    """The page to be written; TrackerError, before anything is read, where it cannot be."""
    if options.plot is None:
        return None
    target = Target(Path(options.plot), "a page of the tracker", is_page, options.force)
    if target.path.suffix.lower() not in PAGES:
        raise TrackerError(f"{options.plot}: a plot is a page: use a name that ends in .html")
    check(target)
    return target


def _tell_of(reference: Reference) -> None:
    """Print what the dataset is and covers, on standard error: the numbers mean nothing without it."""
    for problem in reference.problems[:MOST_TOLD]:
        tell(problem)
    if reference.skipped > MOST_TOLD:
        tell(f"… and {reference.skipped - MOST_TOLD:,} more rows that cannot be read")
    span = f"{in_words(reference.first)} to {in_words(reference.last)}"
    tell(f"{reference.name}: {span}; {reference.counted}")
    for note in reference.notes:
        tell(f"note: {note}")


def _tell_what_is_left_out(rows: pd.DataFrame, totals: pd.DataFrame, reference: Reference) -> None:
    if totals.empty:
        tell(f"note: there is no reported running total that {reference.name} could be laid beside")
    elif len(rows) < len(totals):
        what = f"are of an outcome or of victims that {reference.name} does not count apart"
        tell(f"note: {len(totals) - len(rows)} of {len(totals)} reported totals {what}")


def _print(rows: pd.DataFrame, form: str) -> None:
    if form == "table":
        console().print(comparison_table(rows))
    elif form == "csv":
        joined = rows["figure_ids"].map(" ".join).astype("str")
        write_data([csv_text(rows.assign(figure_ids=joined)).encode()])
    else:
        write_data(json_lines(rows))


def comparison_table(rows: pd.DataFrame) -> Table:
    """Return the rows of a comparison as a printed table, one line each if the terminal is wide enough."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, side in SHOWN.items():
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        table.add_row(*(Text(one_line(cell)) for cell in _cells(row)))
    return table


def _cells(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    group = "" if row["victim_group"] == "unspecified" else f" ({row['victim_group']})"
    bounds = "" if row["reference_low"] is None else f"{row['reference_low']:,}–{row['reference_high']:,}"
    return (
        _day(row["date"]),
        str(row["conflict"]),
        f"{row['outcome']}{group}",
        str(row["source_name"]),
        f"{row['value']:,}",
        str(row["qualifier"]),
        "" if row["reference_value"] is None else f"{row['reference_value']:,}",
        bounds,
        _day(row["reference_date"]),
        "" if row["difference"] is None else signed(row["difference"]),
        "" if row["ratio"] is None else f"{row['ratio']:.2f}",
        {True: "yes", False: "no"}.get(row["within"], ""),
    )


def signed(difference: int) -> str:
    """Format a difference with its sign: "+1,204", "-3", "0"."""
    return f"{difference:+,}" if difference else "0"


def _day(day: object) -> str:
    return f"{day:%Y-%m-%d}" if day is not None else ""


def _plot(rows: pd.DataFrame, reference: Reference, conflicts: Sequence[Conflict], target: Target) -> None:
    """Write the page, complete or not at all. Without rows no page is written."""
    if rows.empty:
        tell(f"note: there is nothing to draw: {target.path} is not written")
        return
    from tracker.reference.page import page  # plotly is slow to import

    write_text(target, page(rows, reference, conflicts))
    tell(f"{len(rows)} reported totals drawn in {target.path}")

"""The commands that show what is in the store: `timeline` prints it, `export` writes it to a file."""

from __future__ import annotations

import argparse
import sys

import pandas as pd

from tracker.cli_show import console, timeline_table
from tracker.cli_terminal import tell
from tracker.export import csv_text, json_lines, write
from tracker.model import Cause
from tracker.store import Store
from tracker.timelines.columns import in_order
from tracker.timelines.filters import Filters, apply

OK = 0


def timeline(options: argparse.Namespace) -> int:
    """Print the rows that meet the filters, in timeline order; returns the exit code."""
    rows = _rows(options)
    if options.format == "table":
        console().print(timeline_table(rows))
    elif options.format == "csv":
        sys.stdout.buffer.write(csv_text(rows).encode())
    else:
        sys.stdout.buffer.writelines(json_lines(rows))
    return OK


def export(options: argparse.Namespace) -> int:
    """Write the rows that meet the filters to a file, in timeline order; returns the exit code."""
    rows = _rows(options)
    write(rows, options.output)
    tell(f"{len(rows)} figures written to {options.output}")
    return OK


def _rows(options: argparse.Namespace) -> pd.DataFrame:
    with Store.open(options.db, create=False) as store:
        table = store.frame()
    rows = in_order(apply(table, filters_of(options)))
    if rows.empty:
        tell(f"note: none of the {len(table)} figures in {store.name} meets the filters")
    return rows


def filters_of(options: argparse.Namespace) -> Filters:
    """What the filters on the command line mean."""
    return Filters(
        conflict=tuple(options.conflict),
        outcome=tuple(options.outcome),
        source=tuple(options.source),
        scope=tuple(options.scope),
        country=tuple(options.country),
        cause=() if options.all_causes else (Cause.CONFLICT,),
        publisher=tuple(options.publisher),
        since=options.since,
        until=options.until,
    )

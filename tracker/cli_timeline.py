"""The command that shows what is in the store: `timeline`; and the rows that meet the filters of a call."""

from __future__ import annotations

import argparse
import sys

import pandas as pd

from tracker.cli_show import console, timeline_table
from tracker.cli_terminal import tell
from tracker.export import csv_text, json_lines
from tracker.model import Cause
from tracker.store import Store
from tracker.timelines.columns import in_order
from tracker.timelines.filters import Filters, apply

OK = 0


def timeline(options: argparse.Namespace) -> int:
    """Print the rows that meet the filters, in timeline order; returns the exit code."""
    rows = chosen_rows(options)
    if options.format == "table":
        console().print(timeline_table(rows))
    elif options.format == "csv":
        sys.stdout.buffer.write(csv_text(rows).encode())
    else:
        sys.stdout.buffer.writelines(json_lines(rows))
    return OK


def chosen_rows(options: argparse.Namespace) -> pd.DataFrame:
    """The figures in the store that meet the filters of a call, in timeline order; a note where none does."""
    with Store.open(options.db, create=False) as store:
        table = store.frame()
    rows = in_order(apply(table, _filters(options)))
    if rows.empty:
        tell(f"note: none of the {len(table)} figures in {store.name} meets the filters")
    return rows


def _filters(options: argparse.Namespace) -> Filters:
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

"""The command `timeline`: prints the store as a timeline. Also builds the filtered timeline for other commands."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pandas as pd

from tracker.api import Timeline
from tracker.archives.parquet import tables
from tracker.cli.stores import open_for_reading
from tracker.cli.tables import console, timeline_table
from tracker.export import csv_text, json_lines
from tracker.knowledge import load_own_names, load_publishers
from tracker.model import Cause
from tracker.terminal import tell, write_data
from tracker.timelines.areas import areas_of
from tracker.timelines.columns import frame
from tracker.timelines.filters import Filters, apply
from tracker.timelines.names import renamed
from tracker.timelines.resolution import resolved

OK = 0


def timeline(options: argparse.Namespace) -> int:
    """Print one view of the timeline. Returns the exit code."""
    rows = viewed(options, options.on)
    if options.format == "table":
        console().print(timeline_table(rows, options.view))
    elif options.format == "csv":
        write_data([csv_text(rows).encode()])
    else:
        write_data(json_lines(rows))
    return OK


def viewed(options: argparse.Namespace, date: str | None = None) -> pd.DataFrame:
    """Return the requested view of the store or of a folder of figures. `date`: for the view `says`."""
    if options.figures is None:
        return chosen(options).view(options.view, date)
    views = [one.view(options.view, date) for one in _of_archive(options)]
    if not views:
        tell(f"note: none of the figures in {options.figures} meets the filters")
        return Timeline(frame([])).view(options.view, date)
    return pd.concat(views, ignore_index=True)


def chosen(options: argparse.Namespace) -> Timeline:
    """Return the timeline of the stored figures that match the filters. Prints a note if none matches."""
    with open_for_reading(options.db) as store:
        table, copies = store.frame(), store.copies()
    told = resolved(renamed(table, load_own_names(options.sources)), areas_of(table), copies)
    rows = apply(told, filters_of(options))
    if table.empty:
        tell(f"note: {store.name} has no figures yet: add articles with `tracker add`")
    elif rows.empty:
        tell(f"note: none of the {len(table)} figures in {store.name} meets the filters")
    return Timeline(rows, options.convention, copies)


def _of_archive(options: argparse.Namespace) -> Iterator[Timeline]:
    """Yield a timeline per conflict, so that only one is in memory."""
    own, filters = load_own_names(options.sources), filters_of(options)
    # the other columns may change: by the user's own names, and where reports of one claim correct each other
    before = Filters(conflict=filters.conflict, outcome=filters.outcome, cause=filters.cause)
    for rows in tables(options.figures, before):
        wanted = apply(resolved(renamed(rows, own), areas_of(rows)), filters)
        if not wanted.empty:
            yield Timeline(wanted, options.convention)


def filters_of(options: argparse.Namespace) -> Filters:
    """Return the filters of a call. A publisher may be named by any of its spellings."""
    known = load_publishers(load_own_names(options.sources).publishers)
    return Filters(
        conflict=tuple(options.conflict),
        outcome=tuple(options.outcome),
        source=tuple(options.source),
        scope=tuple(options.scope),
        country=tuple(options.country),
        cause=() if options.all_causes else (Cause.CONFLICT,),
        publisher=tuple(spelling for one in options.publisher for spelling in {one, known.name(one)}),
        since=options.since,
        until=options.until,
    )

"""The command `export`: it writes the figures of a store to files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.model import TrackerError
from tracker.terminal import tell

if TYPE_CHECKING:
    import pandas as pd

OK = 0
PROBLEMS_NAMED = 3


def export(options: argparse.Namespace) -> int:
    """Write the rows that meet the filters to a file, a data package or both; returns the exit code.

    If something cannot be written, a TrackerError says so before anything is read.
    """
    from tracker.cli.timeline import viewed
    from tracker.export import write, write_package, write_tagged
    from tracker.knowledge import load_convention

    _check(options)
    rows, convention = viewed(options), load_convention(options.convention)
    if options.output:
        (write_tagged if options.hxl else write)(rows, options.output, convention, force=options.force)
        tell(f"{len(rows)} {options.view} written to {options.output}")
    if options.package:
        _note_problems(rows)
        write_package(rows, options.package, convention)
        tell(f"{len(rows)} figures written to {Path(options.package) / 'datapackage.json'}")
    return OK


def _note_problems(rows: pd.DataFrame) -> None:
    """Report the rows that do not pass the schema, which a correction by a person may have caused."""
    from tracker.timelines.checks import check

    problems = check(rows)
    for problem in problems[:PROBLEMS_NAMED]:
        which = rows["figure_id"].iloc[problem.row or 0]
        tell(f"note: figure {which}: {problem.column} {problem.what}")
    if len(problems) > PROBLEMS_NAMED:
        tell(f"note: {len(problems) - PROBLEMS_NAMED} more cells are not as the schema says")


def _check(options: argparse.Namespace) -> None:
    from tracker.export import check_file, check_folder

    if not options.output and not options.package:
        raise TrackerError("export where to? name a file with -o FILE, or a folder with --package DIR")
    if options.hxl and not options.output:
        raise TrackerError("--hxl is for a file: name one with -o FILE")
    if (options.hxl or options.package) and options.view != "figures":
        raise TrackerError("--hxl and --package are for the view figures")
    if options.output:
        check_file(options.output, tagged=options.hxl, force=options.force)
    if options.package:
        check_folder(Path(options.package))

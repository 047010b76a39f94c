"""Reading a dataset: its format is recognised by its columns, not by its name."""

from __future__ import annotations

from pathlib import Path

from tracker.model import InputError
from tracker.reference import acled, cumulative, palestine, ucdp
from tracker.reference.cells import collect
from tracker.reference.files import open_rows
from tracker.reference.series import Format, Reference

FORMATS: tuple[Format, ...] = (ucdp.FORMAT, acled.FORMAT, palestine.FORMAT, cumulative.FORMAT)
"""In the order in which they are tried."""


def read_reference(path: str | Path) -> Reference:
    """The dataset in a file (CSV or a JSON array; plain, .gz, or a .zip with one file in it).

    Rows that cannot be read are listed in `problems`. InputError where the file cannot be opened, has no known format,
    or has no row that can be read.
    """
    rows = open_rows(path)
    known = _format(rows.header, str(path))
    return known.read(collect(rows, (*known.needs, *known.may_have)))


def _format(header: tuple[str, ...], path: str) -> Format:
    for known in FORMATS:
        if set(known.needs) <= set(header):
            return known
    sought = "; ".join(f"{known.name}: {', '.join(known.needs)}" for known in FORMATS)
    raise InputError(path, f"is no reference series that is known (columns looked for: {sought})")

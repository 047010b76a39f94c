"""Files, folders, web addresses and standard input: where what is read comes from."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tracker.model import InputError
from tracker.sources.bounds import Budget
from tracker.sources.figures_table import TableReader, leave_figures_out
from tracker.sources.how import How
from tracker.sources.items import Item, storable
from tracker.sources.kinds import KINDS, kind_of
from tracker.sources.reliefweb import address_of
from tracker.sources.streams import read_file, read_stream
from tracker.sources.typed_tables import reader_of
from tracker.sources.web import RELIEFWEB, read_address

STANDARD_INPUT = "-"

ABOUT_THE_FOLDER = re.compile(
    r"(?:readme|licen[cs]e|changelog|contributing|notice|datapackage\.json)\b.*", re.IGNORECASE
)
"""Files that folders of articles often hold and that are none; named one by one, they are read."""

ADDRESS = re.compile(rf"[a-z][a-z0-9+.-]+://|{RELIEFWEB}", re.IGNORECASE)


def read_items(
    paths: Iterable[str | Path], tables: TableReader | None = None, how: How | None = None
) -> Iterator[Item]:
    """Everything that the paths hold, in order: readings, notes, and an InputError for each thing that fails.

    A path is a file, a folder, a web address, or "-" for standard input. `tables` says what becomes of a table of
    figures that is named: by default it is refused, `read_figures` reads it. `how` says everything else; without it,
    no column is mapped, and web addresses are fetched.
    """
    how = how or _by_default()
    how = how if tables is None else replace(how, tables=tables)
    for path in map(str, paths):
        try:
            yield from _read(path, replace(how, budget=Budget()))
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(storable(path), f"cannot be read: {error.strerror or error}")


def _by_default() -> How:
    from tracker.fetching import Visitor

    return How(web=Visitor())


def _read(path: str, how: How) -> Iterator[Item]:
    if path == STANDARD_INPUT:
        yield from read_stream(sys.stdin.buffer, "standard input", "", how)
    elif not path or "\0" in path:
        yield InputError(storable(path), "is not a path")
    elif ADDRESS.match(path):
        address = address_of(path) if path.lower().startswith(RELIEFWEB) else path
        yield from read_address(storable(address), how, read_file)
    elif Path(path).is_dir():
        yield from _read_folder(path, how)
    else:
        yield from _read_path(path, how)


def _read_folder(folder: str, how: How) -> Iterator[Item]:
    empty = True
    for path in _files_of(folder):
        empty = False
        try:
            yield from _read_path(path, replace(how, tables=leave_figures_out, named=False, budget=Budget()))
        except InputError as error:
            yield error
    if empty:
        yield InputError(storable(folder), f"holds no articles ({' '.join(KINDS)})")


def _files_of(folder: str) -> Iterator[str]:
    """The files of the known kinds in a folder and those below it, in order; nothing hidden, no links to folders."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if kind_of(name) and not name.startswith(".") and not ABOUT_THE_FOLDER.fullmatch(name):
                yield str(Path(place) / name)


def _read_path(path: str, how: How) -> Iterator[Item]:
    shown = storable(path)
    try:
        with Path(path).open("rb") as file:
            read_table = reader_of(path)
            if read_table is not None:
                yield from read_table(file.read(), shown, how)
                return
            yield from read_file(file, path, how)
    except FileNotFoundError:
        yield InputError(shown, "does not exist")
    except OSError as error:
        yield InputError(shown, f"cannot be read: {error.strerror or error}")


def read_opened(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The items in an open file of this name, which may be packed; nothing is fetched, and no figures are read."""
    yield from read_file(stream, name, How())

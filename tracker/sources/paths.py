"""Entry point of reading: opens files, folders, web addresses and standard input."""

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
from tracker.sources.checkpoints import begin_file
from tracker.sources.figures_table import TableReader, skip_figures
from tracker.sources.items import Item, storable
from tracker.sources.kinds import KINDS, kind_of
from tracker.sources.options import ReadOptions
from tracker.sources.streams import read_file, read_stream
from tracker.sources.typed_tables import reader_of
from tracker.sources.web import RELIEFWEB, read_address

STANDARD_INPUT = "-"
IN_WORDS = "standard input"

ABOUT_THE_FOLDER = re.compile(
    r"(?:readme|licen[cs]e|changelog|contributing|notice|datapackage\.json)\b.*", re.IGNORECASE
)
"""Files in folders of articles that are not articles. They are read only if the user names them."""

ADDRESS = re.compile(rf"[a-z][a-z0-9+.-]+://|{RELIEFWEB}", re.IGNORECASE)


def read_items(
    paths: Iterable[str | Path], tables: TableReader | None = None, options: ReadOptions | None = None
) -> Iterator[Item]:
    """Yield everything in the paths, in order: readings, notes, and an InputError for each failure.

    A path is a file, a folder, a web address, or "-" for standard input. `tables` handles a table of figures that is
    named: by default it is refused; `read_figures` reads it. Without `options` no column is mapped, and web addresses
    are fetched.
    """
    options = options or _by_default()
    options = options if tables is None else replace(options, tables=tables)
    for path in map(str, paths):
        try:
            yield from _read(path, replace(options, budget=Budget()))
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(storable(path), f"cannot be read: {error.strerror or error}")


def _by_default() -> ReadOptions:
    from tracker.fetching import Visitor

    return ReadOptions(web=Visitor())


def _read(path: str, options: ReadOptions) -> Iterator[Item]:
    if path == STANDARD_INPUT:
        if begin_file(IN_WORDS):
            yield from read_stream(sys.stdin.buffer, IN_WORDS, "", options)
    elif not path or "\0" in path:
        yield InputError(storable(path), "is not a path")
    elif ADDRESS.match(path):
        yield from _read_address(path, options)
    elif Path(path).is_dir():
        yield from _read_folder(path, options)
    else:
        yield from _read_path(path, options)


def _read_address(path: str, options: ReadOptions) -> Iterator[Item]:
    from tracker.sources.reliefweb import address_of

    address = storable(address_of(path) if path.lower().startswith(RELIEFWEB) else path)
    if begin_file(address):
        yield from read_address(address, options, read_file)


def _read_folder(folder: str, options: ReadOptions) -> Iterator[Item]:
    empty = True
    for path in _files_of(folder):
        empty = False
        try:
            yield from _read_path(path, replace(options, tables=skip_figures, named=False, budget=Budget()))
        except InputError as error:
            yield error
    if empty:
        yield InputError(storable(folder), f"holds no articles ({' '.join(KINDS)})")


def _files_of(folder: str) -> Iterator[str]:
    """Yield the files of known formats in a folder and below, sorted, without hidden files and linked folders."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if kind_of(name) and not name.startswith(".") and not ABOUT_THE_FOLDER.fullmatch(name):
                path = Path(place) / name
                if path.is_file() or not path.exists():  # no pipe or device: they do not end; a dead link is reported
                    yield str(path)


def _read_path(path: str, options: ReadOptions) -> Iterator[Item]:
    shown = storable(path)
    if not begin_file(shown):
        return
    try:
        with Path(path).open("rb") as file:
            read_table = reader_of(path)
            if read_table is not None:
                yield from read_table(file.read(), shown, options)
                return
            yield from read_file(file, path, options)
    except FileNotFoundError:
        yield InputError(shown, "does not exist")
    except OSError as error:
        yield InputError(shown, f"cannot be read: {error.strerror or error}")


def read_opened(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Yield the items in an open file, which may be compressed. Nothing is fetched, tables of figures are refused."""
    yield from read_file(stream, name, ReadOptions())

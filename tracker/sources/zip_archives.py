"""ZIP archives: reads every member of a known format, in archive order."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from tracker.model import InputError
from tracker.sources.archives import BROKEN, is_known, options_inside, shown, stop_where_spent
from tracker.sources.bounds import bounded, max_unpacked
from tracker.sources.docx import read_docx
from tracker.sources.isolation import isolated
from tracker.sources.items import Item, Note
from tracker.sources.options import Read, ReadOptions
from tracker.sources.zip_recovery import found_files

DOCUMENT = "word/document.xml"
NO_INDEX = (*BROKEN, OSError, struct.error, LookupError)

Member = tuple[zipfile.ZipInfo, Callable[[], IO[bytes]]]
"""An entry of an archive, and how it is opened."""


def read_zip(stream: IO[bytes], path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the items of the files in a ZIP archive, an InputError for each unreadable file, a Note for each link.

    If the index of the archive is missing or damaged, the files are found by their own headers.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except NO_INDEX as error:
        yield InputError(path, f"is not a whole ZIP archive ({type(error).__name__})")
        yield from _members(found_files(stream), path, options, read)
        return
    with archive:
        if DOCUMENT in archive.namelist():
            stream.seek(0)
            yield from read_docx(stream.read(), path)
            return
        known = False
        for item in _members(_indexed(archive), path, options, read):
            known = True
            yield item
    if not known:
        yield InputError(path, "holds no articles")


def _indexed(archive: zipfile.ZipFile) -> Iterator[Member]:
    for entry in archive.infolist():
        yield entry, lambda entry=entry: archive.open(entry)  # type: ignore[misc]


def _members(members: Iterator[Member], path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    inside = options_inside(options)
    with options.budget.inside(path):
        for number, (entry, opened) in enumerate(members, start=1):
            options.budget.one_file(path)
            if not entry.filename:
                yield InputError(path, f"entry {number} has no name: it is not read")
            elif not entry.filename.endswith("/") and is_known(entry.filename):
                name = shown(path, entry.filename)
                yield from isolated(_member((entry, opened), name, inside, read), name)
                stop_where_spent(options, path)


def _member(member: Member, name: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    entry, opened = member
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield Note(name, "left out: is a link")
    elif entry.flag_bits & 1:
        yield InputError(name, "is encrypted: unpack it first")
    else:
        with opened() as packed:
            stream = bounded(packed, name, options.budget, max_unpacked(entry.compress_size))
            yield from read(stream, name, options, "")

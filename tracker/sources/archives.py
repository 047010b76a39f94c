"""ZIP and TAR archives: each file in one that is of a known kind is read, in the order of the archive.

Nothing is ever written: the names in an archive are shown and tell the kind, they are no paths. Links and devices are
left out. How much comes out is bounded (tracker.sources.bounds).
"""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO

from tracker.model import InputError
from tracker.sources.bounds import MOST_BYTES, bounded, most_of
from tracker.sources.docx import read_docx
from tracker.sources.figures_table import leave_figures_out
from tracker.sources.how import How, Read
from tracker.sources.items import Item, Note, one_line
from tracker.sources.kinds import kind_of

BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
DOCUMENT = "word/document.xml"


def read_zip(stream: IO[bytes], path: str, how: How, read: Read) -> Iterator[Item]:
    """What the files in a ZIP archive hold; an InputError for each that cannot be read, a Note for each link."""
    try:
        archive = zipfile.ZipFile(stream)
    except (*BROKEN, OSError) as error:
        yield InputError(path, f"is not a whole ZIP archive ({type(error).__name__})")
        return
    with archive:
        if DOCUMENT in archive.namelist():
            stream.seek(0)
            yield from read_docx(stream.read(), path)
            return
        inside, known = replace(how, named=False, tables=leave_figures_out), 0
        with how.budget.inside(path):
            for member in archive.infolist():
                how.budget.one_file(path)
                if member.is_dir() or not _is_known(member.filename):
                    continue
                known += 1
                yield from _zip_member(archive, member, path, (inside, read))
    if not known:
        yield InputError(path, "holds no articles")


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, reading: tuple[How, Read]
) -> Iterator[Item]:
    how, read = reading
    shown = _shown(path, member.filename)
    if stat.S_ISLNK(member.external_attr >> 16):
        yield Note(shown, "left out: is a link")
        return
    if member.flag_bits & 1:
        yield InputError(shown, "is encrypted: unpack it first")
        return
    try:
        with archive.open(member) as packed:
            stream = bounded(packed, shown, how.budget, most_of(member.compress_size))
            yield from read(stream, shown, how, "")
    except InputError as error:
        yield error
        _stop_where_spent(how, path)
    except (*BROKEN, OSError) as error:
        yield InputError(shown, f"is damaged ({type(error).__name__})")


def read_tar(stream: IO[bytes], path: str, how: How, read: Read) -> Iterator[Item]:
    """The same for a TAR archive, which is read as it comes."""
    inside, known = replace(how, named=False, tables=leave_figures_out), 0
    try:
        source = bounded(stream, path, how.budget, MOST_BYTES)
        with how.budget.inside(path), tarfile.open(fileobj=source, mode="r|") as archive:
            for member in archive:
                how.budget.one_file(path)
                if member.isdir() or not _is_known(member.name):
                    continue
                known += 1
                yield from _tar_member(archive, member, path, (inside, read))
    except (*BROKEN, OSError) as error:
        yield InputError(path, f"is not a whole TAR archive ({type(error).__name__})")
        known += 1
    if not known:
        yield InputError(path, "holds no articles")


def _tar_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, path: str, reading: tuple[How, Read]
) -> Iterator[Item]:
    how, read = reading
    shown = _shown(path, member.name)
    opened = archive.extractfile(member) if member.isfile() else None
    if opened is None:
        yield Note(shown, "left out: is a link or a device")
        return
    try:
        yield from read(bounded(opened, shown, how.budget), shown, how, "")
    except InputError as error:
        yield error
        _stop_where_spent(how, path)


def _stop_where_spent(how: How, path: str) -> None:
    if how.budget.size <= 0:
        raise InputError(path, "unpacks to too much: the rest is not read")


def _is_known(name: str) -> bool:
    """Whether a file of this name is read: of a known kind, and not hidden."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts if part not in (".", ".."))
    return bool(kind_of(name)) and not hidden


def _shown(path: str, name: str) -> str:
    return f"{path}: {one_line(name)[:300]}"

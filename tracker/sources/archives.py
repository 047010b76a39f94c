"""ZIP and TAR archives: reads every member of a known format, in archive order.

Nothing is written to disk. Member names are shown to the user and tell the format; they are never used as paths.
Links and devices are skipped. The unpacked size is limited (tracker.sources.bounds).
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
from tracker.sources.bounds import MAX_BYTES, bounded, max_unpacked
from tracker.sources.docx import read_docx
from tracker.sources.figures_table import skip_figures
from tracker.sources.items import Item, Note, one_line
from tracker.sources.kinds import kind_of
from tracker.sources.options import Read, ReadOptions

BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
DOCUMENT = "word/document.xml"


def read_zip(stream: IO[bytes], path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the items of the files in a ZIP archive, an InputError for each unreadable file, a Note for each link."""
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
        inside, known = replace(options, named=False, tables=skip_figures), 0
        with options.budget.inside(path):
            for member in archive.infolist():
                options.budget.one_file(path)
                if member.is_dir() or not _is_known(member.filename):
                    continue
                known += 1
                yield from _zip_member(archive, member, path, (inside, read))
    if not known:
        yield InputError(path, "holds no articles")


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, reading: tuple[ReadOptions, Read]
) -> Iterator[Item]:
    options, read = reading
    shown = _shown(path, member.filename)
    if stat.S_ISLNK(member.external_attr >> 16):
        yield Note(shown, "left out: is a link")
        return
    if member.flag_bits & 1:
        yield InputError(shown, "is encrypted: unpack it first")
        return
    try:
        with archive.open(member) as packed:
            stream = bounded(packed, shown, options.budget, max_unpacked(member.compress_size))
            yield from read(stream, shown, options, "")
    except InputError as error:
        yield error
        _stop_where_spent(options, path)
    except (*BROKEN, OSError) as error:
        yield InputError(shown, f"is damaged ({type(error).__name__})")


def read_tar(stream: IO[bytes], path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the same for a TAR archive, which is read as a stream."""
    inside, known = replace(options, named=False, tables=skip_figures), 0
    try:
        source = bounded(stream, path, options.budget, MAX_BYTES)
        with options.budget.inside(path), tarfile.open(fileobj=source, mode="r|") as archive:
            for member in archive:
                options.budget.one_file(path)
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
    archive: tarfile.TarFile, member: tarfile.TarInfo, path: str, reading: tuple[ReadOptions, Read]
) -> Iterator[Item]:
    options, read = reading
    shown = _shown(path, member.name)
    opened = archive.extractfile(member) if member.isfile() else None
    if opened is None:
        yield Note(shown, "left out: is a link or a device")
        return
    try:
        yield from read(bounded(opened, shown, options.budget), shown, options, "")
    except InputError as error:
        yield error
        _stop_where_spent(options, path)


def _stop_where_spent(options: ReadOptions, path: str) -> None:
    if options.budget.size <= 0:
        raise InputError(path, "unpacks to too much: the rest is not read")


def _is_known(name: str) -> bool:
    """Whether a file of this name has a known format and is not hidden."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts if part not in (".", ".."))
    return bool(kind_of(name)) and not hidden


def _shown(path: str, name: str) -> str:
    return f"{path}: {one_line(name)[:300]}"

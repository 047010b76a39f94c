"""TAR archives: reads every member of a known format, in archive order, from a stream."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import IO, Self

from tracker.model import InputError
from tracker.sources.archives import BROKEN, is_known, options_inside, shown, stop_where_spent
from tracker.sources.bounds import MAX_BYTES, bounded
from tracker.sources.isolation import isolated
from tracker.sources.items import Item, Note
from tracker.sources.options import Read, ReadOptions

NAME_BYTES = 100  # of a header; the name stands first in it


def read_tar(stream: IO[bytes], path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    """Yield the items of the files in a TAR archive, an InputError for each damaged one, a Note for each link."""
    nothing = True
    try:
        source = bounded(stream, path, options.budget, MAX_BYTES)
        for item in _members(source, path, options, read):
            nothing = False
            yield item
    except (*BROKEN, OSError) as error:
        yield InputError(path, f"is not a whole TAR archive ({type(error).__name__})")
        return
    if nothing:
        yield InputError(path, "holds no articles")


def _members(source: IO[bytes], path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    damaged: list[str] = []
    inside = options_inside(options)
    # zeros are passed over like damaged headers, so that the next whole header is found
    opened = _Archive.open(fileobj=source, mode="r|", tarinfo=_noting(damaged), ignore_zeros=True)
    with options.budget.inside(path), opened as archive:
        for member in archive:
            yield from _damage(damaged, path)
            options.budget.one_file(path)
            if not member.isdir() and is_known(member.name):
                name = shown(path, member.name)
                yield from isolated(_member(archive, member, name, (inside, read)), name)
                stop_where_spent(options, path)
        yield from _damage(damaged, path)


class _Archive(tarfile.TarFile):
    """An archive in which a damaged header does not end the search for the next one."""

    def next(self) -> tarfile.TarInfo | None:
        """Return the next member, None at the end."""
        while True:
            try:
                return super().next()
            except tarfile.ReadError:
                here = self.fileobj.tell() if self.fileobj is not None else 0
                if here <= self.offset:
                    raise
                self.offset = here


def _noting(damaged: list[str]) -> type[tarfile.TarInfo]:
    """Return a class of headers that notes the name in the first damaged one. tarfile passes them over in silence."""

    class Header(tarfile.TarInfo):
        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            try:
                return super().frombuf(buf, encoding, errors)
            except tarfile.HeaderError:
                if any(buf) and not damaged:
                    damaged.append(bytes(buf[:NAME_BYTES]).partition(b"\0")[0].decode("utf-8", "replace"))
                raise

    return Header


def _damage(damaged: list[str], path: str) -> Iterator[InputError]:
    """Yield an error that names the damaged header, if there was one, and forget it."""
    if damaged:
        name = damaged.pop()
        if is_known(name):
            yield InputError(shown(path, name), "is damaged: its header cannot be read")
        else:
            yield InputError(path, "is not a whole TAR archive: a header is damaged")


def _member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, reading: tuple[ReadOptions, Read]
) -> Iterator[Item]:
    options, read = reading
    opened = archive.extractfile(member) if member.isfile() else None
    if opened is None:
        yield Note(name, "left out: is a link or a device")
    else:
        yield from read(bounded(opened, name, options.budget), name, options, "")

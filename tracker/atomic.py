"""Writing files: a file appears when it is complete, and nothing that matters is overwritten by mistake.

Every command that writes a file uses `replacing`. The content goes into a temporary file in the same folder, which is
synchronised to the disk and then renamed. So a reader, a full disk or a power cut finds the older file or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tracker.model import TrackerError

DATABASE = b"SQLite format 3\0"
"""How an SQLite database begins, such as a store."""
LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""How the write-ahead log of a database begins."""
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files that belong to it."""

FULL = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "your share of the disk is full"}


@dataclass(frozen=True, slots=True)
class Target:
    """A file to be written.

    `kind` says what it will be ("a table of the tracker"). `is_own` says whether an existing file is of that kind, so
    that it may be replaced. With `force` any file may be replaced, but a database only by a `database`.
    """

    path: Path
    kind: str
    is_own: Callable[[Path], bool]
    force: bool = False
    database: bool = False


def check(target: Target) -> None:
    """TrackerError where the file may not be written. Call it before the work whose result goes into the file."""
    path = target.path
    if "\0" in str(path):
        raise TrackerError(f"{path}: cannot be written: the name holds a NUL")
    try:
        if path.is_dir():
            raise TrackerError(f"{path}: is a folder: name a file in it")
        if not path.parent.is_dir():
            raise TrackerError(f"{path}: cannot be written: there is no folder {path.parent}")
        if _belongs_to_database(path) or (not target.database and _begins(path) == DATABASE):
            raise TrackerError(f"{path}: is a database, such as a store, or belongs to one: name another file")
        if not path.is_file() or not path.stat().st_size or target.force or target.is_own(path):
            return
    except (OSError, ValueError) as error:
        raise _told(path, error) from error
    raise TrackerError(f"{path}: is not {target.kind}: name another file, or replace it with --force")


@contextmanager
def replacing(target: Target) -> Iterator[Path]:
    """Where to write what will be at the target once it is complete. TrackerError where it cannot be written.

    A pipe or a device is written to directly. A link stays, and the file that it leads to is replaced.
    """
    check(target)
    if target.path.exists() and not target.path.is_file():
        with _telling(target.path):
            yield target.path
        return
    place = Path(os.path.realpath(target.path))
    unfinished = place.with_name(f".tracker-{os.urandom(8).hex()}")
    with _telling(target.path):
        try:
            yield unfinished
            _keep_mode(place, unfinished)
            _synchronise(unfinished)
            unfinished.replace(place)
            _synchronise(place.parent)
        finally:
            for end in ("", *BESIDE):
                unfinished.with_name(unfinished.name + end).unlink(missing_ok=True)


def write_text(target: Target, text: str) -> None:
    """Write a text in UTF-8, with its line ends as they are."""
    with replacing(target) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="")


def is_full(error: Exception) -> bool:
    """Whether there was no room on the disk."""
    return getattr(error, "errno", None) in FULL


def why(error: Exception) -> str:
    """Why a file could not be written, in a few words and without the name of the temporary file."""
    number = getattr(error, "errno", None)
    if isinstance(number, int):
        return FULL.get(number) or os.strerror(number)
    return " ".join(str(error).split()) or type(error).__name__


def _begins(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as stream:
        return stream.read(len(DATABASE))


def _belongs_to_database(path: Path) -> bool:
    """Whether the name or the content is that of a file that SQLite keeps beside a database."""
    owners = [path.with_name(path.name.removesuffix(end)) for end in BESIDE if path.name.endswith(end)]
    return any(_begins(owner) == DATABASE for owner in owners) or _begins(path).startswith(LOGS)


def _keep_mode(place: Path, unfinished: Path) -> None:
    with contextlib.suppress(OSError):  # the mode of a file is not worth failing for
        if place.exists():
            unfinished.chmod(place.stat().st_mode & 0o7777)


def _synchronise(path: Path) -> None:
    """Have the content of a file, or the names in a folder, written to the disk."""
    flags = os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR
    try:
        opened = os.open(path, flags)
    except OSError:
        if path.is_dir():  # not every system opens folders
            return
        raise
    try:
        os.fsync(opened)
    except OSError as error:
        if not path.is_dir() or error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):
            raise
    finally:
        os.close(opened)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _told(path, error) from error


def _told(path: Path, error: Exception) -> TrackerError:
    return TrackerError(f"{path}: cannot be written: {why(error)}")

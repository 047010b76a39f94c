"""What ZIP and TAR archives have in common: which of their files are read, how they are named, and when to stop.

Nothing is written to disk. Member names are shown to the user and tell the format; they are never used as paths.
Links and devices are skipped. The unpacked size is limited (tracker.sources.bounds).
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import PurePosixPath

from tracker.model import InputError
from tracker.sources.figures_table import skip_figures
from tracker.sources.items import one_line
from tracker.sources.kinds import kind_of
from tracker.sources.options import ReadOptions

BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What the archive libraries raise for an archive that is damaged as a whole."""


def options_inside(options: ReadOptions) -> ReadOptions:
    """Return the options for the files in an archive: the user did not name them."""
    return replace(options, named=False, tables=skip_figures)


def is_known(name: str) -> bool:
    """Whether a file of this name has a known format and is not hidden."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts if part not in (".", ".."))
    return bool(kind_of(name)) and not hidden


def shown(path: str, name: str) -> str:
    """Return the name of a file in an archive, for messages."""
    return f"{path}: {one_line(name)[:300]}"


def stop_where_spent(options: ReadOptions, path: str) -> None:
    """Raise InputError if no more may be unpacked."""
    if options.budget.size <= 0:
        raise InputError(path, "unpacks to too much: the rest is not read")

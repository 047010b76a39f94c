"""Copies of prepared knowledge as JSON in the user's cache folder: TOML files, which Python parses slowly, and tables.

A copy is used while it bears the hash of all that it was made of, and the one of its own content. Whatever is wrong
with it (not there, changed, no file, a folder that cannot be written), its content is made anew. JSON holds nothing
that runs.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

FOLDER = "casualty-tracker"
COPIES = "prepared"
"""The folder in it that holds the copies."""
DAYS = 60  # a copy that was not written for so long is removed when another one is written: nobody may need it
_DAY = 24 * 60 * 60
_OWN = re.compile(r"[0-9a-f]{24}\.json|\.[0-9a-f]{16}")  # the names of copies, and of those that are being written


def copied(name: str, made_of: bytes, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `make` makes of `made_of`, in which all stands that it depends on. `name` is the full name of the copy."""
    path, of = _path_of(name), sha256(made_of).hexdigest()
    content = _copied(path, of)
    if content is None:
        content = make()
        _copy(path, of, content)
    return content


@cache
def _folder() -> Path | None:
    """The folder of the copies; None where the user has none."""
    from platformdirs import user_cache_path

    folder = user_cache_path(FOLDER, appauthor=False)
    return folder / COPIES if folder.is_absolute() else None


def _path_of(name: str) -> Path | None:
    """Where the copy of this name is: one for each, so that edits do not fill the folder."""
    folder = _folder()
    return folder / f"{sha256(os.fsencode(name)).hexdigest()[:24]}.json" if folder is not None else None


def _copied(path: Path | None, of: str) -> dict[str, Any] | None:
    """The content of the copy of what has this hash; None if there is no such copy."""
    if path is None:
        return None
    try:
        data = path.read_bytes() if path.is_file() else b""  # to read a pipe would wait for ever
        text = memoryview(data)[len(_head(of, b"")) : -1]
        content = orjson.loads(text) if data.startswith(_head(of, text)) else None
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _head(of: str, text: bytes | memoryview) -> bytes:
    """What stands before this content in a copy; it is of one length."""
    return f'{{"of":"{of}","sha256":"{sha256(text).hexdigest()}","content":'.encode()


def _copy(path: Path | None, of: str, content: dict[str, Any]) -> None:
    """Write the copy, if JSON can hold it: it has no dates, and no number that is infinite."""
    if path is None:
        return
    with contextlib.suppress(OSError, TypeError, ValueError):
        text = orjson.dumps(content, option=orjson.OPT_PASSTHROUGH_DATETIME)
        if orjson.loads(text) != content:
            return
        path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        unfinished = path.with_name(f".{os.urandom(8).hex()}")
        try:
            unfinished.write_bytes(_head(of, text) + text + b"}")
            unfinished.replace(path)  # a reader finds the older copy or this one
        finally:
            unfinished.unlink(missing_ok=True)
        _remove_old(path.parent)


@cache
def _remove_old(folder: Path) -> None:
    """Remove old copies, once in a process: those of files and trackers that are gone, and what was never finished.

    One that is still needed is made anew.
    """
    oldest = time.time() - DAYS * _DAY
    for file in filter(lambda file: _OWN.fullmatch(file.name), folder.iterdir()):
        with contextlib.suppress(OSError):  # another process was faster, or it is no file
            if file.stat(follow_symlinks=False).st_mtime < oldest:
                file.unlink()

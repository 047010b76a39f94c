"""Copies of the TOML files of data/ as JSON in the user's cache folder, because Python parses TOML slowly.

A copy is used while it bears the hash of the text of its file. Whatever is wrong with it (not there, cut off, no JSON,
a folder that cannot be written), the TOML file is parsed. JSON holds nothing that runs.
"""

from __future__ import annotations

import contextlib
import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

FOLDER = "casualty-tracker"


def parsed(file: str, text: str) -> dict[str, Any]:
    """The content of a TOML file with this full name and text; ValueError if it is not TOML."""
    path, of = _path_of(file), sha256(text.encode()).hexdigest()
    content = _copied(path, of)
    if content is None:
        import tomllib  # here, because most starts find every copy

        content = tomllib.loads(text)
        _copy(path, of, content)
    return content


@cache
def _folder() -> Path | None:
    """The folder of the copies; None where the user has none."""
    from platformdirs import user_cache_path

    folder = user_cache_path(FOLDER, appauthor=False)
    return folder / "toml" if folder.is_absolute() else None


def _path_of(file: str) -> Path | None:
    """Where the copy of a file is: one for each file, so that edits do not fill the folder."""
    folder = _folder()
    return folder / f"{sha256(os.fsencode(file)).hexdigest()[:24]}.json" if folder is not None else None


def _copied(path: Path | None, of: str) -> dict[str, Any] | None:
    """The content in the copy of the text with this hash; None if there is no such copy."""
    if path is None:
        return None
    try:
        copy = orjson.loads(path.read_bytes())
        content = copy["content"] if copy["of"] == of else None
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return content if isinstance(content, dict) else None


def _copy(path: Path | None, of: str, content: dict[str, Any]) -> None:
    """Write the copy, if it holds the same as the file: JSON has no dates, and no number that is infinite."""
    if path is None:
        return
    with contextlib.suppress(OSError, TypeError, ValueError):
        data = orjson.dumps({"of": of, "content": content}, option=orjson.OPT_PASSTHROUGH_DATETIME)
        if orjson.loads(data)["content"] != content:
            return
        path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        unfinished = path.with_name(f".{os.urandom(8).hex()}")
        try:
            unfinished.write_bytes(data)
            unfinished.replace(path)  # a reader finds the older copy or this one
        finally:
            unfinished.unlink(missing_ok=True)

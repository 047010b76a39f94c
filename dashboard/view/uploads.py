"""Uploaded files: from the data URL of a browser to a file in a folder, and back to the name that the user knows."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from pathlib import Path

from tracker.model import InputError
from tracker.sources import Figures, Item, Note, Reading

MAX_BYTES = 30_000_000
"""Per file, before base64 encoding."""

MAX_NAME_LENGTH = 120


def written(folder: Path, number: int, content: str, name: str) -> tuple[Path, str] | InputError:
    """Write an uploaded file under its number and suffix. Returns the path and the user's name, or what is wrong."""
    shown = shown_name(name)
    path = folder / f"{number}{_ending(name)}"
    try:
        path.write_bytes(_decoded(content, shown))
    except InputError as error:
        return error
    except OSError as error:  # a full disk, most likely
        return InputError(shown, f"cannot be kept for reading: {error.strerror or error}")
    return path, shown


def _decoded(content: str, name: str) -> bytes:
    _, comma, packed = content.partition(",")
    if not comma or len(packed) > MAX_BYTES * 4 // 3 + 4:
        raise InputError(name, f"is larger than {MAX_BYTES // 1_000_000} MB: use `tracker add`")
    try:
        return b64decode(packed, validate=True)
    except (Base64Error, ValueError) as error:
        raise InputError(name, "did not arrive whole") from error


def _ending(name: str) -> str:
    """Return the suffixes of a file name (".jsonl.gz"). Nothing else of the name becomes a path."""
    found = re.search(r"(?:\.[A-Za-z0-9]{1,9}){1,2}$", name)
    return found.group().lower() if found else ""


def shown_name(name: str) -> str:
    """Return a name for display, without unprintable characters."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)[:MAX_NAME_LENGTH]


def named(item: Item, path: str, name: str) -> Item:
    """Return the item with the user's file name instead of the temporary path."""
    if isinstance(item, InputError):
        return type(item)(item.path.replace(path, name), item.what, item.line)
    if isinstance(item, Note):
        return Note(item.path.replace(path, name), item.what, item.line)
    if isinstance(item, Figures):
        return Figures(item.figures, name)
    return Reading(item.article, item.path.replace(path, name))

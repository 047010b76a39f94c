"""An identifier for the rules: a hash of all code and data that decide which figures are found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from tracker.knowledge.files import data_folder
from tracker.model import InputError, stable_id

PACKAGES = ("tracker.extraction", "tracker.knowledge")
MODULES = ("model.py", "reader.py")
SUFFIXES = (".py", ".toml", ".csv")
NO_RULES = ("samples", "__pycache__")


@cache
def rules_id() -> str:
    """A hash of the code, the languages and the data of the extraction. Equal rules give an equal hash."""
    folders = [*map(resources.files, PACKAGES), data_folder()]
    held = [file for folder in folders for file in _files(folder)]
    held += [resources.files("tracker") / name for name in MODULES]
    return stable_id(*(stable_id(file.read_bytes()) for file in held))


def fingerprint(sources: str | Path | None = None) -> str:
    """The same hash with the user's own file of names included; InputError if that cannot be read."""
    if sources is None:
        return rules_id()
    try:
        return stable_id(rules_id(), Path(sources).read_bytes())
    except OSError as error:
        raise InputError(sources, f"cannot be read: {error.strerror or error}") from error


def _files(folder: Traversable) -> Iterator[Traversable]:
    """The files below a folder that hold rules, in the order of their names."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name not in NO_RULES:
            yield from _files(entry)
        elif entry.name.endswith(SUFFIXES):
            yield entry

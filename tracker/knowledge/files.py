"""Where the knowledge lies and how a file of it is opened; errors name the file and the entry."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

from tracker.model import KnowledgeError

DATA = "tracker.data"
LANGUAGES = "tracker.extraction.language"


def read_toml(package: str, name: str) -> dict[str, Any]:
    """The content of a TOML file inside `package`; KnowledgeError where it is not there or not TOML."""
    path = resources.files(package) / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KnowledgeError(name, "file", "is not there") from None
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(name, "syntax", str(error)) from None


def read_csv(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a CSV file of data/ as dictionaries; KnowledgeError where a column is missing."""
    try:
        text = (resources.files(DATA) / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KnowledgeError(name, "file", "is not there") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = set(columns) - set(reader.fieldnames or ())
    if missing:
        raise KnowledgeError(name, "header", f"lacks the column {sorted(missing)[0]!r}")
    yield from reader


def split(cell: str | None) -> tuple[str, ...]:
    """The parts of a cell that holds several, set apart by '|'."""
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())

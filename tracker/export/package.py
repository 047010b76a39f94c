"""Frictionless data packages (specs.frictionlessdata.io): figures as CSV, with a descriptor that explains them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from tracker.atomic import Target, replacing, why
from tracker.export.csv_file import csv_text
from tracker.export.notes import notes
from tracker.knowledge import Convention
from tracker.model import COLUMNS, TrackerError
from tracker.timelines.schema import SCHEMA, Column, Kind

DESCRIPTOR, DATA = "datapackage.json", "figures.csv"
MADE_BY = "casualty-tracker"
"""What a package of ours says in `generator`: only such a one is replaced."""

TYPES = {Kind.WHOLE: "integer", Kind.NUMBER: "number"}

LICENCE = {
    "name": "notspecified",
    "title": "Not specified: figures are facts, titles and quotations belong to their publishers",
}

REFERENCE_WORKS = (
    {"title": "GeoNames (CC BY 4.0): places and their countries", "path": "https://www.geonames.org/"},
    {"title": "ISO 3166-1: codes of countries", "path": "https://www.iso.org/iso-3166-country-codes.html"},
)

DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def write_package(table: pd.DataFrame, folder: str | Path, convention: Convention | None = None) -> None:
    """Write a table of figures as a data package into a folder that is new, is empty, or holds a package of ours.

    A new folder appears when the package is complete. In an existing one each file is replaced as a whole, the
    descriptor last. The descriptor has the hash of the data, so an incomplete replacement can be noticed. Other files
    stay. The package names the `convention` of low, best and high. TrackerError where the folder holds anything else
    or cannot be written.
    """
    folder = Path(folder)
    check_folder(folder)
    data = csv_text(table).encode()
    files = {DATA: data, DESCRIPTOR: _as_json(descriptor(table, data, convention)).encode()}
    if folder.exists():
        _write_files(files, folder)
        return
    unfinished = folder.absolute().with_name(f".tracker-{os.urandom(8).hex()}")
    try:
        unfinished.mkdir()
        _write_files(files, unfinished)
        unfinished.rename(folder)
    except TrackerError as error:
        raise TrackerError(str(error).replace(str(unfinished), str(folder))) from error
    except OSError as error:
        raise TrackerError(f"{folder}: cannot be written: {why(error)}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def check_folder(folder: Path) -> None:
    """TrackerError where a package may not be written: a file, or a folder with contents but no package of ours."""
    try:
        empty = not folder.exists() or not any(folder.iterdir())
        if empty or _generator(folder / DESCRIPTOR) == MADE_BY:
            return
    except OSError as error:
        raise TrackerError(f"{folder}: cannot be written: {why(error)}") from error
    raise TrackerError(f"{folder}: holds other files: name a new folder, an empty one or an older package")


def descriptor(table: pd.DataFrame, data: bytes, convention: Convention | None = None) -> dict[str, Any]:
    """The content of datapackage.json for a table of figures and the bytes of its CSV file."""
    resource = {
        "profile": "tabular-data-resource",
        "name": "figures",
        "path": DATA,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": DIALECT,
        "schema": table_schema(table),
    }
    return {
        "profile": "tabular-data-package",
        "name": "casualty-figures",
        "title": "Reported casualty figures",
        "description": "\n\n".join(notes(convention)),
        "generator": MADE_BY,
        "licenses": [LICENCE],
        "sources": _publishers(table) + [dict(work) for work in REFERENCE_WORKS],
        "resources": [resource],
    }


def table_schema(table: pd.DataFrame) -> dict[str, Any]:
    """The Frictionless table schema of the figures.

    `part_of` is declared as a foreign key to `figure_id` only if all its values are in this table. A filter may have
    left out a total; the part still names it.
    """
    schema: dict[str, Any] = {
        "fields": [_field(SCHEMA[name]) for name in COLUMNS],
        "primaryKey": ["figure_id"],
        "missingValues": [""],
    }
    if table["part_of"].dropna().isin(table["figure_id"]).all():
        schema["foreignKeys"] = [{"fields": ["part_of"], "reference": {"resource": "", "fields": ["figure_id"]}}]
    return schema


def _field(column: Column) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "required": column.filled or None,
        "unique": column.name == "figure_id" or None,
        "enum": list(column.words) or None,
        "minimum": column.least,
        "maximum": column.most,
        "pattern": column.pattern or None,
    }
    constraints = {name: value for name, value in stated.items() if value is not None}
    field = {
        "name": column.name,
        "type": TYPES.get(column.kind, "string"),
        "format": "default",
        "description": column.meaning,
        "example": column.example,
    }
    return field | ({"constraints": constraints} if constraints else {})


def _publishers(table: pd.DataFrame) -> list[dict[str, str]]:
    return [{"title": name} for name in sorted(set(table["publisher"].dropna()) - {""})]


def _as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _generator(path: Path) -> object:
    """The generator that the descriptor in a folder names; None where there is no readable descriptor."""
    try:
        value = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return value.get("generator") if isinstance(value, dict) else None


def _write_files(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        with replacing(Target(folder / name, "a data package of the tracker", lambda _: True)) as unfinished:
            unfinished.write_bytes(content)

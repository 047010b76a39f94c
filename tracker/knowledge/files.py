"""Finds and opens the data files. Errors name the file and the entry."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.knowledge.copies import copied
from tracker.model import KnowledgeError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DATA = "tracker.data"
"""The name of the package that installs `data/`."""

BRACKETS = re.compile(r"[\[\]]")
"""They mark the figures in the examples of patterns."""


@cache
def clone() -> Path | None:
    """The folder of the clone that this tracker runs from; None where it was installed somewhere else."""
    folder = Path(__file__).absolute().parents[2]
    return folder if (folder / "data" / "conflicts.toml").is_file() else None


@cache
def data_folder() -> Traversable:
    """The folder of the data: `data/` in a clone, else the installed package.

    In a clone the folder `tracker/` in sight wins over an installed tracker, which knows where its own data lies.
    """
    folder = clone()
    if folder is not None:
        return folder / "data"
    from importlib import resources

    return resources.files(import_module(DATA))


def _text(name: str) -> str:
    """The text of a file inside data/; KnowledgeError if it is missing."""
    try:
        return data_folder().joinpath(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KnowledgeError(name, "file", "is not there") from None


def read_toml(name: str) -> dict[str, Any]:
    """The content of the TOML file `name` (a path inside data/); KnowledgeError if it is missing or not TOML."""
    text = _text(name)
    try:
        return copied(str(data_folder().joinpath(name)), text.encode(), lambda: _parsed(text))
    except ValueError as error:
        raise KnowledgeError(name, "syntax", str(error)) from None


def _parsed(text: str) -> dict[str, Any]:
    import tomllib  # here, because most starts find every copy

    return tomllib.loads(text)


def prepared(names: Sequence[str], modules: Sequence[str], make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `make` makes of these files of data/, from its copy if there is one; made anew where no files are named.

    `modules`: the files of the code that makes it, besides this one. A copy is believed only while all of them are as
    they were.
    """
    if not names:
        return make()
    made_of = [data_folder().joinpath(name) for name in names] + [Path(module) for module in (*modules, __file__)]
    try:
        texts = [file.read_bytes() for file in made_of]
    except OSError:
        return make()  # the code does not lie in files of its own, or `make` tells what is missing
    return copied(f"{made_of[0]} prepared", b"\0".join(texts), make)


def read_tables(folder: str) -> dict[str, Any]:
    """The tables of all TOML files of a folder inside data/, merged; KnowledgeError if two files hold the same."""
    try:
        names = sorted(file.name for file in data_folder().joinpath(folder).iterdir() if file.name.endswith(".toml"))
    except (FileNotFoundError, NotADirectoryError):
        raise KnowledgeError(folder, "folder", "is not there") from None
    tables: dict[str, Any] = {}
    for name in names:
        for key, value in read_toml(f"{folder}/{name}").items():
            if key in tables:
                raise KnowledgeError(f"{folder}/{name}", key, "is also in another file of the folder")
            tables[key] = value
    return tables


@cache
def languages() -> tuple[str, ...]:
    """The codes (ISO 639-1) of the languages that have rules."""
    folders = data_folder().joinpath("languages").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.joinpath("language.toml").is_file()))


@cache
def pattern_examples(code: str) -> Mapping[str, str]:
    """The plainest example of each pattern of a language, by the name of the pattern, without the brackets around its
    figures; empty if the language has no rules.
    """
    if code not in languages():
        return {}
    patterns = read_toml(f"languages/{code}/patterns.toml").get("pattern", [])
    return {one["name"]: BRACKETS.sub("", one["finds"][0]) for one in patterns if one.get("finds")}


def read_csv(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a CSV file of data/ as dictionaries; KnowledgeError if a column is missing."""
    header, rows = _table(name, columns)
    for row in rows:
        yield dict(zip(header, row, strict=False))


def read_lines(name: str, columns: tuple[str, ...]) -> Iterator[str]:
    """The rows of a large CSV file of data/ as lines, whose cells `cells_of` tells; KnowledgeError if its columns are
    others. No cell of it holds a line break.
    """
    header, *lines = _text(name).split("\n")
    if cells_of(header) != columns:
        raise KnowledgeError(name, "header", f"is not {','.join(columns)}")
    commas = len(columns) - 1
    wrong = next((line for line in lines if line and line.count(",") != commas and '"' not in line), None)
    if wrong is not None:
        raise KnowledgeError(name, wrong, f"has not {len(columns)} cells")
    return filter(None, lines)


def cells_of(line: str) -> tuple[str, ...]:
    """The cells in a line of a CSV file."""
    return tuple(line.split(",")) if '"' not in line else tuple(next(csv.reader([line])))


def _table(name: str, columns: tuple[str, ...]) -> tuple[list[str], Iterator[list[str]]]:
    """The header and the rows of a CSV file of data/, none shorter than the header; empty lines are left out."""
    reader = csv.reader(io.StringIO(_text(name), newline=""))
    header = next(filter(None, reader), [])
    missing = set(columns) - set(header)
    if missing:
        raise KnowledgeError(name, "header", f"lacks the column {sorted(missing)[0]!r}")
    size = len(header)
    return header, (row if len(row) >= size else row + [""] * (size - len(row)) for row in filter(None, reader))


def split(cell: str | None) -> tuple[str, ...]:
    """The parts of a cell, separated by '|'."""
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()


def person_nouns(code: str) -> Iterator[str]:
    """The nouns of `languages/<code>/person_nouns.csv`, both numbers of each; none if the language has no such file."""
    name = f"languages/{code}/person_nouns.csv"
    if data_folder().joinpath(name).is_file():
        for line in read_lines(name, ("singular", "plural")):
            yield from filter(None, cells_of(line))

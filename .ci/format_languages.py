"""Sorts the lists of words in TOML files of data/ and wraps them, in place; comments stay where they are.

    make format-data
    python .ci/format_languages.py data/languages/en data/conflicts.toml

A word that stands twice in a list is kept once. Lists in which the order matters (KEPT) are left alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Array, Item, String

WIDTH = 115
INDENT = "    "
BARE = re.compile(r"[A-Za-z0-9_-]+")  # a key that needs no quotes
KEPT = frozenset({"countries", "finds", "ignores", "looks"})  # the main country first; the plainest example first


def formatted(text: str) -> str:
    """The text of a TOML file with its lists of words sorted and wrapped."""
    document = tomlkit.parse(text)
    _format(document)
    return tomlkit.dumps(document)


def files(arguments: Iterable[str]) -> Iterator[Path]:
    """The files named, and the TOML files of the folders named and of the folders in them."""
    for path in map(Path, arguments):
        yield from sorted(path.rglob("*.toml")) if path.is_dir() else (path,)


def _format(table: dict[str, Item]) -> None:
    for key, value in list(table.items()):
        if isinstance(value, AoT):
            for entry in value:
                _format(entry)
        elif isinstance(value, dict):
            _format(value)
        elif isinstance(value, Array) and key not in KEPT and all(isinstance(one, String) for one in value):
            name = key if BARE.fullmatch(key) else f'"{key}"'
            table[key] = tomlkit.parse(f"{name} = {_list(key, value)}")[key]


def _list(key: str, words: Iterable[String]) -> str:
    """A list in one line where it fits, else wrapped."""
    written = {str(word): word.as_string() for word in words}
    parts = [written[word] for word in sorted(written, key=lambda word: (word.casefold(), word))]
    line = f"[{', '.join(parts)}]"
    if len(f"{key} = {line}") <= WIDTH:
        return line
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]} {part}," if lines[-1] else f"{INDENT}{part},"
        if len(longer) <= WIDTH:
            lines[-1] = longer
        else:
            lines.append(f"{INDENT}{part},")
    return "\n".join(["[", *filter(None, lines), "]"])


def main(arguments: list[str]) -> int:
    for path in files(arguments or ["data/languages", "data/conflicts.toml"]):
        before = path.read_text(encoding="utf-8")
        after = formatted(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(f"formatted {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

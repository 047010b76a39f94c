"""JSON Lines, and JSON files that hold one article or an array of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from tracker.model import InputError
from tracker.sources.decoding import decode
from tracker.sources.items import Item, article_items


def read_json_lines(lines: Iterable[bytes], path: str) -> Iterator[Item]:
    """One article per line; a line that is none becomes an InputError with its number. Blank lines are skipped."""
    any_line = False
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        any_line = True
        try:
            value = _parsed(decode(raw, path))
        except InputError as error:
            yield InputError(path, error.what, number)
        except ValueError as error:
            yield InputError(path, f"is not JSON ({_reason(error)})", number)
        else:
            yield from _article(value, path, number)
    if not any_line:
        yield InputError(path, "is empty")


def read_json(text: str, path: str) -> Iterator[Item]:
    """The articles of a JSON file: an array, one object, or JSON Lines, which some tools name so."""
    if not text.strip():
        yield InputError(path, "is empty")
        return
    try:
        value = _parsed(text)
    except json.JSONDecodeError as error:
        lines = text.encode("utf-8").split(b"\n")
        if any(map(_is_object, lines)):
            yield from read_json_lines(lines, path)
        else:
            yield InputError(path, f"is not JSON ({_reason(error)})", error.lineno)
    except ValueError as error:
        yield InputError(path, f"is not JSON ({_reason(error)})")
    else:
        yield from _articles(value, path)


def _articles(value: object, path: str) -> Iterator[Item]:
    if not isinstance(value, list):
        yield from _article(value, path)
        return
    if not value:
        yield InputError(path, "holds no articles")
    for number, item in enumerate(value, start=1):
        yield from _article(item, path, which=f"item {number} ")


def _article(value: object, path: str, line: int | None = None, which: str = "") -> Iterator[Item]:
    if isinstance(value, dict):
        yield from article_items(value, path, line, which)
    else:
        yield InputError(path, f"{which}is not an object", line)


def _is_object(line: bytes) -> bool:
    """True for a line that is a JSON object all by itself."""
    line = line.strip()
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    try:
        return isinstance(_parsed(line.decode("utf-8")), dict)
    except ValueError:
        return False


def _parsed(text: str) -> Any:
    """The value of a JSON text. ValueError where it is none: also for NaN, and for nesting deeper than Python reads."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON value")


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return str(error).partition(":")[0]

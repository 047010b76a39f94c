"""JSON Lines, and JSON files that hold one article or an array of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NoReturn

from tracker.model import InputError
from tracker.sources.decoding import decode
from tracker.sources.figures_table import Record, is_of_figures
from tracker.sources.items import Item, article_items
from tracker.sources.json_objects import is_array_of_objects, objects_in
from tracker.sources.options import ReadOptions

SAMPLE_SIZE = 100  # lines read ahead to find the format and the column names

ESCAPE = re.compile(r"\\(.)", re.DOTALL)
SERVICE = re.compile(r'"(?:articles|data|totalCount)"\s{0,10}:')
CUT_OFF = 0.5  # of an answer at the least is read before it is taken for cut off
PLAIN = ReadOptions()
"""The default options."""

Value = tuple[int, Any]
"""A line number and the JSON value on that line."""


def read_json_lines(lines: Iterable[bytes], path: str, options: ReadOptions = PLAIN) -> Iterator[Item]:
    """Yield one article per line, or an InputError with the line number. Blank lines are skipped.

    If the first object is a figure, the lines are a table of figures and go to `options.tables`.
    """
    values = _values(lines, path)
    head: list[Value | InputError] = []
    for value in islice(values, SAMPLE_SIZE):
        head.append(value)
        if not isinstance(value, InputError):
            break
    if not head:
        yield InputError(path, "is empty")
    elif is_of_figures(_names(head[-1:])):
        head += islice(values, SAMPLE_SIZE)
        yield from options.tables(_names(head), (_record(value, path) for value in chain(head, values)), path)
    else:
        for value in chain(head, values):
            if isinstance(value, InputError):
                yield value
            else:
                yield from _article(value[1], path, options, value[0])


def _values(lines: Iterable[bytes], path: str) -> Iterator[Value | InputError]:
    """Yield the number and value of each line that is not blank, or an InputError if it is not JSON."""
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            yield number, parsed(decode(raw, path))
        except InputError as error:
            yield InputError(path, error.what, number)
        except ValueError as error:
            yield InputError(path, f"is not JSON ({_reason(error)})", number)


def _names(values: Iterable[Value | InputError]) -> list[str]:
    """Return the keys of all objects among the values."""
    objects = [value[1] for value in values if not isinstance(value, InputError) and isinstance(value[1], dict)]
    return list(dict.fromkeys(chain.from_iterable(objects)))


def _record(value: Value | InputError, path: str) -> Record | InputError:
    """Return a line of a table of figures as text by column."""
    if isinstance(value, InputError):
        return value
    line, row = value
    if not isinstance(row, dict):
        return InputError(path, "is not an object", line)
    for name, cell in row.items():
        if isinstance(cell, bool | list | dict):
            return InputError(path, f"{name[:40]} is neither text nor a number", line)
    return line, {name: cell if cell is None else str(cell) for name, cell in row.items()}


def read_json(text: str, path: str, options: ReadOptions = PLAIN) -> Iterator[Item]:
    """Yield the articles of a JSON file: an array, one object, or JSON Lines with the wrong suffix."""
    if not text or text.isspace():
        yield InputError(path, "is empty")
        return
    try:
        value = parsed(text)
    except ValueError as error:
        if is_array_of_objects(text):
            yield from _of_broken_array(text, path, options)
        elif any(map(_is_object, lines := text.encode("utf-8").split(b"\n"))):
            yield from read_json_lines(lines, path, options)
        else:
            yield InputError(path, f"is not JSON ({_reason(error)})", getattr(error, "lineno", None))
    else:
        yield from _articles(value, path, options)


def _of_broken_array(text: str, path: str, options: ReadOptions) -> Iterator[Item]:
    """Yield the articles of an array in which some objects are no JSON."""
    for number, (at, value) in enumerate(objects_in(text, DECODER), start=1):
        if isinstance(value, ValueError):
            what = f"item {number} is not JSON ({_reason(value)})"
            yield InputError(path, what, text.count("\n", 0, at) + 1)
        else:
            yield from _article(value, path, options, which=f"item {number} ")


def _articles(value: object, path: str, options: ReadOptions) -> Iterator[Item]:
    if not isinstance(value, list):
        yield from _article(value, path, options)
        return
    if not value:
        yield InputError(path, "holds no articles")
    for number, item in enumerate(value, start=1):
        yield from _article(item, path, options, which=f"item {number} ")


def _article(
    value: object, path: str, options: ReadOptions, line: int | None = None, which: str = ""
) -> Iterator[Item]:
    if isinstance(value, dict) and is_of_figures(value):
        yield InputError(path, f"{which}is a figure, not an article: use JSON Lines or CSV", line)
    elif isinstance(value, dict):
        yield from article_items(_mapped(value, options) if options.columns else value, path, line, which)
    else:
        yield InputError(path, f"{which}is not an object", line)


def _mapped(value: dict[str, Any], options: ReadOptions) -> dict[str, Any]:
    """Return the values under the mapped names; "a.b" is the value b of the object a."""
    taken = set(options.columns.values())
    plain = {name: cell for name, cell in value.items() if name not in taken}
    return plain | {name: _at(value, column) for column, name in options.columns.items()}


def _at(value: object, column: str) -> Any:
    if isinstance(value, dict):
        found = {str(name).casefold(): cell for name, cell in value.items()}
        if column in found:
            return found[column]
        first, dot, rest = column.partition(".")
        return _at(found.get(first), rest) if dot else None
    return None


def _is_object(line: bytes) -> bool:
    """Whether a line is a complete JSON object."""
    line = line.strip()
    if not (line.startswith(b"{") and line.endswith(b"}")):
        return False
    try:
        return isinstance(parsed(line.decode("utf-8")), dict)
    except ValueError:
        return False


def parsed(text: str) -> Any:
    """Parse a JSON text. Raises ValueError if it is not JSON, contains NaN, or is nested too deeply for Python."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def parsed_service(text: str) -> tuple[Any, bool]:
    """Parse the answer of a web service, and say whether it is cut off. Raises ValueError as `parsed` does.

    GDELT escapes characters that JSON does not escape ("\\&", "\\'"). Of an answer that is cut off, the articles
    before the cut are returned.
    """
    try:
        return parsed(text), False
    except ValueError:
        plain = ESCAPE.sub(lambda found: found[0] if found[1] in '"\\/bfnrtu' else found[1], text)
    try:
        return parsed(plain), False
    except json.JSONDecodeError as error:
        last = plain.rfind("}", 0, error.pos)
        if error.pos < len(plain) * CUT_OFF or last < 0:
            raise
        return parsed(f"{plain[: last + 1]}]}}"), True


def is_service(text: str) -> bool:
    """Whether a JSON text may be the answer of a web service, judged by the keys at its beginning."""
    return SERVICE.search(text, 0, 1_000) is not None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON value")


DECODER = json.JSONDecoder(parse_constant=_refuse)


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return str(error).partition(":")[0]

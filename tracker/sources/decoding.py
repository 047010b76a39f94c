"""From bytes to text, whatever encoding they are in."""

from __future__ import annotations

import codecs
import re

from tracker.model import InputError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\x0b\f\r\x1b") + b"\x7f"
MOST_CONTROLS = 0.02  # share of control characters beyond which bytes are no text
LOOKED_AT = 65_536  # bytes at the beginning that tell text from other things

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,40})""", re.IGNORECASE)


def decode(data: bytes, path: str) -> str:
    """The text in the bytes: by byte order mark, else UTF-8, else cp1252. Raises InputError where it is no text."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if looks_binary(data):
        raise InputError(path, "is not text")
    return _utf8_or_western(data)


def decode_lines(data: bytes, path: str) -> tuple[str, list[int]]:
    """The same for tables, in which one row may come from elsewhere: what is no UTF-8 is judged line by line.

    Returns the numbers of the lines that are none, too.
    """
    if any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS[1:]):
        return decode(data, path), []
    data = data.removeprefix(codecs.BOM_UTF8)
    if _is_utf8(data):
        return data.decode("utf-8"), []
    lines = [(line, _is_utf8(line)) for line in data.split(b"\n")]
    text = "\n".join(_utf8_or_western(line) for line, _ in lines)
    return text, [number for number, (_, sound) in enumerate(lines, start=1) if not sound]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode_html(data: bytes, path: str) -> str:
    """The same for a page: what is no UTF-8 is in the encoding that its head names, if any."""
    if looks_binary(data):
        return decode(data, path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = CHARSET.search(data, 0, 4096)
        encoding = _known(named.group(1).decode("ascii", "ignore")) if named else None
        return data.decode(encoding, "replace") if encoding else _utf8_or_western(data)


def looks_binary(data: bytes) -> bool:
    """True where the beginning holds a NUL or many control characters, and no byte order mark explains it."""
    beginning = data[:LOOKED_AT]
    controls = len(beginning) - len(beginning.translate(None, CONTROLS))
    return b"\0" in beginning or controls > len(beginning) * MOST_CONTROLS


def _utf8_or_western(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - broken
    # A few broken bytes among many sound ones are damage in UTF-8; otherwise the text never was UTF-8.
    return text if sound > broken else data.decode("cp1252", "replace")


def _known(name: str) -> str | None:
    """The name where Python knows it as that of a text encoding ("hex" is none)."""
    try:
        b"x".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return name

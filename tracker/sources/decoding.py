"""Decodes bytes to text: detects the encoding and refuses binary data."""

from __future__ import annotations

import codecs
import re

from tracker.model import InputError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, because its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\x0b\f\r\x1b") + b"\x7f"
MAX_CONTROL_SHARE = 0.02  # a higher share of control characters means binary data
SAMPLE_SIZE = 65_536  # bytes at the beginning that are checked for binary data

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,40})""", re.IGNORECASE)


def decode(data: bytes, path: str) -> str:
    """Decode by byte order mark, else as UTF-8, else as cp1252. Raises InputError for binary data."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if looks_binary(data):
        raise InputError(path, "is not text")
    return _utf8_or_western(data)


def decode_lines(data: bytes, path: str) -> tuple[str, list[int]]:
    """Decode a table line by line, because single rows may be in another encoding.

    Returns the text and the numbers of the lines that are not UTF-8.
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
    """Decode a web page: as UTF-8, else in the encoding that its head declares, else as `decode` does."""
    if looks_binary(data):
        return decode(data, path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = CHARSET.search(data, 0, 4096)
        encoding = _known(named.group(1).decode("ascii", "ignore")) if named else None
        return data.decode(encoding, "replace") if encoding else _utf8_or_western(data)


def looks_binary(data: bytes) -> bool:
    """Whether the beginning holds a NUL or many control characters."""
    beginning = data[:SAMPLE_SIZE]
    controls = len(beginning) - len(beginning.translate(None, CONTROLS))
    return b"\0" in beginning or controls > len(beginning) * MAX_CONTROL_SHARE


def _utf8_or_western(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - broken
    # A few invalid bytes among many valid sequences are damaged UTF-8; otherwise the text is in another encoding.
    return text if sound > broken else data.decode("cp1252", "replace")


def _known(name: str) -> str | None:
    """Return the name if it is a text encoding that Python knows ("hex" is not a text encoding)."""
    try:
        b"x".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return name

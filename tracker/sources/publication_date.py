"""Parses a publication date, as inputs write it, to an ISO date or datetime."""

from __future__ import annotations

import re
from datetime import date, datetime

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[Tt ]?(\d{2})(\d{2})(\d{2})([Zz]|[+-]\d{2}:?\d{2})?)?", re.ASCII)
ISO_DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}\S*", re.ASCII)
MAX_LENGTH = 60  # characters of a written date

# Only complete dates: no "yesterday", no "March", no time alone. RELATIVE_BASE is set because dateparser would
# otherwise use the clock.
ABSOLUTE_ONLY = {
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RELATIVE_BASE": datetime(2000, 1, 1),
}


def iso_date(stated: str) -> str | None:
    """Return the date as ISO text, None if it is not understood.

    ISO dates are returned as they are. "26 March 2012" and "Mon, 26 Mar 2012 10:00:00 GMT" are understood.
    "03/04/2012" is not, because it is ambiguous.

    >>> iso_date("20180710"), iso_date("20180710T091500Z"), iso_date("20181399")
    ('2018-07-10', '2018-07-10T09:15:00Z', None)
    """
    compact = COMPACT.fullmatch(stated)
    if compact is not None:
        year, month, day, hour, minute, second, zone = compact.groups()
        stated = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}{zone or ''}" if hour else "")
    if ISO_DATE.fullmatch(stated):
        return stated if _is_date(date, stated) else None
    if ISO_DATETIME.fullmatch(stated):
        return stated.replace(" ", "T", 1) if _is_date(datetime, stated) else None
    if len(stated) > MAX_LENGTH or not any(letter.isalpha() for letter in stated):
        return None
    return _in_words(stated)


def _is_date(kind: type[date], text: str) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


def _in_words(stated: str) -> str | None:
    import dateparser  # imported here: takes a quarter of a second, and few inputs need it

    found = dateparser.parse(stated, languages=["en"], settings=ABSOLUTE_ONLY)
    if found is None:
        return None
    has_time = found.time() != datetime.min.time() or found.tzinfo is not None
    return found.isoformat() if has_time else found.date().isoformat()

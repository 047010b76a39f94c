"""The publication date, as inputs write it, as an ISO date or datetime."""

from __future__ import annotations

import re
from datetime import date, datetime

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ISO_DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}\S*", re.ASCII)
LONGEST = 60  # no way to write a date takes more characters

# What is written must be a whole date: no "yesterday", no "March", no time of day alone; the base is there only
# because dateparser would otherwise ask the clock.
ABSOLUTE_ONLY = {
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RELATIVE_BASE": datetime(2000, 1, 1),
}


def iso_date(stated: str) -> str | None:
    """The date as ISO text, None where it is not understood.

    ISO forms stay as they are; "26 March 2012" and "Mon, 26 Mar 2012 10:00:00 GMT" are read; numbers alone, as in
    "03/04/2012", are not, because they mean two days.
    """
    if ISO_DATE.fullmatch(stated):
        return stated if _is_date(date, stated) else None
    if ISO_DATETIME.fullmatch(stated):
        return stated.replace(" ", "T", 1) if _is_date(datetime, stated) else None
    if len(stated) > LONGEST or not any(letter.isalpha() for letter in stated):
        return None
    return _in_words(stated)


def _is_date(kind: type[date], text: str) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


def _in_words(stated: str) -> str | None:
    import dateparser  # a quarter of a second, and few inputs need it

    found = dateparser.parse(stated, languages=["en"], settings=ABSOLUTE_ONLY)
    if found is None:
        return None
    has_time = found.time() != datetime.min.time() or found.tzinfo is not None
    return found.isoformat() if has_time else found.date().isoformat()

"""The dates of feed items: when an item was published, on the clock of its publisher, and dates that cannot be true."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from tracker.sources.publication_date import iso_date

AHEAD = timedelta(days=2)  # a date may be so far ahead: clocks differ, and so do the days of time zones
PLACEHOLDERS = frozenset({"0001-01-01", "1900-01-01", "1970-01-01"})
"""Dates that programs write where they know none."""


def written_date(item: Mapping[str, Any]) -> str | None:
    """Return when an item was published, else updated: an ISO datetime with the time zone of the feed.

    "Monday" and "today" in an article are days of the place where it was written, so the zone is kept. A date that is
    not understood is returned as written.
    """
    for name in ("published", "updated"):
        parsed, written = item.get(f"{name}_parsed"), str(item.get(name) or "")
        if parsed:
            try:
                instant = datetime(*parsed[:6]).replace(tzinfo=UTC)
            except (TypeError, ValueError):
                return written
            return _local(written, instant).isoformat()
        if written:
            return written
    return None


def _local(written: str, instant: datetime) -> datetime:
    """Return the instant that feedparser understood, in the time zone that the feed states."""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            local = parse(written.strip())
        except (TypeError, ValueError, IndexError, OverflowError):
            continue
        if local.tzinfo is not None and local.replace(microsecond=0) == instant:
            return local.replace(microsecond=0)
    return instant


def doubt_about(published: str, today: date | None = None) -> str:
    """Return why a date cannot be that of an item, "" if it can. `today` is the day of reading; None: by the clock."""
    stated = (iso_date(published) or "")[:10]
    if not stated:
        return ""
    if stated in PLACEHOLDERS:
        return f"published date is left out, it stands for no date: {published[:40]!r}"
    if date.fromisoformat(stated) > (today or datetime.now(UTC).date()) + AHEAD:
        return f"published date is left out, it lies in the future: {published[:40]!r}"
    return ""

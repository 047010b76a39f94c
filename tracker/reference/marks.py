"""The mark of a page that the tracker wrote, so that it replaces no other page. (`page` takes long to import.)"""

from __future__ import annotations

from pathlib import Path

GENERATOR = "casualty-tracker"
LOOKED_AT = 4_000  # bytes at the beginning of a page
MARKS = (f'name="generator" content="{GENERATOR}"'.encode(), b"<title>Reported totals beside ")
"""The mark, and what older pages have instead."""


def is_page(path: Path) -> bool:
    """Whether an existing file is a page of a comparison that the tracker wrote."""
    with path.open("rb") as file:
        beginning = file.read(LOOKED_AT)
    return any(mark in beginning for mark in MARKS)

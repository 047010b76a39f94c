"""Divides a broken feed into its items, so that each can be parsed by itself."""

from __future__ import annotations

import re

ITEM = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
CLOSING = re.compile(rb"</(?:\w{1,20}:)?(?:channel|rss|feed|rdf)\s*>", re.IGNORECASE)
MAX_HEAD = 20_000  # bytes; a longer head is left out, because it is repeated in front of each item


def count_items(data: bytes) -> int:
    """Return the number of items that begin in a feed."""
    return sum(1 for _ in ITEM.finditer(data))


def feeds_of_one(data: bytes, most: int) -> list[bytes]:
    """Return a feed for each of the first `most` items: the head of the whole feed and this item."""
    starts = [found.start() for found in ITEM.finditer(data)][: most + 1]
    ends = [*starts[1:], len(data)]
    head = data[: starts[0]] if starts and starts[0] <= MAX_HEAD else b"<rss version='2.0'><channel>"
    return [head + CLOSING.sub(b"", data[start:end]) for start, end in list(zip(starts, ends, strict=True))[:most]]

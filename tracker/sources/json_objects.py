"""Finds the objects of a JSON array of which some are broken, or which is cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

FIRST = re.compile(r"\s*\[\s*(?=\{)")
FOLLOWING = re.compile(r"\s*,\s*(?=\{)")
AFTER_A_BROKEN_ONE = re.compile(r"\}\s*,\s*(?=\{)")
END = re.compile(r"\s*\]\s*\Z")
MAX_BROKEN = 100  # objects; more may each lead through the whole text


def is_array_of_objects(text: str) -> bool:
    """Whether a text begins like an array of objects."""
    return FIRST.match(text) is not None


def objects_in(text: str, decoder: json.JSONDecoder) -> Iterator[tuple[int, Any | ValueError]]:
    """Yield where each object of the array begins, and its value, or the error of one that is no JSON."""
    found, broken, at = FIRST.match(text), 0, 0
    while found is not None and broken < MAX_BROKEN:
        at = found.end()
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            broken += 1
            wrong = error if isinstance(error, ValueError) else ValueError("nested too deep")
            yield at, wrong
            found = AFTER_A_BROKEN_ONE.search(text, getattr(error, "pos", at))
            continue
        yield at, value
        found = FOLLOWING.match(text, end)
        if found is None and not END.match(text, end):
            broken += 1
            is_end = not text[end : end + 1_000].strip()
            yield end, ValueError("the array is cut off" if is_end else "something else stands between two objects")
            found = AFTER_A_BROKEN_ONE.search(text, end)

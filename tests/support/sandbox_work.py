"""What runs in sandbox processes in tests: work that never ends, takes too much, crashes, or waits for a signal.

The processes import this module by name, so it imports little.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from tracker.model import Article, InputError
from tracker.sources import Item, Reading

KILLED = "At least 30 people were killed in Homs on Sunday, police said."


def hang(*_: object) -> Reading:
    while True:
        pass


def fill(*_: object) -> Reading:
    return Reading(Article("a", "x" * (4 << 30)), "x")


def crash(*_: object) -> Reading:
    raise SystemExit(3)


def stumble(*_: object) -> Reading:
    raise ZeroDivisionError("of no one")


def wait_for(file: Path, *_: object) -> Reading:
    """An article, once the file is there."""
    while not file.exists():
        time.sleep(0.05)
    return Reading(Article("waited", KILLED), "x")


def items(number: int, item: Item) -> Iterator[Item]:
    yield from [item] * number


def articles(number: int) -> Iterator[Item]:
    return items(number, Reading(Article("a", KILLED), "a.txt"))


def errors(number: int) -> Iterator[Item]:
    return items(number, InputError("a.txt", "is broken"))

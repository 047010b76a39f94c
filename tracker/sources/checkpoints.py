"""Checkpoints of reading: announced before each file and each part of a file.

The sandbox (tracker.sandbox.reading) listens, so that it can name the part that hangs and skip it in a second try.
Without a listener the checkpoints do nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Checkpoints:
    """A listener, and what to skip: the first `files` files, and the parts of the next file with these numbers."""

    tell: Callable[[tuple[str, str, int]], None]
    files: int = 0
    parts: frozenset[int] = frozenset()
    file: int = 0
    part: int = 0


_listening: list[Checkpoints] = []  # one at most: the process does nothing but read


def listen(marks: Checkpoints) -> None:
    """Announce all further checkpoints to this listener."""
    _listening[:] = [marks]


def begin_file(path: str) -> bool:
    """Announce a file, an address or a stream. Returns whether to read it."""
    for marks in _listening:
        marks.file, marks.part = marks.file + 1, 0
        if marks.file <= marks.files:
            return False
        marks.tell(("file", path, marks.file))
    return True


def begin_part(path: str) -> bool:
    """Announce the next part of the file (an archive member, a page …). Returns whether to read it."""
    for marks in _listening:
        marks.part += 1
        if marks.file == marks.files + 1 and marks.part in marks.parts:
            return False
        marks.tell(("part", path, marks.part))
    return True

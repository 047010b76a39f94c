"""Where the reading is: told before each file and each part of one, so that what hangs can be named and passed over.

Who reads in a process of its own (tracker.sandbox.reading) listens; elsewhere nobody does, and nothing is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Marks:
    """Who listens, and what is passed over: so many files, and parts of the next one by their numbers."""

    tell: Callable[[tuple[str, str, int]], None]
    files: int = 0
    parts: frozenset[int] = frozenset()
    file: int = 0
    part: int = 0


_marks: list[Marks] = []  # one, in a process that does nothing but read


def listen(marks: Marks) -> None:
    """From now on tell these marks."""
    _marks[:] = [marks]


def begin_file(path: str) -> bool:
    """Say that a file, an address or a stream comes now; whether it is to be read."""
    for marks in _marks:
        marks.file, marks.part = marks.file + 1, 0
        if marks.file <= marks.files:
            return False
        marks.tell(("file", path, marks.file))
    return True


def begin_part(path: str) -> bool:
    """Say that the next part of the file comes now (a file in an archive, a page …); whether it is to be read."""
    for marks in _marks:
        marks.part += 1
        if marks.file == marks.files + 1 and marks.part in marks.parts:
            return False
        marks.tell(("part", path, marks.part))
    return True

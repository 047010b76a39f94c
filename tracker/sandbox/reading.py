"""Reading in a process of its own: a file that makes a parser hang, crash or fill the memory is named and left out."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from tracker.model import InputError, TrackerError
from tracker.sandbox.worker import SECONDS, TOO_LITTLE_MEMORY, Channel, EndedError, Worker
from tracker.sources import Item
from tracker.sources.marks import Marks, listen
from tracker.sources.paths import IN_WORDS as STANDARD_INPUT

Items = Callable[[], Iterable[Item]]
"""What begins to read; it can be pickled, and reads the same in the same order whenever it is called."""


MOST_PARTS = 10  # of one file that are left out before the rest of it is


@dataclass(frozen=True, slots=True)
class Start:
    """Where a process begins: files passed over, parts of the next one left out, items out of it that are known."""

    files: int = 0
    parts: frozenset[int] = frozenset()
    items: int = 0


@dataclass(slots=True)
class Place:
    """How far a process has come."""

    file: int
    path: str = ""
    number: int = 0  # of the part
    part: str = ""
    items: int = 0  # out of this file


def read_apart(items: Items, seconds: float = SECONDS) -> Generator[Item]:
    """The same items. Where one takes too long or too much memory, an InputError says so, and the others go on.

    The time is that between one file or part of a file and the next, and counts only while there is computing.
    """
    start: Start | None = Start()
    while start is not None:
        start = yield from _read_from(start, items, seconds)


def _read_from(start: Start, items: Items, seconds: float) -> Generator[Item, None, Start | None]:
    """The items from there on, by one process; where the next one has to begin, None at the end."""
    place = Place(start.files)
    worker = Worker(partial(_read, items, start), seconds)
    try:
        while (message := worker.receive()) is not None:
            if not isinstance(message, tuple):
                place.items += 1
                if place.file > start.files + 1 or place.items > start.items:
                    yield message
            elif message[0] == "file":
                place = Place(place.file + 1, message[1])
            elif message[0] == "part":
                _, place.part, place.number = message
            else:
                _raise(message[1])
    except EndedError as ended:
        if place.file == start.files:
            raise TrackerError(f"nothing can be read here: {ended}") from None
        yield InputError(place.part or place.path, str(ended))
        return _after(place, start)
    finally:
        worker.kill()
    return None


def _raise(wrong: TrackerError | str) -> NoReturn:
    raise EndedError(wrong) if isinstance(wrong, str) else wrong


def _after(place: Place, start: Start) -> Start:
    """Where to go on: after the file, or in it where only a part of it is bad and it can be read again."""
    left_out = start.parts if place.file == start.files + 1 else frozenset[int]()
    is_whole = place.number < 2 and place.part in ("", place.path)
    if is_whole or place.path == STANDARD_INPUT or len(left_out) >= MOST_PARTS:
        return Start(place.file)
    return Start(place.file - 1, left_out | {place.number}, place.items)


def _read(items: Items, start: Start, channel: Channel) -> None:
    """What the process does: items and, as tuples, marks and what is wrong; None at the end."""
    _open_standard_input()

    def tell(value: object) -> None:
        channel.stop_clock()
        channel.send(value)
        channel.start_clock()

    listen(Marks(tell, start.files, start.parts))
    channel.start_clock()
    try:
        for item in items():
            tell(item)
    except TrackerError as error:
        channel.send(("wrong", error))
    except MemoryError:
        channel.send(("failed", TOO_LITTLE_MEMORY))
    except Exception as error:
        # whatever a file does to its parser, the other files are still read, and this one is named
        channel.send(("failed", f"cannot be read: {type(error).__name__}: {error}"))
    else:
        channel.stop_clock()
        channel.send(None)


def _open_standard_input() -> None:
    """Processes of multiprocessing have none of their own; the one of the command stands open still."""
    with contextlib.suppress(OSError):
        sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False))  # noqa: SIM115  (open to the end)

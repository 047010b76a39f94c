"""Reads inputs in a sandbox process. A file that makes a parser hang, crash or fill the memory is named and skipped."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from tracker.model import TrackerError
from tracker.sandbox.worker import OUT_OF_MEMORY, SECONDS, Channel, GivenUpError, Worker, WorkerEndedError
from tracker.sources import Item
from tracker.sources.checkpoints import Checkpoints, listen
from tracker.sources.paths import IN_WORDS as STANDARD_INPUT

Items = Callable[[], Iterable[Item]]
"""Starts reading. Must be picklable and yield the same items in the same order at every call."""


MAX_SKIPPED_PARTS = 10  # of one file; after that the rest of the file is skipped


@dataclass(frozen=True, slots=True)
class Resume:
    """Where a process starts: files to skip, parts of the next file to skip, items of it that were already yielded."""

    files: int = 0
    parts: frozenset[int] = frozenset()
    items: int = 0


@dataclass(slots=True)
class Position:
    """How far a process has read."""

    file: int
    path: str = ""
    number: int = 0  # number of the part
    part: str = ""
    items: int = 0  # items yielded from this file


def read_in_sandbox(items: Items, seconds: float = SECONDS) -> Generator[Item]:
    """Yield the same items, read in a sandbox process. An item that breaks a limit becomes an InputError.

    `seconds`: computing time per file or part of a file. Waiting does not count.
    """
    resume: Resume | None = Resume()
    while resume is not None:
        resume = yield from _read_from(resume, items, seconds)


def _read_from(resume: Resume, items: Items, seconds: float) -> Generator[Item, None, Resume | None]:
    """Yield the items from there on with one process. Returns where the next one starts, None at the end."""
    position = Position(resume.files)
    worker = Worker(partial(_read, items, resume), seconds)
    try:
        while (message := worker.receive()) is not None:
            if not isinstance(message, tuple):
                position.items += 1
                if position.file > resume.files + 1 or position.items > resume.items:
                    yield message
            elif message[0] == "file":
                position = Position(position.file + 1, message[1])
            elif message[0] == "part":
                _, position.part, position.number = message
            else:
                _raise(message[1])
    except WorkerEndedError as ended:
        if position.file == resume.files:
            raise TrackerError(f"nothing can be read here: {ended}") from None
        yield GivenUpError(position.part or position.path, str(ended))
        return _after(position, resume)
    finally:
        worker.kill()
    return None


def _raise(wrong: TrackerError | str) -> NoReturn:
    raise WorkerEndedError(wrong) if isinstance(wrong, str) else wrong


def _after(position: Position, resume: Resume) -> Resume:
    """Return where to continue: after the file, or inside it if only one part is bad and it can be read again."""
    left_out = resume.parts if position.file == resume.files + 1 else frozenset[int]()
    is_whole = position.number < 2 and position.part in ("", position.path)
    if is_whole or position.path == STANDARD_INPUT or len(left_out) >= MAX_SKIPPED_PARTS:
        return Resume(position.file)
    return Resume(position.file - 1, left_out | {position.number}, position.items)


def _read(items: Items, resume: Resume, channel: Channel) -> None:
    """The work of the process. Sends items, checkpoints and errors (as tuples), and None at the end."""
    _open_standard_input()

    def tell(value: object) -> None:
        channel.stop_clock()
        channel.send(value)
        channel.start_clock()

    listen(Checkpoints(tell, resume.files, resume.parts))
    channel.start_clock()
    try:
        for item in items():
            tell(item)
    except TrackerError as error:
        channel.send(("wrong", error))
    except MemoryError:
        channel.send(("failed", OUT_OF_MEMORY))
    except Exception as error:
        # broad on purpose: this file is named, and the other files are still read
        channel.send(("failed", f"cannot be read: {type(error).__name__}: {error}"))
    else:
        channel.stop_clock()
        channel.send(None)


def _open_standard_input() -> None:
    """Reopen standard input, which multiprocessing closes in its processes."""
    with contextlib.suppress(OSError):
        sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False))  # noqa: SIM115  (open to the end)

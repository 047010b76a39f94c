"""Work on text from outside, in a process that may hang, run out of memory or crash without anything else being lost.

The process has limits that the operating system holds it to, so that code in C that never comes back is ended as well:
computing time by a timer whose signal ends it, memory by a limit on its data. Where a system has neither (Windows),
only the patience of the caller of `receive` ends it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

SECONDS = 10.0
"""Seconds of computing that one article may take, a new process after it included."""

MEMORY = 2_048
"""Megabytes that a process may fill with data."""

HAS_TIMER = hasattr(signal, "setitimer")
OF_WHICH_WORK = 0.9  # the rest of the time is for a new process
TOO_LITTLE_MEMORY = f"needs more than {MEMORY:,} MB of memory"


class EndedError(Exception):
    """The process came to its end, and why, in words that go after the name of an article."""


class Channel:
    """What a process has in its hands: the line to the process that started it, and its clock."""

    def __init__(self, connection: Connection, seconds: float) -> None:
        self._connection = connection
        self._seconds = seconds * OF_WHICH_WORK

    def receive(self) -> Any:
        """The next task; the process ends where no more will come."""
        try:
            return self._connection.recv()
        except (EOFError, OSError):
            _leave()

    def send(self, value: object) -> None:
        """Hand over a result; the process ends where nobody takes it."""
        try:
            self._connection.send(value)
        except OSError:
            _leave()

    def start_clock(self) -> None:
        """From now on the seconds of computing count, whether they were counted before or not."""
        if HAS_TIMER:
            signal.setitimer(signal.ITIMER_PROF, self._seconds)

    def stop_clock(self) -> None:
        """What comes now may take its time."""
        if HAS_TIMER:
            signal.setitimer(signal.ITIMER_PROF, 0)


Work = Callable[[Channel], None]
"""What a process does; it can be pickled."""


class Worker:
    """A process that works, seen from outside."""

    def __init__(self, work: Work, seconds: float = SECONDS) -> None:
        method = "fork" if _is_alone() else "spawn"
        context: Any = multiprocessing.get_context(method)
        self._seconds = seconds
        self._ours, theirs = context.Pipe()
        inherited = self._ours if method == "fork" else None
        self._process = context.Process(target=_run, args=(work, theirs, inherited, seconds), daemon=True)
        self._process.start()
        theirs.close()

    def send(self, value: object) -> None:
        """Give it a task; EndedError where it is no more."""
        try:
            self._ours.send(value)
        except OSError:
            raise EndedError(self._why()) from None

    def receive(self, patience: float | None = None) -> Any:
        """The next result; EndedError where it is no more, or lets us wait for longer than `patience` seconds."""
        waited = 0
        try:
            # second by second: the time for which the whole command stood still (Ctrl-Z) is no fault of the process
            while patience is not None and not self._ours.poll(1):
                waited += 1
                if waited >= patience:
                    self.kill()
                    raise EndedError(_too_slow(self._seconds))
            return self._ours.recv()
        except (EOFError, OSError):
            raise EndedError(self._why()) from None

    def kill(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.join()
        self._ours.close()

    def _why(self) -> str:
        self._process.join()
        self._ours.close()
        return _in_words(self._process.exitcode or 0, self._seconds)


def _is_alone() -> bool:
    """Whether this process has one thread only: a copy of others could inherit a lock that one of them holds."""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _run(work: Work, connection: Connection, inherited: Connection | None, seconds: float) -> None:
    if inherited is not None:
        inherited.close()  # else it would never see that the other end is closed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if HAS_TIMER:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _limit_memory()
    work(Channel(connection, seconds))


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # no such limits here, or lower ones already
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY * 1_048_576, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave() -> NoReturn:
    os._exit(0)


def _in_words(code: int, seconds: float) -> str:
    if code >= 0:
        return f"ended the process that read it (code {code})"
    if HAS_TIMER and code == -signal.SIGPROF:
        return _too_slow(seconds)
    if code == -getattr(signal, "SIGKILL", 9):
        return "the process that read it was killed, perhaps for want of memory"
    with contextlib.suppress(ValueError):
        return f"crashed the process that read it ({signal.Signals(-code).name})"
    return f"crashed the process that read it (signal {-code})"


def _too_slow(seconds: float) -> str:
    return f"takes longer than {seconds:g} s: given up (--seconds N gives it more)"

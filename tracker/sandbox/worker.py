"""A process with limits. It may hang, run out of memory or crash, and nothing else is lost.

The operating system enforces the limits, so that they also end C code that never returns: a timer signal limits the
computing time, and a resource limit the memory. On systems without them (Windows) only the `patience` of the caller
of `receive` ends the process.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from tracker.model import InputError

SECONDS = 10.0
"""Computing time per article in seconds, including the start of a new process after it."""

MEMORY_MB = 2_048
"""Data memory of a process."""

HAS_TIMER = hasattr(signal, "setitimer")
WORK_SHARE = 0.9  # the rest of the time is for starting a new process
TOO_SLOW = "takes longer than"
OUT_OF_MEMORY = f"needs more than {MEMORY_MB:,} MB of memory"


class WorkerEndedError(Exception):
    """The process ended. The message says why, and follows the name of an article."""


class GivenUpError(InputError):
    """A file or an article broke a limit of its process, or crashed it, and was given up."""


class Channel:
    """The end of the connection inside the process, with its clock."""

    def __init__(self, connection: Connection, seconds: float) -> None:
        self._connection = connection
        self._seconds = seconds * WORK_SHARE

    def receive(self) -> Any:
        """Return the next task. The process exits if there are no more."""
        try:
            return self._connection.recv()
        except (EOFError, OSError):
            _exit()

    def send(self, value: object) -> None:
        """Send a result. The process exits if nobody receives it."""
        try:
            self._connection.send(value)
        except OSError:
            _exit()

    def start_clock(self) -> None:
        """Start or restart the clock of computing time."""
        if HAS_TIMER:
            signal.setitimer(signal.ITIMER_PROF, self._seconds)

    def stop_clock(self) -> None:
        """Stop the clock: what follows is not limited."""
        if HAS_TIMER:
            signal.setitimer(signal.ITIMER_PROF, 0)


Work = Callable[[Channel], None]
"""The work of a process. Must be picklable."""


class Worker:
    """A process, as its parent sees it."""

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
        """Send a task. Raises WorkerEndedError if the process has ended."""
        try:
            self._ours.send(value)
        except OSError:
            raise WorkerEndedError(self._why()) from None

    def receive(self, patience: float | None = None) -> Any:
        """Return the next result. Raises WorkerEndedError if the process has ended or `patience` (seconds) is over."""
        waited = 0
        try:
            # second by second, so that time for which the whole command was suspended (Ctrl-Z) does not count
            while patience is not None and not self._ours.poll(1):
                waited += 1
                if waited >= patience:
                    self.kill()
                    raise WorkerEndedError(_too_slow(self._seconds))
            return self._ours.recv()
        except (EOFError, OSError):
            raise WorkerEndedError(self._why()) from None

    def kill(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.join()
        self._ours.close()

    def _why(self) -> str:
        self._process.join()
        self._ours.close()
        return _reason(self._process.exitcode or 0, self._seconds)


def _is_alone() -> bool:
    """Whether this process has a single thread. A fork of several threads could inherit a held lock."""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _run(work: Work, connection: Connection, inherited: Connection | None, seconds: float) -> None:
    if inherited is not None:
        inherited.close()  # else the process would never notice that the other end is closed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if HAS_TIMER:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _limit_memory()
    _silence()
    try:
        work(Channel(connection, seconds))
    except Exception:  # no traceback with words of the input in it: the parent says that the process ended
        _exit(1)


def _silence() -> None:
    """Let libraries log and warn to nobody: what they say holds untrusted text, and is reported otherwise."""
    logging.getLogger().addHandler(logging.NullHandler())
    logging.captureWarnings(capture=True)


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # no such limits here, or lower ones are set already
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_MB * 1_048_576, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _exit(code: int = 0) -> NoReturn:
    os._exit(code)


def _reason(code: int, seconds: float) -> str:
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
    return f"{TOO_SLOW} {seconds:g} s: given up"

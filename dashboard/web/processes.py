"""Several processes that answer at one socket, and one that keeps what must be the same for all visitors.

Python computes in one thread of a process at a time, so a dashboard with many visitors needs a process for each core.
They are forked when everything is imported and the store is opened, and share that memory. What visitors give to the
page and the wrong tokens are kept by one process more, which the others ask (multiprocessing.managers). Whichever ends
unexpectedly is started again. Where a process cannot be forked safely, there is one.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import wait
from multiprocessing.managers import BaseManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.view.intake import Intake, Intakes, Readings
from dashboard.web.guesses import Counting, Guesses
from tracker.model import TrackerError
from tracker.terminal import tell

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from tracker.store.store import Store

MOST_AT_FIRST = 4
"""Processes, where nobody says how many: each needs memory for what it has computed."""

MOST_STARTED_AGAIN, SOON = 20, 60.0
"""If so many processes in a row end within so many seconds, the server ends: it will not go away by itself."""

SECONDS_TO_END = 10
"""How long a process may take to end when it is asked to."""

SECONDS_TO_LISTEN, AGAIN = 20.0, 0.05
"""How long a keeper that has just been started may take until it can be asked, and how often that is tried."""

Work = Callable[[], None]


def can_fork() -> bool:
    """Whether a process can be forked safely here: not on Windows, nor on macOS, whose libraries do not expect it."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def usual_number() -> int:
    """How many processes answer, if nobody says."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_AT_FIRST) if can_fork() else 1


@dataclass(frozen=True, slots=True)
class Keeper:
    """The process that keeps readings and wrong tokens. `socket`: where it is asked; nobody else knows the `secret`."""

    socket: Path
    secret: bytes

    @staticmethod
    def at(folder: Path) -> Keeper:
        """A keeper that is asked at a socket in a folder of its own."""
        return Keeper(folder / "keeper", secrets.token_bytes(32))

    def run(self, store: Store) -> None:
        """Keep, until this process is ended. `store` takes what is read."""
        tempfile.tempdir = str(self.socket.parent)  # uploads go with the server, however this process ends
        self.socket.unlink(missing_ok=True)  # of a keeper that has ended
        _Manager.register("intakes", callable=cache(lambda: Intakes(store)))
        _Manager.register("guesses", callable=cache(Guesses))
        server = _Manager(str(self.socket), self.secret).get_server()
        for name in ("intakes", "guesses"):
            # held once by the server itself: else it drops an object that nobody uses at the moment, and a visitor
            # who asks in the same moment for what is dropped gets an error
            server.create(None, name)  # type: ignore[arg-type]  # no connection: the server itself
        server.serve_forever()

    @property
    def intakes(self) -> Readings:
        """The readings, for a process that serves."""
        return _Intakes(self)

    @property
    def guesses(self) -> Counting:
        """The count of wrong tokens, for a process that serves."""
        return _Guesses(self)

    def ask(self, name: str, method: str, *given: Any) -> Any:
        """What a method of the kept object answers. TrackerError if the keeper is not there."""
        try:
            return getattr(getattr(self._connected(), name)(), method)(*given)
        except (OSError, EOFError) as error:
            raise TrackerError("the process that reads articles is not there: try again in a moment") from error

    def _connected(self) -> _Manager:
        """The way to the keeper, once it listens: at a start, and when it is started again, visitors may be first."""
        latest = time.monotonic() + SECONDS_TO_LISTEN
        while True:
            manager = _Manager(str(self.socket), self.secret)
            try:
                manager.connect()
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() > latest:
                    raise
                time.sleep(AGAIN)
            else:
                return manager


class _Manager(BaseManager):
    """How the keeper is asked."""


_Manager.register("intakes")
_Manager.register("guesses")


@dataclass(frozen=True, slots=True)
class _Intakes:
    """The readings that the keeper has (dashboard.view.intake.Readings)."""

    keeper: Keeper

    def pasted(self, text: str, stated: Mapping[str, str]) -> str:
        key: str = self.keeper.ask("intakes", "pasted", text, stated)
        return key

    def files(self, contents: Sequence[str], names: Sequence[str]) -> str:
        key: str = self.keeper.ask("intakes", "files", contents, names)
        return key

    def address(self, text: str) -> str:
        key: str = self.keeper.ask("intakes", "address", text)
        return key

    def look(self, key: str | None) -> Intake | str | None:
        found: Intake | str | None = self.keeper.ask("intakes", "look", key)
        return found

    def keep(self, key: str | None) -> Counter[str]:
        counts: Counter[str] = self.keeper.ask("intakes", "keep", key)
        return counts


@dataclass(frozen=True, slots=True)
class _Guesses:
    """The wrong tokens that the keeper counts (dashboard.web.guesses.Guesses)."""

    keeper: Keeper

    def attempt(self, address: str, is_right: bool) -> tuple[bool, float]:
        found: tuple[bool, float] = self.keeper.ask("guesses", "attempt", address, is_right)
        return found


def run_all(works: list[Work], ready: Work) -> None:
    """Do each work in a process of its own, again if it ends, until this process is told to end.

    `ready` is called once all have begun. TrackerError if processes end again and again (MOST_STARTED_AGAIN).
    """
    fork = multiprocessing.get_context("fork")
    running: dict[Any, tuple[BaseProcess, Work, float]] = {}

    def begin(work: Work) -> None:
        process = fork.Process(target=_in_child, args=(work,))
        process.start()
        running[process.sentinel] = (process, work, time.monotonic())

    try:
        for work in works:
            begin(work)
        ready()
        in_a_row = 0
        while in_a_row < MOST_STARTED_AGAIN:
            for sentinel in wait(list(running)):
                process, work, begun = running.pop(sentinel)
                process.join()
                in_a_row = in_a_row + 1 if time.monotonic() - begun < SOON else 0
                tell(f"dashboard: process {process.pid} has ended ({process.exitcode}): starting another one")
                begin(work)
        raise TrackerError(f"its processes have ended {MOST_STARTED_AGAIN} times in a row")
    finally:
        for process, *_ in running.values():
            process.terminate()
        for process, *_ in running.values():
            process.join(SECONDS_TO_END)
            if process.is_alive():
                process.kill()


def _in_child(work: Work) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of them: the parent ends its processes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

"""Waiting for a condition, a line or a thread, for a time that only a failing test needs."""

from __future__ import annotations

import threading
import time
from queue import Empty, SimpleQueue

LONG_WAIT = 120  # seconds, for what takes a few


def until(holds, what):
    """What a condition gives as soon as it holds; `what` is told if it never does."""
    begun = time.monotonic()
    while not (found := holds()):
        assert time.monotonic() - begun < LONG_WAIT, what
        time.sleep(0.05)
    return found


def line_of(stream):
    """The next line that a process says; "" if it has ended. That it goes on and says nothing is a failure."""
    said = SimpleQueue()
    threading.Thread(target=lambda: said.put(stream.readline()), daemon=True).start()
    try:
        return said.get(timeout=LONG_WAIT)
    except Empty:
        raise AssertionError(f"the process says nothing in {LONG_WAIT} seconds") from None


def ended(threads):
    """Wait until all threads have ended; one that never does is a failure."""
    for thread in threads:
        thread.join(LONG_WAIT)
        assert not thread.is_alive(), f"it does not end in {LONG_WAIT} seconds: {thread.name}"

"""How much work something is, without a clock: calls are counted, and what hangs is ended."""

from __future__ import annotations

import cProfile
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MINUTE = 60


def calls(work: Callable[[], object]) -> int:
    """How many functions are called while the work is done: the same number on every machine."""
    counter = cProfile.Profile(subcalls=False)
    counter.runcall(work)
    return sum(one.callcount for one in counter.getstats())


@contextmanager
def no_hang() -> Iterator[None]:
    """Fail what computes for a minute where hundredths of a second are enough. Waiting for the processor is free."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def end(*_):
        raise AssertionError(f"still computing after {MINUTE} s of the processor's time")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, MINUTE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

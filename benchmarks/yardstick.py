"""The yardstick of the benchmarks: processor time, and how long a bare loop takes in the same run.

Seconds of a clock on the wall say little on a machine that does other work as well. Processor time does not count that
work, and as a multiple of a bare loop in the same run it can be compared between machines.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any

STEPS = 10_000_000


def bare_loop() -> float:
    """Seconds of processor time for STEPS steps of a loop that does nothing: the best of three."""
    return min(processor(_loop) for _ in range(3))


def processor(work: Callable[[], Any]) -> float:
    """Seconds that this process, and the processes that it starts and waits for, compute while they do the work."""
    begun = _spent()
    work()
    return _spent() - begun


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _loop() -> None:
    for _ in range(STEPS):
        pass

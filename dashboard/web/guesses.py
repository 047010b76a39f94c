"""Limits on wrong tokens: after a few of them, each further try has to wait, longer and longer.

Nothing sleeps here: a try that comes too early is refused, so guesses block no one else.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")

FREE = 5
"""Wrong tokens from one address before it has to wait."""

FREE_IN_ALL = 50
"""Wrong tokens from all addresses before everybody has to wait who has not been let in before."""

LONGEST = 900.0
LONGEST_IN_ALL = 60.0
"""Seconds of the longest wait: for one address, and for all others because of many addresses."""

FORGOTTEN = 3_600.0
"""Seconds after the last wrong token until all wrong tokens are forgotten."""

MAX_ADDRESSES = 10_000


@dataclass(slots=True)
class Throttle:
    """Counts failures. After `free` of them the wait is 1 second, then doubles with each failure up to `longest`."""

    free: int
    longest: float
    failures: int = 0
    last: float = float("-inf")

    def wait(self, now: float) -> float:
        """Return the seconds until the next try is allowed, 0 for now."""
        if now - self.last >= FORGOTTEN:
            self.failures = 0
        if self.failures < self.free:
            return 0.0
        pause = min(self.longest, 2.0 ** min(self.failures - self.free, 30))
        return max(0.0, self.last + pause - now)

    def fail(self, now: float) -> None:
        """Count a failure."""
        self.failures, self.last = self.failures + 1, now


class Counting(Protocol):
    """Counts wrong tokens: Guesses, or that of another process."""

    def attempt(self, address: str, is_right: bool) -> tuple[bool, float]: ...  # noqa: D102


@dataclass
class Guesses:
    """The tries of all addresses. Safe to use from several threads. `clock`: seconds, for tests."""

    clock: Callable[[], float] = time.monotonic
    _each: OrderedDict[str, Throttle] = field(default_factory=OrderedDict)
    _all: Throttle = field(default_factory=lambda: Throttle(FREE_IN_ALL, LONGEST_IN_ALL))
    _let_in: OrderedDict[str, None] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def attempt(self, address: str, is_right: bool) -> tuple[bool, float]:
        """Take one try from an address, unless it comes too early.

        In: whether its token is right. Out: whether it is let in, and the seconds to wait before a try is looked at
        (0: it was looked at).
        """
        place = network(address)
        with self._lock:  # tries at the same time are counted one by one
            now = self.clock()
            own = self._each.get(place) or Throttle(FREE, LONGEST)
            wait = max(own.wait(now), 0.0 if place in self._let_in else self._all.wait(now))
            if wait > 0.0:
                return False, wait
            if is_right:
                self._each.pop(place, None)
                _remember(self._let_in, place, None)
                return True, 0.0
            own.fail(now)
            self._all.fail(now)
            _remember(self._each, place, own)
            return False, 0.0


def network(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 network that one IPv6 customer gets."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)


def _remember(known: OrderedDict[str, T], place: str, value: T) -> None:
    known[place] = value
    known.move_to_end(place)
    while len(known) > MAX_ADDRESSES:
        known.popitem(last=False)

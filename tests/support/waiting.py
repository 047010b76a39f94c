"""Waiting for a condition, for a time that only a failing test needs."""

from __future__ import annotations

import time

LONG_WAIT = 120  # seconds, for what takes a few


def until(holds, what):
    """What a condition gives as soon as it holds; `what` is told if it never does."""
    begun = time.monotonic()
    while not (found := holds()):
        assert time.monotonic() - begun < LONG_WAIT, what
        time.sleep(0.05)
    return found

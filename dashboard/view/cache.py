"""A cache of computed values, which holds as long as the store is the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: Any = None
    is_made: bool = False


class Cache:
    """Values by key, for one revision of the store. The least recently used ones are dropped first.

    It is safe to use from several threads: each value is made once, and other threads wait for it.
    """

    def __init__(self, most: int = 60) -> None:
        """`most`: how many values are kept."""
        self._most = most
        self._revision: Hashable = None
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def once(self, revision: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key. It is made if it is not cached for this revision."""
        with self._lock:
            if revision != self._revision:
                self._kept.clear()
                self._revision = revision
            kept = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        with kept.lock:
            if not kept.is_made:
                kept.value, kept.is_made = make(), True
            value: T = kept.value
            return value

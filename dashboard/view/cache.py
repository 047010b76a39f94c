"""A cache of computed values, which holds as long as the store is the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Once:
    """A value that the first thread that asks makes, while the others wait."""

    is_made: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _value: Any = None

    def get(self, make: Callable[[], T]) -> T:
        """The value, made if it is not yet there."""
        with self._lock:
            if not self.is_made:
                self._value, self.is_made = make(), True
            value: T = self._value
            return value


class Cache:
    """Values by key, for one revision of the store. The least recently used ones are dropped first.

    It is safe to use from several threads: each value is made once, and other threads wait for it.
    """

    def __init__(self, most: int = 60) -> None:
        """`most`: how many values are kept."""
        self._most = most
        self._revision: Hashable = None
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Once] = OrderedDict()

    def once(self, revision: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key. It is made if it is not cached for this revision."""
        with self._lock:
            if revision != self._revision:
                self._kept.clear()
                self._revision = revision
            kept = self._kept.setdefault(key, Once())
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept.get(make)

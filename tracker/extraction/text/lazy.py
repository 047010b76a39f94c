"""A value that is computed when it is first asked for: what only few sentences or articles need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Lazy(Generic[Answer]):
    """A value that is computed when it is first asked for."""

    __slots__ = ("_answer", "_work")

    def __init__(self, work: Callable[[], Answer]) -> None:
        self._work: Callable[[], Answer] | None = work
        self._answer: Answer

    def __call__(self) -> Answer:
        """The value."""
        if self._work is not None:
            self._answer = self._work()
            self._work = None
        return self._answer

"""Casualty figures out of news articles: every figure with its source, date, place and exact quotation.

The public names. What takes time to import (pandas, SQLAlchemy, …) is imported when a name is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tracker.model import Article, Figure, TrackerError

if TYPE_CHECKING:
    from tracker.api import Timeline, extract, timeline
    from tracker.figures import Figures
    from tracker.reader import Reader, load_reader
    from tracker.sources import read_paths
    from tracker.store.store import Store

__all__ = [
    "Article",
    "Figure",
    "Figures",
    "Reader",
    "Store",
    "Timeline",
    "TrackerError",
    "__version__",
    "extract",
    "load_reader",
    "read_paths",
    "timeline",
]

__version__ = "0.1.0"

_LATER = {
    "Figures": "tracker.figures",
    "Reader": "tracker.reader",
    "Store": "tracker.store.store",
    "Timeline": "tracker.api",
    "extract": "tracker.api",
    "load_reader": "tracker.reader",
    "read_paths": "tracker.sources",
    "timeline": "tracker.api",
}
"""The public names that are imported at their first use, and the module each is in."""


def __getattr__(name: str) -> object:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'tracker' has no attribute {name!r}")


def __dir__() -> list[str]:
    """All public names, so that a notebook completes those that are not imported yet."""
    return sorted({*globals(), *__all__})

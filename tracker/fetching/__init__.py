"""Fetching from the web: only what is public, only so much, only so long."""

from __future__ import annotations

from tracker.fetching.addresses import is_public, resolve
from tracker.fetching.addressing import joined
from tracker.fetching.fetch import Answer, Fetcher, Limits
from tracker.fetching.visitor import Visitor

__all__ = ["Answer", "Fetcher", "Limits", "Visitor", "is_public", "joined", "resolve"]

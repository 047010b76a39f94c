"""Watching feeds: which, how often, what is known of each, and one poll after another."""

from __future__ import annotations

from tracker.watching.plan import Feed, read_plan
from tracker.watching.state import Known, State
from tracker.watching.watcher import Found, Poll, Watcher

__all__ = ["Feed", "Found", "Known", "Poll", "State", "Watcher", "read_plan"]

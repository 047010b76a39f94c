"""Watching feeds: polling each in turn and fetching what is new in it.

In: a plan, which is a TOML file that lists the feeds (`plan`), and a state file that remembers which items were read
(`state`). Out: the articles of new items (`watcher`), which the command `watch` stores.
"""

from __future__ import annotations

from tracker.watching.plan import Feed, read_plan
from tracker.watching.state import Known, State
from tracker.watching.watcher import Found, Poll, Watcher

__all__ = ["Feed", "Found", "Known", "Poll", "State", "Watcher", "read_plan"]

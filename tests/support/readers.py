"""The rules, loaded once for all tests of a process. They can share them: reading changes nothing in them."""

from __future__ import annotations

from tracker.reader import load_reader

READER = load_reader()

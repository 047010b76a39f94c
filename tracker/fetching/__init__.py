"""Fetching from the web, within limits on addresses, size and time.

In: a web address. Out: the answer of its server, or an InputError that says why there is none. `fetch` makes single
requests to public addresses; `visitor` adds the rules for robots and a pause between requests to the same host.
"""

from __future__ import annotations

from tracker.fetching.addresses import is_public, resolve
from tracker.fetching.addressing import joined
from tracker.fetching.fetch import Answer, Fetcher, Limits
from tracker.fetching.visitor import Visitor

__all__ = ["Answer", "Fetcher", "Limits", "Visitor", "is_public", "joined", "resolve"]

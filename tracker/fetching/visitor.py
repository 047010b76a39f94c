"""The polite visitor: it obeys robots.txt and pauses between requests to the same host."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.fetching.addressing import target
from tracker.fetching.fetch import Answer, Fetcher
from tracker.model import InputError

if TYPE_CHECKING:
    from protego import Protego

ROBOT = "casualty-tracker"
"""What rules for robots call us."""

PACE = 1.0  # seconds between two requests to a host
LONGEST_PACE = 60.0  # seconds; a longer Crawl-delay is shortened to this
RULES_HOLD = 86_400.0  # seconds
NO_RULES_HOLD = 600.0  # seconds until the rules of a site are asked for again after they could not be fetched
MOST_HOSTS = 1_000  # that are remembered
LONGEST_RULES = 500_000  # bytes


@dataclass(frozen=True, slots=True)
class Rules:
    """The robots.txt of a site (None: it has none), why it could not be fetched (or ""), and how long this holds."""

    robots: Protego | None
    why_unknown: str
    until: float


class Visitor:
    """Fetches politely. `clock` returns the time and `sleep` waits, both in seconds; tests replace them."""

    def __init__(
        self,
        fetcher: Fetcher | None = None,
        *,
        pace: float = PACE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.fetcher = fetcher or Fetcher()
        self._pace, self._clock, self._sleep = pace, clock, sleep
        self._next: OrderedDict[str, float] = OrderedDict()
        self._rules: OrderedDict[str, Rules] = OrderedDict()

    def ask(self, url: str) -> Answer:
        """The answer for an address that a person named; robots.txt does not apply. InputError where there is none."""
        self._wait(url, self._pace)
        return self.fetcher.fetch(url)

    def follow(self, url: str) -> Answer:
        """The answer for an address that we found; InputError where there is none, or robots.txt forbids it."""
        answer = self.visit(url)
        if not 200 <= answer.status < 300:
            raise InputError(url, f"answers {answer.status}")
        return answer

    def visit(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Like `follow`, but the answer may have any status."""
        rules = self._rules_of(url)
        if rules.why_unknown:
            raise InputError(url, f"is not fetched: the robots.txt of its site {rules.why_unknown}")
        if rules.robots is not None and not rules.robots.can_fetch(url, ROBOT):
            raise InputError(url, "is not fetched: its site asks robots not to (robots.txt)")
        delay = rules.robots.crawl_delay(ROBOT) if rules.robots is not None else None
        self._wait(url, min(LONGEST_PACE, max(self._pace, delay or 0.0)))
        return self.fetcher.ask(url, headers)

    def _wait(self, url: str, pace: float) -> None:
        """Wait until the next request to this host may be made."""
        try:
            host = target(url).authority
        except ValueError:
            return  # which the fetcher says
        now = self._clock()
        turn = max(now, self._next.pop(host, now))
        if turn > now:
            self._sleep(turn - now)
        self._next[host] = turn + pace
        if len(self._next) > MOST_HOSTS:
            self._next.popitem(last=False)

    def _rules_of(self, url: str) -> Rules:
        try:
            origin = target(url).origin
        except ValueError as error:
            raise InputError(url, str(error)) from error
        known = self._rules.get(origin)
        if known is None or known.until <= self._clock():
            known = self._asked(origin)
            self._rules[origin] = known
            if len(self._rules) > MOST_HOSTS:
                self._rules.popitem(last=False)
        return known

    def _asked(self, origin: str) -> Rules:
        """Fetch robots.txt. A 4xx status means that there are no rules (RFC 9309); otherwise unknown."""
        from protego import Protego

        self._wait(origin, self._pace)
        now = self._clock()
        try:
            answer = self.fetcher.ask(f"{origin}/robots.txt")
        except InputError as error:
            return Rules(None, error.what, now + NO_RULES_HOLD)
        if answer.status >= 500 or answer.status == 429:
            return Rules(None, f"cannot be had: it answers {answer.status}", now + NO_RULES_HOLD)
        if not 200 <= answer.status < 300:
            return Rules(None, "", now + RULES_HOLD)
        text = answer.body[:LONGEST_RULES].decode("utf-8", "replace")
        return Rules(Protego.parse(text), "", now + RULES_HOLD)

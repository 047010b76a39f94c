"""The watcher: it polls feeds when they are due, reads what is new, and decides when to poll again."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import partial

from tracker.fetching import Answer, Visitor
from tracker.model import InputError
from tracker.sandbox.calling import call_in_sandbox
from tracker.sandbox.worker import GivenUpError, WorkerEndedError
from tracker.sources import Item, Reading, read_feed_entry
from tracker.sources.feed import MAX_ITEMS, Entry, parse_feed
from tracker.sources.options import ReadOptions
from tracker.watching.plan import Feed
from tracker.watching.state import MOST_SEEN, Known, State

JITTER = 0.1  # part of an interval by which polls are moved, so that many watchers do not ask in the same second
LONGEST_WAIT = 86_400.0  # seconds until the next poll of a feed that keeps failing
MOST_TRIES = 3  # to fetch the text of an item
LONGEST_NAME = 500  # characters of an ETag that is kept


@dataclass(frozen=True, slots=True)
class Found:
    """The results of one item of a feed, and whether they include its full text."""

    items: tuple[Item, ...]
    is_full: bool


@dataclass
class Poll:
    """The result of a poll, complete when its items were consumed. `problem` says why the feed was not read."""

    feed: Feed
    entries: int = 0
    new: int = 0
    problem: str = ""
    unchanged: bool = False
    known: Known = field(default_factory=Known)


class Watcher:
    """Polls feeds when they are due. `clock` returns seconds since 1970; `shuffle` a number from -1 to 1."""

    def __init__(
        self,
        feeds: Sequence[Feed],
        state: State,
        web: Visitor,
        clock: Callable[[], float],
        shuffle: Callable[[], float] = lambda: random.uniform(-1, 1),  # noqa: S311  (needs no secure randomness)
    ) -> None:
        self._feeds, self._state, self._web = feeds, state, web
        self._clock, self._shuffle = clock, shuffle
        state.only(feed.url for feed in feeds)

    def wait(self) -> float:
        """Seconds until the next poll; 0.0 where one is due."""
        return max(0.0, min(map(self._due, self._feeds)) - self._clock())

    def due(self) -> list[Feed]:
        """The feeds that are due, the longest waiting first."""
        now = self._clock()
        return sorted((feed for feed in self._feeds if self._due(feed) <= now), key=self._due)

    def _due(self, feed: Feed) -> float:
        """The time of the next poll of a feed; at most LONGEST_WAIT ahead, even if the clock was set back."""
        return min(self._state.of(feed.url).due, self._clock() + LONGEST_WAIT)

    def poll(self, feed: Feed) -> tuple[Poll, Iterator[Found]]:
        """Poll a feed. Its new items are fetched while the caller iterates over the second part of the result.

        Call `done` once they are stored. Only then are they remembered as read.
        """
        known = self._state.of(feed.url)
        poll = Poll(feed, known=known)
        try:
            answer = self._web.visit(feed.url, _conditions(known))
            if answer.status == 304:
                poll.unchanged = True
                poll.known = self._next(feed, known)
                return poll, iter(())
            if not 200 <= answer.status < 300:
                return self._failed(poll, f"answers {answer.status}", _retry_after(answer, self._clock()))
            entries = call_in_sandbox(partial(parse_feed, answer.body, answer.url))[:MAX_ITEMS]
        except InputError as error:
            return self._failed(poll, error.what, 0.0)
        except (ValueError, WorkerEndedError) as error:
            return self._failed(poll, str(error), 0.0)
        poll.entries = len(entries)
        etag, modified = (_short(answer.headers.get(name, "")) for name in ("etag", "last-modified"))
        poll.known = self._next(feed, dataclasses.replace(known, etag=etag, modified=modified))
        return poll, self._new(poll, entries)

    def done(self, poll: Poll) -> None:
        """Keep the state after a poll."""
        self._state.keep(poll.feed.url, poll.known)

    def stopped(self, poll: Poll) -> None:
        """Keep the state after a poll that was stopped: consumed items are read, and the feed is due at once."""
        self._state.keep(poll.feed.url, dataclasses.replace(poll.known, etag="", modified="", due=0.0))

    def put_off(self, poll: Poll) -> None:
        """Keep only the time of the next poll, because the articles of this one could not be stored."""
        again, _ = self._failed(Poll(poll.feed, known=self._state.of(poll.feed.url)), "", 0.0)
        self.done(again)

    def _new(self, poll: Poll, entries: Sequence[Entry]) -> Iterator[Found]:
        """The results of the items that are new; each item is remembered after the caller has consumed it."""
        read = set(poll.known.seen)
        for entry in reversed(entries):  # the oldest first
            if entry.key in read:
                continue
            read.add(entry.key)
            poll.new += 1
            found = self._found(poll.feed, entry)
            yield found
            poll.known = _remembered(poll.known, entry.key, is_read=found.is_full)
        poll.known = _of_standing(poll.known, [entry.key for entry in reversed(entries)])
        if poll.known.tries:  # the answer "not modified" would prevent another try
            poll.known = dataclasses.replace(poll.known, etag="", modified="")

    def _found(self, feed: Feed, entry: Entry) -> Found:
        wanted = feed.full and not entry.is_full and bool(entry.url)
        how = ReadOptions(web=_Fetched.of(entry.url, self._web) if wanted else None, follow=wanted, named=False)
        try:
            items = call_in_sandbox(partial(_items, entry, feed.url, how)) if wanted else _items(entry, feed.url, how)
        except WorkerEndedError as ended:
            summary = _items(entry, feed.url, dataclasses.replace(how, web=None, follow=False))
            items = (GivenUpError(entry.url, str(ended)), *summary)
        return Found(items, not wanted or any(isinstance(item, Reading) and item.path != feed.url for item in items))

    def _failed(self, poll: Poll, why: str, at_least: float) -> tuple[Poll, Iterator[Found]]:
        failures = poll.known.failures + 1
        wait = max(at_least, poll.feed.every * 2.0 ** min(failures, 20)) * (1 + JITTER * abs(self._shuffle()))
        due = self._clock() + min(wait, LONGEST_WAIT)
        poll.problem, poll.known = why, dataclasses.replace(poll.known, failures=failures, due=due)
        return poll, iter(())

    def _next(self, feed: Feed, known: Known) -> Known:
        due = self._clock() + feed.every * (1 + JITTER * self._shuffle())
        return dataclasses.replace(known, failures=0, due=due)


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What was fetched for one item, before a sandbox process reads it: the answer, or why there is none."""

    found: Answer | InputError

    @classmethod
    def of(cls, url: str, web: Visitor) -> _Fetched:
        """Fetch an address, at the pace of its host."""
        try:
            return cls(web.follow(url))
        except InputError as error:
            return cls(error)

    def follow(self, _: str) -> Answer:
        """Return the answer. Raises InputError if there was none."""
        if isinstance(self.found, InputError):
            raise self.found
        return self.found

    ask = follow


def _items(entry: Entry, path: str, how: ReadOptions) -> tuple[Item, ...]:
    return tuple(read_feed_entry(entry, path, how))


def _of_standing(known: Known, keys: Sequence[str]) -> Known:
    """The state after all items of a feed were read. `keys`: those that are in it, the oldest first."""
    standing, seen = set(keys), set(known.seen)
    others = [key for key in known.seen if key not in standing][-MOST_SEEN:]
    tries = {key: count for key, count in known.tries.items() if key in standing}
    return dataclasses.replace(known, seen=(*others, *(key for key in keys if key in seen)), tries=tries)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else ""


def _conditions(known: Known) -> dict[str, str]:
    stated = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in stated.items() if value}


def _remembered(known: Known, key: str, *, is_read: bool) -> Known:
    """The state with one more item that was read, or with one more failed try to read it in full."""
    tries = dict(known.tries)
    count = tries.pop(key, 0) + 1
    if is_read or count >= MOST_TRIES:
        return dataclasses.replace(known, seen=(*known.seen, key), tries=tries)
    return dataclasses.replace(known, tries={**tries, key: count})


def _retry_after(answer: Answer, now: float) -> float:
    """Seconds that a server asks to wait (Retry-After); 0.0 where it does not."""
    stated = answer.headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdecimal():
        return float(stated[:9])
    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - now) if stated else 0.0
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0

"""The command `watch`: it polls feeds and stores what is new in them, until it is stopped."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tracker.cli.stores import open_for_writing
from tracker.model import InputError, TrackerError
from tracker.terminal import say, tell

if TYPE_CHECKING:
    from tracker.sandbox.extracting import Found as Read
    from tracker.store.store import Store
    from tracker.watching import Found, Poll, Watcher

DONE, SOME_FAILED = 0, 1
LONGEST_SLEEP = 3_600.0  # seconds; a changed clock is noticed after this time


def add_parser(command: argparse.ArgumentParser) -> None:
    """Add the options of `watch`."""
    command.add_argument("feeds", metavar="FEEDS", help="which feeds, and how often: TOML, docs/sources.md")
    command.add_argument("--once", action="store_true", help="poll what is due, and end")
    command.add_argument("--state", metavar="FILE", help="what is known of the feeds; default: FEEDS.state beside it")
    command.add_argument("--allow-private", action="store_true", help="poll private addresses, too (your own servers)")


class Stop:
    """A request to stop (Ctrl-C, SIGTERM). What is being read is finished and stored first."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def on_signals(self) -> None:
        """Install the signal handlers. A second signal interrupts at once."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)

    def _note(self, number: int, _: object) -> None:
        if self.asked:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether a stop was requested."""
        return self._asked.is_set()

    def wait(self, seconds: float) -> None:
        """Wait for some seconds, or until a stop is requested."""
        self._asked.wait(min(seconds, LONGEST_SLEEP))


def watch(options: argparse.Namespace) -> int:
    """Poll the feeds; returns the exit code, 1 where --once met a feed that cannot be read."""
    from tracker.cli.articles import quiet_libraries
    from tracker.fetching import Fetcher, Visitor
    from tracker.watching import State, Watcher, read_plan

    feeds, stop = read_plan(options.feeds), Stop()
    if options.state is not None and not options.state.strip():
        raise TrackerError("--state: its name is empty")
    state = State(options.state or f"{options.feeds}.state")
    fetcher = Fetcher(allow_private=options.allow_private, advice="--allow-private allows it")
    web = Visitor(fetcher, sleep=stop.wait)
    state.save()  # a file that cannot be written is reported before anything is fetched
    quiet_libraries()
    stop.on_signals()
    with open_for_writing(options.db, create=True) as store:
        watcher = Watcher(feeds, state, web, time.time)
        with closing(Round(watcher, store, options.sources, stop)) as round_:
            failed = round_.run()
            while not options.once and not stop.asked:
                stop.wait(watcher.wait())
                round_.run()
    return SOME_FAILED if options.once and failed else DONE


class Round:
    """One round of polls: polls the feeds that are due and prints one line for each."""

    def __init__(
        self, watcher: Watcher, store: Store, sources: str | None, stop: Stop, now: Callable[[], float] = time.time
    ) -> None:
        from tracker.knowledge.rules import fingerprint
        from tracker.sandbox.extracting import ExtractionPool

        self._watcher, self._store, self._stop, self._now = watcher, store, stop, now
        self._pool, self._rules = ExtractionPool(1, sources=sources), fingerprint(sources)

    def close(self) -> None:
        """End the process that finds figures."""
        self._pool.close()

    def run(self) -> int:
        """Poll each feed that is due; returns the number of feeds that could not be read."""
        failed = 0
        for feed in self._watcher.due():
            if self._stop.asked:
                break
            failed += not self._one(feed)
        return failed

    def _one(self, feed: Any) -> bool:
        poll, found = self._watcher.poll(feed)
        counts = Counter[str]()
        try:
            for one in found:
                self._keep(one, counts)
                if self._stop.asked:
                    break
            if counts["added"]:
                self._store.link()
        except TrackerError as error:  # from the store, which may work again for the next feed
            self._watcher.put_off(poll)
            self._say(feed.name, f"not stored, tried again later: {error}")
            return False
        if self._stop.asked:
            # the code after the last yield has not run, so the item that was stored last is read again
            self._watcher.stopped(poll)
        else:
            self._watcher.done(poll)
        self._say(feed.name, _in_words(poll, counts, poll.known.due - self._now()))
        return not poll.problem

    def _keep(self, one: Found, counts: Counter[str]) -> None:
        """Store the results of an item. A summary never replaces a full text."""
        from tracker.sources import Note, Reading

        for item in one.items:
            result = self._pool.find(item) if isinstance(item, Reading) else item
            if isinstance(result, InputError):
                counts["failed"] += 1
                tell(result)
            elif isinstance(result, Note):
                counts["noted"] += 1
            elif one.is_full or self._store.article(result.article.id) is None:  # type: ignore[union-attr]
                counts.update(_stored(result, self._store, self._rules))  # type: ignore[arg-type]

    def _say(self, name: str, what: str) -> None:
        moment = datetime.fromtimestamp(self._now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        say(f"{moment} {name}: {what}")


def _stored(found: Read, store: Store, rules: str) -> Iterator[str]:
    """Store an article with its figures; yields the names of what that changed, for counting."""
    from tracker.store.store import Entry, StoreError

    (answer,) = store.add_many([Entry(found.article, found.figures, found.path, found.reasons, rules)])
    if isinstance(answer, StoreError):
        tell(answer)
        yield "failed"
    else:
        yield answer
        yield from ["figures"] * len(found.figures)


def _in_words(poll: Poll, counts: Counter[str], seconds: float) -> str:
    again = f"again in {_span(seconds)}"
    if poll.problem:
        return f"{poll.problem}; {again}"
    if poll.unchanged:
        return f"unchanged; {again}"
    told = ", ".join(f"{name} {counts[name]}" for name in ("added", "updated", "failed") if counts[name])
    summaries = f", {counts['noted']} as summaries" if counts["noted"] else ""
    stored = f"{told or 'nothing new stored'}{summaries}; {counts['figures']} figures"
    return f"{poll.entries} items, {poll.new} new: {stored}; {again}" if poll.new else f"nothing new; {again}"


def _span(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole} s" if whole < 120 else f"{round(whole / 60)} min" if whole < 7_200 else f"{round(whole / 3600)} h"

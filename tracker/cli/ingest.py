"""The commands `add` and `retry`: they store articles batch by batch, so that an interruption loses little."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.articles import DONE, Tally, quiet_libraries
from tracker.cli.progress import with_progress
from tracker.cli.reading_options import read_options
from tracker.cli.stores import open_for_reading, open_for_writing
from tracker.knowledge import load_own_names, load_publishers
from tracker.knowledge.rules import fingerprint
from tracker.model import Article, InputError
from tracker.sandbox.extracting import Found, Result, Unchanged, find
from tracker.sandbox.reading import read_in_sandbox
from tracker.sandbox.worker import SECONDS
from tracker.sources import Figures, Item, Note, Reading, read_figures, read_items
from tracker.terminal import say, say_lines, tell

if TYPE_CHECKING:
    from tracker.store.changes import Outcome
    from tracker.store.duplicates import Link
    from tracker.store.failures import Failure
    from tracker.store.store import Added, Entry, Store

AT_A_TIME = 500  # articles in one transaction, which is the most that an interruption costs
LETTERS_AT_A_TIME = 300_000  # characters in one transaction, so that long articles are stored sooner
ASKED_AT_A_TIME = 100  # articles that are looked up in the store together, before they are read
STANDARD_INPUT = "standard input"

KINDS = {"address": "same address", "text": "same text", "near": "nearly the same text"}


@dataclass(frozen=True, slots=True)
class Plan:
    """The options for reading articles into a store. `sources` is a file of own names; a dry run changes nothing.

    `seconds`: the time limit for each article.
    """

    jobs: int = 1
    sources: str | None = None
    dry_run: bool = False
    seconds: float = SECONDS


class Ingest:
    """Reads articles into a store. Articles that the same rules have read already are not read again."""

    def __init__(self, store: Store, plan: Plan, given: Sequence[str]) -> None:
        self._store, self._plan, self._given = store, plan, given
        self._rules = fingerprint(plan.sources)
        self._publishers = load_publishers(load_own_names(plan.sources).publishers)
        self._found: list[Found] = []
        self._letters = 0  # in the texts of those
        self._unchanged: list[Unchanged] = []
        self._failed: list[Failure] = []
        self._failing = _Failing(store)
        self._dry = _DryRun(store)
        self.tally = Tally()
        self.counts, self.tables, self.duplicates = Counter[str](), Counter[str](), Counter[str]()
        self.cleared = 0

    def run(self, items: Iterable[Item]) -> None:
        """Read all items. What was stored before an interruption stays and is counted."""
        results = find(self._without_known(items), self._plan.jobs, self._plan.sources, self._plan.seconds)
        with closing(results), closing(with_progress(results, self._given)) as shown:
            for result in shown:
                self._take(result)
                if self._is_full():
                    self._put()
        while self._found or self._unchanged or self._failed:  # what could not be stored is kept as a failure
            self._put()
        self.tally.tell_rest()
        if self._plan.dry_run:
            links = self._dry.links()
        else:
            self.cleared = self._failing.clear()
            links = self._store.link()
        self.duplicates.update(link.kind for _, link in links)

    def report(self) -> str:
        """The summary for the user: one line for each kind of thing."""
        counted = f"{_in_words(self.counts)}, failed {self.tally.failed}; {self.counts['figures']} figures"
        lines = [f"dry run, nothing is stored: {counted}" if self._plan.dry_run else counted]
        if self.tables:
            lines.append(f"figures out of tables: {_in_words(self.tables)}")
        if self.duplicates:
            kinds = ", ".join(f"{words} {self.duplicates[kind]}" for kind, words in KINDS.items())
            lines.append(f"duplicates {self.duplicates.total()}, linked to the article they repeat: {kinds}")
        return "\n".join(lines)

    def code(self) -> int:
        """The exit code."""
        self.tally.read += self.tables.total()
        return self.tally.code()

    def _without_known(self, items: Iterable[Item]) -> Iterator[Item | Unchanged]:
        """The items, with Unchanged instead of each article that is stored with the figures of the current rules."""
        from tracker.store.rows import row_of_article

        for part in _parts(items):
            articles = [self._publishers.named(item.article) for item in part if isinstance(item, Reading)]
            known = self._store.known([article.id for article in articles])
            named = iter(articles)
            for item in part:
                if isinstance(item, Reading):
                    article = next(named)
                    there = known.get(article.id)
                    if there and (there.content, there.rules) == (row_of_article(article)["content"], self._rules):
                        yield Unchanged(article.id, item.path, there.figures)
                        continue
                yield item

    def _take(self, result: Result) -> None:
        if isinstance(result, InputError):
            self._fail(result, result.path, result.article_id)
            return
        if isinstance(result, Note):
            tell(f"note: {result}")
            return
        self._failing.read(result.path)
        if isinstance(result, Figures):
            self.tables.update(self._store.add_figures(result.figures, result.path, dry_run=self._plan.dry_run))
            return
        self.tally.read += 1
        if isinstance(result, Unchanged):
            self._unchanged.append(result)
        else:
            self.tally.note(result)
            self._found.append(result)
            self._letters += len(result.article.text)

    def _is_full(self) -> bool:
        number = len(self._found) + len(self._unchanged) + len(self._failed)
        return number >= AT_A_TIME or self._letters > LETTERS_AT_A_TIME

    def _put(self) -> None:
        """Store the waiting results in one transaction, and count what that changed."""
        from tracker.store.store import Entry, StoreError

        entries = [Entry(one.article, one.figures, one.path, one.reasons, self._rules) for one in self._found]
        failed, self._failed = self._failed, []
        if self._plan.dry_run:
            answers: list[Added | StoreError] = [*self._dry.preview(entries)]
        else:
            put = self._store.put_many(entries, failed)
            answers = [one if isinstance(one, StoreError) else one.answer for one in put]
            self._store.remember([(one.article_id, one.path) for one in self._unchanged])
        for entry, answer in zip(entries, answers, strict=True):
            if isinstance(answer, StoreError):
                self.tally.read -= 1
                self._fail(answer, entry.path, entry.article.id)
            else:
                self.counts.update({answer: 1, "figures": len(entry.figures)})
        for one in self._unchanged:
            self.counts.update({"unchanged": 1, "figures": one.figures})
        self._found, self._unchanged, self._letters = [], [], 0

    def _fail(self, error: Exception, path: str, article_id: str) -> None:
        from tracker.store.failures import Failure

        self.tally.fail(error)
        failure = Failure.of(error, _lasting(path), article_id, _given_for(path, self._given))
        self._failing.failed(failure)
        self._failed.append(failure)


class _Failing:
    """Earlier failures, and whether they still fail."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._before = {one.id: one.path for one in store.failures()}
        self._paths = set(self._before.values())
        self._good: set[str] = set()
        self._bad: set[str] = set()

    def read(self, path: str) -> None:
        """Note that something from this path was read."""
        if self._paths and (lasting := _lasting(path)) in self._paths:
            self._good.add(lasting)

    def failed(self, failure: Failure) -> None:
        """Note that this failed, perhaps again."""
        self._bad.add(failure.id)

    def clear(self) -> int:
        """Delete the failures whose inputs were read since; returns how many."""
        ids = [one for one, path in self._before.items() if path in self._good and one not in self._bad]
        if ids:
            self._store.clear_failures(ids)
        return len(ids)


class _DryRun:
    """A dry run: the outcomes of storing without storing. A repeated article is compared with the one before."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[str, Article] = {}

    def preview(self, entries: Sequence[Entry]) -> list[Added]:
        """One outcome per entry."""
        asked = list({one.article.id: one for one in reversed(entries) if one.article.id not in self._seen}.values())
        first = dict(zip((one.article.id for one in asked), self._store.preview(asked), strict=True))
        return [self._answer(one.article, first.pop(one.article.id, None)) for one in entries]

    def links(self) -> list[tuple[str, Link]]:
        """The links between duplicates that storing would make."""
        return self._store.preview_links(self._seen.values())

    def _answer(self, article: Article, planned: Outcome | None) -> Added:
        before, self._seen[article.id] = self._seen.get(article.id), article
        if planned is not None:
            return planned.answer
        return "unchanged" if before == article else "updated"


def add(paths: Sequence[str], options: argparse.Namespace) -> int:
    """Store articles with their figures, and figures from tables; returns the exit code."""
    quiet_libraries()
    with _opened(options) as store:
        ingest = Ingest(store, Plan(options.jobs, options.sources, options.dry_run, options.seconds), paths)
        try:
            ingest.run(read_in_sandbox(partial(_items, paths, options), options.seconds))
        finally:
            say_lines(ingest.report())
        return ingest.code()


def retry(options: argparse.Namespace) -> int:
    """Read the failed inputs again; returns the exit code."""
    quiet_libraries()
    with (open_for_reading if options.list else open_for_writing)(options.db) as store:
        failures = store.failures()
        if options.list or not failures:
            _print_failures(failures)
            return DONE
        if options.forget:
            store.clear_failures([one.id for one in failures])
            say(f"forgotten {len(failures)}")
            return DONE
        paths = _paths_of(failures)
        ingest = Ingest(store, Plan(options.jobs, options.sources, seconds=options.seconds), paths)
        try:
            ingest.run(read_in_sandbox(partial(_items, paths, options), options.seconds))
        finally:
            say_lines(ingest.report())
        say(f"failures: cleared {ingest.cleared}, left {len(store.failures())}")
        return ingest.code() if paths else DONE


def _items(paths: Sequence[str], options: argparse.Namespace) -> Iterator[Item]:
    return read_items(paths, read_figures, read_options(options))


def _opened(options: argparse.Namespace) -> Store:
    from tracker.store.connections import IN_MEMORY
    from tracker.store.database import StoreError
    from tracker.store.opening import NONE_YET
    from tracker.store.store import Store

    try:
        return open_for_reading(options.db) if options.dry_run else open_for_writing(options.db, create=True)
    except StoreError as error:
        if options.dry_run and error.what == NONE_YET:
            return Store.open(IN_MEMORY)
        raise


def _print_failures(failures: Sequence[Failure]) -> None:
    if not failures:
        say("nothing that failed is left")
    for one in failures:
        times = f"{one.times} times, " if one.times > 1 else ""
        say(f"{one} ({times}last {one.last_failed:%Y-%m-%d %H:%M} UTC)")


def _paths_of(failures: Sequence[Failure]) -> list[str]:
    """The paths to read again, each once."""
    paths = []
    for path, (one, *_) in groupby(failures, lambda one: one.path):
        if path == STANDARD_INPUT:
            tell(f"note: {path}: cannot be read again: give it to `tracker add` once more")
        else:
            paths.append(path if Path(path).exists() or not one.given else one.given)
    return list(dict.fromkeys(paths))


def _lasting(path: str) -> str:
    """The absolute path of a file; anything else unchanged."""
    return os.path.abspath(path) if path != STANDARD_INPUT and os.path.exists(path) else path  # noqa: PTH100, PTH110


def _given_for(path: str, given: Sequence[str]) -> str:
    """The argument of the call that led to this path: the longest that it begins with, or the only one."""
    fitting = [one for one in given if path.startswith(one)] or (list(given) if len(given) == 1 else [])
    return _lasting(max(fitting, key=len)) if fitting else ""


def _parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in parts that are looked up together."""
    part: list[Item] = []
    letters = 0
    for item in items:
        part.append(item)
        letters += len(item.article.text) if isinstance(item, Reading) else 0
        if len(part) >= ASKED_AT_A_TIME or letters > LETTERS_AT_A_TIME:
            yield part
            part, letters = [], 0
    if part:
        yield part


def _in_words(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {counts[name]}" for name in ("added", "unchanged", "updated"))

"""The commands that look after a store: `check`, `backup`, `restore`, `reextract`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.reading_options import add_reading_options
from tracker.cli.stores import open_for_reading, open_for_writing
from tracker.cli.writing_options import add_force
from tracker.model import InputError, TrackerError
from tracker.terminal import say

if TYPE_CHECKING:
    from tracker.sandbox.extracting import Found, Result
    from tracker.store.failures import Failure
    from tracker.store.store import Store

DONE, SOMETHING_WRONG = 0, 1
AT_A_TIME = 100  # articles in one transaction
NAMED = 1000  # problems that are named; further ones are only counted

NewCommand = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]
"""Makes a command: its name, what runs it, what it does."""


def add_commands(new: NewCommand, *shared: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands to the command line; `shared` adds the options --db, --jobs and --sources, in this order."""
    add_db, add_jobs, add_sources = shared
    command = new("retry", _retry, "read again what failed, and let go of what no longer does")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="only print what failed, and how often")
    what.add_argument("--forget", action="store_true", help="give up on all of it")
    add_reading_options(command)
    for add in (add_sources, add_db, add_jobs):
        add(command)
    command = new("reextract", _reextract, "read the articles in the store again by the rules of today")
    command.add_argument("--all", action="store_true", help="also those that were read by the rules of today")
    for add in (add_sources, add_db, add_jobs):
        add(command)
    add_db(new("check", _check, "say whether the store is whole and every figure stands in its article"))
    command = new("backup", _backup, "write the store to one file, while others go on writing")
    command.add_argument("file", metavar="FILE", help="an SQLite file, which `tracker --db FILE` opens as well")
    add_force(command)
    command.add_argument(
        "--anyway", action="store_true", help="write a store that is damaged, too, under a name that no file has"
    )
    add_db(command)
    command = new("restore", _restore, "put a backup into a new store, on SQLite or PostgreSQL")
    command.add_argument("file", metavar="FILE", help="a backup, or any store that is a file")
    add_db(command)


def _retry(options: argparse.Namespace) -> int:
    from tracker.cli.ingest import retry

    return retry(options)


def _check(options: argparse.Namespace) -> int:
    from tracker.store.check import Checked, problems
    from tracker.store.store import Store

    checked = Checked()
    with Store.open(options.db, create=False, read_only=True) as store:
        for problem in problems(store, checked):
            if checked.problems <= NAMED:
                say(f"{store.name}: {problem.what}")
    more = checked.problems - NAMED
    if more > 0:
        say(f"and {more} more")
    counts = f"checked {checked.articles} articles and {checked.figures} figures"
    if checked.without_text:
        counts += f" ({checked.without_text} of them out of tables, without the text of their article)"
    say(f"{counts}: {checked.problems or 'nothing'} wrong")
    return SOMETHING_WRONG if checked.problems else DONE


def _backup(options: argparse.Namespace) -> int:
    from tracker.store.backup import backup
    from tracker.store.store import Store

    path = Path(options.file)
    with open_for_reading(options.db) as store:
        backup(store, path, force=options.force, anyway=options.anyway)
    with Store.open(path, create=False, read_only=True) as made:
        say(f"{made.count_articles()} articles and {made.count_figures()} figures written to {path}")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from tracker.store.backup import copy_rows

    with open_for_reading(options.file) as source, open_for_writing(options.db, create=True) as store:
        copy_rows(source, store)
        say(f"{store.count_articles()} articles and {store.count_figures()} figures put into {store.name}")
    return DONE


def _reextract(options: argparse.Namespace) -> int:
    from tracker.cli.progress import with_progress
    from tracker.knowledge.rules import fingerprint
    from tracker.sandbox.extracting import find
    from tracker.sources import Reading
    from tracker.store.outdated import count_outdated, outdated_articles

    rules = fingerprint(options.sources)
    with open_for_writing(options.db) as store:
        wanted = None if options.all else rules
        total = count_outdated(store, wanted)
        again = _Reextraction(store, rules)
        readings = (Reading(article, path) for article, path in outdated_articles(store, wanted))
        results = find(readings, options.jobs, options.sources, options.seconds)
        try:
            with closing(results), closing(with_progress(results, total=total)) as shown:
                again.run(shown)
        finally:
            say(again.report(total))
        store.link()
    return SOMETHING_WRONG if again.counts["failed"] else DONE


class _Reextraction:
    """Stores articles that were read again with the current rules; reviewed figures stay."""

    def __init__(self, store: Store, rules: str) -> None:
        self._store, self._rules = store, rules
        self._found: list[Found] = []
        self._failed: list[Failure] = []
        self.counts = Counter[str]()

    def run(self, results: Iterator[Result]) -> None:
        """Store the results, batch by batch."""
        from tracker.sandbox.extracting import Found

        for result in results:
            if isinstance(result, Found):
                self._found.append(result)
            elif isinstance(result, InputError):
                self._fail(result, result.path, result.article_id)
            if len(self._found) + len(self._failed) >= AT_A_TIME:
                self._put()
        while self._found or self._failed:
            self._put()

    def report(self, total: int) -> str:
        """The summary for the user."""
        changed = ", ".join(f"{name} {self.counts[name]}" for name in ("added", "changed", "vanished"))
        read = f"read {self.counts['read']} of {total} articles again, {self.counts['differ']} differ"
        return f"{read}, failed {self.counts['failed']}; figures {changed}"

    def _put(self) -> None:
        from tracker.store.store import Entry, StoreError

        entries = [Entry(one.article, one.figures, one.path, one.reasons, self._rules) for one in self._found]
        failed, self._failed, self._found = self._failed, [], []
        for entry, outcome in zip(entries, self._store.put_many(entries, failed), strict=True):
            if isinstance(outcome, StoreError):
                self._fail(outcome, entry.path, entry.article.id)
                continue
            figures = {"added": outcome.added, "changed": outcome.changed, "vanished": outcome.vanished}
            self.counts.update({"read": 1, "differ": int(outcome.answer != "unchanged"), **figures})

    def _fail(self, error: TrackerError, path: str, article_id: str) -> None:
        from tracker.cli.articles import tell_failure
        from tracker.store.failures import Failure

        tell_failure(error)
        self.counts["failed"] += 1
        self._failed.append(Failure.of(error, path, article_id, path))

"""The commands that read articles: `extract` prints their figures, `add` stores them."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from typing import TYPE_CHECKING

import orjson

from tracker.cli_reading import WithoutRules, how_of
from tracker.cli_terminal import tell
from tracker.cli_work import Found, Result, find
from tracker.model import Cause, Figure, InputError
from tracker.sources import Figures, Note, read_figures, read_items

if TYPE_CHECKING:
    from tracker.store import Store

DONE, SOME_FAILED, ALL_FAILED = 0, 1, 2
AT_A_TIME = 100  # articles in one transaction, which is what an interruption costs at most
UNDATED_NAMED = 3  # articles without date that are named; the others are counted
BEFORE_PROGRESS = 1.0  # seconds of work before progress is shown


class Tally:
    """What became of the articles: failures and notes are told as they come, and counted."""

    def __init__(self) -> None:
        self.read = self.failed = self.undated = 0
        self.without_rules = WithoutRules()

    def found(self, results: Iterable[Result]) -> Iterator[Found]:
        """Only the articles that could be read."""
        for result in results:
            if isinstance(result, InputError):
                self.fail(result)
            elif isinstance(result, Note):
                tell(f"note: {result}")
            elif isinstance(result, Found):
                self.read += 1
                self.without_rules.count(result.article)
                self._note_missing_date(result)
                yield result
        for line in self.without_rules.told():
            tell(f"note: {line}")
        if self.undated > UNDATED_NAMED:
            tell(f"note: {self.undated - UNDATED_NAMED} more articles have no publication date")

    def fail(self, error: Exception) -> None:
        """Name what failed, and count it."""
        self.failed += 1
        tell(error)

    def code(self) -> int:
        """The exit code that this comes to."""
        if not self.failed:
            return DONE
        return SOME_FAILED if self.read else ALL_FAILED

    def _note_missing_date(self, found: Found) -> None:
        if found.article.published is None and found.figures:
            self.undated += 1
            if self.undated <= UNDATED_NAMED:
                which = f"{found.path}: article {found.article.id}"
                tell(f"note: {which}: no publication date: relative dates stay empty")


def extract(paths: Sequence[str], options: argparse.Namespace) -> int:
    """Print the figures in the articles; returns the exit code."""
    quiet_libraries()
    kind = options.format or ("table" if sys.stdout.isatty() else "jsonl")
    tally = Tally()
    results = find(read_items(paths, how=how_of(options)), options.jobs, options.sources)
    with closing(results):
        others = PRINTERS[kind](_of_causes(found, options.all_causes) for found in tally.found(results))
    if others and kind == "table":
        tell(f"note: {others} figures of other causes than conflict left out: --all-causes prints them")
    return tally.code()


def add(paths: Sequence[str], options: argparse.Namespace) -> int:
    """Put the articles and their figures, and those of tables, into the store; returns the exit code."""
    from tracker.store import Store

    quiet_libraries()
    tally, counts, tables = Tally(), Counter[str](), Counter[str]()
    with (
        Store.open(options.db) as store,
        closing(find(read_items(paths, read_figures, how_of(options)), options.jobs, options.sources)) as results,
    ):
        found = _with_progress(tally.found(_tables_stored(results, store, tables)))
        try:
            while batch := list(islice(found, AT_A_TIME)):
                _store(batch, store, tally, counts)
        finally:
            found.close()
            tally.read += tables.total()
            print(f"{_in_words(counts)}, failed {tally.failed}; {counts['figures']} figures", flush=True)
            if tables:
                print(f"figures out of tables: {_in_words(tables)}", flush=True)
    return tally.code()


def _store(batch: Sequence[Found], store: Store, tally: Tally, counts: Counter[str]) -> None:
    """Store some articles with their figures, and count what that changed."""
    from tracker.store import Entry, StoreError

    entries = [Entry(one.article, one.figures, one.path, one.reasons) for one in batch]
    for entry, answer in zip(entries, store.add_many(entries), strict=True):
        if isinstance(answer, StoreError):
            tally.read -= 1
            tally.fail(answer)
        else:
            counts.update({answer: 1, "figures": len(entry.figures)})


def _tables_stored(results: Iterable[Result], store: Store, counts: Counter[str]) -> Iterator[Result]:
    """Everything but figures out of tables, which are stored as they come, and counted."""
    for result in results:
        if isinstance(result, Figures):
            counts.update(store.add_figures(result.figures, result.path))
        else:
            yield result


def _in_words(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {counts[name]}" for name in ("added", "unchanged", "updated"))


def _of_causes(found: Found, all_causes: bool) -> tuple[Found, int]:
    """The article with the figures that are wanted, and how many others it has."""
    wanted = [figure for figure in found.figures if all_causes or figure.cause == Cause.CONFLICT]
    return dataclasses.replace(found, figures=wanted), len(found.figures) - len(wanted)


def _print_tables(articles: Iterable[tuple[Found, int]]) -> int:
    from tracker.cli_show import article_table, console

    out, left_out = console(), 0
    for found, others in articles:
        out.print(article_table(found.article, found.figures, out.width))
        left_out += others
    return left_out


def _print_lines(articles: Iterable[tuple[Found, int]]) -> int:
    for found, _ in articles:
        sys.stdout.buffer.writelines(map(_line, found.figures))
    return 0


def _print_csv(articles: Iterable[tuple[Found, int]]) -> int:
    from tracker.export import csv_text
    from tracker.timelines.columns import frame

    figures = chain.from_iterable(found.figures for found, _ in articles)
    text = csv_text(frame(islice(figures, 1000)))
    sys.stdout.buffer.write(text.encode())
    while part := list(islice(figures, 1000)):
        _, _, rows = csv_text(frame(part)).partition("\n")
        sys.stdout.buffer.write(rows.encode())
    return 0


PRINTERS = {"table": _print_tables, "jsonl": _print_lines, "csv": _print_csv}
"""By format: what prints the figures of each article, and returns how many others it was told to leave out."""


def _line(figure: Figure) -> bytes:
    try:
        return orjson.dumps(figure, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:  # a number beyond 64 bits
        return json.dumps(dataclasses.asdict(figure)).encode() + b"\n"


def _with_progress(found: Iterator[Found]) -> Generator[Found]:
    """The same articles; while they take long and someone watches, how many there were and how fast."""
    if not sys.stderr.isatty():
        yield from found
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeElapsedColumn

    columns = ("{task.completed} articles", BarColumn(), TaskProgressColumn(show_speed=True), TimeElapsedColumn())
    begun = time.monotonic()
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("articles", total=None)
    try:
        for one in found:
            if time.monotonic() - begun > BEFORE_PROGRESS:
                progress.start()
            progress.advance(task)
            yield one
    finally:
        progress.stop()


def quiet_libraries() -> None:
    """Libraries that read pages log what they meet; what matters of it is told as an InputError."""
    logging.getLogger().addHandler(logging.NullHandler())

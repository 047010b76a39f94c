"""The command that reads articles and prints their figures: `extract`; and what became of articles, counted."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import chain, islice

import orjson

from tracker.cli.pool import Found, Result, find
from tracker.cli.reading_options import WithoutRules, how_of
from tracker.cli.terminal import tell
from tracker.model import Cause, Figure, InputError
from tracker.sandbox.reading import read_apart
from tracker.sources import Item, Note, read_items

DONE, SOME_FAILED, ALL_FAILED = 0, 1, 2
UNDATED_NAMED = 3  # articles without date that are named; the others are counted


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
                self.note(result)
                yield result
        self.tell_rest()

    def fail(self, error: Exception) -> None:
        """Name what failed, and count it."""
        self.failed += 1
        tell(error)

    def code(self) -> int:
        """The exit code that this comes to."""
        if not self.failed:
            return DONE
        return SOME_FAILED if self.read else ALL_FAILED

    def note(self, found: Found) -> None:
        """Count languages without rules; tell of figures whose article has no date, of many only how many."""
        self.without_rules.count(found.article)
        if found.article.published is None and found.figures:
            self.undated += 1
            if self.undated <= UNDATED_NAMED:
                which = f"{found.path}: article {found.article.id}"
                tell(f"note: {which}: no publication date: relative dates stay empty")

    def tell_rest(self) -> None:
        """Tell how many articles have no rules for their language, and how many without a date were not named."""
        for line in self.without_rules.told():
            tell(f"note: {line}")
        if self.undated > UNDATED_NAMED:
            tell(f"note: {self.undated - UNDATED_NAMED} more articles have no publication date")


def extract(paths: Sequence[str], options: argparse.Namespace) -> int:
    """Print the figures in the articles; returns the exit code."""
    quiet_libraries()
    kind = options.format or ("table" if sys.stdout.isatty() else "jsonl")
    tally = Tally()
    items = read_apart(partial(_items, paths, options), options.seconds)
    results = find(items, options.jobs, options.sources, options.seconds)
    with closing(results):
        others = PRINTERS[kind](_of_causes(found, options.all_causes) for found in tally.found(results))
    if others and kind == "table":
        tell(f"note: {others} figures of other causes than conflict left out: --all-causes prints them")
    return tally.code()


def _items(paths: Sequence[str], options: argparse.Namespace) -> Iterator[Item]:
    return read_items(paths, how=how_of(options))


def _of_causes(found: Found, all_causes: bool) -> tuple[Found, int]:
    """The article with the figures that are wanted, and how many others it has."""
    wanted = [figure for figure in found.figures if all_causes or figure.cause == Cause.CONFLICT]
    return dataclasses.replace(found, figures=wanted), len(found.figures) - len(wanted)


def _print_tables(articles: Iterable[tuple[Found, int]]) -> int:
    from tracker.cli.tables import article_table, console

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


def quiet_libraries() -> None:
    """Libraries that read pages log what they meet; what matters of it is told as an InputError."""
    logging.getLogger().addHandler(logging.NullHandler())

"""The command `extract`: reads articles and prints their figures. Also the tally of articles read and failed."""

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

from tracker.cli.reading_options import UnsupportedLanguages, read_options
from tracker.model import Cause, Figure, InputError
from tracker.sandbox.extracting import Found, Result, find
from tracker.sandbox.reading import read_in_sandbox
from tracker.sandbox.worker import TOO_SLOW, GivenUpError
from tracker.sources import Item, Note, read_items
from tracker.terminal import tell, write_data

DONE, SOME_FAILED, ALL_FAILED = 0, 1, 2
UNDATED_NAMED = 3  # articles without a date that are named; further ones are only counted


class Tally:
    """Counts articles read and failed, and prints failures and notes as they come."""

    def __init__(self) -> None:
        self.read = self.failed = self.undated = 0
        self.without_rules = UnsupportedLanguages()

    def found(self, results: Iterable[Result]) -> Iterator[Found]:
        """Yield the articles that could be read; print and count the rest."""
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
        """Print and count a failure."""
        self.failed += 1
        tell_failure(error)

    def code(self) -> int:
        """Return the exit code."""
        if not self.failed:
            return DONE
        return SOME_FAILED if self.read else ALL_FAILED

    def note(self, found: Found) -> None:
        """Count languages without rules, and name the first few articles that have figures but no date."""
        self.without_rules.count(found.article)
        if found.article.published is None and found.figures:
            self.undated += 1
            if self.undated <= UNDATED_NAMED:
                which = f"{found.path}: article {found.article.id}"
                tell(f"note: {which}: no publication date: relative dates stay empty")

    def tell_rest(self) -> None:
        """Print how many articles are in languages without rules, and how many more have no date."""
        for line in self.without_rules.messages():
            tell(f"note: {line}")
        if self.undated > UNDATED_NAMED:
            tell(f"note: {self.undated - UNDATED_NAMED} more articles have no publication date")


def tell_failure(error: Exception) -> None:
    """Print a failure, with the option that gives more time to what was too slow."""
    is_slow = isinstance(error, GivenUpError) and TOO_SLOW in error.what
    tell(f"{error} (--seconds N gives it more)" if is_slow else error)


def extract(paths: Sequence[str], options: argparse.Namespace) -> int:
    """Print the figures in the articles. Returns the exit code."""
    quiet_libraries()
    kind = options.format or ("table" if sys.stdout.isatty() else "jsonl")
    tally = Tally()
    items = read_in_sandbox(partial(_items, paths, options), options.seconds)
    results = find(items, options.jobs, options.sources, options.seconds)
    with closing(results):
        others = PRINTERS[kind](_of_causes(found, options.all_causes) for found in tally.found(results))
    if others and kind == "table":
        tell(f"note: {others} figures of other causes than conflict left out: --all-causes prints them")
    return tally.code()


def _items(paths: Sequence[str], options: argparse.Namespace) -> Iterator[Item]:
    return read_items(paths, options=read_options(options))


def _of_causes(found: Found, all_causes: bool) -> tuple[Found, int]:
    """Return the article with the requested figures, and the number of figures left out."""
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
        write_data(map(_line, found.figures))
    return 0


def _print_csv(articles: Iterable[tuple[Found, int]]) -> int:
    from tracker.export import csv_text
    from tracker.timelines.columns import frame

    figures = chain.from_iterable(found.figures for found, _ in articles)
    write_data([csv_text(frame(islice(figures, 1000))).encode()])
    while part := list(islice(figures, 1000)):
        _, _, rows = csv_text(frame(part)).partition("\n")
        write_data([rows.encode()])
    return 0


PRINTERS = {"table": _print_tables, "jsonl": _print_lines, "csv": _print_csv}
"""By format: prints the figures of each article and returns the number of figures left out."""


def _line(figure: Figure) -> bytes:
    try:
        return orjson.dumps(figure, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:  # an integer beyond 64 bits
        return json.dumps(dataclasses.asdict(figure)).encode() + b"\n"


def quiet_libraries() -> None:
    """Silence the log of the parsers. What matters is reported as an InputError."""
    logging.getLogger().addHandler(logging.NullHandler())
    logging.captureWarnings(capture=True)

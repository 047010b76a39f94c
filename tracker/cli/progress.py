"""What someone who waits at a terminal sees: how many articles there were, how fast, and how long it still takes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

BEFORE_PROGRESS = 1.0  # seconds of work before progress is shown
ONE_EACH = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".eml"})
ONE_A_LINE = frozenset({".jsonl", ".ndjson"})
BLOCK = 1 << 20


def watched(results: Iterable[T], paths: Sequence[str] = (), total: int | None = None) -> Generator[T]:
    """The same results; while they take long and someone watches, what `progress` shows.

    How many there will be is `total`, or is told from the paths where they tell it.
    """
    if not sys.stderr.isatty():
        yield from results
        return
    yield from _shown(results, total if total is not None else expected(paths))


def expected(paths: Sequence[str]) -> int | None:
    """About how many articles the paths hold; None where only reading them tells."""
    number = 0
    for path in map(Path, paths):
        files = _files(path) if path.is_dir() else [path]
        for file in files:
            held = _articles_in(file)
            if held is None:
                return None
            number += held
    return number or None


def _shown(results: Iterable[T], total: int | None) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    count = MofNCompleteColumn() if total else TextColumn("{task.completed}")
    left = TimeRemainingColumn() if total else TimeElapsedColumn()
    rate = TextColumn("{task.fields[rate]:.0f}/s")
    columns = (count, TextColumn("articles"), BarColumn(), TaskProgressColumn(), rate, left)
    begun = time.monotonic()
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("articles", total=total, rate=0.0)
    try:
        for done, one in enumerate(results, 1):
            passed = time.monotonic() - begun
            if passed > BEFORE_PROGRESS:
                progress.start()
                progress.update(task, completed=done, rate=done / passed)
            yield one
    finally:
        progress.stop()


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place) / name for name in names if not name.startswith("."))


def _articles_in(file: Path) -> int | None:
    if file.suffix.lower() in ONE_EACH:
        return 1
    if file.suffix.lower() not in ONE_A_LINE:
        return None
    try:
        with file.open("rb") as opened:
            return sum(block.count(b"\n") for block in iter(lambda: opened.read(BLOCK), b""))
    except OSError:
        return None

"""The progress bar on a terminal: articles done, speed, and remaining time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

BEFORE_PROGRESS = 1.0  # seconds of work before the bar appears
ONE_EACH = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".eml"})
ONE_A_LINE = frozenset({".jsonl", ".ndjson"})
BLOCK = 1 << 20


def with_progress(results: Iterable[T], paths: Sequence[str] = (), total: int | None = None) -> Generator[T]:
    """Yield the same results, with a progress bar if standard error is a terminal and they take long.

    The number of results is `total`, or is estimated from the paths.
    """
    if not sys.stderr.isatty():
        yield from results
        return
    yield from _shown(results, total if total is not None else expected(paths))


def expected(paths: Sequence[str]) -> int | None:
    """Estimate how many articles the paths hold; None if only reading them would tell."""
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

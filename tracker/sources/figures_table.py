"""Reads tables of figures that `tracker export` wrote (CSV, JSON Lines, Parquet, Excel) back into figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from math import inf
from typing import TYPE_CHECKING

from tracker.model import COLUMNS, InputError, Outcome
from tracker.sources.items import NAMES, Figures, Item, Note
from tracker.timelines.schema import EMPTY, NEEDED

if TYPE_CHECKING:
    import pandas as pd

    from tracker.timelines.checks import Problem

BATCH_SIZE = 10_000  # rows per validation
MAX_NAMED = 6  # columns named in one message

OF_ARTICLE = tuple(name for name in COLUMNS if name in NAMES)
"""The columns that describe the article, not the figure."""

Record = tuple[int, Mapping[str, str | None]]
"""The line number of a row, and its cells as text by column."""

TableReader = Callable[[Sequence[str], Iterable[Record | InputError], str], Iterator[Item]]
"""A handler for tables of figures. In: column names, rows (or the InputError of a bad row), path. Out: items."""


def is_of_figures(names: Iterable[str]) -> bool:
    """Whether these are the column names of a table of figures."""
    return "figure_id" in names


def refuse_figures(_: Sequence[str], __: Iterable[Record | InputError], path: str) -> Iterator[Item]:
    """Yield an InputError: for commands that read articles only."""
    yield InputError(path, "is a table of figures, not of articles: `tracker add` reads it")


def skip_figures(_: Sequence[str], __: Iterable[Record | InputError], path: str) -> Iterator[Item]:
    """Yield a Note: for a table that was found in a folder or archive and not named by the user."""
    yield Note(path, "left out: is a table of figures, not of articles: `tracker add` reads it when it is named")


def read_figures(header: Sequence[str], records: Iterable[Record | InputError], path: str) -> Iterator[Item]:
    """Yield the figures in the records in batches, and a Note or an InputError for what is skipped.

    A bad row becomes an InputError with its line and all its problems; the other rows are read. A header without a
    required column (tracker.timelines.schema.NEEDED) is one InputError. A row of HXL hashtags below the header and
    the columns that HXL adds are skipped.
    """
    missing = [name for name in NEEDED if name not in header]
    if missing:
        yield InputError(path, f"is a table of figures without the columns {', '.join(missing)}")
        return
    rows = iter(records)
    first = next(rows, None)
    tagged = isinstance(first, tuple) and _is_hashtags(first[1])
    if tagged:
        first = next(rows, None)
    if first is None:
        yield InputError(path, "holds no figures")
        return
    yield from _of_columns(header, path, tagged=tagged)
    reader = _Reader(path)
    rest = chain([first], rows)
    while part := list(islice(rest, BATCH_SIZE)):
        no_rows = [row for row in part if isinstance(row, InputError)]
        items = [*no_rows, *reader.read([row for row in part if not isinstance(row, InputError)])]
        yield from sorted(items, key=_line)


def _line(item: Item) -> float:
    """Sort key within a batch: messages in line order, then the figures."""
    line = getattr(item, "line", None)
    return inf if line is None else line


def _is_hashtags(row: Mapping[str, str | None]) -> bool:
    cells = [cell.strip() for cell in row.values() if cell and cell.strip()]
    return bool(cells) and all(cell.startswith("#") for cell in cells)


def _of_columns(header: Sequence[str], path: str, *, tagged: bool) -> Iterator[Note]:
    """Yield Notes on unknown and on repeated columns. A table with hashtags has an extra column for each outcome."""
    from tracker.timelines.columns import READ_AS  # pandas is slow to import

    known = {*COLUMNS, READ_AS, *(Outcome if tagged else ())}
    unknown = [name or "(without name)" for name in header if name not in known]
    if unknown:
        yield Note(path, f"columns not known, left out: {_named(unknown)}")
    twice = [name for name in COLUMNS if header.count(name) > 1]
    if twice:
        yield Note(path, f"columns that stand there twice, the last is read: {_named(twice)}")


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return ", ".join(name[:40] for name in names[:MAX_NAMED]) + more


class _Reader:
    """Reads one table in batches. Remembers each figure_id with its line and a hash of its row, to find repetitions."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._met: dict[str, tuple[int, int]] = {}

    def read(self, batch: Sequence[Record]) -> Iterator[Item]:
        """Yield the figures of the valid rows, and InputErrors for the others."""
        from tracker.timelines.checks import check_rows
        from tracker.timelines.columns import figures
        from tracker.timelines.parsing import parsed

        lines = [line for line, _ in batch]
        table, problems = parsed({name: [row.get(name) for _, row in batch] for name in COLUMNS}, len(batch))
        wrong = _by_row(problems, table.index)
        table = table.drop(index=list(wrong))
        failed = _by_row(check_rows(table), table.index)
        table = table.drop(index=list(failed))
        again = self._met_before(table, lines)
        table = table.drop(index=list(again))
        wrong |= failed | {row: what for row, what in again.items() if what}
        yield from (InputError(self.path, wrong[row], lines[row]) for row in sorted(wrong))
        yield from _contradictions(table, lines, self.path)
        if len(table):
            yield Figures(tuple(figures(table)), self.path)

    def _met_before(self, table: pd.DataFrame, lines: Sequence[int]) -> dict[int, str]:
        """Return the rows whose figure_id was read before: "" for an identical row, else the message."""
        import pandas as pd

        from tracker.timelines.checks import shown

        again: dict[int, str] = {}
        content = pd.util.hash_pandas_object(table, index=False)
        for row, figure_id, cells in zip(table.index, table["figure_id"], content, strict=True):
            line, known = self._met.setdefault(figure_id, (lines[row], cells))
            if line != lines[row]:
                other = f"figure_id {shown(figure_id)} stands in line {line} with other content"
                again[row] = "" if known == cells else other
        return again


def _by_row(problems: Sequence[Problem], index: pd.Index[int]) -> dict[int, str]:
    """Return all problems of each row on one line, by row of a table with this index."""
    told: dict[int, list[Problem]] = {}
    for problem in problems:
        told.setdefault(index[problem.row or 0], []).append(problem)
    return {row: _in_words(found) for row, found in told.items()}


def _in_words(problems: Sequence[Problem]) -> str:
    empty = [problem.column for problem in problems if problem.what == EMPTY]
    words = [f"{problem.column} {problem.what}".strip() for problem in problems if problem.what != EMPTY]
    if empty:
        words.append(f"{_named(empty)} {'is' if len(empty) == 1 else 'are'} empty")
    return "; ".join(words)


def _contradictions(table: pd.DataFrame, lines: Sequence[int], path: str) -> Iterator[Note]:
    """Yield a Note if rows disagree about their article: the first version is stored."""
    ways = table.drop_duplicates(["article_id", *OF_ARTICLE])
    second = ways[ways["article_id"].duplicated()]
    if len(second):
        what = f"article {second['article_id'].iloc[0]} has another {' or '.join(OF_ARTICLE)} than before"
        more = f" (and {len(second) - 1} more)" if len(second) > 1 else ""
        yield Note(path, f"{what}: the first is kept{more}", lines[second.index[0]])

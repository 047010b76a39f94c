"""Tables of figures, as `tracker export` writes them, read again: CSV, JSON Lines and Parquet become figures."""

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

AT_A_TIME = 10_000  # rows that are checked together
MOST_NAMED = 6  # columns that are named where something is said of many

OF_ARTICLE = tuple(name for name in COLUMNS if name in NAMES)
"""The columns that say something of the article, not of the figure."""

Record = tuple[int, Mapping[str, str | None]]
"""A row as texts by column, with the line it begins on."""

TableReader = Callable[[Sequence[str], Iterable[Record | InputError], str], Iterator[Item]]
"""What is made of a table of figures: of its columns, its rows (or why a row is none), and its path."""


def is_of_figures(names: Iterable[str]) -> bool:
    """True for the columns, or the names of values, of a table of figures."""
    return "figure_id" in names


def refuse_figures(_: Sequence[str], __: Iterable[Record | InputError], path: str) -> Iterator[Item]:
    """For those who want articles: the table is an InputError."""
    yield InputError(path, "is a table of figures, not of articles: `tracker add` reads it")


def leave_figures_out(_: Sequence[str], __: Iterable[Record | InputError], path: str) -> Iterator[Item]:
    """For a table that was merely met in a folder: a Note."""
    yield Note(path, "left out: is a table of figures, not of articles: `tracker add` reads it when it is named")


def read_figures(header: Sequence[str], records: Iterable[Record | InputError], path: str) -> Iterator[Item]:
    """The figures in the records, some thousands in each item, with a Note or an InputError for what is left out.

    A row that is wrong becomes an InputError that says its line and all that is wrong with it; the others are read.
    A header that lacks a column which every figure fills (tracker.timelines.schema.NEEDED) is one InputError. The
    row of hashtags (HXL) below a header is passed over, and so are the columns that come with it.
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
    while part := list(islice(rest, AT_A_TIME)):
        no_rows = [row for row in part if isinstance(row, InputError)]
        items = [*no_rows, *reader.read([row for row in part if not isinstance(row, InputError)])]
        yield from sorted(items, key=_line)


def _line(item: Item) -> float:
    """Where an item belongs among those of a batch: what is told of its lines in their order, then the figures."""
    line = getattr(item, "line", None)
    return inf if line is None else line


def _is_hashtags(row: Mapping[str, str | None]) -> bool:
    cells = [cell.strip() for cell in row.values() if cell and cell.strip()]
    return bool(cells) and all(cell.startswith("#") for cell in cells)


def _of_columns(header: Sequence[str], path: str, *, tagged: bool) -> Iterator[Note]:
    """Notes on columns that are not ours (a table with hashtags has one for each outcome), or stand there twice."""
    known = {*COLUMNS, *(Outcome if tagged else ())}
    unknown = [name or "(without name)" for name in header if name not in known]
    if unknown:
        yield Note(path, f"columns not known, left out: {_named(unknown)}")
    twice = [name for name in COLUMNS if header.count(name) > 1]
    if twice:
        yield Note(path, f"columns that stand there twice, the last is read: {_named(twice)}")


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(name[:40] for name in names[:MOST_NAMED]) + more


class _Reader:
    """Reads batch after batch of one table, and remembers which figures it has met, where, and with what content."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._met: dict[str, tuple[int, int]] = {}

    def read(self, batch: Sequence[Record]) -> Iterator[Item]:
        """The figures of the rows that are right, and what is wrong with the others."""
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
        """The rows with a figure_id that was met before; "" for one with the same content, else what is wrong."""
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
    """By row of a table with this index: all that is wrong with it, on one line."""
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
    """A note for the first article of which two rows say different things: one article is stored, not two."""
    ways = table.drop_duplicates(["article_id", *OF_ARTICLE])
    second = ways[ways["article_id"].duplicated()]
    if len(second):
        what = f"article {second['article_id'].iloc[0]} has another {' or '.join(OF_ARTICLE)} than before"
        more = f" (and {len(second) - 1} more)" if len(second) > 1 else ""
        yield Note(path, f"{what}: the first is kept{more}", lines[second.index[0]])

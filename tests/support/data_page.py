"""The tables of docs/data.md, made from the schema. Run as a program, it writes them into the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imports import ROOT

from tracker.export.hxl import HASHTAGS, OUTCOME_HASHTAGS
from tracker.timelines.schema import SCHEMA, Column

PAGE = ROOT / "docs" / "data.md"


def columns() -> Iterator[str]:
    """One line for each column: name, what it holds, meaning, example."""
    yield "| column | holds | meaning | example |"
    yield "| --- | --- | --- | --- |"
    for column in SCHEMA.values():
        example = f"`{column.example}`" if column.example else ""
        yield f"| `{column.name}` | {_holds(column)} | {column.meaning} | {example} |"


def words() -> Iterator[str]:
    """The words of each column that holds one of a few."""
    yield "| column | one of |"
    yield "| --- | --- |"
    for column in SCHEMA.values():
        if column.words:
            yield f"| `{column.name}` | {', '.join(f'`{word}`' for word in column.words)} |"


def hashtags() -> Iterator[str]:
    """The hashtag of each column."""
    yield "| column | hashtag |"
    yield "| --- | --- |"
    for name, tag in (HASHTAGS | OUTCOME_HASHTAGS).items():
        yield f"| `{name}` | `{tag}` |"


TABLES = {"columns": columns, "words": words, "hashtags": hashtags}
"""By the name that stands in the marks around a table in the page."""


def with_tables(page: str) -> str:
    """The page with the tables as they are now."""
    for name, made in TABLES.items():
        marked = rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)"
        page, count = re.subn(marked, lambda mark: mark[1] + "\n".join(made()) + "\n" + mark[2], page, flags=re.S)  # noqa: B023
        assert count == 1, f"{PAGE.name} has no place for the table of {name}"
    return page


def _holds(column: Column) -> str:
    kind = "one of a few words" if column.words else str(column.kind)
    bounds = f", {column.least} to {column.most}" if column.most is not None else ""
    return f"{kind}{bounds}{'' if column.filled else '; may be empty'}"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

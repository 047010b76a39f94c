"""How inputs are read: what the user asked for, handed down from reader to reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Protocol

from tracker.fetching import Answer
from tracker.sources.bounds import Budget
from tracker.sources.figures_table import TableReader, refuse_figures
from tracker.sources.items import Item


class Web(Protocol):
    """What fetches: `ask` whatever the user named himself, `follow` politely what was merely met in an input."""

    def ask(self, url: str) -> Answer:
        """The answer with a content; InputError where there is none."""
        ...

    def follow(self, url: str) -> Answer:
        """The same, as the site allows it to robots, and not faster than it bears."""
        ...


@dataclass(frozen=True, slots=True)
class How:
    """How inputs are read.

    `tables`: what becomes of tables of figures. `columns`: by the name that stands in a table (in lower case), the
    name of an article's value. `web`: what fetches, None where nothing may be fetched; `follow`: whether what feeds
    and lists only link to is fetched, too. `named`: whether the user named this input, or it was met in a folder or
    archive. `budget`: what archives may still unpack, and how deep.
    """

    tables: TableReader = refuse_figures
    columns: Mapping[str, str] = field(default_factory=dict)
    web: Web | None = None
    follow: bool = False
    named: bool = True
    budget: Budget = field(default_factory=Budget)

    def names(self, header: Iterable[str]) -> list[str]:
        """The names of columns, those that the user mapped being known by the name of an article's value.

        A column that has the name of a value which another column was mapped to is passed over.
        """
        taken = set(self.columns.values())
        return [self.columns.get(name, "" if name in taken else name) for name in header]


Read = Callable[[IO[bytes], str, How, str], Iterator[Item]]
"""What reads an open file of this name, of a kind ("" where its name or its bytes must tell it)."""

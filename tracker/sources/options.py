"""Options for reading, passed from reader to reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Protocol

from tracker.sources.bounds import Budget
from tracker.sources.figures_table import TableReader, refuse_figures
from tracker.sources.items import Item

if TYPE_CHECKING:
    from tracker.fetching import Answer


class Web(Protocol):
    """Fetches web addresses: `ask` for those the user named, `follow` for links found in an input."""

    def ask(self, url: str) -> Answer:
        """Fetch an address that the user named. Raises InputError if there is no answer with content."""
        ...

    def follow(self, url: str) -> Answer:
        """Fetch a link found in an input, as robots.txt and the crawl delay of the site allow."""
        ...


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options for reading.

    `tables`: the handler for tables of figures. `columns`: maps the user's column names (in lower case) to the names
    of an article's values. `web`: fetches addresses; None forbids fetching. `follow`: also fetch the articles that
    feeds and lists only link to. `named`: the user named this input (False: it was found in a folder or archive).
    `budget`: what archives may still unpack. `advises`: messages may name the options --fetch and --map, because the
    user has them.
    """

    tables: TableReader = refuse_figures
    columns: Mapping[str, str] = field(default_factory=dict)
    web: Web | None = None
    follow: bool = False
    named: bool = True
    budget: Budget = field(default_factory=Budget)
    advises: bool = False

    def advised(self, what: str, advice: str) -> str:
        """Return a message, with the advice to use an option where the user has it."""
        return f"{what}{advice}" if self.advises else what

    def names(self, header: Iterable[str]) -> list[str]:
        """Return the header with mapped columns renamed.

        A column whose own name is taken by a mapped column gets the name "" and is ignored.
        """
        taken = set(self.columns.values())
        return [self.columns.get(name, "" if name in taken else name) for name in header]


Read = Callable[[IO[bytes], str, ReadOptions, str], Iterator[Item]]
"""Reads an open file. In: stream, name, options, format ("": detect it). Out: items."""

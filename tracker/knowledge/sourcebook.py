"""Names of those who report figures: spellings to one normalised name and its type (data/gazetteers/sources.csv)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.knowledge.files import read_csv, split
from tracker.knowledge.own_names import NamedSource
from tracker.knowledge.phrases import words_of
from tracker.model import KnowledgeError, SourceType

FILE = "gazetteers/sources.csv"
MOSTLY = 0.4
"""The share of the mentions of the country most spoken of that another must have for a common name to be its own."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One body that reports figures."""

    name: str
    type: SourceType
    country: str


@dataclass(frozen=True, slots=True)
class Sourcebook:
    """All known bodies by every spelling, in lower case."""

    by_name: dict[str, tuple[SourceEntry, ...]]
    longest: int
    common: frozenset[str] = frozenset()
    """The spellings without a proper name in them ("interior ministry"), which any country's paper may print."""

    def find(self, words: Sequence[str], spoken: Mapping[str, int]) -> SourceEntry | None:
        """The entry whose spelling is the longest one contained in `words` (tokens in lower case), or None.

        A spelling that several share, or that has no proper name in it ("health ministry"), means the one of the
        country most `spoken` of, if that is one of theirs.
        """
        for size in range(min(self.longest, len(words)), 0, -1):
            for begin in range(len(words) - size + 1):
                spelling = " ".join(words[begin : begin + size])
                found = self.by_name.get(spelling, ())
                if len(found) == 1 and not (found[0].country and spelling in self.common):
                    return found[0]
                most = max(spoken.values(), default=0)
                likely = [entry for entry in found if spoken.get(entry.country, 0) > MOSTLY * most]
                if likely:
                    return max(likely, key=lambda entry: spoken[entry.country])
        return None

    def ending_at(self, words: Sequence[str], last: int) -> int | None:
        """Where the longest spelling that ends with the word at `last` begins, or None."""
        for size in range(min(self.longest, last + 1), 0, -1):
            if " ".join(words[last + 1 - size : last + 1]) in self.by_name:
                return last + 1 - size
        return None

    def beginning_at(self, words: Sequence[str], first: int) -> int | None:
        """Where the longest spelling that begins with the word at `first` ends, or None."""
        for size in range(min(self.longest, len(words) - first), 0, -1):
            if " ".join(words[first : first + size]) in self.by_name:
                return first + size
        return None


def load_sourcebook(own: Sequence[NamedSource] = ()) -> Sourcebook:
    """The sourcebook from data/ with a user's own entries, which win; KnowledgeError where a type is unknown.

    An own entry takes all spellings of the entry of data/ that it names, by its own name or by an alias.
    """
    overruled = {_key(spelling): one for one in own for spelling in one.spellings}
    shipped = [_merged(overruled.get(_key(one.name)), one) for one in _shipped()]
    by_name = _by_spelling(shipped) | _by_spelling(own)
    common = {_key(spelling) for one in shipped for spelling in one.spellings if spelling.islower()}
    longest = max((len(name.split()) for name in by_name), default=0)
    return Sourcebook(by_name, longest, frozenset(common - set(overruled)))


def _shipped() -> Iterator[NamedSource]:
    for row in read_csv(FILE, ("name", "aliases", "type", "country")):
        try:
            kind = SourceType(row["type"])
        except ValueError:
            raise KnowledgeError(FILE, row["name"], f"unknown type {row['type']!r}") from None
        yield NamedSource(row["name"], (row["name"], *split(row["aliases"])), kind, row["country"] or "")


def _merged(own: NamedSource | None, shipped: NamedSource) -> NamedSource:
    if own is None:
        return shipped
    return replace(own, spellings=(*own.spellings, *shipped.spellings), country=own.country or shipped.country)


def _by_spelling(sources: Iterable[NamedSource]) -> dict[str, tuple[SourceEntry, ...]]:
    found: dict[str, dict[SourceEntry, None]] = {}
    for one in sources:
        for spelling in one.spellings:
            found.setdefault(_key(spelling), {})[SourceEntry(one.name, one.type, one.country)] = None
    return {spelling: tuple(entries) for spelling, entries in found.items()}


def _key(spelling: str) -> str:
    return " ".join(words_of(spelling))

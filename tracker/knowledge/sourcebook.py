"""The sourcebook (data/gazetteers/sources.csv): spellings of bodies that report figures to a name and a type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.knowledge.files import read_csv, split
from tracker.knowledge.names import Names
from tracker.knowledge.own_names import NamedSource
from tracker.knowledge.phrases import words_of
from tracker.model import KnowledgeError, SourceType

FILE = "gazetteers/sources.csv"
MOSTLY = 0.4
"""A common name refers to a country with at least this share of the mentions of the most mentioned country."""


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
    common: frozenset[str] = frozenset()
    """Spellings without a proper name ("interior ministry"), which may refer to the body of any country."""
    begun: dict[str, tuple[int, ...]] = field(init=False)
    """The lengths in words of the spellings that begin with a word, the longest first."""
    ended: dict[str, tuple[int, ...]] = field(init=False)
    """The same for the spellings that end with a word."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "begun", _sizes(self.by_name, 0))
        object.__setattr__(self, "ended", _sizes(self.by_name, -1))

    def find(self, words: Sequence[str], country_counts: Mapping[str, int]) -> SourceEntry | None:
        """The entry with the longest spelling contained in `words` (lower-case tokens), or None.

        A spelling that several share, or without a proper name ("health ministry"), refers to the body of the country
        that the article names most often (`country_counts`), if one of them is from there.
        """
        if self.begun.keys().isdisjoint(words):
            return None
        found = [
            (-size, begin)
            for begin, word in enumerate(words)
            if word in self.begun
            for size in self.begun[word]
            if size <= len(words) - begin and " ".join(words[begin : begin + size]) in self.by_name
        ]
        for size, begin in sorted(found):
            entry = self._meant(" ".join(words[begin : begin - size]), country_counts)
            if entry is not None:
                return entry
        return None

    def _meant(self, spelling: str, country_counts: Mapping[str, int]) -> SourceEntry | None:
        """The entry with this spelling that the article refers to, or None."""
        found = self.by_name[spelling]
        if len(found) == 1 and not (found[0].country and spelling in self.common):
            return found[0]
        most = max(country_counts.values(), default=0)
        likely = [entry for entry in found if country_counts.get(entry.country, 0) > MOSTLY * most]
        return max(likely, key=lambda entry: country_counts[entry.country]) if likely else None

    def ending_at(self, words: Sequence[str], last: int) -> int | None:
        """Where the longest spelling that ends with the word at `last` begins, or None."""
        for size in self.ended.get(words[last], ()):
            if size <= last + 1 and " ".join(words[last + 1 - size : last + 1]) in self.by_name:
                return last + 1 - size
        return None

    def beginning_at(self, words: Sequence[str], first: int) -> int | None:
        """Where the longest spelling that begins with the word at `first` ends, or None."""
        for size in self.begun.get(words[first], ()) if first < len(words) else ():
            if size <= len(words) - first and " ".join(words[first : first + size]) in self.by_name:
                return first + size
        return None


def _sizes(spellings: Iterable[str], at: int) -> dict[str, tuple[int, ...]]:
    """The lengths of the spellings in words, by their word at `at`, the longest first."""
    found: dict[str, set[int]] = {}
    for words in (spelling.split(" ") for spelling in spellings):
        found.setdefault(words[at], set()).add(len(words))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}


def load_sourcebook(own: Sequence[NamedSource] = (), names: Names | None = None) -> Sourcebook:
    """The sourcebook from data/, by the names of a language (None: English), and the user's own entries.

    An own entry takes precedence: it takes over all spellings of the entry of data/ that it names, by name or by alias.
    KnowledgeError if a type is unknown.
    """
    overruled = {_key(spelling): one for one in own for spelling in one.spellings}
    shipped = [_merged(overruled.get(_key(one.name)), one) for one in _shipped(names)]
    by_name = _by_spelling(shipped) | _by_spelling(own)
    plain = (spelling for one in shipped for spelling in one.spellings if spelling.islower())
    common = {_key(spelling) for spelling in (names.common if names else plain)}
    return Sourcebook(by_name, frozenset(common - set(overruled)))


def _shipped(names: Names | None) -> Iterator[NamedSource]:
    for row in read_csv(FILE, ("name", "aliases", "type", "country")):
        try:
            kind = SourceType(row["type"])
        except ValueError:
            raise KnowledgeError(FILE, row["name"], f"unknown type {row['type']!r}") from None
        spelled = names.bodies.get(row["name"], ()) if names else (row["name"], *split(row["aliases"]))
        yield NamedSource(row["name"], spelled, kind, row["country"] or "")


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

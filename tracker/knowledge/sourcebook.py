"""Names of those who report figures: spellings to one normalised name and its type (data/gazetteers/sources.csv)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.knowledge.files import read_csv, split
from tracker.knowledge.phrases import words_of
from tracker.model import KnowledgeError, SourceType

FILE = "gazetteers/sources.csv"


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

    def find(self, words: Sequence[str], spoken: Mapping[str, int]) -> SourceEntry | None:
        """The entry whose spelling is the longest one contained in `words` (tokens in lower case), or None.

        A spelling that several share ("health ministry") means the one of the country most `spoken` of.
        """
        for size in range(min(self.longest, len(words)), 0, -1):
            for begin in range(len(words) - size + 1):
                found = self.by_name.get(" ".join(words[begin : begin + size]), ())
                if len(found) == 1:
                    return found[0]
                spoken_of = [entry for entry in found if spoken.get(entry.country)]
                if spoken_of:
                    return max(spoken_of, key=lambda entry: spoken[entry.country])
        return None

    def ending_at(self, words: Sequence[str], last: int) -> int | None:
        """Where the longest spelling that ends with the word at `last` begins, or None."""
        for size in range(min(self.longest, last + 1), 0, -1):
            if " ".join(words[last + 1 - size : last + 1]) in self.by_name:
                return last + 1 - size
        return None


def load_sourcebook() -> Sourcebook:
    """The sourcebook from data/; KnowledgeError where a type is unknown."""
    by_name: dict[str, list[SourceEntry]] = {}
    for row in read_csv(FILE, ("name", "aliases", "type", "country")):
        try:
            entry = SourceEntry(row["name"], SourceType(row["type"]), row["country"] or "")
        except ValueError:
            raise KnowledgeError(FILE, row["name"], f"unknown type {row['type']!r}") from None
        for spelling in (row["name"], *split(row["aliases"])):
            found = by_name.setdefault(" ".join(words_of(spelling)), [])
            if entry not in found:
                found.append(entry)
    longest = max((len(name.split()) for name in by_name), default=0)
    return Sourcebook({name: tuple(found) for name, found in by_name.items()}, longest)

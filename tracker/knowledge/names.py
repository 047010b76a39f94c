"""The names of one language (data/languages/<code>/names): countries, peoples, places, bodies and actors.

Each points to what the English files hold: a country by its code, a place by its row in gazetteers/places.csv, a body
by its name in gazetteers/sources.csv, an actor by the id of a conflict. So a total told in two languages is one claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby
from operator import itemgetter

from tracker.knowledge.files import data_folder, languages, read_csv, read_toml, split

Key = Callable[[str], str]
Spellings = Mapping[str, tuple[str, ...]]
FORMS = "_forms"
"""A column of this ending holds the case forms of the names in the column before it, as a build step makes them."""
SPELLINGS = frozenset({"names", "demonyms", "common", "recalled"})
"""The columns of spellings, separated by "|"."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language, as its tokenizer writes them: lower-case tokens with one blank between.

    `countries` and `demonyms`: by ISO 3166-1 alpha-3. `places`: by name and country of the row in places.csv; () where
    the language spells the place as that row. `by_hand`: the places among them that are kept by hand. `bodies`: by the
    name in sources.csv; `common`: those of their names without a proper name. `actors` and `recalled`: by the id of a
    conflict. `standing`: further names of a body in articles on a conflict, by conflict and body.
    """

    countries: Spellings
    demonyms: Spellings
    places: Mapping[tuple[str, str], tuple[str, ...]]
    by_hand: frozenset[tuple[str, str]]
    not_places: frozenset[str]
    bodies: Spellings
    common: frozenset[str]
    actors: Spellings
    recalled: Spellings
    standing: Mapping[tuple[str, str], tuple[str, ...]]


@cache
def has_names(code: str) -> bool:
    """Whether a language has names of its own."""
    return code.isalpha() and data_folder().joinpath(f"languages/{code}/names").is_dir()


def load_names(code: str, key: Key = str.lower) -> Names | None:
    """The names of a language; None if it has no folder of names and uses those of data/gazetteers, as English does.

    `key` writes a name as the tokenizer of the language does. KnowledgeError if a file or a column is missing.
    """
    if not has_names(code):
        return None
    folder = f"languages/{code}/names"
    nations = tuple(read_names(f"{folder}/countries.csv", ("iso3", "names", "demonyms")))
    by_hand = dict(_places(f"{folder}/places_extra.csv", key))
    bodies = tuple(read_names(f"{folder}/bodies.csv", ("source", "names", "common")))
    common = {row["source"]: _cell(row, "common", key) for row in bodies}
    wars = tuple(read_names(f"{folder}/actors.csv", ("conflict", "names", "recalled")))
    counts = read_names(f"{folder}/standing_counts.csv", ("conflict", "body", "names"))
    return Names(
        countries={row["iso3"]: _cell(row, "names", key) for row in nations},
        demonyms={row["iso3"]: _cell(row, "demonyms", key) for row in nations},
        places=dict(_places(f"{folder}/places.csv", key)) | by_hand,
        by_hand=frozenset(by_hand),
        not_places=frozenset(key(row["word"]) for row in read_csv(f"{folder}/not_a_place.csv", ("word",))),
        bodies={row["source"]: _cell(row, "names", key) + common[row["source"]] for row in bodies},
        common=frozenset(name for names in common.values() for name in names),
        actors={row["conflict"]: _cell(row, "names", key) for row in wars},
        recalled={row["conflict"]: _cell(row, "recalled", key) for row in wars},
        standing={(row["conflict"], row["body"]): _cell(row, "names", key) for row in counts},
    )


def listing_words(code: str) -> frozenset[str]:
    """The words between and before the names of places in a list, in lower case: conjunctions and articles."""
    if code not in languages():
        return frozenset()
    places = read_toml(f"languages/{code}/places.toml").get("places", {})
    return frozenset(word.lower() for name in ("conjunctions", "articles") for word in places.get(name, ()))


def read_names(file: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The entries of a file of names, one row each; KnowledgeError if the file or a column is missing.

    An entry with many spellings goes on in the rows behind it, so that each line can be read.
    """
    table = read_csv(file, columns)
    head = next(table, None)
    if head is None:
        return
    entry = itemgetter(*(column for column in head if not holds_spellings(column)))
    for _, rows in groupby(chain((head,), table), entry):
        first, *more = rows
        yield {column: _joined(column, [first, *more]) for column in first} if more else first


def holds_spellings(column: str) -> bool:
    """Whether a column of a file of names holds spellings. The others tell which entry a row belongs to."""
    return column.removesuffix(FORMS) in SPELLINGS


def _joined(column: str, rows: Sequence[Mapping[str, str]]) -> str:
    return "|".join(filter(None, (row[column] for row in rows))) if holds_spellings(column) else rows[0][column]


def _places(file: str, key: Key) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for row in read_names(file, ("place", "iso3", "names")):
        yield (row["place"], row["iso3"]), _cell(row, "names", key)


def _cell(row: Mapping[str, str], column: str, key: Key) -> tuple[str, ...]:
    """The names in a cell and their case forms, without repetition."""
    spelled = (*split(row[column]), *split(row.get(column + FORMS)))
    return tuple(dict.fromkeys(key(name) for name in spelled))

"""Standing counts: who counts whom in a conflict, where and since when (data/standing_counts/<conflict>.toml).

A standing count is a running total that one body keeps for the whole of a conflict: the Gaza health ministry counts the
people killed in Gaza since 7 October 2023. A file is read when the first figure of its conflict asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from tracker.knowledge.countries import load_countries, place_rows
from tracker.knowledge.files import data_folder, read_toml
from tracker.knowledge.names import Names
from tracker.knowledge.phrases import words_of
from tracker.model import KnowledgeError, Outcome, VictimGroup

FOLDER = "standing_counts"
EVERYONE = "everyone"  # `counted` where no group of victims is named
NEEDED_KEYS = ("id", "counted", "area", "country", "since", "outcomes", "kind", "least")
COUNT_KEYS = frozenset((*NEEDED_KEYS, "named", "in_totals", "nation", "until", "most", "note"))
LISTS = ("named", "in_totals", "outcomes")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
KINDS = ("body_count", "estimate", "claim_on_enemy")


@dataclass(frozen=True, slots=True)
class StandingCount:
    """One standing count of a conflict.

    `named`: the spellings that mean its body in an article on this conflict, in lower case, its words joined by one
    blank; `in_totals` those that do so only where a total of its area is stated ("officials", "officials in the
    enclave"). `counted`: a group of victims, or "everyone". `nation`: whose people are counted (ISO 3166-1 alpha-3), ""
    where people of all sides are. `area`: the name of the place for which it counts, which lies in `country`, and
    `area_names` its spellings in the language of the article, in lower case. `since` and `until`: first and last day of
    the harm (ISO dates, as exact as known). `kind`: one of KINDS. `least`: a smaller number without a date is not taken
    for this count. `most`: it never told a larger one (None: unknown, as it goes on).
    """

    id: str
    conflict: str
    body: str
    named: frozenset[str]
    in_totals: frozenset[str]
    counted: str
    nation: str
    area: str
    country: str
    since: str
    until: str | None
    outcomes: frozenset[Outcome]
    kind: str
    least: int
    most: int | None
    area_names: tuple[str, ...]

    @property
    def all_names(self) -> frozenset[str]:
        """The spellings that mean its body, everywhere or beside its total."""
        return self.named | self.in_totals

    def counts(self, outcome: Outcome, group: VictimGroup) -> bool:
        """Whether people of this group with this outcome are in the count."""
        if outcome not in self.outcomes:
            return False
        if self.counted == EVERYONE:
            return group in (VictimGroup.UNSPECIFIED, VictimGroup.CIVILIANS)
        return group == self.counted or (group is VictimGroup.UNSPECIFIED and self.counted == VictimGroup.CIVILIANS)


@cache
def load_standing_counts(conflict: str) -> tuple[StandingCount, ...]:
    """The standing counts of a conflict in the order of their file, () where it has none.

    KnowledgeError names the file and the entry that is wrong.
    """
    name = f"{FOLDER}/{conflict}.toml"
    if not data_folder().joinpath(name).is_file():
        return ()
    return tuple(standing_counts_of(name, conflict, read_toml(name)))


def in_language(counts: Sequence[StandingCount], names: Names | None) -> tuple[StandingCount, ...]:
    """The counts with the names of bodies and areas of a language (None: English)."""
    if names is None or not counts:
        return tuple(counts)
    lands = load_countries().by_name

    def area(one: StandingCount) -> tuple[str, ...]:
        name = one.area.lower()
        if lands.get(name) == one.country:
            return names.countries.get(one.country, ())
        known = (names.places[row] for row in place_rows(name) if row[1] == one.country and row in names.places)
        return next((spelled for spelled in known if spelled), (name,))

    def named(one: StandingCount) -> frozenset[str]:
        normalised = " ".join(words_of(one.body))
        return frozenset(
            (normalised, *names.bodies.get(one.body, ()), *names.standing.get((one.conflict, one.body), ()))
        )

    return tuple(replace(one, named=named(one), in_totals=frozenset(), area_names=area(one)) for one in counts)


def standing_counts_of(file: str, conflict: str, content: Mapping[str, Any]) -> Iterator[StandingCount]:
    """The counts in the content of a file; KnowledgeError where an entry lacks a key or has an unknown one."""
    for body in content.get("body", ()):
        name = str(body.get("name", ""))
        if not name:
            raise KnowledgeError(file, "body", "lacks a name")
        for entry in body.get("count", ()):
            spelled = {key: [*body.get(key, ()), *entry.get(key, ())] for key in ("named", "in_totals")}
            yield standing_count(file, conflict, name, {**entry, **spelled})


def standing_count(file: str | Path, conflict: str, body: str, entry: Mapping[str, Any]) -> StandingCount:
    """One count of a body in a conflict, from an entry of a file; KnowledgeError where a key is wrong."""
    label = str(entry.get("id", f"a count of {body}"))
    for key in NEEDED_KEYS:
        if key not in entry:
            raise KnowledgeError(file, label, f"lacks {key!r}")
    unknown = sorted(set(entry) - COUNT_KEYS)
    if unknown:
        raise KnowledgeError(file, label, f"has an unknown key {unknown[0]!r}")
    _check(file, label, entry)
    named = _normalised((body, *entry.get("named", ())))
    return StandingCount(
        id=label,
        conflict=conflict,
        body=body,
        named=named,
        in_totals=_combined(named, _normalised(entry.get("in_totals", ()))),
        counted=entry["counted"],
        nation=entry.get("nation", ""),
        area=entry["area"],
        country=entry["country"],
        since=entry["since"],
        until=entry.get("until") or None,
        outcomes=frozenset(Outcome(one) for one in entry["outcomes"]),
        kind=entry["kind"],
        least=entry["least"],
        most=entry.get("most"),
        area_names=(entry["area"].lower(),),
    )


def _normalised(names: Iterable[str]) -> frozenset[str]:
    """The names in lower case, their words joined by one blank."""
    return frozenset(" ".join(words_of(one)) for one in names)


def _combined(named: frozenset[str], loose: frozenset[str]) -> frozenset[str]:
    """The loose names, also with what stands before and behind a shorter name in a longer one: "medics" beside "health
    ministry", "Gaza's health ministry" and "health ministry in the enclave" gives "Gaza's medics in the enclave".
    """
    before, behind = {""}, {""}
    for name in named if loose else ():
        words = name.split()
        for at in range(1, len(words)):
            if " ".join(words[at:]) in named:
                before.add(" ".join(words[:at]) + " ")
            if " ".join(words[:at]) in named:
                behind.add(" " + " ".join(words[at:]))
    return frozenset(first + one + last for first in before for one in loose for last in behind) - named


def _check(file: str | Path, label: str, entry: Mapping[str, Any]) -> None:
    """KnowledgeError where a value of an entry is not what its key wants."""
    for key in COUNT_KEYS & set(entry):
        wanted = list if key in LISTS else int if key in ("least", "most") else str
        values = entry[key] if isinstance(entry[key], list) else []
        if not isinstance(entry[key], wanted) or not all(isinstance(one, str) for one in values):
            name = {list: "list of texts", int: "whole number", str: "text"}[wanted]
            raise KnowledgeError(file, label, f"{key} is not a {name}")
    if entry["kind"] not in KINDS:
        raise KnowledgeError(file, label, f"unknown kind {entry['kind']!r}: use {', '.join(KINDS)}")
    if entry["counted"] != EVERYONE and entry["counted"] not in set(VictimGroup):
        raise KnowledgeError(file, label, f"counts nobody known: {entry['counted']!r}")
    for outcome in set(entry["outcomes"]) - set(Outcome):
        raise KnowledgeError(file, label, f"unknown outcome {outcome!r}: use {', '.join(Outcome)}")
    for key in ("since", "until"):
        if entry.get(key) and not _DATE.fullmatch(entry[key]):
            raise KnowledgeError(file, label, f"{key} is not an ISO date: {entry[key]!r}")

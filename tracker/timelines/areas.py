"""Which area a figure counts: a whole country or theatre of war, or a place in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.knowledge import load_conflicts, load_countries
from tracker.timelines.grouping import group_codes

WHOLE = re.compile(r"[A-Z]{3}|")
"""An area that is a whole country (ISO 3166-1 alpha-3) or not known; places are written in lower case."""

_CAPITALS = re.compile(r"[^\W\d_]*[^\W\d_a-zß-öø-ÿ][\w'’-]*(?: [^\W\d_]*[^\W\d_a-zß-öø-ÿ][\w'’-]*)*")


@dataclass(frozen=True, slots=True)
class Areas:
    """The names that stand for whole countries: in general, and within one conflict. All names are in lower case.

    `starts`: when each conflict began. An ISO date, month or year, as exact as is known. `grounds`: the countries that
    each conflict is fought in.
    """

    countries: Mapping[str, str]
    theatres: Mapping[tuple[str, str], str]
    starts: Mapping[str, str]
    grounds: Mapping[str, frozenset[str]]

    def area(self, place: str | None, country: str | None, conflict: str | None) -> str:
        """The area of a figure: a country's code, else the name of the place in lower case, else ""."""
        if not place:
            return country or ""
        name = _name(place)
        return self.theatres.get((conflict or "", name)) or self.countries.get(name) or name

    def whole(self, place: str, conflict: str) -> bool:
        """Whether these words are the name of a country, its people or a theatre."""
        name = place.strip().casefold()
        return name in self.countries or (conflict, name) in self.theatres


def load_areas() -> Areas:
    """Read from data/: the names of countries and their people, and the theatres and beginnings of conflicts."""
    known, conflicts = load_countries(), load_conflicts()
    theatres = {(one.id, name): one.countries[0] for one in conflicts for name in one.theatre}
    starts = {one.id: one.start for one in conflicts}
    grounds = {one.id: frozenset(one.countries) for one in conflicts}
    return Areas({**known.by_demonym, **known.by_name}, theatres, starts, grounds)


def areas(table: pd.DataFrame, known: Areas) -> pd.Series[str]:
    """The area of each row of a typed table of figures, from its columns place, country and conflict."""
    names = ["place", "country", "conflict"]
    codes = group_codes(*(table[name] for name in names))
    kinds = table.loc[~pd.Series(codes, index=table.index).duplicated(), names].astype(object)
    kinds = kinds.where(kinds.notna(), None)
    found = [known.area(*kind) for kind in kinds.itertuples(index=False)]
    return pd.Series(np.array(found, dtype=object)[codes], index=table.index, dtype="str")


def is_whole(area: pd.Series[str]) -> pd.Series[bool]:
    """True for areas that are a whole country, or not known."""
    return area.str.fullmatch(WHOLE.pattern)


def names_whole(table: pd.DataFrame, known: Areas) -> pd.Series[bool]:
    """True where the words for the place are the name of a country or theatre, and not of a spot in it."""
    names = ["place", "conflict"]
    codes = group_codes(*(table[name] for name in names))
    kinds = table.loc[~pd.Series(codes, index=table.index).duplicated(), names].fillna("")
    found = [known.whole(place, conflict) for place, conflict in kinds.itertuples(index=False)]
    return pd.Series(np.array(found, dtype=bool)[codes], index=table.index)


def _name(place: str) -> str:
    """The name in the words for a place: the first run of capitalised words ("market in Idlib" gives Idlib).

    Where nothing is capitalised, as in many scripts, it is all of the words. The rule is the same for every language.
    """
    found = _CAPITALS.search(place)
    words = found[0] if found else place
    return words.strip().removesuffix("'s").removesuffix("’s").casefold()

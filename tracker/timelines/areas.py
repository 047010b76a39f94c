"""Which area a figure counts: a whole country or theatre of war, or a place in it; and what was hit there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.knowledge import (
    Conflict,
    Sites,
    load_conflicts,
    load_countries,
    load_no_places,
    load_parents,
    load_place_names,
    load_sites,
)
from tracker.knowledge.names import Names, has_names, listing_words, load_names
from tracker.model import Scope
from tracker.timelines.grouping import firsts, group_codes, spread

WHOLE = re.compile(r"[A-Z]{3}|")
"""An area that is a whole country (ISO 3166-1 alpha-3) or not known; places are written in lower case."""

_WORD = re.compile(r"[^\W_]+(?:[.'’-]+[^\W_]+)*")
_ARTICLE = re.compile(r"\b(?:al|el|ad|an|ar|as|ash|at|az)[- ](?=\w)")
ENGLISH = "en"
LONGEST_NAME = 4
"""Words in the longest name that is looked up."""
_PIECE = re.compile(rf"{_WORD.pattern}|[^\w\s]")
_MARKS = frozenset(",/-‐‑–—")
"""What may stand between the names in a list, besides words: "Gaza/Israel"."""


@dataclass(frozen=True, slots=True)
class Areas:
    """The names that stand for whole countries: in general, and within one conflict. All names are in lower case.

    `starts` and `ends`: when each conflict began, and when it ended if it did. An ISO date, month or year, as exact as
    is known. `grounds`: the countries that each conflict is fought in. `places`: for each spelling of a place its
    name, by country. `no_places`: words that are capitalised and name no place. `sites`: what may be hit in a place.
    `parents`: for each town, by country and area, the areas of its regions. `listing`: the conjunctions and articles
    in lists of places.
    """

    countries: Mapping[str, str]
    theatres: Mapping[tuple[str, str], str]
    starts: Mapping[str, str]
    grounds: Mapping[str, frozenset[str]]
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    no_places: frozenset[str] = frozenset()
    sites: Sites | None = None
    parents: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    ends: Mapping[str, str] = field(default_factory=dict)
    listing: frozenset[str] = frozenset()

    def area(self, place: str | None, country: str | None, conflict: str | None) -> str:
        """The area of a figure: a country's code, else the name of the place in lower case, else "".

        The first place in the words that the gazetteer knows, else the first capitalised name that is no place
        it knows; the whole country or theatre where only its name stands there ("Hamas-run Gaza"), or nothing
        ("the enclave"). A place has one name for all of its spellings.
        """
        words = _WORD.findall(place or "")
        if not words:
            return country or ""
        if place == (place or "").upper() == (place or "").lower():  # a script without capitals
            name = (place or "").strip()
            return self._whole(name, conflict or "") or self.places.get(name, {}).get(country or "", name)
        whole, unknown = "", ""
        for run in self._parts(words, conflict or ""):
            spot, ground, rest = self._read(run, country or "", conflict or "")
            if spot:
                return spot
            whole = ground if ground == country else whole or ground  # "the United States and Israel"
            unknown = unknown or ("" if ground else rest)
        if {whole, country} <= self.grounds.get(conflict or "", frozenset()):
            whole = country or whole  # hostages taken to Gaza, and a festival near its border, are of Israel
        return unknown or whole or country or ""

    def of_several(self, place: str | None, conflict: str | None) -> bool:
        """Whether the words are nothing but a list of countries that the war is fought in: "Israel and the Gaza Strip".

        "Gaza from Israel" and "Israel, not Gaza" are no lists.
        """
        words = list(self._listed((place or "").casefold().replace("’", "'"), conflict or ""))
        found: set[str] = set()
        at = 0
        while at < len(words):
            sizes = range(min(LONGEST_NAME, len(words) - at), 0, -1)
            names = ((size, self._whole(" ".join(words[at : at + size]), conflict or "")) for size in sizes)
            size, ground = next((name for name in names if name[1]), (1, ""))
            if ground:
                found.add(ground)
            elif words[at] not in self.listing and words[at] not in _MARKS:
                return False
            at += size
        return len(found) > 1 and found <= self.grounds.get(conflict or "", frozenset())

    def _listed(self, place: str, conflict: str) -> Iterator[str]:
        """The words and marks of a list in lower case; joined names ("israel-gaza") and short articles ("l'iran") are
        parted.
        """
        for word in _PIECE.findall(place):
            article, _, name = word.partition("'")
            names = word.split("-")
            if name and f"{article}'" in self.listing:
                yield name
            elif len(names) > 1 and all(self._whole(one, conflict) for one in names):
                yield from names
            else:
                yield word

    def _parts(self, words: list[str], conflict: str) -> Iterator[list[str]]:
        """The runs of capitalised words, parted behind the name of a country or theatre that owns what follows: "Gaza's
        Shifa" is two names.
        """
        for run in _runs(words):
            plain = [word.removesuffix("'s") for word in run]
            owners = (at for at, word in enumerate(run, 1) if word != plain[at - 1])
            cut = next((at for at in owners if self._whole(" ".join(plain[:at]), conflict)), len(run))
            yield from (part for part in (plain[:cut], plain[cut:]) if part)

    def _whole(self, name: str, conflict: str) -> str:
        return self.theatres.get((conflict, name)) or self.countries.get(name) or ""

    def _read(self, run: list[str], country: str, conflict: str) -> tuple[str, str, str]:
        """What a run of capitalised words names: a known place, a country or theatre, and else the name itself."""
        whole, at = "", 0
        while at < len(run):
            for size in range(min(LONGEST_NAME, len(run) - at), 0, -1):
                name = " ".join(run[at : at + size])
                if ground := self._whole(name, conflict):
                    whole = ground if (conflict, name) in self.theatres else whole or ground
                    break
                spots = self.places.get(name, {})
                if country in spots:
                    return self._without_site(spots[country]), "", ""
            else:
                size = 1
            at += size
        if all(self._names_nothing(word) or self._tells_whose(word) or self._is_site(word) for word in run):
            return "", whole, ""
        return "", whole, _ARTICLE.sub("", self._without_site(" ".join(run)).replace("-", " "))

    def _without_site(self, name: str) -> str:
        """A name without the word for a site at its end: "Shifa Hospital" is Shifa."""
        start, _, last = name.rpartition(" ")
        return start if start and self._is_site(last) else name

    def _names_nothing(self, word: str) -> bool:
        """Whether a word is listed as one that names no place, with or without points: "U.N"."""
        return word in self.no_places or word.replace(".", "") in self.no_places

    def _is_site(self, word: str) -> bool:
        """Whether a word only tells what kind of site a place is."""
        return self.sites is not None and bool(self.sites.by_word.get(word))

    def _tells_whose(self, word: str) -> bool:
        """Whether a word says whose a place is, and not which: "Russian-held"."""
        people, hyphen, _ = word.partition("-")
        return bool(hyphen) and people in self.countries

    def whole(self, place: str, conflict: str) -> bool:
        """Whether these words are the name of a country, its people or a theatre."""
        name = place.strip().casefold()
        return name in self.countries or (conflict, name) in self.theatres


def areas_of(table: pd.DataFrame) -> Areas:
    """The names of places in English and in the languages of a table of figures (its column language)."""
    codes = table["language"].dropna().str[:2].str.lower().unique()
    return load_areas(frozenset(code for code in codes if has_names(code)))


@cache
def load_areas(languages: frozenset[str] = frozenset()) -> Areas:
    """Read from data/, once: the names of countries and their people, the theatres and beginnings of conflicts.

    `languages`: those whose names are known beside the English ones. A place has its English name in all of them, so
    that figures in two languages are of one area.
    """
    if languages:
        several = load_areas()
        for code in sorted(languages):
            several = _with_names(several, load_names(code), listing_words(code))
        return several
    known, conflicts, places = load_countries(), load_conflicts(), load_place_names()
    return Areas(
        countries={**known.by_demonym, **known.by_name},
        theatres=_theatres(conflicts),
        starts={one.id: one.start for one in conflicts},
        ends={one.id: one.end for one in conflicts if one.end},
        grounds={one.id: frozenset(one.countries) for one in conflicts},
        places=places,
        no_places=load_no_places(),
        sites=load_sites(),
        parents=load_parents(places),
        listing=listing_words(ENGLISH),
    )


def _theatres(conflicts: Iterable[Conflict]) -> dict[tuple[str, str], str]:
    return {(one.id, name): one.countries[0] for one in conflicts for name in one.theatre}


def _with_names(areas: Areas, names: Names | None, listing: frozenset[str]) -> Areas:
    """The same areas with the names of one more language. A name that is known already keeps its meaning."""
    lands = load_countries(names)
    places = {name: dict(spots) for name, spots in areas.places.items()}
    for name, spots in load_place_names(names).items():
        places[name] = {**spots, **places.get(name, {})}
    return replace(
        areas,
        countries={**lands.by_demonym, **lands.by_name, **areas.countries},
        theatres={**_theatres(load_conflicts(names)), **areas.theatres},
        places=places,
        no_places=areas.no_places | load_no_places(names),
        listing=areas.listing | listing,
    )


def areas(table: pd.DataFrame, known: Areas) -> pd.Series[str]:
    """The area of each row of a typed table of figures, from its columns place, country and conflict.

    A total of several countries ("Israel and Gaza") is of none of them: its area is "".
    """
    names = ["place", "country", "conflict"]
    codes = group_codes(*(table[name] for name in names))
    kinds = table.loc[~pd.Series(codes, index=table.index).duplicated(), names].astype(object)
    kinds = kinds.where(kinds.notna(), None)
    found = [known.area(*kind) for kind in kinds.itertuples(index=False)]
    area = spread(found, codes, table.index)
    if "scope" not in table.columns:
        return area
    total = (table["scope"] == Scope.CUMULATIVE).to_numpy(dtype=bool, na_value=False)
    asked = np.unique(codes[total])
    several = [known.of_several(place, war) for place, _, war in kinds.iloc[asked].itertuples(index=False)]
    both = asked[np.array(several, dtype=bool)]
    return area.mask(total & np.isin(codes, both), "") if len(both) else area


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


def sites(told: pd.DataFrame, known: Sites | None) -> pd.Series[str]:
    """What was hit, by the word for a site in the quote that is nearest to the figure, else by one in the words for the
    place; "" where there is none.
    """
    if known is None:
        return pd.Series("", index=told.index, dtype="str")
    site = _sites_in(told["place"].fillna(""), pd.Series("", index=told.index), known)
    quoted = _sites_in(told["quote"].fillna(""), told["figure"].fillna(""), known)
    return pd.Series(np.where(quoted == "", site, quoted), index=told.index, dtype="str")


def _sites_in(texts: pd.Series[str], figures: pd.Series[str], known: Sites) -> npt.NDArray[np.object_]:
    """The site in each text that is nearest to the figure; "" where there is none, as in most texts."""
    codes, kinds = pd.factorize(texts)
    some = np.array([bool(known.nearest(text, "")) for text in kinds], dtype=bool)
    found = np.full(len(texts), "", dtype=object)
    at = np.flatnonzero(some[codes]) if len(kinds) else np.zeros(0, dtype=np.int64)
    pairs = group_codes(codes[at], figures.iloc[at])
    each = at[firsts(pairs)]
    nearest = [known.nearest(kinds[code], figure) for code, figure in zip(codes[each], figures.iloc[each], strict=True)]
    found[at] = np.array(nearest, dtype=object)[pairs]
    return found


def _runs(words: list[str]) -> Iterator[list[str]]:
    """The runs of capitalised words, in lower case: a market in Gaza City gives [gaza, city]."""
    run: list[str] = []
    for word in [*words, ""]:
        if any(map(str.isupper, word)) or (run and word.isdigit()):
            run.append(word.replace("’", "'").casefold())
        elif run:
            yield run
            run = []

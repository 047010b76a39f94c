"""Two details of what a figure counts: the nation of the victims, and since when a running total counts.

Which nation a total is of, and which nations are parties of a war, is known of its standing counts as well
(data/standing_counts/).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tracker.knowledge import load_sourcebook
from tracker.knowledge.phrases import words_of
from tracker.knowledge.sourcebook import Sourcebook
from tracker.knowledge.standing_counts import EVERYONE, StandingCount, load_standing_counts
from tracker.model import Scope, VictimGroup
from tracker.timelines.areas import Areas, load_areas
from tracker.timelines.columns import dates
from tracker.timelines.grouping import Mask, firsts, group_codes, spread

LONGEST_NAME = 4  # words in the name of a country or its people
MOST_WORDS = 12  # how many of the words for victims are looked at
LATE = np.timedelta64(7, "D")
A_DAY = np.timedelta64(1, "D")
EARLY = np.timedelta64(3, "D")
"""A total printed so long after the day it gives, the first one of the war, is not as of that day."""
OVER = np.timedelta64(30, "D")
"""So long after its end nothing of a war happens on the day of print any more."""
LATE_PART = 4
"""A total is of the whole conflict where it counts from its first week on, or from the first quarter of the time that
had passed: "in nine years of war" is said in the tenth.
"""

WHOLE = (EVERYONE, VictimGroup.CIVILIANS, VictimGroup.COMBATANTS)
"""The groups that a body may count as the whole of its subject; all others are parts of one of them."""

KEPT = 10_000
"""Bodies whose counts are kept: a table names few of them, again and again."""

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


@lru_cache(KEPT)
def counts_kept(conflict: str, source: str) -> tuple[StandingCount, ...]:
    """The standing counts of a conflict that a body keeps, by its own name or by a wider one that the registry lists
    for its office there: "United Nations" for the UN's human rights office.
    """
    name = " ".join(words_of(source))
    counts = load_standing_counts(conflict)
    wider = any(name in one.named for one in counts) and _is_international(name, source)
    return tuple(one for one in counts if one.body == source or (wider and name in one.named))


def _is_international(words: str, source: str) -> bool:
    """Whether this is the name of a body that works in several countries."""
    return any(entry.name == source and not entry.country for entry in _shipped_book().by_name.get(words, ()))


@cache
def _shipped_book() -> Sourcebook:
    return load_sourcebook()


def peoples(table: pd.DataFrame, known: Areas) -> pd.Series[str]:
    """The nation of the victims where it is another than the country of the row, as ISO 3166-1 alpha-3.

    "Russian soldiers" in Ukraine gives RUS. It is "" where the words name the country itself, several nations or none.
    In: a typed table of figures, with the columns victims and country.
    """
    names = ["victims", "country"]
    codes = group_codes(*(table[name] for name in names))
    kinds = table.loc[~pd.Series(codes, index=table.index).duplicated(), names].astype(object)
    kinds = kinds.where(kinds.notna(), "")
    found = [_nation(victims, country, known.countries) for victims, country in kinds.itertuples(index=False)]
    return spread(found, codes, table.index)


def _nation(victims: str, country: str, known: Mapping[str, str]) -> str:
    words = _WORD.findall(victims)[:MOST_WORDS]
    lows = [word.casefold() for word in words]
    found, at = set(), 0
    while at < len(words):
        fits = (size for size in range(LONGEST_NAME, 0, -1) if " ".join(lows[at : at + size]) in known)
        size = next(fits, 0)
        if size and words[at][:1].isupper():  # "us" in lower case is a pronoun
            found.add(known[" ".join(lows[at : at + size])])
        at += size or 1
    return found.pop() if len(found) == 1 and country not in found else ""


def nations_counted(rows: pd.DataFrame, people: pd.Series[str], known: Areas) -> pd.Series[str]:
    """The nation of each row's victims as in `people`, and for totals of combatants whose words name no nation the one
    that the body's standing counts are of: "Ukraine's military says 24,000 soldiers were lost" gives RUS.

    It is left out where the body counts the combatants of several nations, or of its own country. In: figures with
    the columns conflict, outcome, source_name, scope, victim_group, victims and country.
    """
    of_army = (rows["scope"] == Scope.CUMULATIVE) & (rows["victim_group"] == VictimGroup.COMBATANTS)
    some = rows[(of_army & (people == "")).to_numpy(dtype=bool, na_value=False)]
    some = some[peoples(some.assign(country=""), known) == ""]
    keys = ["conflict", "outcome", "source_name", "country"]
    told = [_nation_counted(*key) for key in some[keys].astype(object).itertuples(index=False, name=None)]
    found = people.copy()
    found.loc[some.index] = pd.array(told, dtype="str")
    return found


def _nation_counted(conflict: str, outcome: str, source: str, country: str) -> str:
    counts = [one for one in counts_kept(str(conflict), str(source)) if outcome in one.outcomes]
    nations = {one.nation for one in counts if one.counted == VictimGroup.COMBATANTS}
    return nations.pop() if len(nations) == 1 and country not in nations else ""


def are_of_civilians(points: pd.DataFrame) -> pd.Series[bool]:
    """Whether the whole counts that the body keeps of this outcome in the country are all of civilians, so that a total
    of nobody named is one of them: "the UN rights office has verified 9,614 killed".

    In: a table with the columns conflict, outcome, source_name and country.
    """
    keys = ["conflict", "outcome", "source_name", "country"]
    codes = group_codes(*(points[name] for name in keys))
    kinds = points.iloc[firsts(codes)][keys].astype(object).itertuples(index=False, name=None)
    found = [_whole_counts(*kind) == {VictimGroup.CIVILIANS} for kind in kinds]
    return pd.Series(np.array(found, dtype=bool)[codes], index=points.index)


def keep_count(points: pd.DataFrame, counted: pd.Series[str]) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """Whether the body of each row keeps standing counts of whole groups for its area and outcome, and whether the
    row's group is the widest of these: everyone, or else each of those that it keeps.

    In: a table with the columns conflict, outcome, source_name and area, and the group that each row counts.
    """
    keys = ["conflict", "outcome", "source_name", "area"]
    codes = group_codes(*(points[name] for name in keys), counted)
    at = firsts(codes)
    kinds = points.iloc[at][keys].astype(object).itertuples(index=False, name=None)
    kept = [_whole_counts(*kind) for kind in kinds]
    widest = [group in ({EVERYONE} & groups or groups) for group, groups in zip(counted.iloc[at], kept, strict=True)]
    some = np.array([bool(groups) for groups in kept], dtype=bool)[codes]
    return pd.Series(some, index=points.index), pd.Series(np.array(widest, dtype=bool)[codes], index=points.index)


@lru_cache(KEPT)
def _whole_counts(conflict: str, outcome: str, source: str, country: str) -> set[str]:
    """The groups of the standing counts that a body keeps of everyone, civilians or combatants."""
    counts = (one for one in counts_kept(str(conflict), str(source)) if one.country == country)
    return {one.counted for one in counts if outcome in one.outcomes} & {*WHOLE}


def are_of_parties(points: pd.DataFrame) -> pd.Series[bool]:
    """Whether people of a party to the war are counted: of no nation that is named, or of one on whose ground it is
    fought, or of which there is a standing count. Where the war is unknown, all are.

    In: a table with the columns conflict and people.
    """
    codes = group_codes(points["conflict"], points["people"])
    kinds = points.loc[~pd.Series(codes, index=points.index).duplicated(), ["conflict", "people"]]
    found = [
        not conflict or not people or people in _parties(conflict) for conflict, people in kinds.itertuples(index=False)
    ]
    return pd.Series(np.array(found, dtype=bool)[codes], index=points.index)


def _parties(conflict: str) -> frozenset[str]:
    grounds = load_areas().grounds.get(conflict, frozenset())
    return grounds.union(one.nation for one in load_standing_counts(conflict))


class Days(NamedTuple):
    """The days of figures: those of print, and the first and the last day of each date."""

    published: pd.Series[pd.Timestamp]
    first: pd.Series[pd.Timestamp]
    last: pd.Series[pd.Timestamp]


def as_of_days(days: Days, conflicts: pd.Series[Any], known: Areas) -> pd.Series[pd.Timestamp]:
    """The day up to which each running total counts: the last one of its month, or the day it was printed if earlier.

    A total dated to the day on which the war began, and printed more than EARLY later, counts up to its print: that day
    is the one of the attack that it tells of.
    """
    published, first, last = days
    as_of = last.mask((published >= first) & (published < last), published)
    late = (first == last) & (published - as_of > EARLY)
    began = (as_of - starts(conflicts, known)).abs() <= A_DAY
    return as_of.mask(began & late, published)


def are_over(conflicts: pd.Series[Any], printed: pd.Series[pd.Timestamp], known: Areas) -> pd.Series[bool]:
    """Whether each conflict had ended so long before the day of print that nothing of it happened then."""
    return printed - _days_of(conflicts, known.ends, last=True) > OVER


def starts(conflicts: pd.Series[str], known: Areas) -> pd.Series[pd.Timestamp]:
    """The day on which each conflict began; NaT for unknown ones."""
    return _days_of(conflicts, known.starts)


def _days_of(conflicts: pd.Series[Any], day_of: Mapping[str, str], *, last: bool = False) -> pd.Series[pd.Timestamp]:
    codes, kinds = pd.factorize(conflicts, use_na_sentinel=False)
    told = (np.datetime64(day_of.get(one, "NaT")) for one in kinds)  # a year, a month or a day
    days = [(one + 1).astype("datetime64[D]") - 1 if last else one for one in told]
    return pd.Series(np.array(days, dtype="datetime64[us]")[codes], index=conflicts.index)


def counted_since(totals: pd.DataFrame, as_of: pd.Series[pd.Timestamp], known: Areas) -> pd.Series[str]:
    """The month from which each running total counts ("2025-05"), where that is well after its conflict began.

    It is "" where the total counts from the beginning, states no start, or the beginning of its conflict is unknown.
    The start of a standing count is always its own, so that the line of a count has one name at all times. In: figures
    with the columns period_start, conflict and source_name, and their as-of dates.
    """
    begin = dates(totals, "period_start")
    start = starts(totals["conflict"], known)
    after = (begin - start).to_numpy()
    late = after > np.maximum(LATE, (as_of - start).to_numpy() / LATE_PART)
    own = late & (begin + A_DAY < as_of).to_numpy()  # a later start is that of the day's number beside the total
    at = np.flatnonzero(after > LATE)
    own[at] |= starts_standing_count(totals["conflict"].iloc[at], totals["source_name"].iloc[at], begin.iloc[at])
    codes, kinds = pd.factorize(begin.where(own))
    return spread([*pd.Series(kinds).dt.strftime("%Y-%m"), ""], codes, begin.index)  # the last is of no month


def starts_standing_count(conflict: pd.Series[Any], source: pd.Series[Any], begin: pd.Series[Any]) -> Mask:
    """Whether a standing count of the body in the conflict begins on the day."""
    codes = group_codes(conflict, source)
    first = firsts(codes)
    bodies = zip(conflict.iloc[first], source.iloc[first], strict=True)
    days = [{_first_day(one) for one in counts_kept(str(war), str(body))} for war, body in bodies]
    found = np.array([bool(one) for one in days], dtype=bool)[codes]
    at = np.flatnonzero(found)
    told = begin.iloc[at].dt.strftime("%Y-%m-%d")
    found[at] = [day in days[code] for code, day in zip(codes[at], told, strict=True)]
    return found


def since_of(count: StandingCount) -> str:
    """The column `since` of a standing count's totals: the month in which it begins, if that is well after its conflict
    began, else "".
    """
    begun, first = load_areas().starts.get(count.conflict), _first_day(count)
    late = begun is not None and np.datetime64(first) - np.datetime64(begun, "D") > LATE
    return first[:7] if late else ""


def _first_day(count: StandingCount) -> str:
    return (count.since + "-01-01")[: len("2023-10-07")]

"""Agreement: which figures print the same number so close together that they must be one claim."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tracker.model import Qualifier, Status
from tracker.timelines.areas import Areas
from tracker.timelines.columns import dates
from tracker.timelines.grouping import Codes, count, distinct, firsts, group_codes, printings

LEAST = 100
"""Smaller numbers are of too many events to agree only where they mean the same."""
UNUSUAL = 4
"""Digits before the noughts at the end, 34,596 has five: with so many, two figures do not agree by chance."""
RATHER_UNUSUAL = 3
"""With so many digits (687; 12,500) they may, where the place or the conflict of one of them says something else."""
ROUND = 2
"""A round number (1,900) must have the same named source as well."""
REPORTS = 3
"""A majority needs as many reports."""
APART = 3
"""Days without a report after which the same number is taken for another claim."""

COMPARED = ["outcome", "cause", "value", "source_name", "article_id", "published", "conflict", "country"]
STATED = (Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.ABOUT)


def gathered(table: pd.DataFrame, known: Areas, copies: Mapping[str, str]) -> tuple[Codes, Codes, Codes]:
    """The positions of the figures that share a claim with others, the number of this claim, and of their report.

    In: a typed table of figures. Figures are one claim where outcome, cause and number agree, the days of publication
    touch, and the conflicts may be the same: one states none, or both are fought in the same country. The rarer the
    number, the less else must agree: see UNUSUAL, RATHER_UNUSUAL, ROUND. Parts of a total, rejected figures, ranges
    and claims of fewer than REPORTS reports are left out. Near-identical articles are one report.
    """
    kept = (table["value"].fillna(0) >= LEAST).to_numpy(dtype=bool) & table["part_of"].isna().to_numpy()
    kept &= (table["status"] != Status.REJECTED).to_numpy(dtype=bool) & table["qualifier"].isin(STATED).to_numpy()
    kept &= table["published"].notna().to_numpy()
    at = np.flatnonzero(kept)
    rows = table[COMPARED].iloc[at]
    digits = digits_of(rows["value"].to_numpy(np.int64))
    rare = (digits >= RATHER_UNUSUAL) | ((digits >= ROUND) & rows["source_name"].notna().to_numpy())
    at, rows, digits = at[rare], rows[rare], digits[rare]
    teller = rows["source_name"].where(digits < RATHER_UNUSUAL, "")
    said = group_codes(rows["outcome"], rows["cause"], rows["value"], teller)
    _, reports = printings(rows["article_id"], copies)
    keep = _several(said, reports)
    at, rows, digits, said, reports = at[keep], rows[keep], digits[keep], said[keep], reports[keep]
    runs = runs_of(said, dates(rows, "published").to_numpy("datetime64[D]").astype(np.int64))
    groups = _by_conflict(rows, group_codes(runs), reports, digits, known)
    keep = _several(groups, reports)
    return at[keep], group_codes(groups[keep]), group_codes(reports[keep])


def digits_of(numbers: np.ndarray) -> Codes:
    """How many digits each number has without the noughts at its end: 34,596 has five, 1,900 has two."""
    rest = numbers.astype(np.int64)
    while (round_ := (rest > 0) & (rest % 10 == 0)).any():
        rest = np.where(round_, rest // 10, rest)
    return np.searchsorted(10 ** np.arange(19, dtype=np.int64), rest, side="right").astype(np.int64)


def _several(groups: Codes, reports: Codes) -> np.ndarray:
    """True for the rows of groups with REPORTS reports or more."""
    return distinct(groups, reports)[groups] >= REPORTS if len(groups) else np.zeros(0, dtype=bool)


def runs_of(said: Codes, day: Codes) -> Codes:
    """A number for each stretch of days on which the same is said without a gap of more than APART days."""
    order = np.lexsort([day, said])
    s, d = said[order], day[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (s[1:] != s[:-1]) | (d[1:] - d[:-1] > APART)
    runs = np.empty(len(order), dtype=np.int64)
    runs[order] = np.cumsum(begins)
    return runs


def _by_conflict(rows: pd.DataFrame, runs: Codes, reports: Codes, digits: Codes, known: Areas) -> Codes:
    """The runs, each divided by conflict: what may be of the conflict with the most reports stays together."""
    conflict, country = rows["conflict"].fillna("").astype("str"), rows["country"].fillna("").astype("str")
    main = _most_reported(runs, conflict, reports)[runs]
    rare = digits >= UNUSUAL
    kinds = pd.DataFrame({"main": main, "conflict": conflict.to_numpy(), "country": country.to_numpy(), "rare": rare})
    codes = group_codes(*(kinds[name] for name in kinds))
    each = kinds.iloc[firsts(codes)]
    joined = np.array([_may_be(known, *kind) for kind in each.itertuples(index=False)], dtype=bool)[codes]
    own = (conflict + " " + country.where(conflict == "", "")).to_numpy(dtype=object)
    return group_codes(runs, pd.Series(np.where(joined, "", own), dtype="str"))


def _may_be(known: Areas, main: str, conflict: str, country: str, rare: bool) -> bool:
    """Whether a figure of a conflict and country may be of the conflict `main`."""
    if not main or conflict == main:
        return bool(main)
    ground = known.grounds.get(main, frozenset())
    if conflict:
        return bool(ground & known.grounds.get(conflict, frozenset()))
    return rare or not country or country in ground


def _most_reported(runs: Codes, conflict: pd.Series[str], reports: Codes) -> np.ndarray:
    """For each run the conflict that most of its reports state; of equally many the first in the alphabet."""
    codes, kinds = pd.factorize(conflict, sort=True)
    found = np.full(count(runs), "", dtype=object)
    named = np.flatnonzero(np.asarray(kinds, dtype=object)[codes] != "") if len(kinds) else np.zeros(0, dtype=np.int64)
    if not len(named):
        return found
    pairs = group_codes(runs[named], codes[named].astype(np.int64))
    first, number = firsts(pairs), distinct(pairs, reports[named])
    run, kind = runs[named][first], codes[named][first]
    order = np.lexsort([-kind, number, run])  # the last of each run is written last, so it stays
    found[run[order]] = np.asarray(kinds, dtype=object)[kind[order]]
    return found

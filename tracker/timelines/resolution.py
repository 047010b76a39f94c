"""Resolution: what the reports of one claim say together, where single reports of it were read differently.

Forty papers print one number, and a rule reads one of the forty sentences wrongly. Figures with the same number are
gathered into groups (`tracker.timelines.agreement`). What the clear majority of a group says explicitly becomes the
reading of all of its figures. The reading of the figure itself is kept beside it, in the column `read_as`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tracker.knowledge.known_events import days_of_events
from tracker.model import Precision, Scope, Status
from tracker.timelines.agreement import LEAST, gathered
from tracker.timelines.areas import Areas, areas, names_whole
from tracker.timelines.claims import FEWEST_SINCE
from tracker.timelines.columns import READ_AS, dates, first_and_last_dates
from tracker.timelines.counting import LATE, Days, as_of_days, counted_since, peoples, starts
from tracker.timelines.grouping import Codes, Mask, count, distinct, firsts, group_codes, sort_ranks
from tracker.timelines.readings import stands, unequal
from tracker.timelines.recalled import recalled
from tracker.timelines.votes import Votes, winners

SHOWN = {
    "conflict": "conflict",
    "scope": "scope",
    "source_name": "source",
    "place": "place",
    "country": "country",
    "date": "date",
    "period_start": "since",
    "victims": "victims",
    "victim_group": "victim group",
}
"""The columns that a claim decides and `read_as` tells, by the word for each. `source_type` goes with the name, and
`date_precision` with the date.
"""

DECIDED = (*SHOWN, "source_type", "date_precision")
"""All columns that a claim decides."""

READ = (*DECIDED, "published", "quote", "status")
"""The columns that are compared; the others are not carried along."""

BEFORE_PRINT, AFTER_PRINT = pd.Timedelta(days=3), pd.Timedelta(days=1)
"""How far the as-of day of a running total may lie from the day of its first report."""

FAR = pd.Timedelta(days=30)
"""An event that one report dates so far from the day of the others is misdated there."""


def resolved(table: pd.DataFrame, known: Areas, copies: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The same figures with what their claims say, in the same order, and with the column READ_AS at the end.

    In: a typed table of figures, and for each article its group of near-identical articles (see
    tracker.timelines.claims). Only the columns of SHOWN, `source_type` and `date_precision` change. A figure that a
    person has corrected or accepted never changes, and decides what the others of its claim say. The order of the
    rows has no influence, and a figure has none on figures of other claims.
    """
    voted = _voted(table, known, copies or {})
    after = recalled(voted, known, copies or {})
    return _put_back(table, after)


def _voted(table: pd.DataFrame, known: Areas, copies: Mapping[str, str]) -> pd.DataFrame:
    """The figures as the clear majority of the reports of their claims reads them."""
    at, groups, reports = gathered(table, known, copies)
    if not len(at):
        return table
    before = table[list(READ)].iloc[at].reset_index(drop=True)
    before["printed"] = dates(before, "published")
    by_person = before["status"].isin([Status.CORRECTED, Status.ACCEPTED]).to_numpy(dtype=bool)
    votes = Votes(groups, reports, by_person)
    named = before["place"].notna().to_numpy(dtype=bool) & stands(before, "place")
    rows = _scope(_conflict(before, votes), votes, known, named)
    rows = _where(_source(rows, votes), votes, known, named)
    rows = _since(_when(rows, votes, known), votes, known)
    rows = _nation(_group(rows, votes), votes, known)
    changed = {}
    for name in DECIDED:
        if rows[name].array is before[name].array:
            continue
        differs = np.flatnonzero(unequal(rows[name], before[name]))
        if len(differs):
            changed[name] = table[name].copy()
            changed[name].iloc[at[differs]] = rows[name].iloc[differs].to_numpy(dtype=object)
    return table.assign(**changed)


def _conflict(rows: pd.DataFrame, votes: Votes) -> pd.DataFrame:
    found = winners(votes, rows["conflict"], rows["conflict"].notna().to_numpy(dtype=bool))
    return _taken(rows, votes, found, rows["conflict"], ("conflict",))


def _scope(rows: pd.DataFrame, votes: Votes, known: Areas, named: Mask) -> pd.DataFrame:
    """A running total or a period is stated; an event is what remains, and stated only by a place that names a spot, or
    by the day of a known event (data/known_events.toml).

    A period from the beginning of the war ("3,785 killed in two weeks" of a war of two weeks) is a running total.
    """
    begin = dates(rows, "period_start")
    whole_war = (rows["scope"] == Scope.PERIOD) & (
        (begin - starts(rows["conflict"], known)).abs() <= pd.Timedelta(LATE)
    )
    read = rows["scope"].mask(whole_war, str(Scope.CUMULATIVE))
    spot = named & ~names_whole(rows, known).to_numpy(dtype=bool)
    stated = (read != Scope.INCIDENT).to_numpy(dtype=bool) | spot | _of_known_event(rows)
    found = winners(votes, read, stated)[votes.groups]
    return rows.assign(scope=rows["scope"].mask(pd.notna(found) & ~votes.by_person, pd.Series(found, dtype="str")))


def _of_known_event(rows: pd.DataFrame) -> Mask:
    """Whether the date and the country of each row are those of an event that news recalls for years."""
    days = {f"{day} {country}" for day, country in days_of_events()}
    return (rows["date"] + " " + rows["country"]).isin(days).to_numpy(dtype=bool)


def _source(rows: pd.DataFrame, votes: Votes) -> pd.DataFrame:
    found = winners(votes, rows["source_name"], rows["source_name"].notna().to_numpy(dtype=bool))
    return _taken(rows, votes, found, rows["source_name"], ("source_name", "source_type"))


def _where(rows: pd.DataFrame, votes: Votes, known: Areas, named: Mask) -> pd.DataFrame:
    """The area of a running total; of an event only the country, because its reports name its place in many ways."""
    area = areas(rows, known)
    total = (rows["scope"] == Scope.CUMULATIVE).to_numpy(dtype=bool)
    read = area.where(total, rows["country"]).mask(lambda names: names == "")
    found = winners(votes, read, named)
    return _taken(rows, votes, found, read, ("place", "country"))


def _when(rows: pd.DataFrame, votes: Votes, known: Areas) -> pd.DataFrame:
    """The as-of day of a running total, which lies close to its first report; without any, or if it is the day on which
    the war began long before, the day of that report. Events have no say in it, nor totals in the day of an event.

    Of an event only days that are missing, less exact or far away: its day is often told in many ways.
    """
    printed, total = rows["printed"], (rows["scope"] == Scope.CUMULATIVE).to_numpy(dtype=bool)
    first = printed.groupby(votes.groups).transform("min")
    day = dates(rows).where(rows["date_precision"] == Precision.DAY)
    fits = (day >= printed - BEFORE_PRINT) & (day <= first)
    stated = (day.notna() & (fits | ~total)).to_numpy(dtype=bool)
    of_totals = winners(votes, rows["date"].where(total), stated, most=True)[votes.groups]
    of_events = winners(votes, rows["date"].mask(total), stated)[votes.groups]
    found = pd.Series(np.where(total, of_totals, of_events), dtype="str")
    far = day.isna() | total | ((day - dates(pd.DataFrame({"date": found}))).abs() > FAR)
    began = (day - starts(rows["conflict"], known)).abs() <= AFTER_PRINT
    undated = total & (rows["date"].isna() | (began & ~fits)).to_numpy(dtype=bool)
    found = found.where(far).mask(undated & found.isna().to_numpy(), first.dt.strftime("%Y-%m-%d").astype("str"))
    taken = found.notna().to_numpy(dtype=bool) & ~votes.by_person
    return rows.assign(
        date=rows["date"].mask(taken, found), date_precision=rows["date_precision"].mask(taken, str(Precision.DAY))
    )


def _since(rows: pd.DataFrame, votes: Votes, known: Areas) -> pd.DataFrame:
    """Since when a running total counts: from the beginning, unless some share of the reports says something else."""
    total = (rows["scope"] == Scope.CUMULATIVE).to_numpy(dtype=bool)
    days = Days(rows["printed"], *first_and_last_dates(rows))
    since = counted_since(rows, as_of_days(days, rows["conflict"], known), known).where(total, "")
    stated = rows["period_start"].notna().to_numpy(dtype=bool) & total
    found = winners(votes, since, stated, share=FEWEST_SINCE)
    found[_of_groups(pd.Series(total), votes.groups) & pd.isna(found)] = ""
    return _taken(rows, votes, found, since, ("period_start",))


def _group(rows: pd.DataFrame, votes: Votes) -> pd.DataFrame:
    found = winners(votes, rows["victim_group"], rows["victims"].notna().to_numpy(dtype=bool))
    return _taken(rows, votes, found, rows["victim_group"], ("victim_group", "victims"))


def _nation(rows: pd.DataFrame, votes: Votes, known: Areas) -> pd.DataFrame:
    nation = peoples(rows, known)
    named = (peoples(rows.assign(country=""), known) != "").to_numpy(dtype=bool)
    return _taken(rows, votes, winners(votes, nation, named), nation, ("victims",))


def _of_groups(true: pd.Series[bool], groups: Codes) -> Mask:
    """For each group whether it is true of most of its rows."""
    share: Mask = (true.astype(float).groupby(groups).mean() > 0.5).to_numpy(dtype=bool)
    return share


def _taken(
    rows: pd.DataFrame, votes: Votes, found: np.ndarray, read: pd.Series[str], columns: tuple[str, ...]
) -> pd.DataFrame:
    """The rows with the columns taken from the winning reading, where their own reading is another one.

    `found` has the winning reading of each group (None: there is none), `read` the reading of each row.
    """
    codes, kinds = pd.factorize(read)
    has = pd.notna(found)[votes.groups]
    same = (codes >= 0) & (codes == pd.Index(kinds).get_indexer(found)[votes.groups])
    other = has & ~same & ~votes.by_person
    if not other.any():
        return rows
    typical = _typical(rows, votes, same, columns)
    teller = np.where(other, typical[votes.groups], np.arange(len(rows)))
    told = {name: rows[name].array.take(teller, allow_fill=True) for name in columns}
    return rows.assign(**told)


def _typical(rows: pd.DataFrame, votes: Votes, same: Mask, columns: tuple[str, ...]) -> Codes:
    """For each group the first row with the words by which most of its rows state its reading; of equally many, with
    the first in the alphabet. -1 where no row states it.
    """
    at = np.flatnonzero(same)
    own = rows[list(columns)].iloc[at]
    kinds = group_codes(*(own[name] for name in columns))
    pairs = group_codes(votes.groups[at], kinds)
    first, size = firsts(pairs), distinct(pairs, votes.reports[at])
    each = own.iloc[first]
    words = [sort_ranks(each[name]) for name in reversed(columns)]
    group = votes.groups[at[first]]
    order = np.lexsort([*words, -size, each[columns[0]].isna().to_numpy(), group])[::-1]
    found = np.full(count(votes.groups), -1, dtype=np.int64)
    found[group[order]] = at[first[order]]  # the best of each group is written last, so it stays
    return found


def _put_back(table: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The figures as they are read after all, and with what they said before in READ_AS."""
    at = np.flatnonzero((table["value"].fillna(0) >= LEAST).to_numpy(dtype=bool))  # no others ever change
    said = np.full(len(at), "", dtype=object)
    for name, word in SHOWN.items():
        if after[name].array is table[name].array:
            continue
        old = table[name].iloc[at]
        differs = np.flatnonzero(unequal(after[name].iloc[at], old))
        words = word + " " + old.iloc[differs].fillna("none").to_numpy(dtype=object)
        said[differs] = np.where(said[differs] == "", words, said[differs] + ", " + words)
    own = np.full(len(table), "", dtype=object)
    own[at] = said
    return after.assign(**{READ_AS: pd.Series(own, index=table.index, dtype="str")})

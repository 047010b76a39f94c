"""Resolution: what the reports of one claim say together, where single reports of it were read differently.

Forty papers print one number, and a rule reads one of the forty sentences wrongly. Figures with the same number are
gathered into groups (`tracker.timelines.agreement`). What the clear majority of a group says explicitly becomes the
reading of all of its figures. The reading of the figure itself is kept beside it, in the column `read_as`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tracker.model import Precision, Scope, Status
from tracker.timelines.agreement import gathered
from tracker.timelines.areas import Areas, areas, names_whole
from tracker.timelines.claims import FEWEST_SINCE
from tracker.timelines.columns import READ_AS, dates
from tracker.timelines.counting import LATE, as_of_days, counted_since, peoples
from tracker.timelines.grouping import Codes, count, firsts, group_codes
from tracker.timelines.votes import Mask, Votes, winners

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
    at, groups, reports = gathered(table, known, copies or {})
    if not len(at):
        return table.assign(**{READ_AS: pd.Series("", index=table.index, dtype="str")})
    before = table.iloc[at].reset_index(drop=True)
    by_person = before["status"].isin([Status.CORRECTED, Status.ACCEPTED]).to_numpy(dtype=bool)
    votes = Votes(groups, reports, by_person)
    named = before["place"].notna().to_numpy(dtype=bool) & _stands(before, "place")
    rows = _scope(_conflict(before, votes), votes, known, named)
    rows = _where(_source(rows, votes), votes, known, named)
    rows = _since(_when(rows, votes), votes, known)
    rows = _nation(_group(rows, votes), votes, known)
    return _put_back(table, at, before, rows)


def _conflict(rows: pd.DataFrame, votes: Votes) -> pd.DataFrame:
    found = winners(votes, rows["conflict"], rows["conflict"].notna().to_numpy(dtype=bool))
    return _taken(rows, votes, found, rows["conflict"], ("conflict",))


def _scope(rows: pd.DataFrame, votes: Votes, known: Areas, named: Mask) -> pd.DataFrame:
    """A running total or a period is stated; an event is what remains, and stated only by a place that names a spot.

    A period from the beginning of the war ("3,785 killed in two weeks" of a war of two weeks) is a running total.
    """
    starts = dates(rows["conflict"].map(known.starts).astype("str").to_frame("date"))
    begin = dates(rows, "period_start")
    whole_war = (rows["scope"] == Scope.PERIOD) & ((begin - starts).abs() <= pd.Timedelta(LATE))
    read = rows["scope"].mask(whole_war, str(Scope.CUMULATIVE))
    spot = named & ~names_whole(rows, known).to_numpy(dtype=bool)
    stated = (read != Scope.INCIDENT).to_numpy(dtype=bool) | spot
    return _taken(rows, votes, winners(votes, read, stated), rows["scope"], ("scope",))


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


def _when(rows: pd.DataFrame, votes: Votes) -> pd.DataFrame:
    """The as-of day of a running total, which lies close to its first report; without any, the day of that report.

    Of an event only days that are missing, less exact or far away: its day is often told in many ways.
    """
    first = dates(rows, "published").groupby(votes.groups).transform("min")
    day = dates(rows).where(rows["date_precision"] == Precision.DAY)
    total = rows["scope"] == Scope.CUMULATIVE
    fits = (day >= first - BEFORE_PRINT) & (day <= first + AFTER_PRINT)
    stated = (day.notna() & (fits | ~total)).to_numpy(dtype=bool)
    of_totals = winners(votes, rows["date"].where(total), stated, most=True)
    found = np.where(_of_groups(total, votes.groups), of_totals, winners(votes, rows["date"], stated))
    wanted = pd.DataFrame({"date": pd.Series(found, dtype="str").take(votes.groups)}).set_index(rows.index)
    near = day.notna() & ~total & ((day - dates(wanted)).abs() <= FAR)
    dated = _taken(rows, votes, found, rows["date"].mask(near, wanted["date"]), ("date", "date_precision"))
    undated = (total & dated["date"].isna()).to_numpy(dtype=bool) & ~votes.by_person
    return dated.assign(
        date=dated["date"].mask(undated, first.dt.strftime("%Y-%m-%d").astype("str")),
        date_precision=dated["date_precision"].mask(undated, str(Precision.DAY)),
    )


def _since(rows: pd.DataFrame, votes: Votes, known: Areas) -> pd.DataFrame:
    """Since when a running total counts: from the beginning, unless some share of the reports says something else."""
    total = (rows["scope"] == Scope.CUMULATIVE).to_numpy(dtype=bool)
    since = counted_since(rows, as_of_days(rows), known).where(total, "")
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


def _stands(rows: pd.DataFrame, column: str) -> Mask:
    """Whether the words of the column stand in the quotation itself, and are not taken from another sentence."""
    codes = group_codes(rows[column], rows["quote"])
    each = rows.iloc[firsts(codes)]
    pairs = zip(each[column].fillna(""), each["quote"].fillna(""), strict=True)
    return np.fromiter((_is_word(words, quote) for words, quote in pairs), dtype=bool, count=len(each))[codes]


def _is_word(words: str, quote: str) -> bool:
    at = quote.find(words)
    return at >= 0 and not quote[at + len(words) : at + len(words) + 1].isalpha()  # "Israel" is not in "Israeli"


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
    wanted = pd.Series(found, dtype=object).take(votes.groups).reset_index(drop=True)
    has = wanted.notna().to_numpy(dtype=bool)
    same = has & (read.astype(object).reset_index(drop=True) == wanted).fillna(False).to_numpy(dtype=bool)
    other = has & ~same & ~votes.by_person
    if not other.any():
        return rows
    typical = _typical(rows, votes, same, columns)
    changed = {name: rows[name].astype(object).to_numpy(dtype=object, copy=True) for name in columns}
    at = np.flatnonzero(other)
    for name in columns:
        changed[name][at] = typical[name][votes.groups[at]]
    return rows.assign(**{name: pd.array(cells, dtype="str") for name, cells in changed.items()})


def _typical(rows: pd.DataFrame, votes: Votes, same: Mask, columns: tuple[str, ...]) -> dict[str, np.ndarray]:
    """The words by which most rows of each group state its reading; of equally many, the first in the alphabet."""
    own = rows.loc[same, list(columns)]
    kinds = group_codes(*(own[name] for name in columns))
    counted = pd.DataFrame({"group": votes.groups[same], "kind": kinds, "report": votes.reports[same]})
    counted = counted.drop_duplicates().groupby(["group", "kind"], as_index=False).size()
    each = own.iloc[np.unique(kinds, return_index=True)[1]] if len(own) else own
    ranked = counted.assign(
        **{name: each[name].to_numpy(dtype=object)[counted["kind"]] for name in columns},
        empty=each[columns[0]].isna().to_numpy()[counted["kind"]],
    )
    order = ["group", "empty", "size", *columns]
    ranked = ranked.sort_values(order, ascending=[True, True, False, *(True for _ in columns)], na_position="last")
    top = ranked.drop_duplicates("group")
    found = {}
    for name in columns:
        found[name] = np.full(count(votes.groups), None, dtype=object)
        found[name][top["group"].to_numpy()] = top[name].to_numpy(dtype=object)
    return found


def _put_back(table: pd.DataFrame, at: Codes, before: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The table with the rows at these places changed, and with what they said before in READ_AS."""
    said = np.full(len(rows), "", dtype=object)
    changed = {}
    for name in (*SHOWN, "source_type", "date_precision"):
        new, old = rows[name], before[name]
        differs = np.flatnonzero(~((new == old).fillna(False) | (new.isna() & old.isna())).to_numpy(dtype=bool))
        if not len(differs):
            continue
        cells = table[name].to_numpy(dtype=object, copy=True)
        cells[at[differs]] = new.to_numpy(dtype=object)[differs]
        changed[name] = pd.Series(cells, index=table.index, dtype="str")
        if name in SHOWN:
            words = SHOWN[name] + " " + old.iloc[differs].fillna("none").to_numpy(dtype=object)
            said[differs] = np.where(said[differs] == "", words, said[differs] + ", " + words)
    own = np.full(len(table), "", dtype=object)
    own[at] = said
    return table.assign(**changed, **{READ_AS: pd.Series(own, index=table.index, dtype="str")})

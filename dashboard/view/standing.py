"""Which count leads: the standing counts of the registry first, then long whole counts by bodies that are known.

Never the latest number: the last report of a war may be about a single town, by a body that nobody knows. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.look.colours import UNNAMED
from dashboard.look.wording import group_and_nation
from tracker.knowledge import load_sourcebook
from tracker.knowledge.phrases import words_of
from tracker.knowledge.standing_counts import EVERYONE, KINDS, StandingCount, load_standing_counts
from tracker.model import SourceType
from tracker.timelines.counting import since_of
from tracker.timelines.disagreement import COMPARED, CURRENT, disagreement
from tracker.timelines.grouping import Codes, group_codes
from tracker.timelines.totals import OFF_LINE, SERIES

LONG = 3
"""A series of so many totals is a long one."""

ALIKE = 3
"""Totals of other bodies are compared with the leading one if they are within this factor of it at the same time."""

MISREAD = 8
"""A total that is further from the leading one, in a series that is not, is misread, or is that of a single day."""

SOON = 31
"""Totals of two bodies are compared if they are so many days apart at most: in a war, older ones are history, and the
difference would tell of the time between them.
"""

OLD = 183
"""A count whose last total is so many days older than another one's no longer speaks for today."""

FIRST = (EVERYONE, "civilians", "combatants")
"""The groups of victims that lead before all others."""

ANYONE = frozenset((SourceType.OFFICIALS, SourceType.WITNESS, SourceType.UNATTRIBUTED, SourceType.MEDIA))
"""Types of sources that are no body which keeps a count."""

Days = npt.NDArray[np.datetime64]

PANEL = COMPARED
"""What series on one axis have in common: the same people, with the same harm, in the same area, since the same day."""


@dataclass(frozen=True, eq=False)
class Totals:
    """A table of running totals from which single cells are taken often."""

    table: pd.DataFrame
    _columns: dict[str, npt.NDArray[np.object_]] = field(default_factory=dict)

    def column(self, name: str) -> npt.NDArray[np.object_]:
        """A column as Python objects."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = self.table[name].astype(object).to_numpy()
        return found


@dataclass(frozen=True, eq=False)
class Series:
    """One series of running totals. `totals`: those of several series; `at`: where those on its line are, by day.
    `standing`: its entry in the registry.

    `known`: the name of the source is that of a body which the gazetteer knows. `age`: how many days its last total is
    older than the newest one of any standing count. `behind`: another standing count of the same people has left it
    behind (`_has_left_behind`).
    """

    keys: tuple[str, ...]
    totals: Totals
    at: Codes
    standing: StandingCount | None
    known: bool
    age: int = 0
    behind: bool = False

    def having(self, points: pd.DataFrame) -> Series:
        """The series with other totals on its line."""
        return replace(self, totals=Totals(points), at=np.arange(len(points)))

    @cached_property
    def points(self) -> pd.DataFrame:
        """The totals on its line, by day."""
        return self.totals.table.iloc[self.at]

    def cell(self, name: str, place: int = -1) -> Any:
        """A column of the last total on its line, or of another one."""
        return self.totals.column(name)[self.at[place]]

    @property
    def days(self) -> Days:
        """The days of its totals."""
        days: Days = self.totals.table["day"].to_numpy()[self.at]
        return days

    @cached_property
    def numbers(self) -> npt.NDArray[np.float64]:
        """The numbers of its totals."""
        return self.totals.column("value")[self.at].astype(float)

    def point(self, place: int) -> Mapping[str, Any]:
        """One of the totals on its line, by its columns."""
        return {str(name): self.cell(name, place) for name in self.totals.table.columns}

    @property
    def last_day(self) -> pd.Timestamp:
        """The day of its last total."""
        day: pd.Timestamp = self.cell("day")
        return day

    @property
    def lapsed(self) -> bool:
        """Whether the body has been silent for a year."""
        return self.age > CURRENT

    @property
    def old(self) -> bool:
        """Whether its last total no longer speaks for today."""
        return self.age > OLD

    @property
    def of(self) -> dict[str, str]:
        """The columns that tell the series apart (SERIES)."""
        return dict(zip(SERIES, self.keys, strict=True))

    @property
    def source(self) -> str:
        """The body that counts."""
        return self.of["source_name"]

    @property
    def panel(self) -> tuple[str, ...]:
        """The axis that the series belongs to."""
        return tuple(self.of[name] for name in PANEL)

    @property
    def leads(self) -> bool:
        """Whether it may speak for its conflict: a standing count, or one that its body has given more than once."""
        kept = len(self.at) > 1 and self.days[0] < self.days[-1]  # two totals of one day are no count that is kept
        return bool(self.standing) or (kept and self.cell("source_type", 0) not in ANYONE)

    @cached_property
    def last(self) -> Mapping[str, Any]:
        """The last total on the line."""
        return self.point(-1)


def ranked(totals: pd.DataFrame) -> list[Series]:
    """The series of a table of running totals, the one that leads first. Reports without a source form no series."""
    on_line = (totals["source_name"] != UNNAMED) & ~totals["flag"].isin(OFF_LINE)
    named = totals[on_line].sort_values("day", kind="stable")
    if named.empty:
        return []
    codes = group_codes(*(named[name] for name in SERIES))
    places = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
    keys = named[list(SERIES)].iloc[[at[0] for at in places]].itertuples(index=False, name=None)
    rows = Totals(named)
    found = [_series(tuple(map(str, key)), rows, at) for key, at in zip(keys, places, strict=True)]
    return sorted(_dated(found), key=_rank)


def _dated(series: list[Series]) -> list[Series]:
    """The series with their age, and whether another standing count of the same people has left them behind."""
    standing = [one for one in series if one.standing]
    if not standing:
        return series
    newest = max(one.last_day for one in standing)
    by_panel: dict[tuple[str, ...], list[Series]] = {}
    for one in standing:
        by_panel.setdefault(one.panel, []).append(one)
    return [
        replace(
            one,
            age=max((newest - one.last_day).days, 0),
            behind=any(_has_left_behind(other, one) for other in by_panel.get(one.panel, ())),
        )
        for one in series
    ]


def _has_left_behind(other: Series, one: Series) -> bool:
    """Whether a standing count of the same people has gone on where one fell silent: for OLD days, or for SOON if it is
    of the same kind and higher, since no running total falls.
    """
    days = (other.last_day - one.last_day).days
    alike = one.standing is not None and other.standing is not None and one.standing.kind == other.standing.kind
    return days > OLD or (alike and days > SOON and bool(other.cell("value") > one.cell("value")))


def body_keeps_count(rows: pd.DataFrame) -> pd.Series[bool]:
    """For each row with a source_name and source_type whether the source is a body that may keep a count: one that the
    gazetteer knows, and neither "officials" nor a witness.
    """
    return rows["source_name"].isin(_bodies()) & ~rows["source_type"].isin(ANYONE)


def is_standing(totals: pd.DataFrame) -> pd.Series[bool]:
    """For each running total whether it belongs to a standing count of the registry."""
    keys = totals[list(SERIES)].drop_duplicates()
    known = {key: standing_count(key) is not None for key in keys.itertuples(index=False, name=None)}
    rows = totals[list(SERIES)].itertuples(index=False, name=None)
    return pd.Series([known[key] for key in rows], index=totals.index, dtype=bool)


def with_nation(totals: pd.DataFrame) -> pd.DataFrame:
    """The totals with the nation of the combatants whom a standing count of the registry counts, where no words of the
    reports name it: "combatants" of the Ukrainian government are "combatants (UKR)".
    """
    if totals.empty:
        return totals
    keys = totals[list(SERIES)].drop_duplicates().itertuples(index=False, name=None)
    nations = {key: one.nation for key in keys if (one := standing_count(key)) and one.counted == "combatants"}
    rows = totals[list(SERIES)].itertuples(index=False, name=None)
    named = [
        f"combatants ({nations[key]})" if nations.get(key) and counted == "combatants" else counted
        for key, counted in zip(rows, totals["counted"], strict=True)
    ]
    return totals.assign(counted=pd.Series(named, index=totals.index, dtype=totals["counted"].dtype))


def standing_count(keys: Sequence[str]) -> StandingCount | None:
    """The entry of the registry for a series (SERIES); None if it has none. The body may also be named by a wider one:
    "the United Nations" for its human rights office.
    """
    of = dict(zip(SERIES, keys, strict=True))
    group, nation = group_and_nation(of["counted"])
    name = " ".join(words_of(of["source_name"]))
    entries = load_standing_counts(of["conflict"])
    own = [one for one in entries if one.body == of["source_name"]]
    for one in (*own, *(one for one in entries if name in one.named)):
        same = of["outcome"] in one.outcomes and of["since"] == since_of(one)
        # a series without a nation counts the people of its own country
        whose = not one.nation or (nation or one.country) == one.nation
        if same and group == one.counted and whose and of["area"] in (one.country, one.area.casefold()):
            return one
    return None


def next_to(leading: Series, series: Sequence[Series], most: int = 2) -> list[Series]:
    """A later and higher count of the same people, then the next standing counts, each of another body: of other
    people, or of the same if not left behind. Those that no longer speak for today come last.
    """
    later = [one for one in series if overtakes(one, leading) and _is_near(one, leading, MISREAD)]
    chosen = [leading]
    for one in [*later, *sorted((one for one in series if one.standing), key=lambda one: one.old)]:
        past = one.behind and one.panel == leading.panel and one not in later
        new = one.source not in {other.source for other in chosen} and not past
        if new and len(chosen) <= most:
            chosen.append(one)
    return chosen[1:]


def comparable(series: Sequence[Series]) -> list[Series]:
    """The series of one panel that a reader may compare, the leading one first: the standing counts, and those long
    ones of other known bodies whose last total is not far from the leading one at that time. A later and higher total
    may be far from one that is old by then.
    """
    if not series:
        return []
    leading = series[0]
    found = [leading]
    for one in series[1:]:
        is_known = one.known or one.leads or not leading.known
        far = MISREAD if overtakes(one, leading) else ALIKE if is_known else 0
        if one.standing or _is_near(one, leading, far):
            found.append(one)
    return found


def overtakes(one: Series, leading: Series) -> bool:
    """Whether the last total of a known body is higher than the leading one and OLD days younger, and counts the same
    people.
    """
    is_later = (one.last_day - leading.last_day).days > OLD
    return one.known and one.panel == leading.panel and is_later and one.cell("value") > leading.cell("value")


def compared(series: Sequence[Series]) -> pd.DataFrame:
    """The lowest and highest current total among comparable series over time (tracker.timelines.disagreement); they are
    the same where only the leading one is current. Empty if there are never two. The first series is the leading one.
    """
    if len(series) < 2:
        return pd.DataFrame()
    leading = series[0]
    rows = disagreement(pd.concat([one.points[sound(one, leading)] for one in series]), within=SOON)
    return _ended(rows, leading) if (rows["sources"] > 1).any() else pd.DataFrame()


def _ended(rows: pd.DataFrame, leading: Series) -> pd.DataFrame:
    """The rows without those where only another count than the leading one is current. The first of these after a row
    of several counts ends what lies between them: both ends fall together at the leading total, or at the other count
    if the leading total is so old that it is far from it by then.
    """
    alone = ((rows["sources"] == 1) & (rows["lowest_source"] != leading.source)).to_numpy()
    ends = alone & np.append(False, rows["sources"].to_numpy()[:-1] > 1)
    at = np.searchsorted(leading.days, rows["date"].to_numpy(), side="right") - 1
    kept = rows.copy()
    for place in np.flatnonzero(ends & (at >= 0)).tolist():
        value, claim = leading.cell("value", at[place]), leading.cell("claim_id", at[place])
        if value * ALIKE < rows["low"].iloc[place]:
            continue
        told = {"low": value, "high": value, "spread": 0, "ratio": 1.0, "lowest_claim": claim, "highest_claim": claim}
        told |= dict.fromkeys(("lowest_source", "highest_source"), leading.source)
        for name, cell in told.items():
            kept.loc[kept.index[place], name] = cell
    found: pd.DataFrame = kept[~alone | ends | (at < 0)]
    return found


def sound(one: Series, leading: Series) -> npt.NDArray[np.bool_]:
    """Which totals of a series are not MISREAD. In one that is far from the leading one to its end, all are: they are
    what its body says.
    """
    found = _near(one, leading, MISREAD)
    return found if found[-1] else np.ones_like(found)


def _near(one: Series, leading: Series, times: float) -> npt.NDArray[np.bool_]:
    """Which totals of a series are within so many times the leading one on their day."""
    until = np.searchsorted(leading.days, one.days, side="right")
    there, here = leading.numbers[np.maximum(until - 1, 0)], one.numbers
    found: npt.NDArray[np.bool_] = np.maximum(there, here) <= times * np.minimum(there, here)
    return found


def _is_near(one: Series, leading: Series, times: float) -> bool:
    """Whether the last total of a series is within so many times the leading one on its day."""
    return bool(_near(one, leading, times)[-1])


def _series(keys: tuple[str, ...], totals: Totals, at: Codes) -> Series:
    entry = standing_count(keys)
    if entry and float(totals.column("value")[at[-1]]) < entry.least:
        entry = None  # too few to be this count: a part of it, or misread
    kind = str(totals.column("source_type")[at[0]])
    return Series(keys, totals, at, entry, keys[2] in _bodies() and kind not in ANYONE)


def _rank(one: Series) -> tuple[Any, ...]:
    group, nation = group_and_nation(one.of["counted"])
    whom = FIRST.index(group) if group in FIRST else len(FIRST)
    if one.standing:
        entry = load_standing_counts(one.of["conflict"]).index(one.standing)
        return (0, one.lapsed, whom, bool(nation), one.behind, KINDS.index(one.standing.kind), entry, one.keys)
    whole = one.known and len(one.at) >= LONG and bool(one.totals.column("whole")[one.at].any())
    kept = 1 if whole else 2 if one.leads else 3 if one.known else 4
    return (kept, one.lapsed, whom, bool(nation), False, 0, -len(one.at), one.keys)


@cache
def _bodies() -> frozenset[str]:
    """The names of all bodies that the gazetteer knows."""
    return frozenset(entry.name for entries in load_sourcebook().by_name.values() for entry in entries)

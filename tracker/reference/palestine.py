"""Daily casualties of Gaza by Tech for Palestine (JSON or CSV): running totals as reported by Gaza's authorities."""

from __future__ import annotations

import pandas as pd

from tracker.model import Outcome, VictimGroup
from tracker.reference.cells import Cells, days, numbers_or_none
from tracker.reference.cumulative import one_per_day
from tracker.reference.series import Format, Reference, in_words, not_stated, ordered

NAME = "Tech for Palestine"
CREDIT = "daily casualties of Gaza, after its Ministry of Health and Government Media Office"
CONFLICT, COUNTRY = "gaza", "PSE"

KILLED, INJURED = Outcome.KILLED.value, Outcome.INJURED.value
COUNTS = {
    "killed_cum": (KILLED, VictimGroup.UNSPECIFIED.value),
    "injured_cum": (INJURED, VictimGroup.UNSPECIFIED.value),
    "killed_children_cum": (KILLED, VictimGroup.CHILDREN.value),
    "killed_women_cum": (KILLED, VictimGroup.WOMEN.value),
    "med_killed_cum": (KILLED, VictimGroup.MEDICAL.value),
    "press_killed_cum": (KILLED, VictimGroup.PRESS.value),
}
"""Columns that are read: the outcome and the group of victims that each counts."""

FILLED = "ext_"
"""Before a column's name: the same, with the days between official reports filled in by Tech for Palestine."""

# the plain columns may be missing, the filled ones are always there; the datasets of West Bank and Lebanon have neither
NEEDS = ("report_date", FILLED + "killed_cum")
MAY_HAVE = tuple(name for plain in COUNTS for name in (plain, FILLED + plain) if name not in NEEDS)


def read(cells: Cells) -> Reference:
    """All counts: the official number where there is one, else the filled one. InputError where no row can be read."""
    date, no_date = days(cells.table["report_date"])
    wrong = [no_date]
    numbers = {}
    for name in cells.table.columns.drop("report_date"):
        numbers[name], no_number = numbers_or_none(cells.table[name])
        wrong.append(no_number)
    good = cells.without(wrong).checked()
    reports = pd.DataFrame(numbers).loc[good.table.index].assign(date=date)
    table, left_out = one_per_day(pd.concat(_series(reports, plain) for plain in COUNTS), good)
    return Reference(
        name=NAME,
        table=ordered(table, NAME),
        counted=f"as published, from {in_words(reports['date'].min())}",
        credit=CREDIT,
        conflict=CONFLICT,
        notes=_filled_in(reports),
        problems=left_out.problems,
        skipped=left_out.skipped,
    )


def _series(reports: pd.DataFrame, plain: str) -> pd.DataFrame:
    """The rows of one count, one for each day that has a number."""
    outcome, group = COUNTS[plain]
    value = _column(reports, plain).fillna(_column(reports, FILLED + plain))
    rows = reports[["date"]].assign(outcome=outcome, victim_group=group, country=COUNTRY, value=value, best=value)
    return rows.assign(low=not_stated(rows), high=not_stated(rows))[value.notna()]


def _column(reports: pd.DataFrame, name: str) -> pd.Series[int]:
    return reports[name] if name in reports else not_stated(reports)


def _filled_in(reports: pd.DataFrame) -> tuple[str, ...]:
    """Notes that say how many days of each count are not official."""
    missing = {plain: _column(reports, plain).isna() & _column(reports, FILLED + plain).notna() for plain in COUNTS}
    days_of = [f"{plain} {int(days.sum()):,}" for plain, days in missing.items() if days.any()]
    if not days_of:
        return ()
    return (f"days without an official number, filled in by Tech for Palestine (ext_): {', '.join(days_of)}",)


FORMAT = Format("Tech for Palestine daily casualties of Gaza", NEEDS, MAY_HAVE, read)

"""UCDP Georeferenced Event Dataset and UCDP candidate events (CSV): low, best and high deaths per event."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tracker.model import Outcome, VictimGroup
from tracker.reference.cells import Cells, days, iso_codes, numbers_or_none, whole_numbers
from tracker.reference.events import BOUNDS, counted_from, counted_once, notes, running
from tracker.reference.series import Format, Reference, not_stated, ordered

GED, CANDIDATE = "UCDP GED", "UCDP Candidate"
CREDIT = "Uppsala Conflict Data Program, CC BY 4.0; Sundberg and Melander 2013"
CANDIDATE_CREDIT = "Uppsala Conflict Data Program, CC BY 4.0; Hegre, Croicu, Eck and Högbladh 2020"

NEEDS = ("date_end", "country", "low", "best", "high")
SIDES = ("deaths_a", "deaths_b")
MAY_HAVE = ("id", "code_status", "deaths_civilians", *SIDES)

OWN_NAMES = {"congo": "COG", "macedonia, fyr": "MKD"}
"""UCDP calls the larger Congo "DR Congo (Zaire)", so its "Congo" is the one of Brazzaville."""


def read(cells: Cells) -> Reference:
    """The deaths of all events by country, and those of civilians and of combatants, where the file has them.

    An event of several days counts on its last day. InputError where no row can be read.
    """
    date, no_date = days(cells.table["date_end"])
    country, no_country = iso_codes(cells.table["country"], OWN_NAMES)
    wrong = [no_date, no_country]
    columns: dict[str, pd.Series[Any]] = {"date": date, "country": country}
    for name in BOUNDS:
        columns[name], no_number = whole_numbers(cells.table[name])
        wrong.append(no_number)
    for name in (*SIDES, "deaths_civilians"):
        if name in cells.table:
            columns[name], no_number = numbers_or_none(cells.table[name])
            wrong.append(no_number)
    good = cells.without(wrong).checked()
    events, repeats = counted_once(good.table.assign(**columns), "id")
    name = _name(good.table)
    return Reference(
        name=name,
        table=ordered(running(_counts(events)), name),
        counted=counted_from(events),
        credit=CREDIT if name == GED else CANDIDATE_CREDIT,
        from_events=True,
        notes=notes(good.table["country"], country[good.table.index], repeats),
        problems=good.problems,
        skipped=good.skipped,
    )


def _name(table: pd.DataFrame) -> str:
    """The name of the dataset: candidate events have unclear rows in `code_status`, the yearly dataset has none."""
    status = table.get("code_status", pd.Series(dtype="str"))
    return CANDIDATE if status.str.strip().str.casefold().str.startswith("check").any() else GED


def _counts(events: pd.DataFrame) -> pd.DataFrame:
    """One row per event for all deaths, one for civilians, and one for the combatants of both sides."""
    everyone = events.assign(outcome=Outcome.KILLED.value, victim_group=VictimGroup.UNSPECIFIED.value)
    counts = [everyone]
    if "deaths_civilians" in events:
        counts.append(_part(everyone, VictimGroup.CIVILIANS, everyone["deaths_civilians"]))
    if set(SIDES) <= set(events.columns):
        counts.append(_part(everyone, VictimGroup.COMBATANTS, everyone["deaths_a"] + everyone["deaths_b"]))
    return pd.concat(counts)


def _part(everyone: pd.DataFrame, group: VictimGroup, best: pd.Series[int]) -> pd.DataFrame:
    """The deaths of one group, without bounds, because UCDP states none."""
    return everyone.assign(victim_group=group.value, low=not_stated(everyone), best=best, high=not_stated(everyone))


FORMAT = Format("UCDP GED or candidate events", NEEDS, MAY_HAVE, read)

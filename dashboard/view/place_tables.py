"""Tables of what was reported by country and by place, from the tables of the timeline. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import pandas as pd

from dashboard.view.standing import ranked
from tracker.timelines.areas import is_whole, load_areas

TOTAL = {
    "area": "country",
    "value": "total",
    "counted": "total_counted",
    "source_name": "total_source",
    "date": "total_date",
}
"""The columns of a running total by their names in the table of countries."""

COUNTRY_COLUMNS = ("country", "incidents", "low", "best", "high", *list(TOTAL.values())[1:], "figures")
PLACE_COLUMNS = ("country", "area", "place", "incidents", "low", "best", "high", "first", "last", "figure_ids")


def by_country(totals: pd.DataFrame, incidents: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """One row per country, COUNTRY_COLUMNS, the highest total first, then the most killed in incidents.

    `incidents` counts the incidents whose place and day are known. `low`, `best` and `high` are their sums. (Incidents
    that cannot be told apart are left out, because they may be the same.) `total` is the last running total of the
    count that leads there, with whom it counts, its source and date. `figures` counts the reported figures.
    """
    events = _added(incidents, ["country"]).set_index("country")
    highest = _leading(totals).set_index("country")
    counted = figures["country"].dropna().value_counts().rename("figures")
    joined = events.join(highest, how="outer").join(counted, how="outer")
    joined = joined.rename_axis("country").reset_index()
    joined = joined.assign(**{name: joined[name].fillna(0).astype("int64") for name in ("incidents", "figures")})
    ordered = joined.sort_values(["total", "best", "figures", "country"], ascending=[False, False, False, True])
    return ordered.loc[:, list(COUNTRY_COLUMNS)].reset_index(drop=True)


def by_place(incidents: pd.DataFrame) -> pd.DataFrame:
    """One row per place of incidents, PLACE_COLUMNS, the most killed first. `place`: what it is called most often, the
    shorter name if several are: "Western Aden" and "a hospital in Aden" are told as "Aden" if that is said as well.
    """
    found = _added(incidents, ["country", "area"], with_ids=True)
    return (
        found.sort_values(["best", "area"], ascending=[False, True]).loc[:, list(PLACE_COLUMNS)].reset_index(drop=True)
    )


def _added(incidents: pd.DataFrame, keys: list[str], *, with_ids: bool = False) -> pd.DataFrame:
    located = incidents[incidents["located"]]
    number = located["best"].fillna(located["low"]).fillna(located["high"])
    located = located.assign(best=number, low=located["low"].fillna(number), high=located["high"].fillna(number))
    groups = located.sort_values("day", kind="stable").groupby(keys)
    found = groups[["low", "best", "high"]].sum()
    found["incidents"] = groups.size()
    if with_ids:
        found["place"] = groups["place"].agg(_usual)
        found["first"], found["last"] = groups["day"].min(), groups["day"].max()
        found["figure_ids"] = groups["figure_ids"].agg(_joined)
    return found.reset_index()


def _usual(names: pd.Series[str]) -> str:
    counts = names.value_counts()
    return min(counts.index, key=lambda name: (-counts[name], len(name), name))


def _joined(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(several)))


def _leading(totals: pd.DataFrame) -> pd.DataFrame:
    """For each country the last total of the count that leads there: in each of its wars the first one by rank, of
    these the highest, and a single report only where no body keeps a count. A war has its counts in its own countries:
    elsewhere, what is counted are its nationals.
    """
    whole = totals[is_whole(totals["area"]) & (totals["area"] != "")]
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    grounds = load_areas().grounds
    for one in ranked(whole):
        war, country = one.of["conflict"], one.of["area"]
        if country in (grounds.get(war) or (country,)):
            told = {new: one.of.get(old, one.last[old]) for old, new in TOTAL.items()}
            found.setdefault((war, country), told | {"leads": one.leads})
    if not found:
        return pd.DataFrame(columns=list(TOTAL.values()))
    table = pd.DataFrame(list(found.values()))
    ordered = table.sort_values(["leads", "total"], ascending=False, kind="stable").drop(columns="leads")
    return ordered.drop_duplicates("country")

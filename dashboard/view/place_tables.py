"""Tables of what was reported by country and by place, from the tables of the timeline. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import pandas as pd

from dashboard.look.colours import UNNAMED
from tracker.timelines.areas import is_whole
from tracker.timelines.disagreement import who_says_what

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
    """One row per country, COUNTRY_COLUMNS, the most killed in incidents first.

    `incidents` counts the incidents whose place and day are known. `low`, `best` and `high` are their sums. (Incidents
    that cannot be told apart are left out, because they may be the same.) `total` is the highest running total that is
    current on the last day of all, with whom it counts, its source and date. `figures` counts the reported figures.
    """
    events = _added(incidents, ["country"]).set_index("country")
    highest = _highest(totals).set_index("country")
    counted = figures["country"].dropna().value_counts().rename("figures")
    joined = events.join(highest, how="outer").join(counted, how="outer")
    joined = joined.rename_axis("country").reset_index()
    joined = joined.assign(**{name: joined[name].fillna(0).astype("int64") for name in ("incidents", "figures")})
    ordered = joined.sort_values(["best", "total", "figures", "country"], ascending=[False, False, False, True])
    return ordered.loc[:, list(COUNTRY_COLUMNS)].reset_index(drop=True)


def by_place(incidents: pd.DataFrame) -> pd.DataFrame:
    """One row per place of incidents, PLACE_COLUMNS, the most killed first. `place` is its latest spelling."""
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
        found["place"] = groups["place"].last()
        found["first"], found["last"] = groups["day"].min(), groups["day"].max()
        found["figure_ids"] = groups["figure_ids"].agg(_joined)
    return found.reset_index()


def _joined(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(several)))


def _highest(totals: pd.DataFrame) -> pd.DataFrame:
    """For each country the highest total of the whole country that is current on the last day of all."""
    whole = totals[is_whole(totals["area"]) & (totals["area"] != "") & (totals["source_name"] != UNNAMED)]
    if whole.empty:
        return pd.DataFrame(columns=list(TOTAL.values()))
    latest = who_says_what(whole, whole["day"].max().date().isoformat(), within=None)
    ranked = latest.sort_values(["value", "source_name"], ascending=[False, True], kind="stable")
    return ranked.drop_duplicates("area").loc[:, list(TOTAL)].rename(columns=TOTAL)

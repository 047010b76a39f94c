"""ACLED event data as CSV from its export tool: reported fatalities per event."""

from __future__ import annotations

import pandas as pd

from tracker.model import Outcome, VictimGroup
from tracker.reference.cells import UNNAMED, Cells, days, iso_codes, whole_numbers
from tracker.reference.events import counted_from, counted_once, notes, running
from tracker.reference.series import Format, Reference, not_stated, ordered

NAME = "ACLED"
CREDIT = "Armed Conflict Location & Event Data (ACLED), acleddata.com, under its terms of use"

NEEDS = ("event_date", "fatalities")
MAY_HAVE = ("event_id_cnty", "country")
DATES = ("%d %B %Y", "%d-%B-%Y", "%d/%m/%Y", "%d-%m-%Y")
"""How ACLED has written days besides 2024-01-31, the day always before the month: 31 January 2024, 31/01/2024."""


def read(cells: Cells) -> Reference:
    """The fatalities of all events by country, without bounds. InputError where no row can be read."""
    date, no_date = days(cells.table["event_date"], DATES)
    best, no_number = whole_numbers(cells.table["fatalities"])
    names = cells.table.get("country", pd.Series(UNNAMED, index=cells.table.index, dtype="str", name="country"))
    country, no_country = iso_codes(names, {})
    good = cells.without([no_date, no_number, no_country]).checked()
    none = not_stated(cells.table)
    events, repeats = counted_once(
        good.table.assign(date=date, country=country, low=none, best=best, high=none), "event_id_cnty"
    )
    counts = events.assign(outcome=Outcome.KILLED.value, victim_group=VictimGroup.UNSPECIFIED.value)
    read_names = names[good.table.index] if "country" in cells.table else names.iloc[:0]
    return Reference(
        name=NAME,
        table=ordered(running(counts), NAME),
        counted=counted_from(events),
        credit=CREDIT,
        from_events=True,
        notes=notes(read_names, country[read_names.index], repeats),
        problems=good.problems,
        skipped=good.skipped,
    )


FORMAT = Format("ACLED export", NEEDS, MAY_HAVE, read)

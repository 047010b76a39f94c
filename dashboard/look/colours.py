"""The colour of each source: the same in every chart and card, and distinguishable for colour-blind people."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tracker.model import Outcome, Scope, SourceType

LIGHT = ("#0072b2", "#b85842", "#005235", "#cc1b84", "#322f78", "#336e0d", "#6b3358", "#6f190b")
DARK = ("#56b4e9", "#b38323", "#58fbe1", "#d87c74", "#867afa", "#aac100", "#c072a4", "#f3c394")
"""The colours of sources on a light and on a dark page, found by search: any two of them are told apart by people
who see red or green badly, and all can be read as text (tests/dashboard/test_colours.py).
"""

NO_SOURCE = {"light": "#6b6b66", "dark": "#a3a39d"}
"""The colour of reports without a source."""

UNNAMED = SourceType.UNATTRIBUTED.value
DASHES = ("solid", "dot", "dash", "longdash")


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How the lines of one source look."""

    light: str
    dark: str
    dash: str = "solid"

    def on(self, *, dark: bool) -> str:
        """The colour on a dark or a light page."""
        return self.dark if dark else self.light


GREY = LineStyle(NO_SOURCE["light"], NO_SOURCE["dark"])


def line_styles(table: pd.DataFrame) -> dict[str, LineStyle]:
    """A line style for each source. In: the table of all figures, whatever is in view.

    The sources with the longest lines of running totals (of the killed before others) choose first, then those with
    the most figures. Each takes the colour that the fewest sources of the same conflicts have, so that sources shown
    together differ. If a colour repeats in a conflict, the line is dotted or dashed.
    """
    told = table[["source_name", "conflict"]]
    named = told.assign(source_name=told["source_name"].fillna(UNNAMED), conflict=told["conflict"].fillna(""))
    counts = named.groupby("source_name").size()
    lines = line_lengths(table).reset_index()
    first = lines[lines["outcome"] == Outcome.KILLED]  # readers look at these first
    longest, others = (some.groupby("source_name")["length"].max() for some in (first, lines))
    order = sorted(
        counts.index,
        key=lambda name: (-int(longest.get(name, 0)), -int(others.get(name, 0)), -int(counts[name]), name),
    )
    shared = _rivals(named, lines) | _rivals(first, first)
    taken: dict[str, list[int]] = {}
    chosen: dict[str, LineStyle] = {UNNAMED: GREY}
    for name in order:
        if name == UNNAMED:
            continue
        used = [place for conflict in shared[name] for place in taken.get(conflict, ())]
        place = min(range(len(LIGHT)), key=lambda one: (used.count(one), one))
        turn = max((taken.get(conflict, []).count(place) for conflict in shared[name]), default=0)
        for conflict in shared[name]:
            taken.setdefault(conflict, []).append(place)
        chosen[name] = LineStyle(LIGHT[place], DARK[place], DASHES[turn % len(DASHES)])
    return chosen


def _rivals(named: pd.DataFrame, lines: pd.DataFrame) -> dict[str, set[str]]:
    """The conflicts in whose charts a source has a line; if it has no line, the conflicts of its figures."""
    spoken, drawn = (rows[["source_name", "conflict"]].drop_duplicates() for rows in (named, lines))
    found = spoken.groupby("source_name")["conflict"].agg(set).to_dict()
    return found | drawn.groupby("source_name")["conflict"].agg(set).to_dict()


def line_lengths(table: pd.DataFrame) -> pd.Series[int]:
    """How many different running totals each source gave, by conflict, outcome and source_name.

    It is counted directly from the figures, because the whole store is read whenever it changes.
    """
    keys = ["conflict", "outcome", "source_name"]
    with_day = (table["scope"] == Scope.CUMULATIVE) & table["date"].notna() & table["conflict"].notna()
    totals = table[[*keys, "date", "value"]][with_day]
    points = totals.assign(source_name=totals["source_name"].fillna(UNNAMED)).drop_duplicates()
    return points.groupby(keys).size().rename("length")

"""Which colour a source has: the same in every chart and card, told apart by people who do not see all colours."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tracker.model import Outcome, Scope, SourceType

LIGHT = ("#0072b2", "#c74e00", "#00805c", "#a8437f", "#936400", "#3d2f94", "#5f7d12", "#8f2d1e", "#0d7d8a")
DARK = ("#56b4e9", "#ff8a4c", "#2cc79a", "#e79ac6", "#f0b429", "#a99bf5", "#b4cf5a", "#ff8f80", "#5fd3e0")
NOBODY = {"light": "#6b6b66", "dark": "#a3a39d"}
"""The colour of what no source vouches for."""

UNNAMED = SourceType.UNATTRIBUTED.value
DASHES = ("solid", "dot", "dash", "longdash")


@dataclass(frozen=True, slots=True)
class Paint:
    """How the lines of one source look."""

    light: str
    dark: str
    dash: str = "solid"

    def on(self, *, dark: bool) -> str:
        """The colour on a dark or a light page."""
        return self.dark if dark else self.light


GREY = Paint(NOBODY["light"], NOBODY["dark"])


def paints(table: pd.DataFrame) -> dict[str, Paint]:
    """A paint for each source of the table of all figures, whatever is in view.

    The sources with the longest lines of running totals (of the killed before others) choose first, then those with
    the most figures; each takes the colour that fewest sources of the same conflicts have yet, so that sources shown
    together differ. Where a colour comes again in a conflict, it is dotted or dashed.
    """
    named = table.assign(source_name=table["source_name"].fillna(UNNAMED), conflict=table["conflict"].fillna(""))
    counts = named.groupby("source_name").size()
    lines = line_lengths(table).reset_index()
    first = lines[lines["outcome"] == Outcome.KILLED]  # what is looked at first
    longest, others = (some.groupby("source_name")["length"].max() for some in (first, lines))
    order = sorted(
        counts.index,
        key=lambda name: (-int(longest.get(name, 0)), -int(others.get(name, 0)), -int(counts[name]), name),
    )
    shared = _rivals(named, lines) | _rivals(first, first)
    taken: dict[str, list[int]] = {}
    chosen: dict[str, Paint] = {UNNAMED: GREY}
    for name in order:
        if name == UNNAMED:
            continue
        used = [place for conflict in shared[name] for place in taken.get(conflict, ())]
        place = min(range(len(LIGHT)), key=lambda one: (used.count(one), one))
        turn = max((taken.get(conflict, []).count(place) for conflict in shared[name]), default=0)
        for conflict in shared[name]:
            taken.setdefault(conflict, []).append(place)
        chosen[name] = Paint(LIGHT[place], DARK[place], DASHES[turn % len(DASHES)])
    return chosen


def _rivals(named: pd.DataFrame, lines: pd.DataFrame) -> dict[str, set[str]]:
    """The conflicts in whose charts a source has a line; where it has none, those that it speaks of."""
    spoken = named.groupby("source_name")["conflict"].agg(set).to_dict()
    return spoken | lines.groupby("source_name")["conflict"].agg(set).to_dict()


def line_lengths(table: pd.DataFrame) -> pd.Series[int]:
    """How many different running totals each source gave, by conflict, outcome and source_name.

    Counted straight from the figures, since all of the store is looked at whenever it changes.
    """
    told = table[(table["scope"] == Scope.CUMULATIVE) & table["date"].notna() & table["conflict"].notna()]
    keys = ["conflict", "outcome", "source_name"]
    points = told.assign(source_name=told["source_name"].fillna(UNNAMED))[[*keys, "date", "value"]].drop_duplicates()
    return points.groupby(keys).size().rename("length")

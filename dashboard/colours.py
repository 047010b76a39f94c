"""Which colour a source has: the same in every chart and card, told apart by people who do not see all colours."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tracker.model import Scope, SourceType

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

    The sources with the longest lines of running totals choose first, then those with the most figures; each takes
    the first colour that no source of the same conflicts has yet, so that sources shown together differ. Where the
    colours are used up, they come again, dotted or dashed.
    """
    named = table.assign(source_name=table["source_name"].fillna(UNNAMED), conflict=table["conflict"].fillna(""))
    counts = named.groupby("source_name").size()
    totals = line_lengths(table).groupby("source_name").max()
    order = sorted(counts.index, key=lambda name: (-int(totals.get(name, 0)), -int(counts[name]), name))
    shared = named.groupby("source_name")["conflict"].agg(set).to_dict()
    taken: dict[str, set[int]] = {}
    chosen: dict[str, Paint] = {UNNAMED: GREY}
    for name in order:
        if name == UNNAMED:
            continue
        used = set().union(*(taken.get(conflict, set()) for conflict in shared[name]))
        number = next(n for n in range(len(used) + 1) if n not in used)
        for conflict in shared[name]:
            taken.setdefault(conflict, set()).add(number)
        chosen[name] = _paint(number)
    return chosen


def line_lengths(table: pd.DataFrame) -> pd.Series[int]:
    """How many different running totals each source gave, by conflict, outcome and source_name.

    Counted straight from the figures, since all of the store is looked at whenever it changes.
    """
    told = table[(table["scope"] == Scope.CUMULATIVE) & table["date"].notna() & table["conflict"].notna()]
    keys = ["conflict", "outcome", "source_name"]
    points = told.assign(source_name=told["source_name"].fillna(UNNAMED))[[*keys, "date", "value"]].drop_duplicates()
    return points.groupby(keys).size().rename("length")


def _paint(number: int) -> Paint:
    turn, place = divmod(number, len(LIGHT))
    return Paint(LIGHT[place], DARK[place], DASHES[turn % len(DASHES)])

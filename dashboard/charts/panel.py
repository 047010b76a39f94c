"""The panels of the timeline: series that count the same people stand on one axis, all others on axes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from dashboard.charts.scale import Scale
from dashboard.look import wording
from dashboard.look.colours import DARK, LIGHT, UNNAMED, LineStyle
from dashboard.look.theme import Theme
from dashboard.look.who import count_in_words
from dashboard.view.standing import ALIKE, LONG, PANEL, Series, comparable, compared
from tracker.timelines.disagreement import CURRENT
from tracker.timelines.outliers import OUTLIER
from tracker.timelines.totals import OFF_LINE, Flag

MOST_COLOURED = 8
"""More colours than that cannot be told apart."""

MOST_PANELS, MOST_OF_ALL = 4, 12
"""The most panels at first, and if all series are asked for."""

FEW = 3
"""So many totals off their lines are drawn in a panel at first; more would hide the lines."""


@dataclass(frozen=True, eq=False)
class Panel:
    """One axis. `coloured`: the series drawn thick, the one that leads first; `grey`: the others, if asked for.

    `off_line`: totals of these series that are not on their lines; `unnamed`: totals without a named source.
    """

    keys: tuple[str, ...]
    coloured: tuple[Series, ...]
    grey: tuple[Series, ...]
    off_line: pd.DataFrame
    unnamed: pd.DataFrame

    @property
    def heading(self) -> str:
        """Who is counted, and where: "Russian soldiers killed in Ukraine"."""
        return wording.sentence(count_in_words(dict(zip(PANEL, self.keys, strict=True))))

    @cached_property
    def marks(self) -> pd.DataFrame:
        """All totals that are drawn."""
        lines = [one.points for one in (*self.coloured, *self.grey)]
        return pd.concat([*lines, self.off_line, self.unnamed])

    def within(self, first: pd.Timestamp, last: pd.Timestamp) -> Panel:
        """The panel as it is seen between two days: what is reported later is left out, and of what was reported
        before only the last total of each line, which still holds.
        """
        cut = (one.having(_seen(one.points, first, last)) for one in self.coloured)
        grey = (one.having(_seen(one.points, first, last)) for one in self.grey)
        inside = [rows[(rows["day"] >= first) & (rows["day"] <= last)] for rows in (self.off_line, self.unnamed)]
        return replace(
            self,
            coloured=tuple(one for one in cut if len(one.at)),
            grey=tuple(one for one in grey if len(one.at)),
            off_line=inside[0],
            unnamed=inside[1],
        )

    def band(self) -> pd.DataFrame:
        """The lowest and highest current total among the comparable series (dashboard.view.standing.compared)."""
        return compared(comparable(self.coloured))

    def scale(self, *, log: bool, known: Sequence[pd.Series[float]] = ()) -> Scale:
        """The axis: it holds the lines of the panel's comparable series and of other sources that are not far from
        them, and what else is `known`. Flagged totals and those without a source do not stretch it.
        """
        alike = [one.points["value"] for one in comparable(self.coloured or self.grey)]
        if not alike:
            return Scale.of(pd.concat([self.unnamed["value"], *known]), log=log)
        highest = max(float(values.max()) for values in alike)
        near = [one.points["value"] for one in (*self.coloured, *self.grey)]
        near = [values for values in near if float(values.max()) <= ALIKE * highest]
        return Scale.of(pd.concat([*alike, *near, *known]), log=log)


@dataclass(frozen=True, slots=True)
class Left:
    """What a chart does not show: how many series there are, how many of them are drawn, and how many totals were left
    out because they contradict the lines.
    """

    series: int
    drawn: int
    strays: int


def panels(
    totals: pd.DataFrame, series: Sequence[Series], *, everything: bool = False, unnamed: bool = True
) -> tuple[list[Panel], Left]:
    """The panels of a table of running totals, the one whose count leads first, and what they leave out.

    `series`: those of the table (dashboard.view.standing.ranked).
    At first there are the MOST_PANELS that lead, with the MOST_COLOURED series that lead, and the reports without a
    source that are near their lines. `everything`: all series and reports. `unnamed`: with reports without a source.
    """
    aside = _aside(totals)
    nameless = aside[aside["source_name"] == UNNAMED]
    keys = _chosen(series, nameless, everything=everything)
    within = [one for one in series if one.panel in keys]
    coloured = _coloured(within)
    places = _places(aside)
    drawn = [
        _panel(key, [one for one in within if one.panel == key], coloured, aside.iloc[places.get(key, [])])
        for key in keys
    ]
    if not everything:
        drawn = [replace(one, grey=()) for one in drawn]
    shown = [_with_reports(one, everything=everything, unnamed=unnamed) for one in drawn]
    shown = [one for one in shown if len(one.marks)]
    mine = nameless[pd.Series(_keys(nameless), index=nameless.index).isin(keys)] if len(nameless) else nameless
    hidden = len(mine) - sum(len(one.unnamed) for one in shown) if unnamed else 0
    hidden += sum(len(before.off_line) for before in drawn) - sum(len(one.off_line) for one in shown)
    return shown, Left(len(series), sum(len(one.coloured) + len(one.grey) for one in shown), hidden)


def tinted(look: Theme, shown: Sequence[Panel]) -> Theme:
    """The theme with a colour for each coloured source: its own if it is free, otherwise a free one. All others are
    grey.
    """
    chosen: dict[str, LineStyle] = {}
    taken: set[str] = set()
    for source in dict.fromkeys(one.source for panel in shown for one in panel.coloured):
        own = look.line_styles.get(source)
        free = [(light, dark) for light, dark in zip(LIGHT, DARK, strict=True) if light not in taken]
        light, dark = next((pair for pair in free if own and pair[0] == own.light), free[0])
        taken.add(light)
        chosen[source] = LineStyle(light, dark)
    return replace(look, line_styles=chosen)


def strays(unnamed: pd.DataFrame, leading: pd.DataFrame) -> pd.Series[bool]:
    """Which reports without a source are OUTLIER times above or below the leading line at their time."""
    if leading.empty or unnamed.empty:
        return pd.Series(False, index=unnamed.index)
    line = leading.drop_duplicates("day", keep="last").set_index("day")["value"].astype(float)
    there = line.reindex(line.index.union(pd.DatetimeIndex(unnamed["day"])).unique()).ffill().bfill()
    level = there.loc[unnamed["day"]].to_numpy()
    value = unnamed["value"].astype(float)
    return (value >= OUTLIER * level) | (value * OUTLIER <= level)


def _coloured(within: Sequence[Series], most: int = MOST_COLOURED) -> set[tuple[str, ...]]:
    """The keys of the series that get a colour: those that lead a panel, the standing, the long and the comparable."""
    by_panel: dict[tuple[str, ...], list[Series]] = {}
    for one in within:
        by_panel.setdefault(one.panel, []).append(one)
    alike = {one.keys for some in by_panel.values() for one in comparable(some)}
    worthy = [one for one in within if one.keys in alike or (one.known and len(one.at) >= LONG)]
    return {one.keys for one in worthy[:most]}


def _chosen(series: Sequence[Series], nameless: pd.DataFrame, *, everything: bool) -> list[tuple[str, ...]]:
    """The keys of the panels to draw: those that lead. Unless all are asked for, a panel of single numbers is drawn
    only if it is the first of its conflict and outcome, or if one of them is a standing count.
    """
    keys = list(dict.fromkeys(one.panel for one in series))
    if everything or not keys:
        return list(dict.fromkeys([*keys, *_keys(nameless)]))[:MOST_OF_ALL]
    worthy = _coloured(series, most=len(series))
    lines = {one.panel for one in series if (len(one.at) > 1 or one.standing) and one.keys in worthy}
    leading = {key[:2]: key for key in reversed(keys)}.values()  # the first of each conflict and outcome
    return [key for key in keys if key in lines or key in leading][:MOST_PANELS]


def _aside(totals: pd.DataFrame) -> pd.DataFrame:
    """The totals that are on no line: those that contradict others, and those without a named source."""
    return totals[totals["flag"].isin(OFF_LINE) | (totals["source_name"] == UNNAMED)]


def _places(rows: pd.DataFrame) -> dict[tuple[str, ...], list[int]]:
    """The positions of the rows of each panel."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place, key in enumerate(_keys(rows)):
        found.setdefault(key, []).append(place)
    return found


def _panel(key: tuple[str, ...], mine: list[Series], coloured: set[tuple[str, ...]], aside: pd.DataFrame) -> Panel:
    return Panel(
        keys=key,
        coloured=tuple(one for one in mine if one.keys in coloured),
        grey=tuple(one for one in mine if one.keys not in coloured),
        off_line=aside[aside["source_name"] != UNNAMED],
        unnamed=aside[aside["source_name"] == UNNAMED],
    )


def _with_reports(panel: Panel, *, everything: bool, unnamed: bool) -> Panel:
    """The panel with the flagged totals of its own series and the reports without a source that are wanted.

    Reports without a source that are far from the lines get the flag of outliers.
    """
    sources = {one.source for one in (*panel.coloured, *panel.grey)}
    flagged = panel.off_line[panel.off_line["source_name"].isin(sources)]
    flagged = panel.off_line if everything else flagged.iloc[: 0 if len(flagged) > FEW else FEW]
    if not unnamed:
        return replace(panel, off_line=flagged, unnamed=panel.unnamed.iloc[:0])
    leading = panel.coloured[0].points if panel.coloured else panel.unnamed.iloc[:0]
    far = strays(panel.unnamed, leading)
    reports = panel.unnamed.assign(flag=panel.unnamed["flag"].mask(far, Flag.OUTLIER.value))
    return replace(panel, off_line=flagged, unnamed=reports if everything else reports[~far])


def _seen(points: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The points between two days, and the last one before them if it is not older than a year."""
    before = points[(points["day"] < first) & (points["day"] >= first - pd.Timedelta(days=CURRENT))]
    return pd.concat([before.iloc[-1:], points[(points["day"] >= first) & (points["day"] <= last)]])


def _keys(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    return [tuple(map(str, keys)) for keys in rows[list(PANEL)].itertuples(index=False, name=None)]

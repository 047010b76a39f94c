"""The timeline chart as a picture for print and for social media: with title, key, sources and date, on one sheet."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.charts.timeline import Content, Style, timeline
from dashboard.look import theme
from dashboard.look.theme import Theme

KEY = (
    "● exactly   ▲ at least, more than   ▼ up to   ○ about   ┃ range   ◇ vague   ◯ fell, or is far from its neighbours."
    "   Grey: other sources, or none named.   A line ends when its source has been silent for a year.   Shaded: from "
    "the lowest to the highest comparable count."
)
EDGE = 28
"""The room around everything, in pixels."""

TITLE, SMALL, LETTER, LINE = 27, 13, 6.9, 18
"""The sizes of the letters of the title and of the small print; a letter and a line of the small print in pixels."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in pixels. `height` 0: as high as the chart needs."""

    width: int
    height: int = 0


SHEETS = {"article": Sheet(1200), "social": Sheet(1080, 1080)}
"""The sizes that are offered, by name."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around the chart: the title, a line under it, and the lines of small print below the chart."""

    title: str
    about: str
    notes: Sequence[str]


def picture(content: Content, style: Style, look: Theme, words: Words, sheet: Sheet) -> dict[str, Any]:
    """The data and the layout of the picture, as plotly takes them."""
    title = [theme.escaped(line) for line in balanced(words.title, _letters(sheet, TITLE * 0.62))]
    notes = _wrapped(words.notes, sheet, LETTER)
    head = EDGE + len(title) * round(TITLE * 1.25) + 26
    foot = EDGE + len(notes) * LINE + 12
    room = sheet.height - head - foot if sheet.height else 0
    chart = timeline(content, replace(style, height=room), look)
    layout = chart.layout.to_plotly_json()
    unplaced = "   ".join(f"● {one['name']}" for one in (layout.pop("meta", None) or {}).get("legend", []))
    if unplaced:  # the names that found no place beside their lines
        names = _wrapped([unplaced], sheet, LETTER)
        notes, foot = [*names, *notes], foot + len(names) * LINE
    margin = dict(layout["margin"])
    placed = _written(Words("<br>".join(title), words.about, notes), margin, head, look)
    layout |= {
        "width": sheet.width,
        "height": sheet.height or int(layout["height"]) + head + foot,
        "margin": margin | {"t": margin["t"] + head, "b": margin["b"] + foot, "r": max(margin["r"], EDGE)},
        "autosize": False,
        "paper_bgcolor": look.surface,
        "plot_bgcolor": look.surface,
        "annotations": [*layout.get("annotations", ()), *placed],
    }
    return {"data": chart.to_plotly_json()["data"], "layout": layout}


def _wrapped(texts: Sequence[str], sheet: Sheet, letter: float) -> list[str]:
    """The texts in lines that fit on the sheet, escaped. `letter`: the width of a letter in pixels."""
    return [theme.escaped(line) for text in texts for line in textwrap.wrap(text, _letters(sheet, letter))]


def balanced(text: str, longest: int) -> list[str]:
    """The text in as few lines as fit, none much longer than another: no last line of a single word."""
    lines = textwrap.wrap(text, longest)
    for width in range(max(len(text) // max(len(lines), 1), 1), longest):
        if len(even := textwrap.wrap(text, width)) == len(lines):
            return even
    return lines


def _letters(sheet: Sheet, letter: float) -> int:
    """How many letters fit into a line."""
    return round((sheet.width - 2 * EDGE) / letter)


def _written(words: Words, margin: Mapping[str, int], head: int, look: Theme) -> list[dict[str, Any]]:
    """Title and line above the chart, small print below it. `margin`: of the chart; `head`: the room above it."""
    begin = {"x": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "showarrow": False, "align": "left"}
    begin |= {"xshift": EDGE - margin["l"]}
    above, below = margin["t"], -margin["b"] - 6
    small = {"size": SMALL, "color": look.quiet}
    return [
        begin
        | {"text": f"<b>{words.title}</b>", "y": 1, "yanchor": "top", "yshift": above + head - EDGE}
        | {"font": {"size": TITLE, "color": look.ink}},
        begin
        | {"text": theme.escaped(words.about), "y": 1, "yanchor": "bottom", "yshift": above + 2}
        | {"font": {"size": 15, "color": look.quiet}},
        begin | {"text": "<br>".join(words.notes), "y": 0, "yanchor": "top", "yshift": below, "font": small},
    ]


def file_name(conflicts: Sequence[str], outcomes: Sequence[str], last: pd.Timestamp | None, kind: str) -> str:
    """The name of a file after what it holds: "gaza-killed-to-2026-06-30-article"."""
    parts = ["-".join(conflicts[:2]) or "all-conflicts", "-".join(outcomes[:2]) or "all-outcomes"]
    if last is not None and not pd.isna(last):
        parts.append(f"to-{last.date().isoformat()}")
    return "-".join([*parts, kind])

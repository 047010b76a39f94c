"""The timeline chart as a picture for print and for social media: with title, key, sources and date, on one sheet."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.charts.timeline import Content, Style, timeline
from dashboard.look import theme
from dashboard.look.theme import Theme

KEY = (
    "● exactly   ▲ at least, more than   ▼ up to   ○ about   ◇ vague.   A line ends when its source has been silent "
    "for a year.   Shaded: from the lowest to the highest comparable count."
)
EDGE = 28
"""The room around everything, in pixels."""

TITLE, SMALL = 27, 13
"""The sizes of the letters of the title and of the small print."""


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
    title = textwrap.wrap(words.title, round((sheet.width - 2 * EDGE) / (TITLE * 0.62)))
    notes = [line for note in words.notes for line in textwrap.wrap(note, round((sheet.width - 2 * EDGE) / 6.9))]
    head = EDGE + len(title) * round(TITLE * 1.25) + 26
    foot = EDGE + len(notes) * round(SMALL * 1.4) + 12
    room = sheet.height - head - foot if sheet.height else 0
    chart = timeline(content, replace(style, height=room), look)
    layout = chart.layout.to_plotly_json()
    legend = [f"● {one['name']}" for one in (layout.pop("meta", None) or {}).get("legend", [])]
    if legend:  # the names that found no place beside their lines
        notes = [*textwrap.wrap("   ".join(legend), round((sheet.width - 2 * EDGE) / 6.9)), *notes]
        foot += round(SMALL * 1.4)
    margin = dict(layout["margin"])
    high = int(layout["height"])
    top = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "showarrow": False, "align": "left"}
    shift = EDGE - margin["l"]
    placed = [
        top
        | {
            "text": "<br>".join(f"<b>{theme.escaped(line)}</b>" for line in title),
            "yanchor": "top",
            "yshift": margin["t"] + head - EDGE,
            "xshift": shift,
            "font": {"size": TITLE, "color": look.ink},
        },
        top
        | {
            "text": theme.escaped(words.about),
            "yanchor": "bottom",
            "yshift": margin["t"] + 2,
            "xshift": shift,
            "font": {"size": 15, "color": look.quiet},
        },
        top
        | {
            "text": "<br>".join(theme.escaped(line) for line in notes),
            "y": 0,
            "yanchor": "top",
            "yshift": -margin["b"] - 6,
            "xshift": shift,
            "font": {"size": SMALL, "color": look.quiet},
        },
    ]
    margin |= {"t": margin["t"] + head, "b": margin["b"] + foot, "r": max(margin["r"], EDGE)}
    layout |= {
        "width": sheet.width,
        "height": sheet.height or high + head + foot,
        "margin": margin,
        "autosize": False,
        "paper_bgcolor": look.surface,
        "plot_bgcolor": look.surface,
        "annotations": [*layout.get("annotations", ()), *placed],
    }
    return {"data": chart.to_plotly_json()["data"], "layout": layout}


def file_name(conflicts: Sequence[str], outcomes: Sequence[str], last: pd.Timestamp | None, kind: str) -> str:
    """The name of a file after what it holds: "gaza-killed-to-2026-06-30-article"."""
    parts = ["-".join(conflicts[:2]) or "all-conflicts", "-".join(outcomes[:2]) or "all-outcomes"]
    if last is not None and not pd.isna(last):
        parts.append(f"to-{last.date().isoformat()}")
    return "-".join([*parts, kind])

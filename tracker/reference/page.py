"""The comparison as one HTML file, which loads nothing and has no markup from outside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go
import plotly.io
from plotly.offline import get_plotlyjs

from tracker.knowledge import Conflict
from tracker.reference.chart import chart
from tracker.reference.compare import COUNTED, late_beginnings, steps
from tracker.reference.marks import GENERATOR
from tracker.reference.series import Reference, in_words

# The browser must load nothing, whatever a text in the page says.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"

STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #2b2b28;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 36px 24px 48px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; }
h2 { font-size: 19px; line-height: 1.3; margin: 40px 0 0; }
p { max-width: 46em; margin: 0 0 8px; }
.lead { color: #55534d; }
.chart { overflow-x: auto; }
.chart > div { min-width: 760px; }
.note p { max-width: 64em; }
.note { color: #77756e; font-size: 13px; border-top: 1px solid #e9e6df; padding-top: 12px; margin-top: 28px; }
"""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="generator" content="{generator}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
<script>{script}</script>
</head>
<body>
<main>
<h1>{title}</h1>
<p class="lead">{lead}</p>
{charts}
<div class="note">{notes}</div>
</main>
</body>
</html>
"""
CONFIG = {"displaylogo": False, "responsive": True, "modeBarButtonsToRemove": ["select2d", "lasso2d"]}


def page(compared: pd.DataFrame, reference: Reference, conflicts: Sequence[Conflict]) -> str:
    """An HTML page with a chart for each conflict, outcome and group of victims that was compared.

    In: the rows of `compare` (at least one), and the conflicts that were compared. Every text from outside is escaped.
    """
    keys = ["conflict", *COUNTED]
    drawn_conflicts = [one for one in conflicts if one.id in set(compared["conflict"])]
    names = {one.id: one.name for one in drawn_conflicts}
    lines = pd.concat([steps(reference, one) for one in drawn_conflicts])
    late = late_beginnings(reference, drawn_conflicts)
    parts = []
    for number, (key, rows) in enumerate(compared.groupby(keys, sort=False)):
        conflict, outcome, group = map(str, key)
        line = lines[(lines[keys] == [conflict, outcome, group]).all(axis=1)]
        heading = f"{names.get(conflict, conflict)}: {counted(outcome, group)}"
        since = f"{reference.name} counts from {in_words(line['counted_from'].iloc[0])}."
        drawn = _drawn(chart(rows, line, reference), number)
        parts.append(
            f'<h2>{escape(heading)}</h2>\n<p class="lead">{escape(since)}</p>\n<div class="chart">{drawn}</div>'
        )
    return PAGE.format(
        policy=POLICY,
        generator=GENERATOR,
        title=escape(f"Reported totals beside {reference.name}"),
        style=STYLE,
        script=get_plotlyjs(),
        lead=escape(_lead(compared, reference)),
        charts="\n".join(parts),
        notes="\n".join(f"<p>{escape(note)}</p>" for note in _notes(reference, late)),
    )


def counted(outcome: str, group: str) -> str:
    """The words for who is counted: people killed; children killed."""
    who = {"unspecified": "people", "medical": "medical staff", "press": "journalists"}.get(group, group)
    return f"{who.replace('_', ' ')} {outcome}"


def _drawn(figure: go.Figure, number: int) -> str:
    html: str = plotly.io.to_html(
        figure, config=CONFIG, full_html=False, include_plotlyjs=False, div_id=f"chart-{number}"
    )
    return html


def _lead(compared: pd.DataFrame, reference: Reference) -> str:
    sources = compared["source_name"].nunique()
    points = f"{len(compared):,} reported total{'s' if len(compared) != 1 else ''}"
    who = f"{sources} source{'s' if sources != 1 else ''}"
    band = " and the band its lowest and highest estimate" if compared["reference_low"].notna().any() else ""
    return (
        f"{points} by {who}, each as it was printed. The dark line is {reference.name}{band}. "
        "Different bodies count different things: nothing here is averaged, and no report is corrected."
    )


def _notes(reference: Reference, late: Sequence[str]) -> list[str]:
    last = f"It ends on {in_words(reference.last)}."
    since = "; in each chart from the first day of the conflict" if reference.from_events else ""
    skipped = [f"Rows of the file that could not be read: {reference.skipped:,}."] if reference.skipped else []
    return [
        f"Reference: {reference.name} ({reference.credit}). Counting: {reference.counted}{since}. {last}",
        *(note[0].upper() + note[1:] + "." for note in (*late, *reference.notes)),
        *skipped,
        "Reports: running totals read from news articles by the Casualty Tracker. Reported, not verified.",
    ]

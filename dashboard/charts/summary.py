"""The timeline chart in sentences, for people who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.panel import Panel
from dashboard.charts.timeline import Content
from dashboard.look import wording
from dashboard.view.first_sentence import Said
from dashboard.view.query import in_words
from dashboard.view.standing import Series


def in_sentences(content: Content, shown: Sequence[Panel]) -> str:
    """What the chart shows: who is counted, and the first and last total of each coloured line; how many incidents.

    `shown`: its panels.
    """
    parts = [_of_panel(one) for one in shown]
    if len(content.incidents):
        parts.append(f"Below, {wording.many(len(content.incidents), 'incident')} as bars.")
    return " ".join([*parts, "The numbers follow as a table."])


def _of_panel(panel: Panel) -> str:
    lines = "; ".join(_of_line(one) for one in panel.coloured) or wording.many(len(panel.unnamed), "single report")
    return f"{panel.heading}: {lines}."


def _of_line(one: Series) -> str:
    first = Said(one, one.point(0))
    last = Said(one, one.last)
    begin = f"{first.number} ({in_words(first.point['date'])})"
    return f"{wording.source(one.source)}, " + (
        begin if len(one.at) == 1 else f"from {begin} to {last.number} ({in_words(last.point['date'])})"
    )

"""What a page shows while something is read: how far it is, then the results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html, no_update

from dashboard.look import wording
from dashboard.view.intake import Intake, Readings
from tracker.model import TrackerError

LOST = "What was being read is no longer there: read it again."

Results = Callable[[Intake], tuple[Any, bool]]
"""In: a reading that has ended. Out: what is shown, and whether it can be added to the timeline."""


def looked(intakes: Readings, key: str | None, results: Results) -> tuple[Any, Any, bool]:
    """Return what the page shows, whether it looks no more, and whether the button that adds is disabled."""
    try:
        intake = intakes.look(key)
    except TrackerError as error:
        return html.P(f"{wording.sentence(str(error))}.", className="note"), no_update, True
    if intake is None:
        return html.P(LOST, className="wrong") if key else no_update, True, True
    if isinstance(intake, str):
        return html.P(f"{intake} …", className="note"), no_update, True
    shown, can_be_added = results(intake)
    return shown, True, not can_be_added

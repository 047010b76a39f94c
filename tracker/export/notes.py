"""The notes that go with every export: what the figures mean, and what they do not mean."""

from __future__ import annotations

from tracker.knowledge import Convention


def notes(convention: Convention | None = None) -> tuple[str, ...]:
    """The notes for a reader; `convention` is the one of low, best and high, if known."""
    return (
        "These figures are reported, not verified: each row says who reported what, and in which words.",
        f"value is the number that the words state; low, best and high are bounds made of it. {_of_bounds(convention)}",
        "Do not add rows up unseen: sources disagree about the same event, running totals (scope cumulative) contain "
        "each other, and a figure with part_of is contained in another.",
        "A date may be a day, a month or a year: 2012-03 means that no more than the month is known.",
        "Titles and quotations belong to their publishers.",
    )


def _of_bounds(convention: Convention | None) -> str:
    if convention is None:
        return "By which convention is not known here."
    return f'The convention is "{convention.id}", {convention.name}. {convention.about} Rule: {convention.cites}'

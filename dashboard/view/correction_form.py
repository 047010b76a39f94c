"""What the correction form shows of a figure, and what a person changed in it."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.model import Figure, Qualifier

FIELDS = (
    "value high qualifier outcome victims victim_group date date_precision period_start scope source source_name "
    "source_type place country conflict cause"
).split()
"""In the order of the form."""


def texts(figure: Figure | None) -> dict[str, str]:
    """What the form shows of a figure."""
    if figure is None:
        return dict.fromkeys(FIELDS, "")
    shown = {name: getattr(figure, name) for name in FIELDS}
    if figure.qualifier is not Qualifier.RANGE:
        shown["high"] = None  # it follows from the rest
    return {name: "" if value is None else str(value) for name, value in shown.items()}


def changes(figure: Figure, said: Mapping[str, str | None]) -> dict[str, str]:
    """What the form says that the figure does not."""
    known = texts(figure)
    return {name: (text or "") for name, text in said.items() if (text or "").strip() != known[name]}

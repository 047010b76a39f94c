"""The values in the correction form: those of the figure, and what a person changed."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.model import Figure, Qualifier

FIELDS = (
    "value high qualifier outcome victims victim_group date date_precision period_start scope source source_name "
    "source_type place country conflict cause"
).split()
"""The columns that a person may change, in the order of the form."""


def texts(figure: Figure | None) -> dict[str, str]:
    """The values of the form for a figure."""
    if figure is None:
        return dict.fromkeys(FIELDS, "")
    shown = {name: getattr(figure, name) for name in FIELDS}
    if figure.qualifier is not Qualifier.RANGE:
        shown["high"] = None  # it follows from the other fields
    return {name: "" if value is None else str(value) for name, value in shown.items()}


def changes(figure: Figure, form: Mapping[str, str | None]) -> dict[str, str]:
    """The fields of the form that differ from the figure."""
    known = texts(figure)
    return {name: (text or "") for name, text in form.items() if (text or "").strip() != known[name]}

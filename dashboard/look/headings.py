"""What the columns of a figure are called on the pages."""

from __future__ import annotations

from dashboard.look import wording

COUNTED = "counted"
"""A column made for the page: the people that a figure counts, in words."""

HEADINGS = {
    COUNTED: "Who is counted",
    "source_name": "Source",
    "source": "Source, as printed",
    "source_type": "Kind of source",
    "victim_group": "Group",
    "country": "Country",
    "url": "Address",
    "period_start": "Counted since",
    "date_precision": "Date precision",
    "figure_id": "Id",
    "article_id": "Article id",
    "part_of": "Part of",
}
FIELDS = {"high": "Upper end of a range", "value": "Number"}
"""The fields of the correction form that have another name than their column."""


def heading(name: str) -> str:
    """The heading of a column on the page."""
    return HEADINGS.get(name, wording.plain(name).capitalize())


def field(name: str) -> str:
    """The label of a column in the correction form."""
    return FIELDS.get(name, heading(name))

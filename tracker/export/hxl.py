"""HXL, the Humanitarian Exchange Language (hxlstandard.org): a row of hashtags says what each column holds.

The hashtags are those of the core dictionary, version 1.1. The meaning of a value depends on other cells of its row
(outcome, scope), so `with_outcomes` adds one column for each outcome that can be used by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from tracker.model import Outcome

HASHTAGS: dict[str, str] = {
    "figure_id": "#meta+id",
    "article_id": "#meta+id+article",
    "publisher": "#meta+source+publisher",
    "published": "#date+reported",
    "title": "#meta+source+title",
    "url": "#meta+url",
    "language": "#meta+lang",
    "field": "#meta+field",
    "start": "#meta+start",
    "end": "#meta+end",
    "figure": "#description+figure",
    "quote": "#description+quote",
    "value": "#affected+value+num",
    "qualifier": "#meta+qualifier",
    "low": "#affected+min+num",
    "best": "#affected+best+num",
    "high": "#affected+max+num",
    "outcome": "#indicator+outcome+name",
    "victims": "#description+victims",
    "victim_group": "#group+victims+type",
    "part_of": "#meta+id+part_of",
    "source": "#description+source",
    "source_name": "#meta+source+name",
    "source_type": "#meta+source+type",
    "date": "#date+occurred",
    "date_precision": "#meta+date+precision",
    "period_start": "#date+start",
    "scope": "#meta+scope",
    "place": "#loc+name",
    "country": "#country+code+v_iso3",
    "conflict": "#crisis+code",
    "cause": "#cause+type",
    "confidence": "#meta+confidence",
    "rule": "#meta+rule",
    "status": "#status+review",
}
"""By column of a table of figures: its hashtag."""

OUTCOME_HASHTAGS: dict[str, str] = {
    "killed": "#affected+killed+num",
    "injured": "#affected+injured+num",
    "missing": "#affected+missing+num",
    "abducted": "#affected+abducted+num",
    "detained": "#affected+detained+num",
    "displaced": "#affected+displaced+num",
    "casualties": "#affected+casualties+num",
}
"""By outcome: the hashtag of the column with the numbers of that outcome."""


def with_outcomes(table: pd.DataFrame) -> pd.DataFrame:
    """The table with one more column for each of its outcomes, which has the name of the outcome.

    It holds `best` in the rows of that outcome, or `value` where there is no best. A table that lacks the needed
    columns does not change.
    """
    if not {"outcome", "best", "value"} <= set(table.columns):
        return table
    number = table["best"].fillna(table["value"])
    present = [outcome.value for outcome in Outcome if (table["outcome"] == outcome.value).any()]
    return table.assign(**{name: number.where(table["outcome"] == name) for name in present if name not in table})


def hashtags(columns: Iterable[str]) -> list[str]:
    """The hashtag of each column; "" where HXL has none."""
    known = HASHTAGS | OUTCOME_HASHTAGS
    return [known.get(name, "") for name in columns]

"""Figures of a store as typed tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tracker.model import COLUMNS
from tracker.store.database import FROM_ARTICLE, articles, figures

if TYPE_CHECKING:
    import pandas as pd

FIGURES = sa.select(*(articles.c[name] if name in FROM_ARTICLE else figures.c[name] for name in COLUMNS)).join_from(
    figures, articles
)


def table_of(connection: sa.Connection, wanted: sa.Select[Any]) -> pd.DataFrame:
    """What FIGURES and further conditions find, as a typed table."""
    import pandas as pd  # takes most of a second, and only tables need it

    from tracker.timelines.columns import typed

    rows = [tuple(row) for row in connection.execute(wanted)]
    return typed(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object))

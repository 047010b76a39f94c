"""Figures made by hand, for tests of what comes after extraction."""

from __future__ import annotations

import dataclasses
from typing import Any

from tracker.model import (
    Article,
    Cause,
    Figure,
    Outcome,
    Precision,
    Qualifier,
    Scope,
    SourceType,
    VictimGroup,
)

ARTICLE = Article(
    id="a1",
    title="Envoy in Moscow",
    text="The opposition says the fighting has claimed more than 9,100 lives.",
    published="2012-03-26",
    publisher="The Daily",
)

FIGURE = Figure(
    figure_id="f1",
    article_id="a1",
    publisher="The Daily",
    published="2012-03-26",
    title="Envoy in Moscow",
    url="",
    language="en",
    field="text",
    start=45,
    end=60,
    figure="more than 9,100",
    quote=ARTICLE.text,
    value=9100,
    qualifier=Qualifier.MORE_THAN,
    low=9101,
    best=None,
    high=None,
    outcome=Outcome.KILLED,
    victims="lives",
    victim_group=VictimGroup.UNSPECIFIED,
    part_of=None,
    source="The opposition",
    source_name="opposition",
    source_type=SourceType.OPPOSITION,
    date="2012-03-26",
    date_precision=Precision.DAY,
    period_start=None,
    scope=Scope.CUMULATIVE,
    place=None,
    country="SYR",
    conflict="syria",
    cause=Cause.CONFLICT,
    confidence=0.9,
    rule="claimed-lives",
)


def figure(figure_id: str, **changes: Any) -> Figure:
    """FIGURE with another id and whatever else is different."""
    return dataclasses.replace(FIGURE, figure_id=figure_id, **changes)

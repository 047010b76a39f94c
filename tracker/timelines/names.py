"""A user's own names for sources and publishers, applied to a finished table, so that nothing must be read again."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tracker.knowledge import OwnNames, load_publishers, load_sourcebook
from tracker.knowledge.phrases import words_of
from tracker.knowledge.sourcebook import Sourcebook, SourceEntry
from tracker.model import Status

TOLD = ["source", "source_name", "country"]


def renamed(table: pd.DataFrame, own: OwnNames) -> pd.DataFrame:
    """The figures with `source_name`, `source_type` and `publisher` taken from the user's own names.

    Three texts are looked up in this order: the words of the source (`source`), its name, and the name that it has
    without own names ("the Observatory" is the Syrian Observatory for Human Rights). Each distinct pair is looked up
    once. Corrections that a person made stay.
    """
    if own.sources:
        table = _with_sources(table, load_sourcebook(own.sources), {one.name for one in own.sources})
    if own.publishers:
        known = load_publishers(own.publishers)
        names = {one: known.name(one) for one in table["publisher"].dropna().unique()}
        table = table.assign(publisher=table["publisher"].map(names).astype("str"))
    return table


def _with_sources(table: pd.DataFrame, book: Sourcebook, own: set[str]) -> pd.DataFrame:
    told = table[TOLD].astype("str").fillna("")
    keys = told.drop_duplicates()
    found = [_entry(book, own, *row) for row in keys.itertuples(index=False, name=None)]
    known = keys.assign(
        new_name=pd.array([one.name if one else None for one in found], dtype="str"),
        new_type=pd.array([one.type.value if one else None for one in found], dtype="str"),
    )
    matched = told.merge(known, on=TOLD, how="left", validate="many_to_one")
    kept = (table["status"] == Status.CORRECTED).to_numpy() | matched["new_name"].isna().to_numpy()
    return table.assign(
        source_name=table["source_name"].where(kept, matched["new_name"].set_axis(table.index)),
        source_type=table["source_type"].where(kept, matched["new_type"].set_axis(table.index)),
    )


def _entry(book: Sourcebook, own: set[str], source: str, name: str, country: str) -> SourceEntry | None:
    """The user's entry for a source; None where there is none."""
    spoken = {country: 1} if country else {}
    for words in (_lows(source), _lows(name)):
        entry = book.find(words, spoken)
        if entry is not None and entry.name in own:
            return entry
    return None


def _lows(words: str) -> Sequence[str]:
    return words_of(words)

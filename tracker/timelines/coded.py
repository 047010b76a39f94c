"""Texts that occur again and again, as categories: whole numbers, which are compared, sorted and taken much faster."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd


def coded(table: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """The table with these columns of texts as categories."""
    return table.assign(**{name: table[name].astype("category") for name in names})


def filled(column: pd.Series[Any], word: str) -> pd.Series[Any]:
    """A column of categories with this word for what is missing."""
    if word not in column.cat.categories:
        column = column.cat.add_categories(word)
    return column.fillna(word)


def spelled_out(table: pd.DataFrame) -> pd.DataFrame:
    """The table with texts instead of its categories."""
    names = [name for name in table.columns if isinstance(table[name].dtype, pd.CategoricalDtype)]
    return table.assign(**{name: _texts(table[name]) for name in names})


def _texts(column: pd.Series[Any]) -> pd.Series[str]:
    kinds = pd.Series(column.cat.categories, dtype="str").array
    return pd.Series(kinds.take(column.cat.codes.to_numpy(), allow_fill=True), index=column.index)

"""Texts that occur again and again, as categories: whole numbers, which are compared, sorted and taken much faster."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd


def coded(table: pd.DataFrame, names: Iterable[str], *, in_order: bool = False) -> pd.DataFrame:
    """The table with these columns of texts as categories; sorted with `in_order`, so that their codes are ranks."""
    return table.assign(**{name: _coded(table[name], in_order) for name in names})


def _coded(column: pd.Series[Any], in_order: bool) -> pd.Series[Any]:
    if in_order:
        return column.astype("category")
    codes, kinds = pd.factorize(column)
    return pd.Series(pd.Categorical.from_codes(codes, kinds, validate=False), index=column.index)


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

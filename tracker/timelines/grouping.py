"""Grouping of rows by equal values, as whole numbers: fast, and independent of the order of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int64]


def group_codes(*columns: pd.Series[Any] | Codes) -> Codes:
    """One number per row, 0, 1, 2, … by first appearance: rows whose columns all agree have the same number.

    A missing value is equal to another missing value.
    """
    combined: Codes | None = None
    for column in columns:
        codes, kinds = pd.factorize(column, use_na_sentinel=False)
        if combined is None:
            combined = codes.astype(np.int64)
        else:
            combined = pd.factorize(combined * max(len(kinds), 1) + codes)[0].astype(np.int64)
    assert combined is not None, "there must be a column to group by"
    return combined


def sort_ranks(column: pd.Series[Any]) -> Codes:
    """The rank of each value among the distinct values, for sorting; a missing value comes last."""
    codes, kinds = pd.factorize(column, sort=True)
    return np.where(codes < 0, len(kinds), codes).astype(np.int64)


def firsts(codes: Codes) -> Codes:
    """The position of the first row of each group 0, 1, 2, …"""
    found = np.full(count(codes), len(codes), dtype=np.int64)
    np.minimum.at(found, codes, np.arange(len(codes)))
    return found


def count(codes: Codes) -> int:
    """The number of groups."""
    return int(codes.max()) + 1 if len(codes) else 0


def distinct(codes: Codes, of: Codes) -> Codes:
    """The number of distinct values of `of` in each group 0, 1, 2, …"""
    pairs = pd.unique(codes * (count(of) or 1) + of)
    return np.bincount(pairs // (count(of) or 1), minlength=count(codes)).astype(np.int64)


def once(codes: Codes, of: Codes) -> Codes:
    """The positions of the first row of each pair of a group and a value, in order."""
    return np.flatnonzero(~pd.Series(codes * (count(of) or 1) + of).duplicated().to_numpy())


def printings(articles: pd.Series[str], copies: Mapping[str, str]) -> tuple[Codes, Codes]:
    """For each row the number of its article, and of its report: near-identical articles are one report."""
    article, ids = pd.factorize(articles)
    article = article.astype(np.int64)
    if not copies:
        return article, article
    stands_for = np.asarray(ids, dtype=object).copy()
    at = pd.Index(ids).get_indexer(pd.Index(list(copies)))
    stands_for[at[at >= 0]] = np.array(list(copies.values()), dtype=object)[at >= 0]
    return article, pd.factorize(stands_for)[0][article].astype(np.int64)


def tuples(values: pd.Series[Any], codes: Codes) -> pd.Series[Any]:
    """The values of each group 0, 1, 2, … as a tuple, in their order: a column of objects."""
    order = np.argsort(codes, kind="stable")
    in_groups = values.to_numpy(dtype=object)[order].tolist()
    ends = np.cumsum(np.bincount(codes, minlength=count(codes))).tolist()
    return objects(tuple(in_groups[start:end]) for start, end in zip([0, *ends], ends, strict=False))


def objects(values: Iterable[object]) -> pd.Series[Any]:
    """A column of Python objects, such as tuples."""
    return pd.Series(list(values), dtype=object)

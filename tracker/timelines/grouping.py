"""Grouping of rows by equal values, as whole numbers: fast, and independent of the order of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MOST = 2**62
"""Numbers from here on are too large to be numbers of groups."""
DENSE = 4
"""Whole numbers that span no more than so many times as many as there are rows are used as they are."""


def group_codes(*columns: pd.Series[Any] | Codes) -> Codes:
    """One number per row, 0, 1, 2, … by first appearance: rows whose columns all agree have the same number.

    A missing value is equal to another missing value.
    """
    assert columns, "there must be a column to group by"
    if len(columns) == 1 and not _has_categories(columns[0]):
        return pd.factorize(columns[0], use_na_sentinel=False)[0].astype(np.int64, copy=False)
    combined, size = _numbered(columns[0])
    for column in columns[1:]:
        codes, kinds = _numbered(column)
        if size * kinds >= MOST:
            combined, size = _numbered(combined)
        combined, size = combined * kinds + codes, size * kinds
    return pd.factorize(combined)[0].astype(np.int64, copy=False)


def _numbered(column: pd.Series[Any] | Codes) -> tuple[Codes, int]:
    """A whole number from 0 on for each row, the same for equal values, and one more than the largest of them."""
    if isinstance(column, pd.Series) and _has_categories(column):
        return column.cat.codes.to_numpy().astype(np.int64) + 1, len(column.cat.categories) + 1
    if column.dtype == np.int64 and len(column):
        least, most = int(column.min()), int(column.max())
        if most - least <= DENSE * len(column):
            return np.asarray(column) - least, most - least + 1
    codes, kinds = pd.factorize(column, use_na_sentinel=False)
    return codes.astype(np.int64, copy=False), max(len(kinds), 1)


def _has_categories(column: pd.Series[Any] | Codes) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)


def sort_ranks(column: pd.Series[Any]) -> Codes:
    """The rank of each value among the distinct values, for sorting; a missing value comes last."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, size = column.cat.codes.to_numpy(np.int64), len(column.cat.categories)
    else:
        ranks, kinds = pd.factorize(column, sort=True)
        codes, size = ranks.astype(np.int64), len(kinds)
    return np.where(codes < 0, size, codes)


def in_order(*ranks: Codes) -> Codes:
    """The positions of the rows sorted by these ranks, the last of which counts first, as in `np.lexsort`."""
    combined, size = ranks[0], int(ranks[0].max(initial=0)) + 1
    for rank in ranks[1:]:
        kinds = int(rank.max(initial=0)) + 1
        if size * kinds >= MOST or min(rank.min(initial=0), combined.min(initial=0)) < 0:
            return np.lexsort(ranks)
        combined, size = rank * size + combined, size * kinds
    return np.argsort(combined, kind="stable")


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


def spread(kinds: Iterable[str | None], codes: Codes, index: pd.Index[Any]) -> pd.Series[str]:
    """A column of texts with this index: for each row the one at the place that its code names."""
    return pd.Series(pd.array(list(kinds), dtype="str").take(codes), index=index)


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
    in_groups = _objects_of(values)[np.argsort(codes, kind="stable")]
    sizes = np.bincount(codes, minlength=count(codes))
    starts = np.cumsum(sizes) - sizes
    found = np.empty(len(sizes), dtype=object)
    for size in np.unique(sizes).tolist():  # groups of one size at a time, so that zip makes their tuples
        groups = np.flatnonzero(sizes == size)
        columns = [in_groups[starts[groups] + place].tolist() for place in range(size)]
        found[groups] = _cells(zip(*columns, strict=True) if size else repeat((), len(groups)), len(groups))
    return pd.Series(found)


def _objects_of(values: pd.Series[Any]) -> npt.NDArray[np.object_]:
    """The values as Python objects; equal categories are one object."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return np.append(values.cat.categories.to_numpy(dtype=object), [None])[values.cat.codes.to_numpy()]
    return values.to_numpy(dtype=object)


def _cells(values: Iterable[object], size: int) -> npt.NDArray[np.object_]:
    """An array of Python objects: numpy would make columns of tuples."""
    return np.fromiter(values, dtype=object, count=size)


def joined(lists: pd.Series[Any], codes: Codes) -> pd.Series[Any]:
    """The ids of the tuples of each group 0, 1, 2, … as one tuple, each id once: a column of objects."""
    cells, sizes = lists.to_numpy(dtype=object), np.bincount(codes, minlength=count(codes))
    found = np.empty(len(sizes), dtype=object)
    alone = sizes[codes] == 1
    found[codes[alone]] = cells[alone]
    groups, several = np.unique(codes[~alone], return_inverse=True)
    ids = tuples(pd.Series(cells[~alone]), several.astype(np.int64))
    found[groups] = _cells((tuple(dict.fromkeys(chain.from_iterable(one))) for one in ids), len(groups))
    return pd.Series(found, dtype=object)

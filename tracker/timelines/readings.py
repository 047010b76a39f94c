"""How a report was read: what its own sentence says, and where two readings differ."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tracker.timelines.grouping import Mask, firsts, group_codes


def stands(rows: pd.DataFrame, column: str) -> Mask:
    """Whether the words of the column stand in the quotation itself, and are not taken from another sentence."""
    codes = group_codes(rows[column], rows["quote"])
    each = rows.iloc[firsts(codes)]
    pairs = zip(each[column].fillna(""), each["quote"].fillna(""), strict=True)
    return np.fromiter((_is_word(words, quote) for words, quote in pairs), dtype=bool, count=len(each))[codes]


def _is_word(words: str, quote: str) -> bool:
    at = quote.find(words)
    return at >= 0 and not quote[at + len(words) : at + len(words) + 1].isalpha()  # "Israel" is not in "Israeli"


def unequal(new: pd.Series, old: pd.Series) -> Mask:
    """Where two columns differ; a missing value equals a missing one."""
    different: Mask = ~((new == old).fillna(False) | (new.isna() & old.isna())).to_numpy(dtype=bool)
    return different

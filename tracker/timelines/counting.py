"""Two details of what a figure counts: the nation of the victims, and since when a running total counts."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from tracker.timelines.areas import Areas
from tracker.timelines.columns import dates, last_dates
from tracker.timelines.grouping import group_codes

LONGEST_NAME = 4  # words in the name of a country or its people
MOST_WORDS = 12  # how many of the words for victims are looked at
LATE = np.timedelta64(7, "D")
LATE_PART = 4
"""A total is of the whole conflict where it counts from its first week on, or from the first quarter of the time that
had passed: "in nine years of war" is said in the tenth.
"""

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


def peoples(table: pd.DataFrame, known: Areas) -> pd.Series[str]:
    """The nation of the victims where it is another than the country of the row, as ISO 3166-1 alpha-3.

    "Russian soldiers" in Ukraine gives RUS. It is "" where the words name the country itself, several nations or none.
    In: a typed table of figures, with the columns victims and country.
    """
    names = ["victims", "country"]
    codes = group_codes(*(table[name] for name in names))
    kinds = table.loc[~pd.Series(codes, index=table.index).duplicated(), names].astype(object)
    kinds = kinds.where(kinds.notna(), "")
    found = [_nation(victims, country, known.countries) for victims, country in kinds.itertuples(index=False)]
    return pd.Series(np.array(found, dtype=object)[codes], index=table.index, dtype="str")


def _nation(victims: str, country: str, known: Mapping[str, str]) -> str:
    words = _WORD.findall(victims)[:MOST_WORDS]
    lows = [word.casefold() for word in words]
    found, at = set(), 0
    while at < len(words):
        fits = (size for size in range(LONGEST_NAME, 0, -1) if " ".join(lows[at : at + size]) in known)
        size = next(fits, 0)
        if size and words[at][:1].isupper():  # "us" in lower case is a pronoun
            found.add(known[" ".join(lows[at : at + size])])
        at += size or 1
    return found.pop() if len(found) == 1 and country not in found else ""


def as_of_days(rows: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """The day up to which each running total counts: the last one of its month, or the day it was printed if earlier.

    In: figures with the columns date and published.
    """
    published, first, last = dates(rows, "published"), dates(rows), last_dates(rows)
    return last.mask((published >= first) & (published < last), published)


def counted_since(totals: pd.DataFrame, as_of: pd.Series[pd.Timestamp], known: Areas) -> pd.Series[str]:
    """The month from which each running total counts ("2025-05"), where that is well after its conflict began.

    It is "" where the total counts from the beginning, states no start, or the beginning of its conflict is unknown.
    In: figures with the columns period_start and conflict, and their as-of dates.
    """
    begin = dates(totals, "period_start")
    starts = totals["conflict"].map(known.starts).astype("str")
    start = dates(starts.to_frame("date"))
    late = (begin - start).to_numpy() > np.maximum(LATE, (as_of - start).to_numpy() / LATE_PART)
    own = late & (begin < as_of).to_numpy()  # a start on the as-of date is a misread date
    return begin.dt.strftime("%Y-%m").astype("str").where(own, "")

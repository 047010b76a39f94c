"""Events: which claims tell of the same event, though their reports name its place and day in different ways."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.model import Precision
from tracker.timelines.areas import is_whole
from tracker.timelines.claims import BEFORE_PRINT
from tracker.timelines.grouping import Codes, count, group_codes

BESIDE = 6
"""How many of the next claims in order each claim is compared with."""
TELLING = 20
"""Numbers from here on are rare enough to find an event again on touching days, where they are not round."""
ALIKE = 10
"""The same, of numbers told of one place."""
LARGE = 100
"""Events with so many dead are so rare that two of one kind of site on two days are taken for one."""
RISING = 2.5
"""How many times larger a later toll of the same event may be."""
SCALE = 10
"""Numbers of one place and day that differ by so many times are of two events."""
WIDE = 5
"""How many times larger than their number vague words may mean: "hundreds" are at least 200, and may be 1,000."""

Mask = npt.NDArray[np.bool_]


def linked(rows: pd.DataFrame, event: Codes) -> Codes:
    """The events, joined where claims of two of them must be about one.

    In: claims of events with their numbers, and for each the event that its own place and day name. Two claims are
    about one event where conflict, outcome and country agree, their days may be the same, their areas are not two
    different places, what was hit is not different, and where besides
    - both name what was hit and their numbers may be tolls of one event; or
    - both give the same telling number; or
    - both name the same place, one of them without a day, and their numbers may be tolls of one event; or
    - both name the same place and give the same number, from ALIKE on and not round.
    """
    told = _told(rows, event)
    pairs = []
    for keys in (["ground", "site"], ["ground", "number"], ["ground", "area"]):
        codes = group_codes(*(told[name] for name in keys))
        order = np.lexsort([told["claim"].to_numpy(), told["number"].to_numpy(), told["last"].to_numpy(), codes])
        for step in range(1, min(BESIDE, len(order) - 1) + 1):
            one, other = order[:-step], order[step:]
            fits = _fits(told.iloc[one], told.iloc[other], codes[one] == codes[other])
            pairs.append(np.stack([one[fits], other[fits]]))
    kept = _without_bridges(told, np.concatenate(pairs, axis=1) if pairs else np.zeros((2, 0), dtype=np.int64))
    return _joined(event, event[kept])


def _without_bridges(told: pd.DataFrame, pairs: Codes) -> Codes:
    """The pairs of claims, where vague words join only the number nearest to theirs, and others only without one.

    "Hundreds" may be 260 and 900, and would make one event of both.
    """
    vague, number = told["vague"].to_numpy(dtype=bool)[pairs], told["number"].to_numpy()[pairs]
    mixed = np.flatnonzero(vague[0] ^ vague[1])
    words = np.where(vague[0], pairs[0], pairs[1])[mixed]
    exact = np.where(vague[0], pairs[1], pairs[0])[mixed]
    ratio = np.abs(np.log(number[0] / number[1]))[mixed]
    apart = np.abs(told["last"].to_numpy()[words] - told["last"].to_numpy()[exact])
    order = np.lexsort([told["claim"].to_numpy()[exact], ratio, apart, words])
    nearest = mixed[order[np.append([True], np.diff(words[order]) != 0)[: len(order)]]]
    alone = (vague[0] & vague[1]) & ~np.isin(pairs, words).any(axis=0)
    kept = ~vague.any(axis=0) | alone
    kept[nearest] = True
    return pairs[:, kept]


def scales(rows: pd.DataFrame, places: Codes) -> Codes:
    """The places and days, divided where the numbers told of one of them differ SCALE times, with none between."""
    number = np.maximum(rows["number"].to_numpy(np.float64, na_value=np.nan), 1)
    order = np.lexsort([number, places])
    p, n = places[order], number[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (p[1:] != p[:-1]) | (n[1:] > SCALE * n[:-1])
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.cumsum(begins)
    return found


def _told(rows: pd.DataFrame, event: Codes) -> pd.DataFrame:
    """What the claims are compared by: days as numbers, from the first to the last one possible."""
    dated = (rows["date_precision"] == Precision.DAY).to_numpy(dtype=bool) & rows["day"].notna().to_numpy()
    day, printed = _numbers(rows["day"]), _numbers(rows["first_reported"])
    return pd.DataFrame(
        {
            "ground": group_codes(rows["conflict"], rows["outcome"], rows["country"]),
            "site": rows["site"].to_numpy(),
            "area": rows["area"].to_numpy(),
            "whole": is_whole(rows["area"]).to_numpy(dtype=bool),
            "number": rows["number"].to_numpy(np.float64, na_value=np.nan),
            "vague": rows["value"].isna().to_numpy(),
            "dated": dated,
            "first": np.where(dated, day, printed - BEFORE_PRINT),
            "last": np.where(dated, day, printed),
            "placed": ((rows["conflict"] != "") & rows["country"].notna()).to_numpy(dtype=bool),
            "claim": pd.factorize(rows["claim_id"], sort=True)[0],
            "event": event,
        }
    )


def _fits(one: pd.DataFrame, other: pd.DataFrame, same_key: Mask) -> Mask:
    """Whether two claims each are about one event. The two tables have their rows beside each other."""
    a, b = ({name: table[name].to_numpy() for name in table} for table in (one, other))
    apart = np.maximum(a["first"] - b["last"], b["first"] - a["last"])  # below one: the days overlap
    low, high = np.minimum(a["number"], b["number"]), np.maximum(a["number"], b["number"])
    alike = (a["area"] == b["area"]) | a["whole"] | b["whole"]
    site = (a["site"] == b["site"]) & (a["site"] != "")
    no_other_site = (a["site"] == b["site"]) | (a["site"] == "") | (b["site"] == "")
    some = np.where(a["vague"], a["number"], b["number"])
    unit = 10.0 ** np.floor(np.log10(np.maximum(some, 1)))
    hedged = (a["vague"] | b["vague"]) & (low >= unit) & (high <= WIDE * some)
    toll = np.where(a["vague"] | b["vague"], hedged, high <= RISING * low)
    round_number = (low % 100 == 0) | ((low < LARGE) & (low % 10 == 0))
    same_number = (low == high) & (low >= TELLING) & ~round_number
    same_day = apart <= 0
    by_site = site & toll & (same_day | ((apart <= 1) & ((low >= LARGE) | same_number | (low == high))))
    by_number = same_number & (apart <= 1)
    spot = (a["area"] == b["area"]) & ~a["whole"]
    by_place = spot & (~a["dated"] | ~b["dated"]) & same_day & toll & (low > 1)
    by_place |= spot & (low == high) & (low >= ALIKE) & ~round_number & (apart <= 1)
    fits: Mask = same_key & a["placed"] & b["placed"] & alike & no_other_site & (by_site | by_number | by_place)
    return fits


def _numbers(days: pd.Series[pd.Timestamp]) -> npt.NDArray[np.float64]:
    """Days as numbers; NaN where there is none."""
    return np.where(days.isna(), np.nan, days.to_numpy("datetime64[D]").astype(np.int64).astype(np.float64))


def _joined(event: Codes, pairs: Codes) -> Codes:
    """The events after all pairs are joined: each has the lowest number of those that hang together."""
    lowest = np.arange(count(event), dtype=np.int64)
    pairs = np.unique(pairs, axis=1)
    while pairs.shape[1]:
        both = np.minimum(lowest[pairs[0]], lowest[pairs[1]])
        before = lowest.copy()
        np.minimum.at(lowest, pairs[0], both)
        np.minimum.at(lowest, pairs[1], both)
        lowest = lowest[lowest]
        if (lowest == before).all():
            break
    return group_codes(lowest[event])

"""Events: which claims tell of the same event, though their reports name its place and day in different ways."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.model import Precision, VictimGroup
from tracker.timelines.areas import is_whole, load_areas
from tracker.timelines.claims import BEFORE_PRINT
from tracker.timelines.counting import are_of_parties, are_over
from tracker.timelines.grouping import Codes, Mask, Numbers, count, firsts, group_codes, sort_ranks

BESIDE = 6
"""How many of the next claims in order each claim is compared with."""
TELLING = 20
"""Numbers from here on are rare enough to find an event again on touching days, where they are not round."""
RARE = 50
"""The same, of round numbers where one report gives no day; smaller ones must be of one day."""
ALIKE = 10
"""The same, of numbers told of one place."""
LARGE = 100
"""Events with so many dead are so rare that two of one kind of site on two days are taken for one, and so are two of a
whole country on one day.
"""
HUGE = 1000
"""Events with so many dead are so rare that the same number is of one event, whatever day a report gives."""
LATER, MONTH = 14, 30
"""Days in which a report that gives no day may still tell of an event, and any report of the same HUGE number."""
RISING = 2.5
"""How many times larger a later toll of the same event may be."""
SLOW = 1.1
"""The same from one day to the next: 23 dead, and 25 when two of the wounded had died."""
SCALE = 10
"""Numbers of one place and day that differ by so many times are of two events."""
MANY = 2**31
"""More places than a table has."""
TOLD_BY_MANY, TALK = 5, 7
"""Of an event with a LARGE number, told by so many reports, news without place and day tell for so many days."""
RARE_GROUPS = (VictimGroup.DETAINEES, VictimGroup.PRESS, VictimGroup.AID_WORKERS)
SOME, SEVERAL = 3, 5
"""The same number of a group that is seldom harmed is of one event on touching days, from SOME on; from SEVERAL on
within a MONTH, if a report gives no day.
"""
FAR_DAY = 2**22
"""More days than there are."""
WIDE = 5
"""How many times larger than their number vague words may mean: "hundreds" are at least 200, and may be 1,000."""

Columns = dict[str, npt.NDArray[Any]]


def linked(rows: pd.DataFrame, event: Codes) -> Codes:
    """The events, joined where claims of two of them must be about one.

    In: claims of events with their numbers, and for each the event that its own place and day name. Two claims are
    about one event where conflict, outcome and country agree, their days may be the same, their areas are not two
    different places (a town and its region are none), what was hit is not different, and where besides
    - both name what was hit and their numbers may be tolls of one event; or
    - both give the same telling number, or the same round one of the same day (from RARE on also without a day); or
    - both name the same place, one of them without a day, and their numbers may be tolls of one event; or
    - both name the same place, and their numbers from TELLING on differ by no more than a toll that rises SLOWly; or
    - both name the same place and give the same number, from ALIKE on and not round; or
    - one names the region of the other's town, and both give the same number of the same day, from ALIKE on; or
    - both state the same day of a whole country, with LARGE numbers that may be tolls of one event.

    The days of a LARGE number may be LATER days apart if one report gives none, or if both name the same site in the
    same spot, and so may those of the same telling number of one place if the other gives it; those of the same HUGE
    number may be a MONTH apart. The same number of foreigners, from ALIKE on, is of one event within LATER days,
    because they are seldom harmed twice, and from SOME on on touching days; so is that of RARE_GROUPS. A LARGE number
    without place and day is of the last event of the country that many tell (`_of_many`). Two claims of one article
    with the same number are of one event as well. Reports without a day that name the same place, the later of which
    gives the lower number, are of two events.
    """
    told, within = _told(rows, event), _within(rows)
    in_order = np.lexsort([told["claim"], told["number"], told["last"]])
    pairs = []
    for keys in (["ground", "site"], ["ground", "number"], ["ground", "area"], ["ground", "area", "site"]):
        codes = group_codes(*(told[name] for name in keys))
        order = in_order[np.argsort(codes[in_order], kind="stable")]
        for step in range(1, min(BESIDE, len(order) - 1) + 1):
            one, other = order[:-step], order[step:]
            near = (codes[one] == codes[other]) & ~(told["first"][other] - told["last"][one] > MONTH)
            one, other = _alike(told, one[near], other[near], within)
            fits = _fits(_at(told, one), _at(told, other), within)
            pairs.append(np.stack([one[fits], other[fits]]))
    pairs.append(_of_one_article(rows, told, within))
    kept = _without_bridges(told, np.concatenate(pairs, axis=1))
    many = _of_many(told)
    many = many[:, ~np.isin(many[0], kept)]  # what is joined to another one is no bridge to this one
    return _joined(event, event[np.concatenate([kept, many], axis=1)])


def _of_one_article(rows: pd.DataFrame, told: Columns, within: Codes) -> Codes:
    """The pairs of claims that one article tells by the same number, from ALIKE on: a paper that gives a number twice
    means one event, unless it is a round one of two places.
    """
    said = group_codes(told["ground"], pd.Series(told["number"]))
    again = np.bincount(said, minlength=count(said))[said] > 1
    large = np.flatnonzero(again & (told["number"] >= ALIKE) & ~told["vague"] & told["placed"])
    ids = rows["article_ids"].iloc[large]
    claims = np.repeat(large, ids.map(len).to_numpy(np.int64))
    article = pd.factorize(np.array(list(chain.from_iterable(ids)), dtype=object))[0].astype(np.int64)
    codes = group_codes(said[claims], article)
    order = np.argsort(codes, kind="stable")
    one, other = claims[order[:-1]], claims[order[1:]]
    near = codes[order[:-1]] == codes[order[1:]]
    a, b = _at(told, one), _at(told, other)
    apart = np.maximum(a["first"] - b["last"], b["first"] - a["last"])
    alike = (a["area"] == b["area"]) | a["whole"] | b["whole"] | np.isin(_pair(a["place"], b["place"]), within)
    near &= ~(apart > LATER) & (alike | ~_is_round(a["number"]))
    return np.stack([one[near], other[near]])


def _of_many(told: Columns) -> Codes:
    """The pairs of a claim with a LARGE number that names neither spot, site nor day, and the last event of the country
    in the TALK days before that TOLD_BY_MANY reports tell: "the explosion, which killed hundreds". Their numbers agree,
    or may be tolls of one event, if the former is vague or of the same or the next day.
    """
    large = told["placed"] & (told["number"] >= LARGE)
    known = np.flatnonzero(large & told["dated"] & (told["reports"] >= TOLD_BY_MANY))
    asked = np.flatnonzero(large & ~told["dated"] & told["whole"] & (told["site"] == 0) & ~np.isnan(told["last"]))
    if not len(known):
        return np.zeros((2, 0), dtype=np.int64)
    days = told["ground"] * FAR_DAY + told["last"]
    known = known[np.lexsort([told["claim"][known], told["reports"][known], ~told["vague"][known], days[known]])]
    place = np.searchsorted(days[known], days[asked], side="right") - 1
    other = known[np.maximum(place, 0)]
    a, b = _at(told, asked), _at(told, other)
    low, high = np.minimum(a["number"], b["number"]), np.maximum(a["number"], b["number"])
    passed = a["last"] - b["last"]
    may = (low == high) | ((a["vague"] | (passed <= 1)) & _may_be_tolls(a, b, low, high))
    fits = (place >= 0) & (a["ground"] == b["ground"]) & (passed <= TALK) & (a["people"] == b["people"]) & may
    return np.stack([asked[fits], other[fits]])


def _without_bridges(told: Columns, pairs: Codes) -> Codes:
    """The pairs of claims, where vague words join only the number nearest to theirs, and others only without one.

    "Hundreds" may be 260 and 900, and would make one event of both.
    """
    vague, number = told["vague"][pairs], told["number"][pairs]
    mixed = np.flatnonzero(vague[0] ^ vague[1])
    words = np.where(vague[0], pairs[0], pairs[1])[mixed]
    exact = np.where(vague[0], pairs[1], pairs[0])[mixed]
    ratio = np.abs(np.log(number[0] / number[1]))[mixed]
    apart = np.abs(told["last"][words] - told["last"][exact])
    order = np.lexsort([told["claim"][exact], ratio, apart, words])
    nearest = mixed[order[np.append([True], np.diff(words[order]) != 0)[: len(order)]]]
    alone = (vague[0] & vague[1]) & ~np.isin(pairs, words).any(axis=0)
    kept = ~vague.any(axis=0) | alone
    kept[nearest] = True
    return pairs[:, kept]


def scales(rows: pd.DataFrame, places: Codes, times: Numbers | float) -> Codes:
    """The places and days, divided where the numbers told of one of them differ so many times, with none between."""
    number = np.maximum(rows["number"].to_numpy(np.float64, na_value=np.nan), 1)
    order = np.lexsort([number, places])
    p, n = places[order], number[order]
    begins = np.ones(len(order), dtype=bool)
    factor = np.broadcast_to(times, len(rows))[order]
    begins[1:] = (p[1:] != p[:-1]) | (n[1:] > factor[1:] * n[:-1])
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.cumsum(begins)
    return found


def _told(rows: pd.DataFrame, event: Codes) -> Columns:
    """What the claims are compared by: words as numbers (no site is 0), days as numbers from the first to the last one
    possible.
    """
    dated = (rows["date_precision"] == Precision.DAY).to_numpy(dtype=bool) & rows["day"].notna().to_numpy()
    over = are_over(rows["conflict"], rows["first_reported"], load_areas())
    day, printed = days_as_numbers(rows["day"]), days_as_numbers(rows["first_reported"].mask(over))
    return {
        "ground": group_codes(rows["conflict"], rows["outcome"], rows["country"]),
        "site": pd.factorize(rows["site"].where(rows["site"] != ""))[0] + 1,
        "area": group_codes(rows["area"]),
        "place": group_codes(rows["country"], rows["area"]),
        "people": group_codes(rows["people"]),
        "nobody": (rows["people"] == "").to_numpy(dtype=bool),
        "foreign": ((rows["people"] != "") & ~are_of_parties(rows)).to_numpy(dtype=bool),
        "whole": is_whole(rows["area"]).to_numpy(dtype=bool),
        "number": rows["number"].to_numpy(np.float64, na_value=np.nan),
        "vague": rows["value"].isna().to_numpy(),
        "dated": dated,
        "first": np.where(dated, day, printed - BEFORE_PRINT),
        "last": np.where(dated, day, printed),
        "printed": days_as_numbers(rows["first_reported"]),
        "placed": ((rows["conflict"] != "") & rows["country"].notna()).to_numpy(dtype=bool),
        "claim": sort_ranks(rows["claim_id"]),
        "reports": rows["reports"].to_numpy(np.int64),
        "group": group_codes(rows["victim_group"]),
        "rare": rows["victim_group"].isin(RARE_GROUPS).to_numpy(dtype=bool),
        "event": event,
    }


def _within(rows: pd.DataFrame) -> Codes:
    """The pairs of places (as codes of country and area) of which one lies in the other, as `_pair` writes them."""
    codes = group_codes(rows["country"], rows["area"])
    first = firsts(codes)
    countries, areas = (rows[name].to_numpy(dtype=object)[first].tolist() for name in ("country", "area"))
    at = {place: code for code, place in enumerate(zip(countries, areas, strict=True))}
    parents = load_areas().parents
    inside = [
        (code, at[country, region])
        for (country, area), code in at.items()
        for region in parents.get((country, area), ())
        if (country, region) in at
    ]
    pairs = np.array(inside, dtype=np.int64).reshape(-1, 2)
    return np.unique(_pair(pairs[:, 0], pairs[:, 1]))


def _pair(one: Codes, other: Codes) -> Codes:
    """One number for two codes of places, whichever comes first."""
    found: Codes = np.minimum(one, other) * MANY + np.maximum(one, other)
    return found


def _alike(told: Columns, one: Codes, other: Codes, within: Codes) -> tuple[Codes, Codes]:
    """Those pairs of claims whose grounds are known, and of which neither the places nor the sites are two."""
    area, site, whole = told["area"], told["site"], told["whole"]
    alike = (area[one] == area[other]) | whole[one] | whole[other]
    if len(within):
        alike |= np.isin(_pair(told["place"][one], told["place"][other]), within)
    alike &= (site[one] == site[other]) | (site[one] == 0) | (site[other] == 0)
    alike &= told["placed"][one] & told["placed"][other]
    return one[alike], other[alike]


def _at(told: Columns, rows: Codes) -> Columns:
    return {name: column[rows] for name, column in told.items()}


def _fits(a: Columns, b: Columns, within: Codes) -> Mask:
    """Whether two claims each that are `_alike` are about one event. The columns of both have their rows beside each
    other, `within` has the pairs of places that lie in one another.
    """
    apart = np.maximum(a["first"] - b["last"], b["first"] - a["last"])  # below one: the days overlap
    low, high = np.minimum(a["number"], b["number"]), np.maximum(a["number"], b["number"])
    same_day, touching, big = apart <= 0, apart <= 1, low >= LARGE
    recalled, one_dated = ~a["dated"] | ~b["dated"], a["dated"] | b["dated"]
    soon = apart <= LATER
    late = recalled & soon
    number, vague, toll = low == high, a["vague"] | b["vague"], _may_be_tolls(a, b, low, high)
    telling = number & ~vague & ~_is_round(low)
    area, site, people = (a[name] == b[name] for name in ("area", "site", "people"))
    falls = (b["printed"] - a["printed"]) * (b["number"] - a["number"]) < 0
    spot, inside = area & ~a["whole"], np.isin(_pair(a["place"], b["place"]), within)
    by_site = site & (a["site"] != 0) & toll
    near = number | vague | (high <= SLOW * low)
    by_site &= same_day | (touching & (big | number)) | (big & (soon & spot | late & near))
    by_number = telling & (low >= TELLING) & (touching | (late & (big | (spot & one_dated))))
    one_day = np.where(one_dated, same_day, apart < 0)  # two reports without a day: printed on the same
    loose = one_day & (a["vague"] == b["vague"]) | (touching & recalled & ~vague & (low >= RARE))
    by_number |= number & people & site & area & (low >= TELLING) & loose
    by_number |= number & ~vague & people & (low >= HUGE) & (apart <= MONTH)
    again = soon & (low >= ALIKE) | (same_day | touching & recalled & (low >= SOME)) & (low > 1)
    by_number |= number & ~vague & people & a["foreign"] & area & again
    by_number |= (
        number
        & ~vague
        & a["rare"]
        & (a["group"] == b["group"])
        & _of_one_nation(a, b)
        & (touching & (low >= SOME) | recalled & (apart <= MONTH) & (low >= SEVERAL))
    )
    by_place = spot & recalled & same_day & toll & (low > 1) & ~falls
    by_place |= spot & touching & ~vague & ~number & people & (low >= TELLING) & (high <= SLOW * low)
    by_place |= (spot | inside) & telling & (low >= ALIKE) & touching
    by_place |= inside & number & ~vague & (low >= ALIKE) & same_day
    by_country = area & a["whole"] & ~recalled & same_day & big & toll & people & site
    fits: Mask = by_site | by_number | by_place | by_country
    return fits


def _of_one_nation(a: Columns, b: Columns) -> Mask:
    """Whether two claims each may be of people of one nation: of the same, or one names none."""
    found: Mask = (a["people"] == b["people"]) | a["nobody"] | b["nobody"]
    return found


def _may_be_tolls(a: Columns, b: Columns, low: Numbers, high: Numbers) -> Mask:
    """Whether the numbers of two claims each may be tolls of one event: vague words may mean some times more."""
    some = np.where(a["vague"], a["number"], b["number"])
    unit = 10.0 ** np.floor(np.log10(np.maximum(some, 1)))
    hedged = (low >= unit) & (high <= WIDE * some)
    found: Mask = np.where(a["vague"] | b["vague"], hedged, high <= RISING * low)
    return found


def _is_round(number: Numbers) -> Mask:
    """Whether a number is too round to find an event again: 30, 250, 1,400."""
    found: Mask = np.where(number < LARGE, number % 10 == 0, number % 50 == 0)
    return found


def days_as_numbers(days: pd.Series[pd.Timestamp]) -> Numbers:
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

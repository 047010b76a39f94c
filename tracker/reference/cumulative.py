"""Datasets that are running totals already: a plain table `date,value`, and functions that such datasets share."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tracker.model import Outcome, VictimGroup
from tracker.reference.cells import UNNAMED, Cells, days, iso_codes, numbers_or_none, whole_numbers
from tracker.reference.series import KEYS, NUMBERS, Format, Reference, in_words, ordered

NEEDS = ("date", "value")
MAY_HAVE = ("outcome", "low", "high", "country")


def read(cells: Cells) -> Reference:
    """The numbers as they are; the outcome is `killed` where none is named. InputError where no row can be read."""
    table = cells.table
    date, no_date = days(table["date"])
    value, no_number = whole_numbers(table["value"])
    low, no_low = numbers_or_none(_texts(table, "low"))
    high, no_high = numbers_or_none(_texts(table, "high"))
    outcome, no_outcome = _outcomes(_texts(table, "outcome"))
    country, no_country = _countries(_texts(table, "country"))
    upside_down = _upside_down(low, value, high)
    wrong = [no_date, no_number, no_low, no_high, no_outcome, no_country, upside_down]
    good = cells.without(wrong).checked()
    rows = good.table.assign(date=date, value=value, best=value, low=low, high=high, outcome=outcome, country=country)
    kept, left_out = one_per_day(rows.assign(victim_group=VictimGroup.UNSPECIFIED.value), good)
    name = Path(cells.path).name
    return Reference(
        name=name,
        table=ordered(kept, name),
        counted=f"as published, from {in_words(kept['date'].min())}",
        credit="a table of the user's own",
        problems=left_out.problems,
        skipped=left_out.skipped,
    )


def one_per_day(rows: pd.DataFrame, cells: Cells) -> tuple[pd.DataFrame, Cells]:
    """One number per series and day, and the cells without the rows that state another number.

    The largest of several numbers stays, so that the order of rows does not matter. A row that repeats the number is
    fine; a row with another one is a problem.
    """
    same_day = [*KEYS, "date"]
    ranked = rows.sort_values(list(NUMBERS), ascending=False, kind="stable", na_position="last")
    first = ranked[~ranked.duplicated(same_day)]
    rivals = ranked[ranked.duplicated(same_day) & ~ranked.duplicated([*same_day, *NUMBERS])]
    wrong = pd.Series("", index=cells.table.index, dtype="str")
    wrong[rivals.index.unique()] = "another row has a larger number for this day, and that one is taken"
    return first, cells.without([wrong])


def _texts(table: pd.DataFrame, name: str) -> pd.Series[str]:
    return table[name] if name in table else pd.Series("", index=table.index, dtype="str", name=name)


def _outcomes(texts: pd.Series[str]) -> tuple[pd.Series[str], pd.Series[str]]:
    words = texts.str.strip().str.casefold()
    words = words.mask(words == "", Outcome.KILLED.value)
    known = words.isin([outcome.value for outcome in Outcome])
    what = "outcome is none of " + ", ".join(Outcome)
    return words, pd.Series("", index=texts.index, dtype="str").mask(~known, what)


def _countries(texts: pd.Series[str]) -> tuple[pd.Series[str], pd.Series[str]]:
    """The country codes, and the problems. An unknown name is an error here, because it was written for this table."""
    codes, wrong = iso_codes(texts, {})
    unknown = (codes == UNNAMED) & (texts.str.strip() != "")
    return codes, wrong.mask((wrong == "") & unknown, "country is not known: " + texts.str.slice(0, 40).str.strip())


def _upside_down(low: pd.Series[int], value: pd.Series[int], high: pd.Series[int]) -> pd.Series[str]:
    """For each row the reason why it is wrong: the number is not between its bounds; or ""."""
    beyond = (low > value).fillna(False) | (high < value).fillna(False)
    return pd.Series("", index=value.index, dtype="str").mask(beyond.astype(bool), "value is not between low and high")


FORMAT = Format("plain table", NEEDS, MAY_HAVE, read)

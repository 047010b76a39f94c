"""Corrections: the texts that a person enters for a figure become typed values, or an error that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from tracker.knowledge import load_conflicts, load_convention, load_countries
from tracker.model import PRECISIONS, Qualifier, TrackerError, first_day
from tracker.store.decisions import CORRECTABLE, Row
from tracker.timelines.schema import SCHEMA, WORDS, Kind

LONGEST = 300  # characters of a text that a person enters
MOST = 2**63 - 1

GROUPED = re.compile(r"[0-9]{1,3}(?:[,. \u00a0\u202f'][0-9]{3})+|[0-9]{1,19}", re.ASCII)
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class CorrectionError(TrackerError):
    """A correction cannot be made. The message names the column and the reason."""

    def __init__(self, column: str, what: str) -> None:
        self.column, self.what = column, what
        super().__init__(f"{column}: {what}")


def corrected(row: Row, changes: Mapping[str, str]) -> Row:
    """The row with the changes, and with the bounds and the date precision that follow from them.

    `changes`: texts by column; "" empties a cell. A text that is not allowed raises a CorrectionError.
    """
    values = {name: _value(name, text) for name, text in changes.items()}
    new = row | values
    if "date" in values and "date_precision" not in values:
        new["date_precision"] = PRECISIONS[len(values["date"])].value if values["date"] else None
    was_upper = row["high"] if row["qualifier"] == Qualifier.RANGE else None
    if values.keys() & {"value", "qualifier", "high"}:
        new |= _bounds(new, upper=values.get("high", was_upper), is_given="high" in values)
    _check_together(new)
    if new == row:
        raise CorrectionError(", ".join(changes) or "nothing", "is not changed: the figure says so already")
    return new


def _value(name: str, text: str) -> Any:
    if name not in CORRECTABLE and name != "high":
        raise CorrectionError(name, f"cannot be corrected: choose among {', '.join(CORRECTABLE)}")
    column, words = SCHEMA[name], text.strip()
    if not words:
        if column.filled:
            raise CorrectionError(name, "cannot be empty")
        return None
    if column.kind is Kind.WHOLE:
        return _number(name, words)
    if name in WORDS:
        return _word(name, words)
    if column.kind is Kind.DATE:
        return _date(name, words)
    return _text(name, words)


def _number(name: str, text: str) -> int:
    found = GROUPED.fullmatch(text)
    number = int(re.sub("[^0-9]", "", text)) if found else -1
    if not 0 <= number <= MOST:
        raise CorrectionError(name, f"{_short(text)} is no whole number")
    return number


def _word(name: str, text: str) -> str:
    word = text.casefold().replace(" ", "_")
    if word not in set(WORDS[name]):
        raise CorrectionError(name, f"{_short(text)} is none of {', '.join(WORDS[name])}")
    return word


def _date(name: str, text: str) -> str:
    try:
        if re.fullmatch(SCHEMA[name].pattern, text, re.ASCII):
            first_day(text)
            return text
    except ValueError:
        pass
    raise CorrectionError(name, f"{_short(text)} is no date like 2012-03-26, 2012-03 or 2012")


def _text(name: str, text: str) -> str:
    if len(text) > LONGEST or UNPRINTABLE.search(text):
        raise CorrectionError(name, f"{_short(text)} is longer than {LONGEST} characters, or not all of it is text")
    if name == "conflict" and text not in _conflicts():
        raise CorrectionError(name, f"{_short(text)} is not in the registry of conflicts (data/conflicts.toml)")
    if name == "country":
        if text.upper() not in _countries():
            raise CorrectionError(name, f"{_short(text)} is no code of a country like SYR (ISO 3166-1 alpha-3)")
        return text.upper()
    return text


def _bounds(row: Row, upper: int | None, *, is_given: bool) -> Row:
    """Low, best and high by the convention that the store uses; `upper` is the upper end of a range."""
    qualifier, value = Qualifier(row["qualifier"]), row["value"]
    if is_given and qualifier is not Qualifier.RANGE:
        raise CorrectionError("high", "follows from value and qualifier, but where the qualifier is range")
    if qualifier is Qualifier.VAGUE and value is not None:
        raise CorrectionError("value", "must be empty where the qualifier is vague")
    if qualifier is not Qualifier.VAGUE and value is None:
        raise CorrectionError("value", f"cannot be empty where the qualifier is {qualifier}")
    if qualifier is Qualifier.RANGE and (upper is None or value is None or upper < value):
        raise CorrectionError("high", "a range needs its upper end, which is not below value")
    convention = load_convention()
    word = convention.of_words(row["figure"], str(row.get("language") or "en")) if value is None else None
    return dict(zip(("low", "best", "high"), convention.bound(qualifier, value, upper, word), strict=True))


def _check_together(row: Row) -> None:
    begin, end = row["period_start"], row["date"]
    if PRECISIONS.get(len(end or "")) != row["date_precision"]:
        raise CorrectionError("date_precision", f"{row['date_precision']} does not fit the date {end}")
    if begin and end and begin > end and not begin.startswith(end):  # "2012-03" begins in "2012"
        raise CorrectionError("period_start", f"{begin} is after the date {end}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")


@cache
def _conflicts() -> frozenset[str]:
    return frozenset(one.id for one in load_conflicts())


@cache
def _countries() -> frozenset[str]:
    return frozenset(load_countries().names)

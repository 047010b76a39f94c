"""What is in view: as an address (query string), as Filters and options, and as an English phrase."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlencode

import pandas as pd

from dashboard.look import wording
from tracker.knowledge import convention_ids
from tracker.model import Cause, Status, TrackerError, VictimGroup
from tracker.timelines.columns import dates, last_dates
from tracker.timelines.filters import Filters, check_date

ALL = "all"
"""The word in the address for "no limit". If a filter is not in the address, it has its default."""

MOST_FIELDS = 500
"""The most fields in an address; one with more is ignored as a whole."""

WORD_LISTS = ("conflict", "outcome", "source", "scope", "country", "cause", "publisher")

OUTCOME_WORDS = {
    "killed": "people killed",
    "injured": "people injured",
    "missing": "people missing",
    "abducted": "people abducted",
    "detained": "people detained",
    "displaced": "people displaced",
    "casualties": "casualties",
}

SCOPE_WORDS = {"cumulative": "running totals", "incident": "single incidents", "period": "stated periods"}


MOST_NOTES = 30
LONGEST = 2_000
"""The most characters of a free text in an address; longer ones are cut."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a page that is kept in the address: one of these choices, the first by default.

    An option without choices takes any text, and is empty by default.
    """

    choices: tuple[str, ...] = ()

    @property
    def default(self) -> str:
        """The value if the address has none."""
        return self.choices[0] if self.choices else ""

    def read(self, text: str) -> str:
        """The text if it is a choice; otherwise the default."""
        if not self.choices:
            return text[:LONGEST]
        return text if text in self.choices else self.default


STATUSES = ("kept", "every", *(str(one) for one in Status))
"""Which figures are shown by their review status: all but the rejected ones, all, or those of one status."""

OPTIONS = {
    "scale": Option(("linear", "log")),
    "per": Option(("total", "rate")),
    "bars": Option(("auto", "D", "W", "M", "Y")),
    "sums": Option(("largest", "added")),
    "group": Option(("whole", "every", *(str(one) for one in VictimGroup if one != VictimGroup.UNSPECIFIED))),
    "convention": Option(convention_ids()),
    "measure": Option(("total", "best", "figures")),
    "band": Option(("on", "off")),
    "lines": Option(("main", "all")),  # which series are drawn
    "unnamed": Option(("on", "off")),  # reports without a named source
    "range": Option(),  # the days that the chart shows: 2012-03-01,2013-12-31
    "notes": Option(),  # of the reader: 2012-05-25 Houla; 2013-08-21 Ghouta
    "on": Option(),  # the day on which sources are compared
    "find": Option(),  # words in the quotes of the figures
    "status": Option(STATUSES),
    "where": Option(),  # column filters: [["place","contains","homs"]], see dashboard/view/column_filters.py
    "sort": Option(),  # a column, with a minus before it for the highest first
    "queue": Option(("extracted", "kept", "accepted", "corrected", "rejected")),  # which figures are reviewed
    "figure": Option(),  # the figure that is reviewed first
    "columns": Option(),  # of the table: date,figure,quote
}
"""The options by their names in the address; {"option": name} is the control of one (dashboard/look/ids.py)."""


@dataclass(frozen=True, slots=True)
class View:
    """The rows in view, and how the page shows them. `chosen` holds the options that differ from their defaults."""

    filters: Filters = field(default_factory=Filters)
    chosen: tuple[tuple[str, str], ...] = ()

    def option(self, name: str) -> str:
        """The value of an option."""
        return dict(self.chosen).get(name, OPTIONS[name].default)

    def having(self, **options: str | None) -> View:
        """The same view with these options. Invalid values and None become the default."""
        known = dict(self.chosen) | {name: OPTIONS[name].read(text or "") for name, text in options.items()}
        kept = (
            (name, known[name]) for name in OPTIONS if known.get(name, OPTIONS[name].default) != OPTIONS[name].default
        )
        return replace(self, chosen=tuple(kept))

    @property
    def log(self) -> bool:
        """Whether the axis of numbers is logarithmic."""
        return self.option("scale") == "log"


def parse(search: str | None, default: Filters) -> View:
    """The view of an address. What it does not name is as in `default`; invalid values are ignored."""
    try:
        given = parse_qs((search or "").removeprefix("?"), max_num_fields=MOST_FIELDS)
    except ValueError:  # more fields than any of our pages writes
        given = {}
    words = {name: tuple(dict.fromkeys(given[name])) for name in WORD_LISTS if name in given}
    words = {name: () if ALL in values else values for name, values in words.items()}
    since = day_of(given.get("since", [""])[0], last=False)
    until = day_of(given.get("until", [""])[0], last=True)
    options = {name: given[name][0] for name in OPTIONS if name in given}
    return View(replace(default, **words, since=since, until=until)).having(**options)


def search(view: View, default: Filters) -> str:
    """The address (query string) of a view; empty for the default view."""
    pairs = []
    for name in WORD_LISTS:
        values = getattr(view.filters, name)
        if values != getattr(default, name):
            pairs += [(name, str(value)) for value in values or (ALL,)]
    pairs += [(name, day) for name in ("since", "until") if (day := getattr(view.filters, name))]
    pairs += view.chosen
    return f"?{urlencode(pairs)}" if pairs else ""


def notes(text: str) -> list[tuple[str, str]]:
    """The reader's notes as (day, words), separated by lines or ";". Parts without a day at the start are left out."""
    found = []
    for part in re.split(r"[;\n]", text)[:MOST_NOTES]:
        day, _, words = part.strip().partition(" ")
        if len(day) == len("2012-05-25") and day_of(day, last=False) and words.strip():
            found.append((day, words.strip()))
    return found


def phrase(filters: Filters, names: Mapping[str, str]) -> str:
    """The filters in words. `names` gives the names of conflicts by their ids."""
    counted = _listed([OUTCOME_WORDS.get(str(word), str(word)) for word in filters.outcome]) or "all outcomes"
    parts = [counted[:1].upper() + counted[1:]]
    if filters.conflict:
        parts.append("– " + _listed([names.get(one, one) for one in filters.conflict]))
    if filters.country:
        parts.append("in " + _listed([wording.country(one) for one in filters.country]))
    if filters.source:
        parts.append("according to " + _listed(list(filters.source)))
    if filters.publisher:
        parts.append("as published by " + _listed(list(filters.publisher)))
    parts += _period(filters)
    if filters.scope:
        parts.append("– " + _listed([SCOPE_WORDS.get(str(word), str(word)) for word in filters.scope]) + " only")
    if filters.cause != (Cause.CONFLICT,):
        parts.append("– from " + (_listed([str(word) for word in filters.cause]) or "every cause"))
    return " ".join(parts)


def in_words(day: str | None, *, short: bool = False) -> str:
    """A date as exact as it is known: "26 March 2012", "March 2012", "2012"; "no date" if there is none."""
    try:
        text = check_date((day or "")[:10])
    except TrackerError:
        return "no date"
    if len(text) == len("2012"):
        return text
    moment = pd.Timestamp(text)
    month = f"{moment:%b %Y}" if short else f"{moment:%B %Y}"
    return month if len(text) == len("2012-03") else f"{moment.day} {month}"


def _period(filters: Filters) -> list[str]:
    if filters.since and filters.until:
        return [f"from {in_words(filters.since)} to {in_words(filters.until)}"]
    if filters.since:
        return [f"since {in_words(filters.since)}"]
    return [f"until {in_words(filters.until)}"] if filters.until else []


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def day_of(text: str, *, last: bool) -> str | None:
    """The first or last day of a date, month or year ("2013" is 2013-12-31 if `last`); None if it is no date."""
    try:
        table = pd.DataFrame({"date": [check_date(text)]}, dtype="str")
    except TrackerError:
        return None
    moment = (last_dates if last else dates)(table).iloc[0]
    return None if pd.isna(moment) else moment.date().isoformat()

"""The records of the tracker and its errors. It imports nothing from the project, so every layer may import it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import repeat
from operator import attrgetter
from pathlib import Path
from typing import TypedDict, Unpack


class Qualifier(StrEnum):
    """How the text hedges a number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    UP_TO = "up_to"
    RANGE = "range"
    VAGUE = "vague"


class Outcome(StrEnum):
    """What happened to the people counted; CASUALTIES if the text does not say which."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    ABDUCTED = "abducted"
    DETAINED = "detained"
    DISPLACED = "displaced"
    CASUALTIES = "casualties"


class VictimGroup(StrEnum):
    """The group of the people counted, as far as the text names it."""

    CIVILIANS = "civilians"
    COMBATANTS = "combatants"
    CHILDREN = "children"
    WOMEN = "women"
    MEDICAL = "medical"
    PRESS = "press"
    AID_WORKERS = "aid_workers"
    DETAINEES = "detainees"
    UNSPECIFIED = "unspecified"


class SourceType(StrEnum):
    """The kind of body that vouches for a figure."""

    GOVERNMENT = "government"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    OPPOSITION = "opposition"
    UN = "un"
    NGO = "ngo"
    MEDICAL = "medical"
    POLICE = "police"
    MEDIA = "media"
    WITNESS = "witness"
    OFFICIALS = "officials"
    UNATTRIBUTED = "unattributed"


class Precision(StrEnum):
    """The precision of a date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    @property
    def length(self) -> int:
        """The characters of an ISO date of this precision."""
        return len({"day": "2012-03-26", "month": "2012-03", "year": "2012"}[self])


PRECISIONS = {one.length: one for one in Precision}  # by the length of an ISO date


def first_day(date: str) -> dt.date:
    """The first day of an ISO date of any precision; ValueError if it is none."""
    return dt.date.fromisoformat(date + {4: "-01-01", 7: "-01"}.get(len(date), ""))


class Scope(StrEnum):
    """What a figure counts: one event, a stated period, or a running total."""

    INCIDENT = "incident"
    PERIOD = "period"
    CUMULATIVE = "cumulative"


class Cause(StrEnum):
    """The cause of the harm."""

    CONFLICT = "conflict"
    CRIME = "crime"
    DISASTER = "disaster"
    ACCIDENT = "accident"
    DISEASE = "disease"
    OTHER = "other"


class Status(StrEnum):
    """The state of a figure in the review."""

    EXTRACTED = "extracted"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


LANGUAGE_JOIN = "+"
"""Between the codes of an article in several languages."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `published` is an ISO date or datetime, None if the article states none.

    `language` is an ISO 639-1 code. An article in several languages has the codes of all, that of the most text first:
    "en+ar".
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    publisher: str = ""
    url: str = ""
    language: str = "en"

    @property
    def languages(self) -> tuple[str, ...]:
        """The code of each of its languages."""
        return tuple(dict.fromkeys(self.language.split(LANGUAGE_JOIN)))


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure: one row of every table. The fields are the columns of the exchange format, in order.

    None means: looked for, and not stated. `start` and `end` are code-point offsets of `figure` in the article's
    `field` ("title" or "text"); `quote` is a slice of the same field.
    """

    figure_id: str
    article_id: str
    publisher: str
    published: str | None
    title: str
    url: str
    language: str
    field: str
    start: int
    end: int
    figure: str
    quote: str
    value: int | None
    qualifier: Qualifier
    low: int | None
    best: int | None
    high: int | None
    outcome: Outcome
    victims: str | None
    victim_group: VictimGroup
    part_of: str | None
    source: str | None
    source_name: str | None
    source_type: SourceType
    date: str | None
    date_precision: Precision | None
    period_start: str | None
    scope: Scope
    place: str | None
    country: str | None
    conflict: str | None
    cause: Cause
    confidence: float
    rule: str
    status: Status = Status.EXTRACTED

    def _repr_html_(self) -> str:
        """The columns that are filled, as a table for notebooks. Nothing in it is taken for markup or a formula."""
        filled = ((name, value) for name in COLUMNS if (value := getattr(self, name)) not in (None, ""))
        rows = "".join(f"<tr><th>{name}</th><td>{escape(str(value))}</td></tr>" for name, value in filled)
        return f'<table class="tex2jax_ignore mathjax_ignore"><tbody>{rows}</tbody></table>'


@dataclass(frozen=True, slots=True)
class Assigned:
    """A figure and the reason why it belongs to its conflict, or to none."""

    figure: Figure
    why: str


COLUMNS: tuple[str, ...] = tuple(f.name for f in dataclasses.fields(Figure))
"""Column names of every table of figures, in the order of the contract (../shared/design.md)."""

_values = attrgetter(*COLUMNS)


class Changes(TypedDict, total=False):
    """The fields of a figure that may change once the rest of its article is known."""

    part_of: str | None
    date: str | None
    date_precision: Precision | None
    period_start: str | None
    scope: Scope
    place: str | None
    country: str | None
    conflict: str | None
    victim_group: VictimGroup
    source: str | None
    source_name: str | None
    source_type: SourceType


def changed(figure: Figure, **changes: Unpack[Changes]) -> Figure:
    """A copy of the figure with these changes.

    It does the same as `dataclasses.replace` in half of the time, because nearly every figure is changed.
    """
    made = object.__new__(Figure)
    deque(map(object.__setattr__, repeat(made), COLUMNS, _values(figure)), maxlen=0)  # a loop that runs in C
    for name, value in changes.items():
        object.__setattr__(made, name, value)
    return made


def timed_as(figure: Figure, other: Figure) -> Figure:
    """A copy of the figure with the scope and the dates of another one."""
    return changed(
        figure,
        scope=other.scope,
        date=other.date,
        date_precision=other.date_precision,
        period_start=other.period_start,
    )


def stable_id(*parts: object) -> str:
    """A short hash (16 hex digits) that is the same for the same parts on every machine and in every run."""
    joined = "\x1f".join(map(str, parts))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class TrackerError(Exception):
    """An error that a user can be told in one line. Nothing else is raised on purpose."""


class InputError(TrackerError):
    """An input cannot be read. It names the input, the line, and what is wrong."""

    def __init__(self, path: str | Path, what: str, line: int | None = None, article_id: str = "") -> None:
        self.path, self.what, self.line, self.article_id = str(path), what, line, article_id
        place = f"{path}, line {line}" if line is not None else str(path)
        super().__init__(f"{place}: {what}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, int | None, str]]:
        """Pickle support, for use across processes."""
        return type(self), (self.path, self.what, self.line, self.article_id)


class KnowledgeError(TrackerError):
    """A data file (language, gazetteer, registry) is wrong. It names the file, the entry, and what is wrong."""

    def __init__(self, file: str | Path, entry: str, what: str) -> None:
        self.file, self.entry, self.what = str(file), entry, what
        super().__init__(f"{file}: {entry}: {what}")

    def __reduce__(self) -> tuple[type[KnowledgeError], tuple[str, str, str]]:
        """Pickle support, for use across processes."""
        return type(self), (self.file, self.entry, self.what)

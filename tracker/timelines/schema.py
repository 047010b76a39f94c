"""The schema of a table of figures: what each column holds. Checks, exports and docs/data.md are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.model import (
    COLUMNS,
    Cause,
    Outcome,
    Precision,
    Qualifier,
    Scope,
    SourceType,
    Status,
    VictimGroup,
)

WORDS: dict[str, type[StrEnum]] = {
    "qualifier": Qualifier,
    "outcome": Outcome,
    "victim_group": VictimGroup,
    "source_type": SourceType,
    "date_precision": Precision,
    "scope": Scope,
    "cause": Cause,
    "status": Status,
}
"""The columns that hold one of a few words each."""


class Kind(StrEnum):
    """What the cells of a column are. A DATE is the text of a day, month or year; a MOMENT, of a day or a time."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "date, or date and time"


# These patterns mean the same in Python, RE2 and the validators of Frictionless. They match the whole cell.
PATTERNS = {
    Kind.DATE: r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
    Kind.MOMENT: r"[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9]{2}:[0-9]{2}\S*)?",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it means, what its cells may hold, and a typical cell.

    `filled`: no cell is empty. `words`: each cell is one of these. `least`, `most`: the bounds of a number. `pattern`:
    a regular expression for the whole cell ("" allows any text).
    """

    name: str
    kind: Kind
    meaning: str
    example: str
    filled: bool = False
    words: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    pattern: str = ""


def _text(name: str, meaning: str, example: str, *, filled: bool = False, pattern: str = "") -> Column:
    return Column(name, Kind.TEXT, meaning, example, filled, tuple(WORDS.get(name, ())), pattern=pattern)


def _whole(name: str, meaning: str, example: str, *, filled: bool = False) -> Column:
    return Column(name, Kind.WHOLE, meaning, example, filled, least=0)


def _date(name: str, kind: Kind, meaning: str, example: str) -> Column:
    return Column(name, kind, meaning, example, pattern=PATTERNS[kind])


_ALL = (
    _text("figure_id", "identifies the figure; the same article gives the same ids", "f0be4c1e7a2d9c35", filled=True),
    _text("article_id", "identifies the article it was printed in", "a1b2c3d4e5f60718", filled=True),
    _text("publisher", "who printed the article", "The Daily"),
    _date("published", Kind.MOMENT, "when the article was published", "2012-03-26"),
    _text("title", "headline of the article", "Envoy in Moscow"),
    _text("url", "address of the article", "https://example.org/a"),
    _text("language", "language of the article, ISO 639-1", "en", filled=True),
    Column("field", Kind.TEXT, "where in the article the figure stands", "text", filled=True, words=("title", "text")),
    _whole("start", "first character of the figure in that field, counted from 0", "45", filled=True),
    _whole("end", "the character after its last one", "60", filled=True),
    _text("figure", "the very words", "more than 9,100", filled=True),
    _text("quote", "the sentence they stand in, to the letter", "War has claimed more than 9,100 lives.", filled=True),
    _whole("value", "the number stated; the lower end of a range; empty for a vague quantity (dozens)", "9100"),
    _text("qualifier", "how the words hedge the number", "more_than", filled=True),
    _whole("low", "lower bound; empty where it is left open", "9100"),
    _whole("best", "the number to take where one is needed; empty where the words give none", "9100"),
    _whole("high", "upper bound; empty where it is left open", ""),
    _text("outcome", "what happened to those counted; casualties: the text does not say which", "killed", filled=True),
    _text("victims", "the words that name them", "lives"),
    _text("victim_group", "who they were, as far as those words tell", "unspecified", filled=True),
    _text("part_of", "figure_id of the total that this figure is a part of: not to be added to it", ""),
    _text("source", "the words that name who says so", "The opposition"),
    _text("source_name", "the same body under one name, or the one that published the article", "opposition"),
    _text("source_type", "the kind of body", "opposition", filled=True),
    _date("date", Kind.DATE, "when it happened; for a running total, the day up to which it counts", "2012-03-26"),
    _text("date_precision", "how much of the date is known", "day"),
    _date("period_start", Kind.DATE, "for a period or a running total: since when", "2011-03"),
    _text("scope", "one event, a stated stretch of time, or a running total", "cumulative", filled=True),
    _text("place", "the words that name the place", "Homs"),
    _text("country", "country, ISO 3166-1 alpha-3", "SYR", pattern="[A-Z]{3}"),
    _text("conflict", "id in the registry of conflicts (data/conflicts.toml)", "syria"),
    _text("cause", "what harmed the people counted", "conflict", filled=True),
    Column("confidence", Kind.NUMBER, "how sure the rule is, from 0 to 1", "0.9", filled=True, least=0, most=1),
    _text("rule", "name of the rule that found it", "claimed-lives", filled=True),
    _text("status", "extracted by a rule; accepted, corrected or rejected by a person", "extracted", filled=True),
)  # fmt: skip

SCHEMA: dict[str, Column] = {column.name: column for column in _ALL}
"""By name, in the order of the contract (tracker.model.COLUMNS)."""

CUT = "… [cut]"
"""What ends a text that was cut because it was too long for a cell of Excel."""

EMPTY = "is empty"
"""What is said of a cell without content in a column that is filled in every row."""

UNLESS_STATED = {"language": "en", "status": Status.EXTRACTED.value}
"""What is read into a table that lacks the column, or the cell."""

NEEDED: tuple[str, ...] = tuple(name for name in COLUMNS if SCHEMA[name].filled and name not in UNLESS_STATED)
"""The columns without which a table holds no figures."""


def of_kind(*kinds: Kind) -> tuple[str, ...]:
    """The names of the columns of these kinds, in order."""
    return tuple(name for name, column in SCHEMA.items() if column.kind in kinds)

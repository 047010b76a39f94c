"""The measured quality of the extraction (data/quality.toml), for display."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from tracker.knowledge.files import read_toml
from tracker.model import KnowledgeError

FILE = "quality.toml"


@dataclass(frozen=True, slots=True)
class Measured:
    """One set of labelled texts: its name and description, its size, and the shares (0 to 1) that were right."""

    name: str
    about: str
    labels: str
    texts: int
    figures: int
    precision: float
    recall: float
    qualifier: float
    source: float
    date: float
    scope: float
    place: float
    victims: float


SHARES = tuple(one.name for one in fields(Measured) if one.type == "float")
"""The names of the columns that are shares."""


def load_quality() -> tuple[Measured, ...]:
    """The sets in the order of the file; KnowledgeError names the set if a value is missing or no share."""
    return tuple(_measured(entry) for entry in read_toml(FILE)["measured"])


def _measured(entry: dict[str, Any]) -> Measured:
    name = str(entry.get("name", "[[measured]] without a name"))
    wanted = {one.name for one in fields(Measured)}
    if set(entry) != wanted:
        raise KnowledgeError(FILE, name, f"has not exactly the keys {', '.join(sorted(wanted))}")
    wrong = [share for share in SHARES if not 0 <= entry[share] <= 1]
    if wrong:
        raise KnowledgeError(FILE, name, f"{wrong[0]} is no share from 0 to 1")
    return Measured(**entry)

"""How much each piece of evidence weighs where who, when and where are chosen (data/evidence.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tracker.knowledge.files import read_toml
from tracker.model import KnowledgeError

FILE = "evidence.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one question: what each piece of evidence counts against a candidate, and how much is too much.

    A candidate against which more counts than `told` gives less than its words (see the file).
    """

    of: Mapping[str, float]
    most: float
    told: float


@cache
def load_weights(question: str, names: type[StrEnum]) -> Weights:
    """The weights of a question; KnowledgeError unless the file has a number for each of `names` and for no other."""
    raw = read_toml(FILE).get(question)
    if not isinstance(raw, dict) or not isinstance(raw.get("evidence"), dict):
        raise KnowledgeError(FILE, question, "is not there, or has no evidence")
    found = raw["evidence"]
    for name in sorted({*found, *names} - ({*found} & {*names})):
        raise KnowledgeError(FILE, f"{question}: {name}", "has no weight" if name not in found else "is no evidence")
    numbers = {**found, "most": raw.get("most"), "told": raw.get("told", raw.get("most"))}
    for name, weight in numbers.items():
        if not isinstance(weight, int | float):
            raise KnowledgeError(FILE, f"{question}: {name}", "is no number")
    return Weights({str(name): float(found[name]) for name in names}, float(numbers["most"]), float(numbers["told"]))

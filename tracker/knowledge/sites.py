"""What was hit: the kinds of spots and gatherings by which reports tell one event from another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.knowledge.alternation import any_of
from tracker.knowledge.files import read_csv

FILE = "gazetteers/sites.csv"


@dataclass(frozen=True, slots=True)
class Sites:
    """The kind of site by each of its words, in lower case ("railway station": station), and a pattern of them all."""

    by_word: dict[str, str]
    pattern: re.Pattern[str]

    def first(self, text: str) -> str:
        """The kind of the first site that the text names; "" where it names none."""
        found = self.pattern.search(text.lower())
        return self.by_word[found[0]] if found else ""


def load_sites() -> Sites:
    """The sites from data/; KnowledgeError where a column is missing."""
    by_word = {row["word"].lower(): row["site"] for row in read_csv(FILE, ("word", "site"))}
    return Sites(by_word, re.compile(rf"\b{any_of(by_word)}\b"))

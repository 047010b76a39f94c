"""What was hit: the kinds of spots and gatherings by which reports tell one event from another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.knowledge.alternation import any_of
from tracker.knowledge.files import read_csv

FILE = "gazetteers/sites.csv"


@dataclass(frozen=True, slots=True)
class Sites:
    """The kind of site by each of its words, in lower case ("railway station": station), and a pattern of them all.

    It is "" for words that hold one of a site and name none: "rescue workers", "hospital officials".
    """

    by_word: dict[str, str]
    pattern: re.Pattern[str]

    def nearest(self, text: str, words: str) -> str:
        """The kind of the site that the text names nearest to these words of it; "" where it names none."""
        low = text.lower()
        at = low.find(words.lower())
        hits = (hit for hit in self.pattern.finditer(low) if self.by_word[hit[0]])
        found = min(hits, key=lambda hit: abs(hit.start() - at), default=None)
        return self.by_word[found[0]] if found else ""


def load_sites() -> Sites:
    """The sites from data/; KnowledgeError where a column is missing."""
    by_word = {row["word"].lower(): row["site"] for row in read_csv(FILE, ("word", "site"))}
    return Sites(by_word, re.compile(rf"\b{any_of(by_word)}\b"))

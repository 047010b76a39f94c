"""The plain words of a language, by which unknown names are told where capitals tell nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tracker.knowledge.files import data_folder


class PlainWords:
    """The words of `languages/<code>/words.csv` in all their forms; the file is read when a word is first looked up.

    `endings`: what a form may end with, and what its base form has in its place: "ies=y".
    """

    def __init__(self, code: str, endings: Sequence[str]) -> None:
        self.code = code
        self.endings = tuple((form, base) for form, _, base in (pair.partition("=") for pair in endings))

    def lacks(self, low: str) -> bool:
        """Whether a word in lower case is in no dictionary. A language without one lacks no word."""
        known = _words(self.code)
        if not known or low in known:
            return False
        forms = (low.removesuffix(form) + base for form, base in self.endings if low.endswith(form))
        return known.isdisjoint(forms)


@cache
def _words(code: str) -> frozenset[str]:
    path = data_folder().joinpath(f"languages/{code}/words.csv")
    return frozenset(path.read_text(encoding="utf-8").split()[1:]) if path.is_file() else frozenset()

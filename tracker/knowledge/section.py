"""The words of one task of the extraction, as a section of a language file lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.knowledge.phrases import Phrases, phrase_table


class _Tables(dict[str, Phrases[str]]):
    """The phrase tables of the lists of a section. A table is made when it is first asked for: few lists need one."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, name: str) -> Phrases[str]:
        table = self[name] = phrase_table((phrase, phrase) for phrase in self._lists[name])
        return table


@dataclass(frozen=True, slots=True)
class Section:
    """The words of one task (attribution, dates, places, …) by their list's name in the file."""

    lists: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Phrases[str]]
    raw: Mapping[str, Any]


def section_of(raw: Mapping[str, Any]) -> Section:
    """The lists of a section of a language file, with their tables."""
    lists = {k: tuple(v) for k, v in raw.items() if isinstance(v, list) and all(isinstance(x, str) for x in v)}
    return Section(lists, _Tables(lists), raw)

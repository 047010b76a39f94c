"""Sentences as the newsrooms of each language write them: the figures in them, of what kind, who says so, when, where.

A line of tests/labelled/newsroom/<language>.txt is a sentence, or several, with \\n where a line ends, and what is read
in it: its figures, their scope, source, date and place. Where the figures differ, each has its own, behind a semicolon.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from readers import READER

from tracker.model import Article, Figure, Qualifier

FOLDER = Path(__file__).parents[1] / "labelled" / "newsroom"
DAY = "2024-06-12"  # a Wednesday
CASES = [
    pytest.param(path.stem, *line.split(" | "), id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.txt"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    if line and not line.startswith("#")
]


def told(figure: Figure) -> str:
    """A figure as the files have it: "at_least 35 killed", "vague injured"."""
    qualifier = "" if figure.qualifier is Qualifier.EXACT else figure.qualifier.value
    value = "" if figure.value is None else str(figure.value)
    return " ".join(word for word in (qualifier, value, figure.outcome.value) if word)


def alike(answers: list[str | None]) -> str:
    """The answer for all figures, or those of each."""
    words = [answer or "none" for answer in answers]
    return "; ".join(words if len(set(words)) > 1 else words[:1])


@pytest.mark.parametrize(("code", "text", "expected"), [case for case in CASES if len(case.values) == 3])
def test_nothing_is_read_where_no_figure_stands(code: str, text: str, expected: str) -> None:
    assert expected == "none"
    assert READER.read(Article(id="example", text=text.replace("\\n", "\n"), published=DAY, language=code)) == []


@pytest.mark.parametrize(
    ("code", "text", "figures", "scope", "source", "date", "place"), [case for case in CASES if len(case.values) == 7]
)
def test_what_is_read(code: str, text: str, figures: str, scope: str, source: str, date: str, place: str) -> None:
    found = READER.read(Article(id="example", text=text.replace("\\n", "\n"), published=DAY, language=code))
    assert "; ".join(map(told, found)) == figures
    assert alike([figure.scope.value for figure in found]) == scope
    assert alike([figure.source for figure in found]) == source
    assert alike([figure.date for figure in found]) == date
    assert alike([figure.place for figure in found]) == place


def test_each_line_has_all_its_parts_or_none() -> None:
    assert len(CASES) >= 200
    assert {len(case.values) for case in CASES} == {3, 7}
